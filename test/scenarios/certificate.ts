import type { IsoDate } from '../../domain/basics.ts';
import type { UserCommand } from '../../domain/registry.ts';
import type { ProgramState } from '../../domain/state.ts';
import { decisionMaker, leadAuditor, manager } from '../workflows/support/people.ts';
import {
  corrects,
  decides,
  does,
  holds,
  lastOf,
  on,
  tries,
  triesToDecide,
  triesToSchedule,
  verifies,
} from './support/acts.ts';
import {
  asked,
  certificateIs,
  count,
  findingIs,
  happens,
  never,
  phaseIs,
  plans,
  refused,
} from './support/expectations.ts';
import { certificate, certified, stage1Ready } from './support/givens.ts';
import type { Group } from './support/scenario.ts';

const reportsSignificantChange = does(leadAuditor, 'reports a significant change', {
  type: 'reportSignificantChange',
  description: 'Two companies became one',
});

/** The grant of a certificate that the body has printed with a day from which it runs. */
const takesEffect =
  (validFrom: IsoDate) =>
  (state: ProgramState): UserCommand => ({
    type: 'recordDecision',
    auditId: lastOf(state, 'stage2'),
    decision: 'granted',
    certificateNumber: 'C-1',
    validFrom,
    basis: 'The report of the audit',
  });

/** The grant of a recertification that is entered later than it was decided. */
const decidedOn = (day: IsoDate) =>
  does(decisionMaker, `grants the recertification, as of ${day}`, (state) => ({
    type: 'recordDecision',
    auditId: lastOf(state, 'recertification'),
    decision: 'granted',
    basis: 'The report of the audit',
    on: day,
  }));

/** The years of a certificate: on time, too late, and on the 29th of February. */
export const certificates: Group = {
  name: 'The certificate and its cycle',
  scenarios: [
    {
      rules: ['R1', 'R10', 'R11', 'R15'],
      title: 'a cycle has two surveillances and a recertification, and the next follows the old one',
      given: certificate(),
      when: [
        on('2030-12-10', holds('surveillance')),
        on('2031-12-10', holds('surveillance')),
        on('2032-10-09', holds('recertification')),
        on('2032-11-01', decides('granted', 'recertification')),
      ],
      follows: [
        plans('2030-01-10', 'surveillance', { targetOn: '2030-12-10', latestOn: '2031-01-10', latestRule: 'R10' }),
        plans('2030-01-10', 'surveillance', { targetOn: '2031-12-10', latestOn: '2031-12-31', latestRule: 'R11' }),
        plans('2030-01-10', 'recertification', { targetOn: '2032-10-09', latestOn: '2033-01-09', latestRule: 'R15' }),
        certificateIs('2032-11-01', {
          status: 'valid',
          validFrom: '2033-01-10',
          lastDay: '2036-01-09',
          cycle: 2,
          initialDecisionOn: '2030-01-10',
        }),
        plans('2032-11-01', 'surveillance', { targetOn: '2033-12-10', latestOn: '2033-12-31', latestRule: 'R11' }),
        never('AuditMissed', 'an audit was missed'),
      ],
    },
    {
      rules: ['R5', 'R15'],
      title: 'a recertification that is refused is audited and decided on again before the last day',
      given: certificate(),
      when: [
        on('2032-10-09', holds('recertification', { findings: [{ requirementId: '6.1.2', grade: 'major' }] })),
        on('2032-10-20', decides('refused', 'recertification')),
        on(
          '2032-11-01',
          corrects('F-1'),
          verifies('F-1'),
          does(manager, 'plans another recertification audit for 2032-12-01', {
            type: 'planAudit',
            kind: 'recertification',
            targetOn: '2032-12-01',
          }),
        ),
        on('2032-12-01', holds('recertification'), decides('granted', 'recertification')),
      ],
      follows: [
        certificateIs('2032-10-20', { status: 'valid', lastDay: '2033-01-09', cycle: 1 }),
        plans('2032-11-01', 'recertification', { targetOn: '2032-12-01', latestOn: '2033-01-09', latestRule: 'R15' }),
        certificateIs('2032-12-01', { status: 'valid', validFrom: '2033-01-10', lastDay: '2036-01-09', cycle: 2 }),
      ],
    },
    {
      rules: ['R16'],
      title: 'a certificate that is not renewed lapses after its last day',
      given: certificate(),
      when: [on('2033-01-10')],
      follows: [
        certificateIs('2033-01-09', { status: 'valid' }),
        happens('2033-01-10', 'CertificateLapsed', 'the certificate lapses', { lastDay: '2033-01-09' }),
        certificateIs('2033-01-10', { status: 'lapsed' }),
      ],
    },
    {
      rules: ['R16', 'R17'],
      title: 'a recertification that is audited in time and decided a day late restores what lapsed',
      given: certificate(),
      when: [
        on('2032-10-09', holds('recertification', { findings: [{ requirementId: '6.1.2', grade: 'major' }] })),
        on('2033-01-09', triesToDecide('granted', 'recertification')),
        on('2033-01-10', corrects('F-1'), verifies('F-1'), decides('granted', 'recertification')),
      ],
      follows: [
        refused('2033-01-09', 'R5', 'The decision cannot be "granted":'),
        happens('2033-01-10', 'CertificateLapsed', 'the certificate lapses', { lastDay: '2033-01-09' }),
        happens('2033-01-10', 'CertificateRestored', 'it is restored, not renewed'),
        certificateIs('2033-01-10', { status: 'valid', validFrom: '2033-01-10', lastDay: '2036-01-09', cycle: 2 }),
      ],
    },
    {
      rules: ['R28', 'R15', 'R16'],
      title: 'a decision of the last valid day that is entered four days later renews without a gap',
      given: certificate(),
      when: [on('2032-10-09', holds('recertification')), on('2033-01-13', decidedOn('2033-01-09'))],
      follows: [
        certificateIs('2033-01-12', { status: 'lapsed' }),
        happens('2033-01-13', 'LapseTakenBack', 'the lapse is taken back', { decidedOn: '2033-01-09' }),
        certificateIs('2033-01-13', {
          status: 'valid',
          decidedOn: '2033-01-09',
          validFrom: '2033-01-10',
          lastDay: '2036-01-09',
          cycle: 2,
        }),
        never('CertificateRestored', 'it is restored'),
      ],
    },
    {
      rules: ['R28', 'R17'],
      title: 'a decision of the day after the last, entered as late, restores: valid from the decision',
      given: certificate(),
      when: [on('2032-10-09', holds('recertification')), on('2033-01-13', decidedOn('2033-01-10'))],
      follows: [
        never('LapseTakenBack', 'the lapse is taken back'),
        certificateIs('2033-01-13', {
          status: 'valid',
          decidedOn: '2033-01-10',
          validFrom: '2033-01-10',
          lastDay: '2036-01-09',
          cycle: 2,
        }),
      ],
    },
    {
      rules: ['R28', 'R17', 'R30'],
      title:
        'a decision in the time for restoring that the manager enters later from its letter takes back the new certification',
      given: certificate(),
      when: [
        on('2033-07-01', holds('recertification')),
        on(
          '2033-07-20',
          does(manager, 'enters the decision of 2033-07-08 for the decision maker', (state) => ({
            type: 'recordDecision',
            auditId: lastOf(state, 'recertification'),
            decision: 'granted',
            basis: 'The report of the audit',
            on: '2033-07-08',
            onBehalfOf: decisionMaker,
            document: { title: 'Decision letter', links: ['https://example.com/decision.pdf'] },
          })),
        ),
      ],
      follows: [
        phaseIs('2033-07-19', 'certificationAudit'),
        phaseIs('2033-07-20', 'surveillanceCycle'),
        certificateIs('2033-07-20', { status: 'valid', validFrom: '2033-07-08', lastDay: '2036-01-09', cycle: 2 }),
      ],
    },
    {
      rules: ['R17'],
      title:
        'a lapsed certificate is restored within six months, valid from the decision, on the dates of the old cycle',
      given: certificate(),
      when: [
        on('2033-07-01', holds('recertification')),
        on(
          '2033-07-09',
          does(decisionMaker, 'restores the certificate', (state) => ({
            type: 'restoreCertificate',
            auditId: lastOf(state, 'recertification'),
            reason: 'What was outstanding is done',
          })),
        ),
      ],
      follows: [
        certificateIs('2033-07-08', { status: 'lapsed' }),
        certificateIs('2033-07-09', {
          status: 'valid',
          validFrom: '2033-07-09',
          lastDay: '2036-01-09',
          cycle: 2,
          initialDecisionOn: '2030-01-10',
        }),
      ],
    },
    {
      rules: ['R17'],
      title:
        'a certificate that was not restored in six months is earned again, by a Stage 2 and with a cycle of its own',
      given: certificate(),
      when: [
        on('2033-07-01', holds('recertification')),
        on('2033-07-10', triesToDecide('granted', 'recertification')),
        on('2034-03-01', holds('stage2')),
        on('2034-03-15', decides('granted')),
      ],
      follows: [
        happens('2033-07-10', 'RestorationEnded', 'the time to restore it is over', { lastDay: '2033-01-09' }),
        phaseIs('2033-07-10', 'certificationAudit'),
        refused('2033-07-10', 'R17', 'the decision rests on a new Stage 2'),
        plans('2033-07-10', 'stage2', { targetOn: '2033-08-09' }),
        never('WarningNoted', 'Stage 2 came too late, though no Stage 1 was held (R3)', { code: 'R3' }),
        certificateIs('2034-03-15', {
          status: 'valid',
          validFrom: '2034-03-15',
          lastDay: '2037-03-14',
          cycle: 2,
          initialDecisionOn: '2034-03-15',
        }),
        plans('2034-03-15', 'surveillance', { latestOn: '2035-03-15', latestRule: 'R10' }),
      ],
    },
    {
      rules: ['R17', 'R3'],
      title: 'a body that asks for a Stage 1 after a lapse has both stages, and R3 counts between them',
      given: certificate({ rules: { stage1AfterLapse: true } }),
      when: [
        on('2033-07-10', holds('stage1', { result: 'ready' })),
        on('2033-07-11', triesToSchedule('stage2', '2034-01-11')),
        on('2033-08-01', holds('stage2')),
        on('2033-08-15', decides('granted')),
      ],
      follows: [
        plans('2033-07-10', 'stage1', { targetOn: '2033-07-10' }),
        refused('2033-07-11', 'R3', 'can begin no later than 2034-01-10'),
        certificateIs('2033-08-15', { status: 'valid', validFrom: '2033-08-15', lastDay: '2036-08-14', cycle: 2 }),
      ],
    },
    {
      rules: ['R17', 'R15'],
      title: 'a significant change after a lapse puts a Stage 1 before the Stage 2 that was to come alone',
      given: certificate(),
      when: [
        on('2033-07-20', reportsSignificantChange),
        on('2033-08-10', holds('stage1', { result: 'ready' })),
        on('2033-09-01', holds('stage2')),
        on('2033-09-15', decides('granted')),
      ],
      follows: [
        plans('2033-07-10', 'stage2', { targetOn: '2033-08-09' }),
        happens('2033-07-20', 'AuditCancelled', 'the Stage 2 that was to come alone is given up'),
        plans('2033-07-20', 'stage1', { targetOn: '2033-07-20' }),
        plans('2033-08-10', 'stage2', { targetOn: '2033-08-11' }),
        certificateIs('2033-09-15', { status: 'valid', validFrom: '2033-09-15', lastDay: '2036-09-14', cycle: 2 }),
      ],
    },
    {
      rules: ['R12', 'R10', 'R15'],
      title: 'a certificate of 29 February ends with 28 February three years on, and so do those after it',
      given: certified('2032-02-29', '2035-02-28', { startsOn: '2032-02-26' }),
      when: [on('2034-11-27', holds('recertification')), on('2035-02-28', decides('granted', 'recertification'))],
      follows: [
        plans('2032-02-29', 'surveillance', { latestOn: '2033-02-28', latestRule: 'R10' }),
        certificateIs('2035-02-28', { status: 'valid', validFrom: '2035-03-01', lastDay: '2038-02-28', cycle: 2 }),
      ],
    },
    {
      rules: ['R32', 'R33', 'R12'],
      title: 'a certificate takes effect on the day that the body printed, up to 30 days after the decision',
      given: stage1Ready('2030-01-09'),
      when: [
        on(
          '2030-01-10',
          holds('stage2'),
          tries(decisionMaker, 'have it take effect the day before', takesEffect('2030-01-09')),
          tries(decisionMaker, 'have it take effect 31 days later', takesEffect('2030-02-10')),
          does(decisionMaker, 'grants it from 2030-01-18 on', takesEffect('2030-01-18')),
        ),
      ],
      follows: [
        refused('2030-01-10', 'R32', '2030-01-09 is before the decision'),
        refused('2030-01-10', 'R32', 'name a day up to 2030-02-09'),
        certificateIs('2030-01-10', { status: 'valid', validFrom: '2030-01-18', lastDay: '2033-01-17', cycle: 1 }),
        plans('2030-01-10', 'surveillance', { targetOn: '2030-12-10', latestOn: '2031-01-10', latestRule: 'R10' }),
      ],
    },
    {
      rules: ['R33', 'R11'],
      title: 'a recertification that is granted eleven months into the cycle begins a new one with the decision',
      given: certificate(),
      when: [on('2030-12-01', holds('recertification')), on('2030-12-10', decides('granted', 'recertification'))],
      follows: [
        certificateIs('2030-12-10', { status: 'valid', validFrom: '2030-12-10', lastDay: '2033-12-09', cycle: 2 }),
        plans('2030-12-10', 'surveillance', { targetOn: '2031-11-10', latestOn: '2031-12-31', latestRule: 'R11' }),
        plans('2030-12-10', 'surveillance', { targetOn: '2032-11-10', latestOn: '2032-12-31', latestRule: 'R11' }),
      ],
    },
    {
      rules: ['R11', 'R1'],
      title: 'a cycle that was renewed early has two surveillances, one in each year without a recertification',
      given: certified('2030-02-10', '2033-02-09', { startsOn: '2030-02-07' }),
      when: [on('2032-11-02', holds('recertification'), decides('granted', 'recertification'))],
      follows: [
        certificateIs('2032-11-02', { validFrom: '2033-02-10', lastDay: '2036-02-09', cycle: 2 }),
        plans('2032-11-02', 'surveillance', { targetOn: '2033-11-15', latestOn: '2033-12-31', latestRule: 'R11' }),
        plans('2032-11-02', 'surveillance', { targetOn: '2034-11-15', latestOn: '2034-12-31', latestRule: 'R11' }),
        plans('2032-11-02', 'recertification', { targetOn: '2035-11-09', latestOn: '2036-02-09' }),
        count(2, 'AuditPlanned', 'a surveillance of the second cycle is planned', {
          audit: { kind: 'surveillance', cycle: 2 },
        }),
      ],
    },
    {
      rules: ['R31', 'R15'],
      title: 'a major that is raised five weeks before expiry is verified before expiry, and planned before it',
      given: certificate(),
      when: [on('2032-12-05', holds('recertification', { findings: [{ requirementId: '6.1.2', grade: 'major' }] }))],
      follows: [
        findingIs('2032-12-05', 'F-1', { grade: 'major', planDueOn: '2033-01-04', verifyDueOn: '2033-01-09' }),
        asked('2032-12-05', 'decision', { assignee: decisionMaker, dueOn: '2033-01-04' }),
      ],
    },
    {
      rules: ['R15', 'R2'],
      title:
        'where the body begins every recertification with a Stage 1, it comes before the audit, and again if not ready',
      given: certificate({ rules: { stage1AtRecertification: true } }),
      when: [
        on('2032-09-01', triesToSchedule('recertification', '2032-10-09')),
        on('2032-09-09', holds('stage1', { result: 'notReady' })),
        on('2032-10-08', holds('stage1', { result: 'ready' })),
        on('2032-10-09', holds('recertification'), decides('granted', 'recertification')),
      ],
      follows: [
        plans('2030-01-10', 'stage1', { targetOn: '2032-09-09', latestOn: '2033-01-09', latestRule: 'R15' }),
        refused('2032-09-01', 'R15', 'A Stage 1 comes before this recertification'),
        plans('2032-09-09', 'stage1', { targetOn: '2032-10-09', latestOn: '2033-01-09' }),
        certificateIs('2032-10-09', { status: 'valid', validFrom: '2033-01-10', lastDay: '2036-01-09', cycle: 2 }),
      ],
    },
    {
      rules: ['R15'],
      title: 'after a significant change the recertification begins with a Stage 1',
      given: certificate(),
      when: [
        on('2031-06-02', reportsSignificantChange),
        on('2032-09-09', holds('stage1', { result: 'ready' })),
        on('2032-10-09', holds('recertification')),
        on('2032-12-01', decides('granted', 'recertification')),
      ],
      follows: [
        plans('2031-06-02', 'stage1', { targetOn: '2032-09-09', latestOn: '2033-01-09', latestRule: 'R15' }),
        asked('2032-07-09', 'auditSchedule'),
        certificateIs('2032-12-01', { status: 'valid', validFrom: '2033-01-10', lastDay: '2036-01-09', cycle: 2 }),
      ],
    },
  ],
};

import { decisionMaker, leadAuditor, manager } from '../workflows/support/people.ts';
import {
  corrects,
  decides,
  does,
  holds,
  lastOf,
  on,
  triesToDecide,
  triesToSchedule,
  verifies,
} from './support/acts.ts';
import { asked, certificateIs, happens, never, phaseIs, plans, refused } from './support/expectations.ts';
import { certificate, certified } from './support/givens.ts';
import type { Group } from './support/scenario.ts';

const reportsSignificantChange = does(leadAuditor, 'reports a significant change', {
  type: 'reportSignificantChange',
  description: 'Two companies became one',
});

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
      title: 'a certificate of 29 February counts as of the 28th in years without one',
      given: certified('2032-02-29', '2035-02-27', { startsOn: '2032-02-26' }),
      when: [on('2034-11-27', holds('recertification')), on('2035-02-27', decides('granted', 'recertification'))],
      follows: [
        plans('2032-02-29', 'surveillance', { latestOn: '2033-02-28', latestRule: 'R10' }),
        certificateIs('2035-02-27', { status: 'valid', validFrom: '2035-02-28', lastDay: '2038-02-27', cycle: 2 }),
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

import type { AdoptedAudit, Adoption } from '../../domain/adoption/adoption.ts';
import { comingAudit } from '../../domain/audits/queries.ts';
import { addDays, addMonths, addYears } from '../../domain/calendar.ts';
import { standardOutline } from '../../domain/standards/outline.ts';
import { assessment, deliverEvidence } from '../workflows/support/paths.ts';
import { leadAuditor, manager, owner, programOf } from '../workflows/support/people.ts';
import { corrects, decides, does, holds, on, reviews, triesToSchedule, verifies } from './support/acts.ts';
import { asked, certificateIs, findingIs, happens, never, phaseIs, plans, refused } from './support/expectations.ts';
import { takenOver, today } from './support/givens.ts';
import type { Act, Group } from './support/scenario.ts';

const decidedOn = addMonths(today, -16);
const lastDay = addDays(addYears(decidedOn, 3), -1);
const surveyedOn = addMonths(today, -5);
const stage1On = addMonths(today, -2);
const suspendedOn = addMonths(today, -2);
const suspendedUntil = addMonths(suspendedOn, 6);

const lapsedDecidedOn = addMonths(today, -38);
const lapsedAfter = addDays(addYears(lapsedDecidedOn, 3), -1);

/** All requirements, as those who took part in the gap assessment rated them. */
const ratings: NonNullable<Adoption['ratings']> = standardOutline(programOf('any').standard).requirements.map(
  ({ id: requirementId }) => ({ requirementId, status: 'conforms', priority: 'low', gap: '', effortDays: 0, owner }),
);
const ratesTheRest: Act = {
  says: 'the program manager rates what is left, and completes the gap assessment',
  does: async ({ program }) => {
    await program.bulk(manager, await assessment(program));
    await program.settle();
  },
};
const deliversAll: Act = {
  says: 'all evidence that is asked for is submitted and accepted',
  does: ({ program }) => deliverEvidence(program),
};

const certificate = { number: 'C-7', status: 'valid' as const, decidedOn, lastDay, cycle: 1 };
const nextSurveillanceOn = addMonths(addMonths(decidedOn, 24), -1);
const recertificationOn = addMonths(lastDay, -3);
const agreedOn = addDays(today, 120);
const records = does(leadAuditor, 'records the outcome', (state) => ({
  type: 'recordOutcome',
  auditId: comingAudit(state, 'surveillance')?.id ?? 'none',
  result: 'maintained',
  note: '',
}));

const surveillance: Pick<AdoptedAudit, 'kind' | 'result' | 'team'> = {
  kind: 'surveillance',
  result: 'maintained',
  team: [leadAuditor],
};

const inItsSecondYear: Adoption = {
  phase: 'surveillanceCycle',
  certificate,
  audits: [{ ...surveillance, startsOn: surveyedOn, endsOn: surveyedOn }],
  openFindings: [
    {
      raisedIn: 'surveillance',
      raisedOn: surveyedOn,
      requirementId: '7.2',
      grade: 'minor',
      statement: 'Records of training are missing.',
      status: 'open',
    },
  ],
  ratings: [{ requirementId: '7.2', status: 'conforms', priority: 'low', gap: '', effortDays: 0, owner }],
};

/** Programs that were under way before Certloop. */
export const underWay: Group = {
  name: 'Programs under way',
  scenarios: [
    {
      rules: ['R10', 'R11', 'R15'],
      title: 'a certificate that is taken over in its second year goes into its next cycle',
      given: takenOver(
        `a certificate decided on ${decidedOn}, surveyed on ${surveyedOn} with a minor`,
        inItsSecondYear,
      ),
      when: [
        on(addDays(today, 7), corrects('F-1'), verifies('F-1')),
        on(nextSurveillanceOn, holds('surveillance')),
        on(recertificationOn, holds('recertification')),
        on(addDays(recertificationOn, 14), decides('granted', 'recertification')),
      ],
      follows: [
        certificateIs(today, { status: 'valid', validFrom: decidedOn, lastDay, cycle: 1 }),
        findingIs(today, 'F-1', { grade: 'minor', status: 'open' }),
        asked(today, 'managementReview', { assignee: manager }),
        plans(today, 'surveillance', { targetOn: nextSurveillanceOn, latestRule: 'R11' }),
        plans(today, 'recertification', { targetOn: recertificationOn, latestOn: lastDay, latestRule: 'R15' }),
        never('AuditMissed', 'an audit was missed'),
        certificateIs(addDays(recertificationOn, 14), {
          status: 'valid',
          initialDecisionOn: decidedOn,
          validFrom: addDays(lastDay, 1),
          lastDay: addDays(addYears(addDays(lastDay, 1), 3), -1),
          cycle: 2,
        }),
      ],
    },
    {
      rules: ['R11'],
      title: 'a surveillance that is agreed already when the program is taken over is held on its days',
      given: takenOver(`a certificate decided on ${decidedOn}, with a surveillance agreed for ${agreedOn}`, {
        ...inItsSecondYear,
        openFindings: [],
        agreedAudits: [{ kind: 'surveillance', startsOn: agreedOn, endsOn: agreedOn, team: [leadAuditor] }],
      }),
      when: [on(agreedOn, records)],
      follows: [
        happens(today, 'AuditScheduled', `the surveillance is scheduled for ${agreedOn}`, {
          startsOn: agreedOn,
          team: [leadAuditor],
        }),
        never('TaskOpened', 'its dates are asked for', { task: { kind: 'auditSchedule', auditId: 'A-2' } }),
        asked(today, 'auditOutcome', { assignee: leadAuditor, dueOn: addDays(agreedOn, 14) }),
        happens(agreedOn, 'AuditOutcomeRecorded', 'it ends with the certificate maintained', { result: 'maintained' }),
      ],
    },
    {
      rules: ['R17'],
      title: 'a lapsed certificate that is taken over can be restored as long as it could be',
      given: takenOver(`a certificate that lapsed after ${lapsedAfter}`, {
        ...inItsSecondYear,
        certificate: { ...certificate, status: 'lapsed', decidedOn: lapsedDecidedOn, lastDay: lapsedAfter },
        audits: [],
        openFindings: [],
      }),
      when: [on(addDays(addMonths(lapsedAfter, 6), 1))],
      follows: [
        certificateIs(today, { status: 'lapsed', lastDay: lapsedAfter }),
        plans(today, 'recertification', { targetOn: today }),
        happens(addDays(addMonths(lapsedAfter, 6), 1), 'RestorationEnded', 'the time to restore it is over', {
          lastDay: lapsedAfter,
        }),
      ],
    },
    {
      rules: [],
      title: 'a program that is taken over into its gap assessment rates what is not rated',
      given: takenOver('a gap assessment with one rating', { phase: 'gapAssessment', ratings: ratings.slice(0, 1) }),
      when: [on(addDays(today, 1), ratesTheRest)],
      follows: [
        phaseIs(today, 'gapAssessment'),
        asked(today, 'gapAssessment'),
        phaseIs(addDays(today, 1), 'implementation'),
      ],
    },
    {
      rules: [],
      title: 'a program that is taken over into its implementation asks for what was not submitted',
      given: takenOver('an implementation, with the evidence for the policy of yesterday', {
        phase: 'implementation',
        ratings,
        evidence: [{ requirementId: '5.2', acceptedOn: addDays(today, -1) }],
      }),
      when: [on(addDays(today, 1), deliversAll)],
      follows: [
        phaseIs(today, 'implementation'),
        asked(today, 'evidence', { requirementId: '4.3' }),
        never('TaskOpened', 'the policy is asked for', { task: { kind: 'evidence', requirementId: '5.2' } }),
        phaseIs(addDays(today, 1), 'internalAudit'),
        plans(addDays(today, 1), 'internal'),
      ],
    },
    {
      rules: ['R2'],
      title: 'a program that is taken over before Stage 1 passes the gate with the review that it lacks',
      given: takenOver(`an internal audit of ${stage1On} and no management review`, {
        phase: 'internalAudit',
        ratings,
        internalAuditOn: stage1On,
      }),
      when: [on(addDays(today, 1), reviews)],
      follows: [
        phaseIs(today, 'internalAudit'),
        never('AuditPlanned', 'another internal audit is planned', { audit: { kind: 'internal' } }),
        asked(today, 'managementReview', { assignee: manager }),
        phaseIs(addDays(today, 1), 'certificationAudit'),
        plans(addDays(today, 1), 'stage1'),
      ],
    },
    {
      rules: ['R18'],
      title: 'a suspension that is taken over ends when it would have ended',
      given: takenOver(`a certificate decided on ${decidedOn} and suspended on ${suspendedOn}`, {
        ...inItsSecondYear,
        openFindings: [],
        certificate: { ...certificate, status: 'suspended', suspendedOn },
      }),
      when: [on(addDays(suspendedUntil, 1))],
      follows: [
        asked(today, 'suspension', { assignee: manager, dueOn: suspendedUntil }),
        certificateIs(suspendedUntil, { status: 'suspended', lastDay }),
        certificateIs(addDays(suspendedUntil, 1), { status: 'withdrawn' }),
      ],
    },
    {
      rules: ['R3'],
      title: 'a Stage 1 that is taken over is as old as it is',
      given: takenOver(`a Stage 1 that ended ready on ${stage1On}, no evidence of what came before`, {
        phase: 'certificationAudit',
        audits: [{ kind: 'stage1', startsOn: stage1On, endsOn: stage1On, result: 'ready', team: [leadAuditor] }],
      }),
      when: [on(addDays(today, 1), triesToSchedule('stage2', addDays(addMonths(stage1On, 6), 1)))],
      follows: [
        phaseIs(today, 'certificationAudit'),
        asked(today, 'earlierAudit'),
        refused(addDays(today, 1), 'R3', `Stage 2 can begin no later than ${addMonths(stage1On, 6)}`),
      ],
    },
  ],
};

import { addDays, addMonths, addYears, dateAt } from '../../domain/calendar.ts';
import type { AdoptedAudit, Adoption } from '../../domain/types/index.ts';
import { leadAuditor, manager, owner } from '../workflows/support/people.ts';
import { corrects, decides, holds, on, triesToSchedule, verifies } from './support/acts.ts';
import { asked, certificateIs, findingIs, never, phaseIs, plans, refused } from './support/expectations.ts';
import { takenOver } from './support/givens.ts';
import type { Group } from './support/scenario.ts';

/** Nothing is taken over that lies ahead, so these plays begin on the day on which they are run. */
const today = dateAt(new Date().toISOString(), 'America/New_York');
const decidedOn = addMonths(today, -16);
const lastDay = addDays(addYears(decidedOn, 3), -1);
const surveyedOn = addMonths(today, -5);
const stage1On = addMonths(today, -2);
const suspendedOn = addMonths(today, -2);
const suspendedUntil = addMonths(suspendedOn, 6);

const certificate = { number: 'C-7', status: 'valid' as const, decidedOn, lastDay, cycle: 1 };
const nextSurveillanceOn = addMonths(addMonths(decidedOn, 24), -1);
const recertificationOn = addMonths(lastDay, -3);

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
        refused(addDays(today, 1), 'R3', `Stage 2 may begin until ${addMonths(stage1On, 6)}`),
      ],
    },
  ],
};

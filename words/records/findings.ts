import { own } from '../../domain/basics.ts';
import { type Finding, isNonconformity } from '../../domain/findings/finding.ts';
import type { FindingInMail } from '../../domain/notices.ts';
import type { ProgramState } from '../../domain/state.ts';
import { gradeLabels } from '../labels.ts';
import { because, list } from '../phrases.ts';
import { atOnce, later, silent, type Telling, type WordsOfRecords } from './entry.ts';
import { managers } from './recipients.ts';

/** How the records of findings read, and who hears of them. */
export const findingRecords = {
  FindingRaised: {
    line: ({ finding: { id, grade, auditId, requirementId, statement } }) =>
      `${id} (${gradeLabels[grade]}) raised in ${auditId} against ${requirementId}: ${statement}`,
    tells: (state, { finding }) =>
      isNonconformity(finding.grade)
        ? [later(managers(state), { kind: 'findingRaised', finding: inMail(finding) })]
        : [],
  },
  CorrectiveActionPlanned: {
    line: ({ findingId, plan }) => `Corrective action plan for ${findingId} submitted, action due ${plan.dueOn}`,
    tells: silent,
  },
  CorrectiveActionPlanReviewed: {
    line: ({ findingId, verdict, note }) =>
      `Corrective action plan for ${findingId} ${verdict === 'accept' ? 'accepted' : 'rejected'}${because(note)}`,
    tells: silent,
  },
  CorrectiveActionDone: {
    line: ({ findingId }) => `Corrective action for ${findingId} reported done`,
    tells: silent,
  },
  FindingVerified: {
    line: ({ findingId, effective, closed, note }) =>
      `Corrective action for ${findingId} verified as ${effective ? 'effective' : 'not effective'}${closed ? ', finding closed' : ''}${because(note)}`,
    tells: (state, { findingId, effective, note }) =>
      effective
        ? []
        : ofFinding(state, findingId, (finding) => [
            later(managers(state), { kind: 'findingReopened', finding: inMail(finding), note }),
          ]),
  },
  FindingRaisedToMajor: {
    line: ({ findingId, rule, reason, together = [] }) => {
      const others = together.length > 0 ? ` together with ${list(together)}` : '';
      return `${findingId} raised to a major nonconformity${others} (${rule}): ${reason}`;
    },
    tells: (state, { findingId, reason, rule, together }) =>
      ofFinding(state, findingId, (finding) => {
        const item = { kind: 'findingRaisedToMajor' as const, finding: inMail(finding), reason, rule };
        return [atOnce(managers(state), together ? { ...item, together } : item)];
      }),
  },
  DeadlineMissed: {
    line: ({ findingId, deadline, dueOn }) =>
      `Deadline missed: the ${deadline === 'plan' ? 'corrective action plan' : 'verification'} for ${findingId} was due ${dueOn}`,
    tells: (state, { findingId, deadline, dueOn, to }) =>
      ofFinding(state, findingId, (finding) => [
        atOnce(to, { kind: 'deadlineMissed', finding: inMail(finding), deadline, dueOn }),
      ]),
  },
} satisfies Partial<WordsOfRecords>;

/** What people hear about a finding; nothing about one that the program no longer carries. */
function ofFinding(state: ProgramState, findingId: string, tells: (finding: Finding) => Telling[]): Telling[] {
  const finding = own(state.findings, findingId);
  return finding ? tells(finding) : [];
}

/** The part of a finding that a mail needs. */
function inMail({ id, auditId, requirementId, grade, statement }: Finding): FindingInMail {
  return { id, auditId, requirementId, grade, statement };
}

import { own } from '../../domain/basics.ts';
import { type Finding, isNonconformity } from '../../domain/findings/finding.ts';
import type { FindingInMail } from '../../domain/notices.ts';
import type { ProgramState } from '../../domain/state.ts';
import { gradeLabels } from '../labels.ts';
import { because, list } from '../phrases.ts';
import { atOnce, later, overdue, silent, type Telling, type WordsOfRecords } from './entry.ts';
import { withFiles } from './files.ts';
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
    line: ({ findingId, evidence: { files } }) => `Corrective action for ${findingId} reported done${withFiles(files)}`,
    tells: silent,
  },
  FindingVerified: {
    line: ({ findingId, effective, closed, note, files }) =>
      `Corrective action for ${findingId} verified as ${effective ? 'effective' : 'not effective'}${closed ? ', finding closed' : ''}${withFiles(files)}${because(note)}`,
    tells: (state, { findingId, effective, note }) =>
      effective
        ? []
        : ofFinding(state, findingId, (finding) => [
            later(managers(state), { kind: 'findingReopened', finding: inMail(finding), note }),
          ]),
  },
  FindingDatesMoved: {
    line: ({ findingId, endsOn, planDueOn, verifyDueOn }) => {
      const dates = [planDueOn && `its plan by ${planDueOn}`, verifyDueOn && `to be verified by ${verifyDueOn}`];
      return `${findingId} counts from ${endsOn}, the last day of its audit: ${list(dates.filter((one) => one !== undefined))}`;
    },
    tells: silent,
  },
  FindingRaisedToMajor: {
    line: ({ findingId, rule, reason, together = [] }) => {
      const others = together.length > 0 ? ` together with ${list(together)}` : '';
      return `${findingId} raised to a major nonconformity${others} (${rule}): ${reason}`;
    },
    tells: (state, { findingId, reason, rule, together }) =>
      ofFinding(state, findingId, (finding) => {
        const item = { kind: 'findingRaisedToMajor' as const, finding: inMail(finding), reason, rule };
        return [overdue(managers(state), together ? { ...item, together } : item)];
      }),
  },
  RaiseTakenBack: {
    line: ({ findingId, reason }) => `${findingId} stays a minor nonconformity: ${reason}`,
    tells: (state, { findingId, reason }) =>
      ofFinding(state, findingId, (finding) => [
        later(managers(state), { kind: 'findingPutRight', finding: inMail(finding), reason, withdrawn: false }),
      ]),
  },
  DeadlineMissed: {
    line: ({ findingId, deadline, dueOn }) =>
      `Deadline missed: the ${deadline === 'plan' ? 'corrective action plan' : 'verification'} for ${findingId} was due ${dueOn}`,
    tells: (state, { findingId, deadline, dueOn, to }) =>
      ofFinding(state, findingId, (finding) => [
        overdue(to, { kind: 'deadlineMissed', finding: inMail(finding), deadline, dueOn }),
      ]),
  },
  FindingCorrected: {
    line: ({ finding: { id, grade, requirementId, statement }, previous, reason }) =>
      `${id} put right: ${correction(previous, { grade, requirementId, statement })}${because(reason)}`,
    tells: (state, { finding, reason }) => [
      later(managers(state), { kind: 'findingPutRight', finding: inMail(finding), reason, withdrawn: false }),
    ],
  },
  FindingWithdrawn: {
    line: ({ findingId, reason }) => `${findingId} withdrawn: ${reason}`,
    tells: (state, { findingId, reason }) =>
      ofFinding(state, findingId, (finding) => [
        later(managers(state), { kind: 'findingPutRight', finding: inMail(finding), reason, withdrawn: true }),
      ]),
  },
  DeadlineMet: {
    line: ({ findingId, deadline, dueOn, metOn }) =>
      `Deadline kept after all: the ${deadline === 'plan' ? 'corrective action plan' : 'verification'} for ${findingId}, due ${dueOn}, was there on ${metOn}`,
    tells: (state, { findingId, deadline, dueOn, metOn, to }) =>
      ofFinding(state, findingId, (finding) => [
        atOnce(to, { kind: 'deadlineMet', finding: inMail(finding), deadline, dueOn, metOn }),
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

type Words = Pick<Finding, 'grade' | 'requirementId' | 'statement'>;

/** What is another now, and what it was. */
function correction(before: Words, after: Words): string {
  const changed = [
    before.grade !== after.grade ? `${gradeLabels[after.grade]} instead of ${gradeLabels[before.grade]}` : undefined,
    before.requirementId !== after.requirementId
      ? `against ${after.requirementId} instead of ${before.requirementId}`
      : undefined,
    before.statement !== after.statement ? `"${after.statement}" instead of "${before.statement}"` : undefined,
  ];
  return changed.filter(Boolean).join(', ') || 'a finding of its own again';
}

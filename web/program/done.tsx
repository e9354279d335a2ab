import { type CommandType, isCommandType } from '../../domain/registry.ts';
import { Notice } from '../html/parts.tsx';

/** What was done, where more can be said than that it is recorded. */
const doneWords: Partial<Record<CommandType, string>> = {
  pause: 'The program is paused',
  resume: 'The program goes on',
  cancel: 'The program is cancelled',
  changePlan: 'The plan is changed',
  changeCalendar: 'The calendar is changed',
  changeScope: 'The scope is changed',
  setPeople: 'The people are changed',
  putInCharge: 'Others are in charge now',
  putAiSystem: 'The AI system is entered',
  retireAiSystem: 'The AI system is retired',
  reportIncident: 'The incident is reported',
  reportComplaint: 'The complaint is recorded',
  correctIncident: 'The incident is put right',
  correctComplaint: 'The complaint is put right',
  reportSignificantChange: 'The change is reported',
  holdManagementReview: 'The management review is recorded',
  rateRequirement: 'The rating is recorded',
  completeGapAssessment: 'The gap assessment is completed',
  setApplicability: 'The applicability is recorded',
  openTask: 'The task is opened',
  planAudit: 'The audit is planned',
  scheduleAudit: 'The audit is scheduled',
  callOffAudit: 'The audit is called off',
  raiseFinding: 'The finding is raised',
  recordOutcome: 'The outcome is recorded',
  recordDecision: 'The decision is recorded',
  planCorrectiveAction: 'The plan is submitted',
  reviewCorrectiveActionPlan: 'The review is recorded',
  reportCorrectiveActionDone: 'The corrective action is reported',
  verifyFinding: 'The verification is recorded',
};

/** That what somebody just sent was done: `?done=pause`. */
export function Done({ query }: { query: unknown }) {
  const { done } = query as { done?: unknown };
  if (typeof done !== 'string' || !isCommandType(done)) return null;
  return (
    <Notice tone="good" title={doneWords[done] ?? 'Done'}>
      <p>It is in the records, and whoever it concerns is told.</p>
    </Notice>
  );
}

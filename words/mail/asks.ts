import type { TaskInMail } from '../../domain/notices.ts';
import type { TaskKind } from '../../domain/tasks/task.ts';
import type { Context, Detail, RequirementWords } from './types.ts';
import { sentence } from './words.ts';

/** What a task asks for, when the catalogue does not say it better. */
const asks: Record<TaskKind, string> = {
  gapAssessment:
    'Rate each requirement of the standard as conforms, partial or missing (a control can also be not applicable), with its priority, gap, effort and owner. Then complete the gap assessment.',
  evidence: 'Submit evidence that this requirement is met.',
  impactAssessment: 'Assess the impact of this AI system on individuals, groups and society, and submit the result.',
  applicabilityReview:
    'Check each control: does it still apply, and is the justification still true? Correct the entries that are wrong, then submit evidence of what you checked.',
  auditSchedule: 'Agree on the dates and the team with the auditors, and record them.',
  missedAudit:
    'Agree with the certification body on new dates for the audit, and record its dates and team. Until the audit is held, the body can suspend the certificate.',
  auditOutcome:
    'Record the findings of the audit, then its outcome. For a surveillance audit, name the topics that were covered.',
  managementReview: 'Hold the management review, and record who attended, its inputs, its decisions and its actions.',
  concern: 'Resolve the area of concern from Stage 1, and submit evidence of it.',
  correctiveActionPlan:
    'Write the corrective action plan: what corrects it now, its root cause, where else it could happen, what keeps it from happening again, and by when.',
  planReview: 'Read the corrective action plan, and accept it or reject it with a reason.',
  correctiveAction: 'Carry out the corrective action, and report it done with evidence.',
  verification: 'Verify whether the corrective action was effective.',
  effectivenessCheck: 'Check whether the corrective action still works.',
  readinessChecklist:
    'Go through the readiness checklist for the audit, and submit a note of what is ready and what is not.',
  decision:
    'Decide on certification from the audit and its findings. The decision maker must not have been on the audit team.',
  recommendation:
    'Decide on what the audit team recommends: suspend, withdraw or reinstate the certificate, reduce its scope, or keep it as it is. Whoever decides must not have taken part in the audit.',
  deciderNeeded:
    'Ask the certification body who decides, and add that person as a decision maker, or give the role to somebody of the body who took no part in the audit. The decision is then asked of them.',
  suspension:
    'Correct what the certificate is suspended for, and show it to the certification body, and record its answer: the certificate is reinstated, or its scope is reduced. Until then, the certificate must not be used. If the suspension is not resolved in time, the certificate is withdrawn.',
  incident: 'Deal with the incident, and submit evidence of what was done and learned.',
  complaint: 'Deal with the complaint, and submit your answer and evidence of what was done.',
  earlierAudit:
    'Enter the last internal audit that was held before the program was taken over. If there was none, tell the program manager, who can waive this task.',
  adoption: 'Submit what the title names, from the records kept before the program was taken over.',
  manual: 'Do what the title says, and submit evidence of it.',
};

/** What a task asks for; for evidence in the words of the catalogue. */
export function askOf(task: TaskInMail, context: Pick<Context, 'requirement'>, label = 'What to do'): Detail {
  return { label, text: words(task, context)?.ask ?? asks[task.kind] };
}

/** What usually shows that a requirement is met, of a task that asks for evidence of it. */
export function usualEvidence(task: TaskInMail, context: Context): Detail[] {
  const list = words(task, context)?.usualEvidence ?? [];
  return list.length > 0 ? [{ label: 'Usual evidence', list }] : [];
}

/** Why a task is asked for: what brought it about, and what the requirement is good for. */
export function why(task: TaskInMail, reason: string | undefined, context: Context): Detail {
  const text = [reason && sentence(reason), words(task, context)?.why].filter(Boolean).join(' ');
  return { label: 'Why', text: text || 'It is part of the program plan.' };
}

/** How the assignee says that it will take longer; it never moves a deadline of the certification body. */
export const needLonger: Detail = {
  label: 'If you need more time',
  text: 'Say on the same page when you expect to be done. This delays the escalation once; the due date stays. It does not work for a deadline of the certification body.',
};

function words(task: TaskInMail, context: Pick<Context, 'requirement'>): RequirementWords | undefined {
  return task.kind === 'evidence' ? context.requirement(task.requirementId) : undefined;
}

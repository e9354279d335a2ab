import type { TaskInMail, TaskKind } from '../types/index.ts';
import type { Call, Context, Detail } from './types.ts';

interface Ask {
  /** What is asked, when the catalogue does not say it better. */
  text: string;
  calls(task: TaskInMail, programUrl: string): Call[];
}

const evidenceBody = '{ "links": ["https://…"], "note": "…" }';
const dateBody = '"YYYY-MM-DD"';

const asks: Record<TaskKind, Ask> = {
  gapAssessment: {
    text: 'Rate each requirement of the standard: conforms, partial or missing (a control can also be not applicable), with priority, gap, effort and owner. Then complete the assessment.',
    calls: (_task, url) => [
      {
        method: 'PUT',
        url: `${url}/gap-assessment/{requirementId}`,
        body: '{ "status": "partial", "priority": "high", "gap": "…", "effortDays": 5, "owner": "…" }',
      },
      { method: 'POST', url: `${url}/gap-assessment/complete`, body: '{}' },
    ],
  },
  evidence: { text: 'Hand in evidence that this requirement is met.', calls: evidence },
  impactAssessment: {
    text: 'Assess the impact of this AI system on individuals, groups and society, and hand in the result.',
    calls: evidence,
  },
  applicabilityReview: {
    text: 'Look at each control: does it still apply, and is the reason still true? Correct the lines that are not, then hand in what was looked at.',
    calls: (task, url) => [
      {
        method: 'PUT',
        url: `${url}/applicability/{controlId}`,
        body: '{ "applicable": true, "justification": "…", "implementation": "implemented" }',
      },
      ...evidence(task, url),
    ],
  },
  auditSchedule: {
    text: 'Agree on the dates and the team with those who audit, and record them.',
    calls: schedule,
  },
  missedAudit: {
    text: 'Agree with the certification body when the audit takes place after all, and record its dates and team. Until then the body can suspend the certificate.',
    calls: schedule,
  },
  auditOutcome: {
    text: 'Record the findings of the audit, then its outcome; that of a surveillance names in "covered" the topics that were looked at.',
    calls: (task, url) => [
      {
        method: 'POST',
        url: `${url}/audits/${idOr(task.auditId, 'auditId')}/findings`,
        body: '{ "requirementId": "…", "grade": "minor", "statement": "…" }',
      },
      {
        method: 'POST',
        url: `${url}/audits/${idOr(task.auditId, 'auditId')}/outcome`,
        body: '{ "result": "…", "note": "…" }',
      },
    ],
  },
  managementReview: {
    text: 'Hold the management review, and record who took part, its inputs, decisions and actions.',
    calls: (_task, url) => [
      {
        method: 'POST',
        url: `${url}/management-reviews`,
        body: `{ "heldOn": ${dateBody}, "attendees": ["…"], "inputs": "…", "decisions": "…", "actions": [] }`,
      },
    ],
  },
  concern: { text: 'Resolve the area of concern of Stage 1, and hand in what shows it.', calls: evidence },
  correctiveActionPlan: {
    text: 'Write the corrective action plan: what corrects it now, its root cause, where else it could happen, what keeps it from coming back, and by when.',
    calls: finding(
      'plan',
      `{ "correction": "…", "rootCause": "…", "similarCases": "…", "action": "…", "dueOn": ${dateBody}, "effectivenessOn": ${dateBody} }`,
    ),
  },
  planReview: {
    text: 'Read the corrective action plan, and accept it or send it back with a reason.',
    calls: finding('plan-review', '{ "verdict": "accept", "note": "…" }'),
  },
  correctiveAction: {
    text: 'Carry out the corrective action, and report it done with what shows it.',
    calls: finding('done', `{ "evidence": ${evidenceBody} }`),
  },
  verification: {
    text: 'Verify whether the corrective action was effective.',
    calls: finding('verify', '{ "effective": true, "note": "…" }'),
  },
  effectivenessCheck: {
    text: 'Check whether the corrective action still works.',
    calls: finding('verify', '{ "effective": true, "note": "…" }'),
  },
  readinessChecklist: {
    text: 'Go through the readiness checklist for the audit, and hand in what is ready and what is not.',
    calls: evidence,
  },
  decision: {
    text: 'Decide on certification from the audit and its findings. Whoever decides was not on the audit team.',
    calls: (task, url) => [
      {
        method: 'POST',
        url: `${url}/decision`,
        body: `{ "auditId": "${idOr(task.auditId, 'auditId')}", "decision": "granted", "certificateNumber": "…", "basis": "…" }`,
      },
    ],
  },
  suspension: {
    text: 'Put right what the certificate is suspended for, and show it to the certification body, which answers with one of the calls below. Until then the certificate must not be used. Not resolved in time, it is withdrawn.',
    calls: (_task, url) => [
      { method: 'POST', url: `${url}/certificate/reinstate`, body: '{ "reason": "…" }' },
      {
        method: 'POST',
        url: `${url}/certificate/reduce-scope`,
        body: '{ "statement": "…", "exclusions": "…", "reason": "…" }',
      },
    ],
  },
  incident: {
    text: 'Deal with the incident, and hand in what was done and what was learned.',
    calls: evidence,
  },
  complaint: { text: 'Deal with the complaint, and hand in what was answered and done.', calls: evidence },
  earlierAudit: {
    text: 'Enter when the last internal audit before the program was taken over was held. If there was none, say so to the program manager, who waives this task.',
    calls: (_task, url) => [
      {
        method: 'POST',
        url: `${url}/audits/earlier`,
        body: `{ "startsOn": ${dateBody}, "endsOn": ${dateBody}, "team": ["…"] }`,
      },
    ],
  },
  adoption: {
    text: 'Hand in what the title says, from the papers of the time before the program was taken over.',
    calls: evidence,
  },
  manual: { text: 'Do what the title says, and hand in what shows it.', calls: evidence },
};

/** What a task asks for; for evidence in the words of the catalogue, with what usually shows it. */
export function askOf(task: TaskInMail, context: Context): Detail[] {
  const words = task.kind === 'evidence' ? context.requirement(task.requirementId) : undefined;
  if (!words) return [{ label: 'What is asked', text: asks[task.kind].text }];
  const asked: Detail[] = [{ label: 'What is asked', text: words.ask }];
  if (words.usualEvidence.length > 0) asked.push({ label: 'Usual evidence', list: words.usualEvidence });
  return asked;
}

/** How the assignee answers a task. */
export function answerTo(task: TaskInMail, context: Context): Detail {
  return { label: 'How to answer', calls: asks[task.kind].calls(task, context.programUrl) };
}

/** How the assignee says that it will take longer; it never moves a deadline of the certification body. */
export function needLonger(task: TaskInMail, context: Context): Detail {
  return {
    label: 'If you need longer',
    text: 'Say when you expect to be done. This moves the notices once; the due date stays, and a deadline of the certification body does not move.',
    calls: [taskCall(task, 'acknowledge', `{ "expectedOn": ${dateBody} }`, context)],
  };
}

/** A call on the task itself: `review`, `reassign`, `extend`, … */
export function taskCall(task: TaskInMail, action: string, body: string, context: Context): Call {
  return { method: 'POST', url: `${context.programUrl}/tasks/${encodeURIComponent(task.id)}/${action}`, body };
}

function schedule(task: TaskInMail, url: string): Call[] {
  const body = `{ "startsOn": ${dateBody}, "endsOn": ${dateBody}, "team": ["…"] }`;
  return [{ method: 'POST', url: `${url}/audits/${idOr(task.auditId, 'auditId')}/schedule`, body }];
}

function evidence(task: TaskInMail, url: string): Call[] {
  return [{ method: 'POST', url: `${url}/tasks/${encodeURIComponent(task.id)}/evidence`, body: evidenceBody }];
}

function finding(action: string, body: string): Ask['calls'] {
  return (task, url) => [
    { method: 'POST', url: `${url}/findings/${idOr(task.findingId, 'findingId')}/${action}`, body },
  ];
}

function idOr(id: string | undefined, placeholder: string): string {
  return id ? encodeURIComponent(id) : `{${placeholder}}`;
}

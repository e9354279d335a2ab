import { type IsoDate, never } from '../../domain/basics.ts';
import type { Risk } from '../../domain/outlook/risks.ts';
import type { ProgramState } from '../../domain/state.ts';
import { gradeLabels } from '../labels.ts';
import { capitalized } from '../phrases.ts';
import { distance, shortDay } from '../when.ts';
import { many, theAudit } from './ahead.ts';

/** A risk in a sentence. */
export function riskWords(risk: Risk, state: ProgramState, today: IsoDate): string {
  const day = `${shortDay(risk.on, today)}, ${distance(risk.on, today)}`;
  switch (risk.kind) {
    case 'wholeLadder':
      return risk.taskIds.length === 1
        ? `${titleOf(state, risk.taskIds[0] ?? '')} was escalated to the top and is still not done. It was due ${day}.`
        : `${capitalized(many(risk.taskIds.length, 'task'))} were escalated to the top and are still not done. The first was due ${day}.`;
    case 'bodyTaskOverdue':
      return `${titleOf(state, risk.taskId)} missed a deadline of the certification body: ${day}.`;
    case 'bodyTaskNear':
      return `${titleOf(state, risk.taskId)} has a deadline of the certification body: ${day}.`;
    case 'deadlineMissed':
      return `${findingOf(state, risk.findingId)}: the last day for its ${deadlines[risk.deadline]} was missed (${day}).`;
    case 'deadlineNear':
      return `${findingOf(state, risk.findingId)}: the last day for its ${deadlines[risk.deadline]} is ${day}.`;
    case 'auditMissed':
      return state.audits[risk.auditId]?.kind === 'stage2'
        ? `${auditOf(state, risk.auditId)} did not begin by its last day (${day}). Stage 1 is held again, unless its outcome says that it was held.`
        : `${auditOf(state, risk.auditId)} was not held by its last day (${day}). The certificate can be suspended.`;
    case 'auditWithoutDates':
      return `${auditOf(state, risk.auditId)} has no dates, and its last day is ${day}.`;
    case 'auditTooLate':
      return `${auditOf(state, risk.auditId)} ends after its last day, which is ${day}.`;
    case 'suspended':
      return `The certificate is suspended. Unresolved, it is withdrawn after ${day}.`;
    case 'lapseSuspended':
      return `The certificate is suspended, and lapses after ${day}: a suspension extends nothing.`;
    case 'lapsed':
      return `The certificate lapsed. It can be restored until ${day}.`;
    case 'lapseAhead':
      return `The certificate lapses after ${day}, unless the recertification is decided by then.`;
    default:
      return never(risk);
  }
}

const deadlines = { plan: 'corrective action plan', verification: 'verification' } as const;

function titleOf({ tasks }: ProgramState, taskId: string): string {
  return `“${tasks[taskId]?.title ?? taskId}”`;
}

function findingOf({ findings }: ProgramState, findingId: string): string {
  const finding = findings[findingId];
  return finding ? `${capitalized(gradeLabels[finding.grade])} ${findingId}` : findingId;
}

function auditOf({ audits }: ProgramState, auditId: string): string {
  const audit = audits[auditId];
  return audit ? `${capitalized(theAudit(audit.kind))} (${auditId})` : auditId;
}

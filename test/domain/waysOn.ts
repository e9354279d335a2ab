import { firstMoment } from '../../domain/agenda/index.ts';
import type { Email } from '../../domain/basics.ts';
import { dateAt } from '../../domain/calendar.ts';
import { offersOn, type Subject } from '../../domain/offers/offers.ts';
import { type Ahead, ahead } from '../../domain/outlook/ahead.ts';
import type { Wait } from '../../domain/outlook/waits.ts';
import { isEnded } from '../../domain/program/queries.ts';
import type { CommandType } from '../../domain/registry.ts';
import type { ProgramState } from '../../domain/state.ts';
import { answeredBy } from '../../domain/tasks/answering.ts';
import { isUnended } from '../../domain/tasks/task.ts';
import type { Driver } from './support.ts';

/**
 * Where a program stands still although it has not ended: what its page says that it waits for is nothing that anybody
 * could do, now or when its day comes, and the program itself does nothing about it either. Undefined while it goes on.
 */
export function deadEnd({ state, now }: Pick<Driver, 'state' | 'now'>): string | undefined {
  if (isEnded(state) || state.status === 'planned') return undefined;
  if (state.status === 'paused') return canSend(state, now, 'program', ['resume']) ? undefined : 'nobody can resume it';
  const coming: Ahead = ahead(state);
  // Somebody is to be named first, as the page says; until then nothing else can be asked for.
  if (coming.waits.some(({ what }) => what === 'person'))
    return canSend(state, now, 'program', ['addPerson']) ? undefined : 'nobody can name somebody';
  if (coming.waits.length === 0) return withoutWaits(state, coming);
  const stuck = coming.waits.find((wait) => !goesOn(state, now, wait));
  return stuck && `${JSON.stringify(coming.next)} waits for ${JSON.stringify(stuck)}: ${taskOf(state, stuck)}`;
}

function taskOf({ tasks, people }: ProgramState, { taskId = '' }: Wait): string {
  return JSON.stringify([tasks[taskId], people.map(({ email, roles }) => [email, ...roles].join(' '))]);
}

/** What nobody is asked for comes by itself: a day on which the program acts, or what the cycle plans next. */
function withoutWaits(state: ProgramState, { next }: Ahead): string | undefined {
  const byTime =
    next.kind === 'cycle' ||
    next.kind === 'restoration' ||
    next.kind === 'reinstatement' ||
    next.kind === 'lapseSuspended' ||
    next.kind === 'audit';
  const isNear = firstMoment(state) !== undefined;
  return byTime && isNear ? undefined : `${JSON.stringify(next)} waits for nothing that is named`;
}

/** Whether somebody can do what is waited for, or its day lies ahead. */
function goesOn(state: ProgramState, now: string, wait: Wait): boolean {
  const today = dateAt(now as never, state.calendar.timeZone);
  const { taskId, findingId, auditId, requirementId } = wait;
  const task = taskId ? state.tasks[taskId] : undefined;
  if (task && isUnended(task)) {
    // Nobody is left who may review it: the page says so, and the manager can name somebody or hand it on.
    if (task.status === 'submitted')
      return wait.who.length === 0 || canSend(state, now, { taskId: task.id }, ['reviewEvidence']);
    if (task.waitsFor && task.waitsFor.length > 0) return true;
    const audit = task.auditId ? state.audits[task.auditId] : undefined;
    if (task.kind === 'auditOutcome' && audit?.status === 'scheduled' && audit.endsOn > today) return true;
    return canSend(state, now, { taskId: task.id }, answeredBy[task.kind]);
  }
  if (findingId)
    return canSend(state, now, { findingId }, [
      'planCorrectiveAction',
      'reviewCorrectiveActionPlan',
      'reportCorrectiveActionDone',
      'verifyFinding',
    ]);
  if (auditId) return canSend(state, now, { auditId }, ['scheduleAudit', 'recordOutcome', 'recordDecision']);
  return requirementId !== undefined && canSend(state, now, { requirementId }, ['rateRequirement']);
}

function canSend(state: ProgramState, now: string, subject: Subject, commands: readonly CommandType[]): boolean {
  return state.people.some(({ email }) => offered(state, now, email, subject).some((one) => commands.includes(one)));
}

function offered(state: ProgramState, now: string, email: Email, subject: Subject): CommandType[] {
  return offersOn(state, subject, { email }, now as never).map(({ command }) => command);
}

import { morningOf } from '../calendar.ts';
import { suspend } from '../certificate/suspending.ts';
import type { Draft } from '../draft.ts';
import { askForEffectivenessCheck } from '../findings/asks.ts';
import { DeadlineMissed } from '../findings/DeadlineMissed.ts';
import { toldOfMissed } from '../findings/deadlines.ts';
import { type Finding, isUnverified, type UnverifiedFinding } from '../findings/finding.ts';
import { isOfBodyFinding } from '../findings/queries.ts';
import { say } from '../say.ts';
import type { ProgramState } from '../state.ts';
import { overAt } from '../tasks/due.ts';
import { openTasks } from '../tasks/queries.ts';
import type { Due } from './moment.ts';

/**
 * R7: deadlines of nonconformities that pass; and the day on which the effectiveness of an action is checked. A pause
 * holds those of internal audits.
 */
export function findingMoments(state: ProgramState): Due[] {
  return Object.values(state.findings)
    .filter((finding) => state.status !== 'paused' || isOfBodyFinding(state, finding))
    .flatMap((finding) => (isUnverified(finding) ? deadlinesOf(state, finding) : effectiveness(state, finding)));
}

function deadlinesOf(state: ProgramState, finding: UnverifiedFinding): Due[] {
  const { id: findingId, grade, status, planDueOn, verifyDueOn, missed } = finding;
  const awaited = [
    { deadline: 'plan', dueOn: status === 'open' ? planDueOn : undefined },
    { deadline: 'verification', dueOn: grade === 'major' ? verifyDueOn : undefined },
  ] as const;
  return awaited.flatMap(({ deadline, dueOn }): Due[] => {
    if (!dueOn || missed.includes(deadline)) return [];
    const act = (draft: Draft) => {
      draft.emit(DeadlineMissed, { findingId, deadline, dueOn, to: toldOfMissed(draft.state, finding) });
      // R18: a major that is not corrected in time is a serious failure.
      if (deadline === 'verification' && isOfBodyFinding(draft.state, finding)) {
        suspend(draft, say('notVerifiedInTime', { findingId, dueOn }), 'failure', { findingId });
      }
    };
    const title = say('momentOfDeadline', { findingId, grade, deadline });
    const at = overAt({ dueOn, bodyDeadline: isOfBodyFinding(state, finding) }, state.calendar);
    return [{ at, kind: 'deadline', title, ref: findingId, act }];
  });
}

function effectiveness(state: ProgramState, finding: Finding): Due[] {
  if (finding.status !== 'verified') return [];
  const { id: findingId, plan } = finding;
  const isAsked = openTasks(state).some((task) => task.kind === 'effectivenessCheck' && task.findingId === findingId);
  if (!plan?.effectivenessOn || isAsked) return [];
  const at = morningOf(plan.effectivenessOn, state.calendar.timeZone);
  const act = (draft: Draft) => askForEffectivenessCheck(draft, finding);
  return [{ at, kind: 'effectiveness', title: say('taskCheckEffectiveness', { findingId }), ref: findingId, act }];
}

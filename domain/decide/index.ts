import { apply } from '../apply/index.ts';
import { dateAt } from '../calendar.ts';
import { mustBeAllowed } from '../permissions.ts';
import { Rejected, wrong } from '../rejection.ts';
import { unusualLength } from '../rules/plan.ts';
import type {
  Actor,
  Command,
  CommandMap,
  Instant,
  NewRecord,
  ProgramDefinition,
  ProgramRecord,
  ProgramState,
  Rejection,
  SystemCommandMap,
} from '../types/index.ts';
import { adopt, adoptionDeciders } from './adopt.ts';
import { auditDeciders } from './audits.ts';
import { certificateDeciders } from './certificate.ts';
import { changeDeciders } from './changes.ts';
import { mustBeAlive, mustBeDate } from './checks.ts';
import { dependencyDeciders, release } from './dependencies.ts';
import { Draft } from './draft.ts';
import { findingDeciders } from './findings.ts';
import { gapAssessmentDeciders } from './gapAssessment.ts';
import type { Deciders } from './handler.ts';
import { phaseDeciders, warnAtGate } from './phases.ts';
import { planDeciders } from './plan.ts';
import { programDeciders } from './program.ts';
import { recertificationDeciders } from './recertification.ts';
import { warnOfLoneReviewer } from './review.ts';
import { scheduleDeciders } from './schedule.ts';
import { scopeDeciders } from './scope.ts';
import { suspensionDeciders } from './suspension.ts';
import { taskDeciders } from './tasks.ts';
import { tickDeciders } from './tick.ts';
import { transferDeciders } from './transfer.ts';

/** What a command comes to: the records it gives and the state after them, or why it is refused. */
export type Decision =
  | {
      ok: true;
      records: NewRecord[] /** For each record the moment it was due, see `Draft`. */;
      dueAt: Instant[];
      state: ProgramState;
    }
  | { ok: false; rejection: Rejection };

const deciders: Deciders<Exclude<keyof (CommandMap & SystemCommandMap), 'start'>> = {
  ...programDeciders,
  ...changeDeciders,
  ...planDeciders,
  ...gapAssessmentDeciders,
  ...taskDeciders,
  ...dependencyDeciders,
  ...auditDeciders,
  ...scheduleDeciders,
  ...findingDeciders,
  ...certificateDeciders,
  ...suspensionDeciders,
  ...scopeDeciders,
  ...transferDeciders,
  ...recertificationDeciders,
  ...phaseDeciders,
  ...tickDeciders,
  ...adoptionDeciders,
};

/**
 * Decides a command: gives the records that it comes to, or the reason for refusing it; never both. `state` is
 * undefined for `start` only. `now` is the program's clock.
 */
export function decide(state: ProgramState | undefined, command: Command, actor: Actor, now: Instant): Decision {
  try {
    if (command.type === 'start') return begun(command.definition, command.startedBy, actor, now);
    if (!state) throw new Error(`${command.type} needs a program that was started.`);
    const draft = new Draft(state, actor, now);
    mustBeAllowed(state, command.type, actor);
    if (command.type !== 'noteRejection') mustBeAlive(state);
    const decider = deciders[command.type] as ((draft: Draft, command: unknown) => void) | undefined;
    if (!decider) wrong('command', `There is no command ${command.type}.`);
    decider(draft, command);
    release(draft);
    warnAtGate(draft, state);
    return { ok: true, records: draft.records, dueAt: draft.dueAt, state: draft.state };
  } catch (error) {
    if (error instanceof Rejected) return { ok: false, rejection: error.rejection };
    throw error;
  }
}

/**
 * Whether a definition can start now: its start is a date that exists and has not passed, or, of a program under way,
 * has; and what is known of that program can be. Throws `Rejected`.
 */
export function mustBeStartable(definition: ProgramDefinition, now: Instant): void {
  begun(definition, 'system', { email: 'system' }, now);
}

function mustStartInTime(definition: ProgramDefinition, now: Instant): void {
  const { startsOn } = definition.plan;
  mustBeDate(startsOn, 'plan.startsOn');
  const today = dateAt(now, definition.calendar.timeZone);
  if (definition.adopt && startsOn > today)
    wrong('dates', `plan.startsOn: ${startsOn} has not come yet, and a program that is adopted has begun.`);
  if (!definition.adopt && startsOn < today)
    wrong('dates', `plan.startsOn: ${startsOn} is in the past; the program's date is ${today}.`);
}

function begun(definition: ProgramDefinition, startedBy: string, actor: Actor, now: Instant): Decision {
  mustStartInTime(definition, now);
  const started: NewRecord = { type: 'ProgramStarted', data: { definition, startedBy } };
  const envelope = { seq: 1, at: now, actor: actor.email, commandId: '', item: 0 };
  const draft = new Draft(apply(undefined, { ...started, ...envelope } as ProgramRecord), actor, now);
  if (definition.adopt) adopt(draft, definition.adopt);
  warnAtGate(draft, undefined);
  const warning = draft.state.certificate ? undefined : unusualLength(definition.plan);
  if (warning) draft.emit({ type: 'WarningNoted', data: { code: 'R24', text: warning } });
  warnOfLoneReviewer(draft);
  return { ok: true, records: [started, ...draft.records], dueAt: [now, ...draft.dueAt], state: draft.state };
}

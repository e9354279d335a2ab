import { adopt } from './adoption/adopt.ts';
import { warnAtGate } from './audits/gate.ts';
import type { Actor, Email, Instant } from './basics.ts';
import { dateAt } from './calendar.ts';
import { mustBeHeld, mustBeOfSize } from './carried/bounds.ts';
import { sizeOf } from './carried/size.ts';
import { mustBeDate } from './checks.ts';
import { Draft } from './draft.ts';
import { mustBeTold, mustSpeakFor, saidIn, tellsActOfBody } from './entries/telling.ts';
import { type PartElsewhere, warnOfPartsElsewhere } from './people/elsewhere.ts';
import type { ProgramDefinition } from './program/definition.ts';
import { ProgramStarted } from './program/ProgramStarted.ts';
import { isEnded } from './program/queries.ts';
import { emptyState } from './program/start.ts';
import { forbidden, type Refusal, Refused, refuse, wrong } from './refusal.ts';
import { type Command, commands, isCommandType, type NewRecord, steps } from './registry.ts';
import { unusualLength } from './rules/plan.ts';
import type { Speak } from './say.ts';
import type { ProgramState } from './state.ts';
import { warnOfLoneReviewer } from './tasks/review.ts';
import { isEnd } from './tasks/task.ts';
import { releaseTasks } from './tasks/waiting.ts';

/** What a command comes to: the records it gives and the state after them, or why it is refused. */
export type Decision =
  | {
      ok: true;
      records: NewRecord[];
      /** For each record the moment it was due, see `Draft`. */
      dueAt: Instant[];
      state: ProgramState;
    }
  | { ok: false; refusal: Refusal };

/** Commands and steps by type, as they are looked up: what each takes, its own definition knows. */
const deciders: Record<string, { decide(draft: Draft, payload: never): void } | undefined> = { ...commands, ...steps };

/**
 * Decides a command: gives the records that it comes to, or the reason for refusing it; never both. `now` is the
 * program's clock; `speak` puts into words what is recorded in words; `elsewhere` is what people are in other programs of the
 * organization.
 */
export function decide(
  state: ProgramState,
  command: Command,
  actor: Actor,
  now: Instant,
  speak: Speak,
  elsewhere: readonly PartElsewhere[] = [],
): Decision {
  return unlessRefused(() => {
    const { type, ...payload } = command;
    const said = saidIn(type, payload);
    mustBeAllowed(state, type, actor, said.onBehalfOf);
    if (type !== 'noteRejection' && !(isCommandType(type) && commands[type].evenEnded)) mustBeAlive(state);
    const definition = Object.hasOwn(deciders, type) ? deciders[type] : undefined;
    if (!definition) wrong('command', 'noSuchCommand', { type });
    mustBeOfSize(command);
    const draft = new Draft(state, actor, now, speak, said);
    mustBeTold(draft, said);
    // The union ties a payload to its type; the table forgets which is which.
    definition.decide(draft, payload as never);
    if (draft.emitted.some(({ definition: { leavesTask } }) => leavesTask && isEnd(leavesTask))) releaseTasks(draft);
    warnAtGate(draft, state);
    warnOfPartsElsewhere(draft, state, elsewhere);
    mustBeHeld(draft, state, type);
    return draft;
  });
}

/**
 * Decides the start of a program, a takeover included: its start is a day that has not passed, or, of a program under
 * way, has; and what is known of that program is possible.
 */
export function decideStart(
  definition: ProgramDefinition,
  startedBy: Email,
  now: Instant,
  speak: Speak,
  elsewhere: readonly PartElsewhere[] = [],
): Decision {
  return unlessRefused(() => {
    mustFit(definition);
    mustStartInTime(definition, now);
    const draft = new Draft(emptyState(definition), { email: startedBy }, now, speak);
    draft.emit(ProgramStarted, { definition, startedBy });
    if (definition.adopt) adopt(draft, definition.adopt);
    warnAtGate(draft, undefined);
    const unusual = draft.state.certificate ? undefined : unusualLength(definition.plan);
    if (unusual) draft.warn('R24', unusual.say, unusual.with);
    warnOfLoneReviewer(draft);
    warnOfPartsElsewhere(draft, undefined, elsewhere);
    return draft;
  });
}

/**
 * Refuses with `forbidden` a command that the actor's roles in the program do not allow; one that is entered for somebody of
 * the certification body, as R30 says.
 */
export function mustBeAllowed(
  state: Pick<ProgramState, 'people'>,
  type: string,
  actor: Actor,
  onBehalfOf?: Email,
): void {
  const { email, installationRole } = actor;
  if (email === 'system') return;
  if (!isCommandType(type)) {
    forbidden('sentByProgramItself', { type });
  }
  if (onBehalfOf !== undefined) {
    mustSpeakFor(state, email, onBehalfOf, commands[type].roles);
    return;
  }
  if (installationRole && commands[type].installationRoles?.includes(installationRole)) return;
  const held = state.people.find((person) => person.email === email)?.roles ?? [];
  if (held.some((role) => commands[type].roles.includes(role))) return;
  if (held.includes('programManager') && tellsActOfBody(type))
    forbidden('enteredFor', { type, allowed: [...commands[type].roles] });
  forbidden('notTheirRole', { type, allowed: [...commands[type].roles], email, held });
}

function unlessRefused(work: () => Draft): Decision {
  try {
    const { emitted, state } = work();
    // `emit` takes definitions of the registry, each with its own data.
    const records = emitted.map(({ definition: { type, version }, data }) =>
      version === 1 ? { type, data } : { type, data, version },
    ) as NewRecord[];
    return { ok: true, records, dueAt: emitted.map(({ dueAt }) => dueAt), state };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

/** Refuses every command to a program that was cancelled or closed. */
function mustBeAlive(state: ProgramState): void {
  if (isEnded(state)) refuse('state', 'programEnded', { programId: state.id, status: state.status });
}

/**
 * The most bytes of JSON that a program starts with. It travels three times in what Temporal takes at once, 2 MiB: as what
 * the run is started with, in the records, and in the state that one run hands to the next.
 */
const mostBytesOfStart = 400 * 1_024;

/** Refuses a start that Temporal would not carry: a program that is registered always has its execution. */
function mustFit(definition: ProgramDefinition): void {
  const bytes = sizeOf(definition);
  if (bytes > mostBytesOfStart) wrong('tooLarge', 'startTooLarge', { bytes, most: mostBytesOfStart });
}

function mustStartInTime({ plan: { startsOn }, calendar, adopt: adopted }: ProgramDefinition, now: Instant): void {
  mustBeDate(startsOn, 'plan.startsOn');
  const today = dateAt(now, calendar.timeZone);
  if (adopted && startsOn > today) wrong('dates', 'adoptedHasBegun', { startsOn }, 'plan.startsOn');
  if (!adopted && startsOn < today) wrong('dates', 'inThePast', { on: startsOn, today }, 'plan.startsOn');
}

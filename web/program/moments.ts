import { agenda } from '../../domain/agenda/index.ts';
import type { Moment, MomentKind } from '../../domain/agenda/moment.ts';
import type { IsoDate } from '../../domain/basics.ts';
import { addDays, dateAt } from '../../domain/calendar.ts';
import type { ProgramState } from '../../domain/state.ts';

/** Kinds of moments that a rule or the certification body sets: each ends with its day. */
export const bodyKinds: readonly MomentKind[] = ['latest', 'deadline', 'suspension', 'expiry', 'restoration'];

/** The day of a moment as people keep it: what ends with a day is told with it, though it comes as the next one begins. */
export function dayOfMoment({ at, kind }: Pick<Moment, 'at' | 'kind'>, timeZone: string): IsoDate {
  const on = dateAt(at, timeZone);
  return bodyKinds.includes(kind) ? addDays(on, -1) : on;
}

const known = new WeakMap<ProgramState, Moment[]>();

/** What lies ahead of a program; counted once for a state, for one page asks for it several times. */
export function momentsOf(state: ProgramState): readonly Moment[] {
  const before = known.get(state);
  if (before) return before;
  const moments = agenda(state);
  known.set(state, moments);
  return moments;
}

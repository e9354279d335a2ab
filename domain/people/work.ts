import { requirementsOf } from '../assessment/requirements.ts';
import type { Email, IsoDate } from '../basics.ts';
import { earliest, firstDate, latest } from '../calendar.ts';
import { organization } from '../registry/roles.ts';
import { independentFrom } from '../rules/independence.ts';
import type { ProgramState } from '../state.ts';
import type { Person } from './person.ts';

/**
 * R9: the state with somebody's work on a requirement noted: they answered or reviewed it, or owned it until then. Of each
 * the last day is kept, with the first of them, and only as long as it counts.
 */
export function withWork(
  state: ProgramState,
  email: Email | 'system',
  requirementIds: readonly (string | undefined)[],
  on: IsoDate,
  since = on,
): ProgramState {
  const ids = requirementIds.filter((id) => id !== undefined);
  if (email === 'system' || ids.length === 0) return state;
  const known = Object.entries(state.workedOn?.[email] ?? {}).filter(([, lastOn]) => counts(state, lastOn, on));
  const before = Object.fromEntries(known);
  const days = ids.map((id) => [id, latest(on, before[id] ?? on)] as const);
  const theirs = { ...before, ...Object.fromEntries(days) };
  const fromBefore = Object.fromEntries(
    Object.entries(state.workedFrom?.[email] ?? {}).filter(([id]) => Object.hasOwn(before, id)),
  );
  const firsts = ids.map((id) => [id, earliest(since, on, fromBefore[id] ?? on, before[id] ?? on)] as const);
  const from = Object.entries({ ...fromBefore, ...Object.fromEntries(firsts) }).filter(
    ([id, first]) => first < (theirs[id] ?? first),
  );
  return {
    ...state,
    workedOn: { ...state.workedOn, [email]: theirs },
    ...(from.length > 0 ? { workedFrom: { ...state.workedFrom, [email]: Object.fromEntries(from) } } : {}),
  };
}

/** R9: the state in which the owners that requirements had before have owned them until a day. */
export function withFormerOwners(state: ProgramState, before: ProgramState, on: IsoDate): ProgramState {
  const was = requirementsOf(before);
  const left = new Map<Email, string[]>();
  for (const [id, { rating }] of Object.entries(requirementsOf(state))) {
    const owner = was[id]?.rating?.owner;
    if (owner && owner !== rating?.owner) left.set(owner, [...(left.get(owner) ?? []), id]);
  }
  // Since when somebody owned it is not kept: whoever did until a day is taken to have done so before.
  return [...left].reduce((next, [owner, ids]) => withWork(next, owner, ids, on, firstDate), state);
}

/** R26: the state after other people take part: who was of the organization and is not any more was so until a day. */
export function withFormer(state: ProgramState, before: readonly Person[], on: IsoDate): ProgramState {
  const left = before.filter(isOfOrganization).filter(({ email }) => {
    const now = state.people.find((one) => one.email === email);
    return !now || !isOfOrganization(now);
  });
  if (left.length === 0) return state;
  const known = Object.entries(state.formerly ?? {}).filter(([, lastOn]) => counts(state, lastOn, on));
  return { ...state, formerly: Object.fromEntries([...known, ...left.map(({ email }) => [email, on] as const)]) };
}

/** R9, R26: the state without the work that counts no more on a day. */
export function withoutOldWork(state: ProgramState, on: IsoDate): ProgramState {
  const { workedOn, workedFrom, formerly, ...rest } = state;
  const byPerson = Object.entries(workedOn ?? {}).flatMap(([email, days]) => {
    const left = Object.entries(days).filter(([, lastOn]) => counts(state, lastOn, on));
    return left.length > 0 ? [[email, Object.fromEntries(left)] as const] : [];
  });
  const since = byPerson.flatMap(([email, days]) => {
    // A person's key is their e-mail; `entries` gives any text.
    const left = Object.entries(workedFrom?.[email as Email] ?? {}).filter(([id]) => Object.hasOwn(days, id));
    return left.length > 0 ? [[email, Object.fromEntries(left)] as const] : [];
  });
  const people = Object.entries(formerly ?? {}).filter(([, lastOn]) => counts(state, lastOn, on));
  return {
    ...rest,
    ...(byPerson.length > 0 ? { workedOn: Object.fromEntries(byPerson) } : {}),
    ...(since.length > 0 ? { workedFrom: Object.fromEntries(since) } : {}),
    ...(people.length > 0 ? { formerly: Object.fromEntries(people) } : {}),
  };
}

function isOfOrganization({ roles }: Person): boolean {
  return roles.some((role) => organization.includes(role));
}

function counts({ body }: ProgramState, lastOn: IsoDate, on: IsoDate): boolean {
  return on < independentFrom(lastOn, body.profile);
}

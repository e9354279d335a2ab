import { type Static, Type } from 'typebox';
import type { Email, IsoDate } from '../basics.ts';
import { date, email } from '../registry/fields.ts';

/** Somebody who is away, and who answers for them meanwhile; both days are within. */
export const absence = Type.Object({
  email,
  deputy: email,
  startsOn: date,
  endsOn: date,
  reason: Type.Optional(Type.String()),
});
export type Absence = Static<typeof absence>;

interface WithAbsences {
  absences?: Absence[];
}

/** The absence of somebody that is not over: they are away now, or will be. There is one at a time. */
export function absenceOf({ absences = [] }: WithAbsences, person: Email): Absence | undefined {
  return absences.find((one) => one.email === person);
}

/** Who answers for somebody on a day: their deputy while they are away. */
export function deputyOf(state: WithAbsences, person: Email, on: IsoDate): Email | undefined {
  const away = absenceOf(state, person);
  return away && isWithin(away, on) ? away.deputy : undefined;
}

/**
 * Whether somebody may answer what another was asked for: their own tasks, and as a deputy those of who is away. Roles are
 * not lent: what a role allows, a deputy needs that role for.
 */
export function mayAnswerFor(state: WithAbsences, sender: Email | 'system', person: Email, on: IsoDate): boolean {
  return sender === person || sender === deputyOf(state, person, on);
}

/** Whether two absences have a day in common. */
export function overlap(
  one: Pick<Absence, 'startsOn' | 'endsOn'>,
  other: Pick<Absence, 'startsOn' | 'endsOn'>,
): boolean {
  return one.startsOn <= other.endsOn && other.startsOn <= one.endsOn;
}

function isWithin({ startsOn, endsOn }: Absence, on: IsoDate): boolean {
  return startsOn <= on && on <= endsOn;
}

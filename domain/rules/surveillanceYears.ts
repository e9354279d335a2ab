import type { Audit } from '../audits/audit.ts';
import { auditsOf } from '../audits/queries.ts';
import type { IsoDate } from '../basics.ts';
import { yearOf } from '../calendar.ts';
import type { ProgramState } from '../state.ts';
import { yearsOwed } from './cycle.ts';

/**
 * R11: the calendar years that owe a surveillance and would be left without one when a surveillance is held on a day: two in
 * one year do not serve the next. Years that are over are not looked at. Source: ISO/IEC 17021-1, 9.1.3.3.
 */
export function yearsLeftWithout(
  state: ProgramState,
  { id, kind }: Pick<Audit, 'id' | 'kind'>,
  on: IsoDate,
  today: IsoDate,
): number[] {
  const { certificate, body } = state;
  if (kind !== 'surveillance' || !certificate || state.phase !== 'surveillanceCycle') return [];
  const surveillances = auditsOf(state, 'surveillance');
  const others = surveillances.filter((one) => one.id !== id).map(yearOfAudit);
  const before = [...others, ...surveillances.filter((one) => one.id === id).map(yearOfAudit)];
  return yearsOwed(certificate, body.profile).filter(
    (year) => year >= yearOf(today) && before.includes(year) && ![...others, yearOf(on)].includes(year),
  );
}

/** The year in which it was held or is agreed to end, or else is meant to be. */
function yearOfAudit(audit: Exclude<Audit, { status: 'cancelled' }>): number {
  return yearOf(audit.status === 'planned' ? audit.targetOn : audit.endsOn);
}

import { Type } from 'typebox';
import { bodyRoles, type Email } from '../basics.ts';
import { addMonths } from '../calendar.ts';
import { mustEndAfterStart, mustNotBePast } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { forbidden, refuse, wrong } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { date, email, reason } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { organization } from '../registry/roles.ts';
import { type Absence, absence, absenceOf, overlap } from './absence.ts';
import { hasRole, mustBePerson, nameOf } from './people.ts';
import { areOfOneSide, canAnswer } from './sides.ts';

/** Months after which an absence is no absence anymore: somebody else takes the tasks over for good. */
export const mostAbsenceMonths = 12;

export const delegate = command('delegate', {
  summary: 'Name a deputy for the days of an absence; it ends by itself',
  payload: {
    email: Type.Optional(
      Type.Unsafe<Email>({
        ...email,
        description: 'Who is away; only a program manager names another. The sender if absent.',
      }),
    ),
    deputy: email,
    startsOn: date,
    endsOn: date,
    reason: Type.Optional(reason),
  },
  roles: [...organization, ...bodyRoles],
  address: { does: 'create', path: '/delegations', gives: 'program' },
  example: {
    at: 'implementation',
    by: 'owner',
    payload: {
      deputy: 'second@example.com',
      startsOn: '2030-01-21',
      endsOn: '2030-02-01',
      reason: 'On vacation.',
    },
  },
  decide(draft, { email: away = draft.sender, reason: why, ...named }) {
    mustBeTheirs(draft, away);
    const one: Absence = { email: away, ...named, ...(why ? { reason: why } : {}) };
    mustBeDeputy(draft, one);
    mustBeDays(draft, one);
    const known = absenceOf(draft.state, away);
    if (known) {
      const { startsOn, endsOn } = known;
      refuse('state', 'awayAlready', { name: nameOf(draft.state, away), startsOn, endsOn });
    }
    mustBeThere(draft, one);
    draft.emit(DutiesDelegated, one);
    warnOfAbsentDeputy(draft, one);
  },
});

export const DutiesDelegated = record('DutiesDelegated', {
  data: absence.properties,
  leavesTask: false,
  apply: (state, one) => ({ ...state, absences: [...(state.absences ?? []), one] }),
});

/** Refuses what is neither the sender's own absence nor theirs to arrange. */
export function mustBeTheirs(draft: Draft, away: Email): void {
  mustBePerson(draft.state, away, 'email');
  if (away === draft.sender || hasRole(draft.state, draft.sender, 'programManager')) return;
  forbidden('absenceOfAnother', { name: nameOf(draft.state, away) });
}

function mustBeDeputy({ state }: Draft, { email: away, deputy }: Absence): void {
  const person = mustBePerson(state, deputy, 'deputy');
  if (deputy === away) wrong('people', 'ownDeputy', {}, 'deputy');
  if (!areOfOneSide(mustBePerson(state, away, 'email'), person))
    wrong('independence', 'deputyOfOtherSide', { email: deputy }, 'deputy');
  if (!canAnswer(person)) wrong('people', 'cannotAnswer', { email: deputy }, 'deputy');
}

function mustBeDays(draft: Draft, { startsOn, endsOn }: Absence): void {
  mustNotBePast(draft, startsOn, 'startsOn');
  mustNotBePast(draft, endsOn, 'endsOn');
  mustEndAfterStart(startsOn, endsOn);
  const latestOn = addMonths(startsOn, mostAbsenceMonths);
  if (endsOn > latestOn) wrong('dates', 'absenceTooLong', { endsOn, latestOn, months: mostAbsenceMonths }, 'endsOn');
}

/** A deputy who is away has a deputy of their own, whom nobody chose for this. */
function mustBeThere({ state }: Draft, { deputy, ...days }: Absence): void {
  const theirs = absenceOf(state, deputy);
  if (!theirs || !overlap(theirs, days)) return;
  const { startsOn, endsOn } = theirs;
  refuse('people', 'deputyIsAway', { name: nameOf(state, deputy), startsOn, endsOn }, 'deputy');
}

/** Warns when somebody goes away who is the deputy of others in these days. */
function warnOfAbsentDeputy(draft: Draft, { email: away, ...days }: Absence): void {
  const left = (draft.state.absences ?? []).filter((one) => one.deputy === away && overlap(one, days));
  if (left.length === 0) return;
  const of = left.map((one) => nameOf(draft.state, one.email));
  draft.warn('people', 'deputyGoesAway', { name: nameOf(draft.state, away), of });
}

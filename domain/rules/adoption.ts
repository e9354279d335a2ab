import type { AdoptedCertificate } from '../adoption/adoption.ts';
import { type IsoDate, never } from '../basics.ts';
import { addDays, addMonths, daysBetween, earliest, firstDate, lastDate, latest, wrongWithDate } from '../calendar.ts';
import type { BodyProfile } from '../certificate/bodyProfile.ts';
import type { Certificate } from '../certificate/certificate.ts';
import type { Scope } from '../program/scope.ts';
import { type Saying, say } from '../say.ts';
import {
  effectiveUntil,
  hasExpired,
  lastFollowedDay,
  lastValidDay,
  renewedLastDay,
  restorableUntil,
  suspensionEndsOn,
} from './certificate.ts';

/** Why what is known of a program under way cannot be: the rule or the reason, what to do, and the field. */
export interface Contradiction {
  code: string;
  saying: Saying;
  field: string;
}

const ofCertificate = 'adopt.certificate';

/**
 * R12, R15, R16, R17, R18: what cannot be of a certificate that is taken over on a day: a chain of dates that no rule
 * gives, more validity than the body's profile allows, or a certificate that is over.
 */
export function* certificateContradictions(
  certificate: AdoptedCertificate,
  profile: BodyProfile,
  today: IsoDate,
): Generator<Contradiction> {
  const { decidedOn, lastDay, validFrom, suspendedOn, initialDecisionOn } = certificate;
  yield* datesThatAreNone(ofCertificate, { decidedOn, lastDay, validFrom, suspendedOn, initialDecisionOn });
  if (decidedOn > today) yield dates('decidedOn', say('adoptedDecisionAhead', { decidedOn }));
  if (lastDay <= decidedOn) yield dates('lastDay', say('lastDayBeforeDecision', { lastDay, decidedOn }));
  if (validFrom && (validFrom < decidedOn || validFrom > lastDay))
    yield dates('validFrom', say('validFromOutside', { validFrom }));
  if (validFrom && lastDay > lastValidDay(validFrom, profile))
    yield dates('validFrom', say('validForTooLong', { validFrom }));
  yield* initialContradictions(certificate);
  const longest = longestLastDay(certificate, profile);
  if (lastDay > longest) {
    const rule = restsOnInitial(certificate) ? 'R12' : 'R15';
    const saying = say('lastDayTooLate', { lastDay, years: profile.validityYears, longest, rule });
    yield { code: rule, saying, field: `${ofCertificate}.lastDay` };
  }
  yield* statusContradictions(certificate, profile, today);
  yield* suspensionContradictions(certificate, profile, today);
}

function* initialContradictions({ cycle, decidedOn, initialDecisionOn }: AdoptedCertificate): Generator<Contradiction> {
  if (cycle > 1 && !initialDecisionOn) yield dates('initialDecisionOn', say('firstDecisionNeeded', { cycle }));
  if (initialDecisionOn === undefined) return;
  if (cycle === 1 && initialDecisionOn !== decidedOn)
    yield dates('initialDecisionOn', say('firstDecisionIsTheDecision', { decidedOn }));
  if (cycle > 1 && initialDecisionOn > decidedOn)
    yield dates('initialDecisionOn', say('firstDecisionAfterDecision', { initialDecisionOn, cycle, decidedOn }));
}

function* statusContradictions(
  certificate: AdoptedCertificate,
  profile: BodyProfile,
  today: IsoDate,
): Generator<Contradiction> {
  const { lastDay, status } = certificate;
  const until = restorableUntil(lastDay, profile);
  if (!hasExpired(certificate, today)) {
    if (status === 'lapsed') yield dates('status', say('notLapsedYet', { lastDay }));
  } else if (today > until) {
    yield { code: 'R17', saying: say('lapsedForGood', { lastDay, until }), field: ofCertificate };
  } else if (status !== 'lapsed') {
    yield { code: 'R16', saying: say('lapsedNotLive', { lastDay, status, until }), field: ofCertificate };
  }
}

function* suspensionContradictions(
  { status, suspendedOn, decidedOn }: AdoptedCertificate,
  profile: BodyProfile,
  today: IsoDate,
): Generator<Contradiction> {
  if (status !== 'suspended') {
    if (suspendedOn) yield dates('suspendedOn', say('suspendedOnSuperfluous', { status }));
  } else if (!suspendedOn || suspendedOn < decidedOn || suspendedOn > today) {
    yield dates('suspendedOn', say('suspendedOnNeeded', {}));
  } else if (suspensionEndsOn(suspendedOn, profile) < today) {
    const endedOn = suspensionEndsOn(suspendedOn, profile);
    yield { code: 'R18', saying: say('suspendedForTooLong', { suspendedOn, endedOn }), field: ofCertificate };
  }
}

/** R17: whether a certificate rests on an initial certification: the first, or another one after a lapse for good. */
function restsOnInitial({ cycle, decidedOn, initialDecisionOn }: AdoptedCertificate): boolean {
  return cycle === 1 || initialDecisionOn === decidedOn;
}

/** R12, R15, R33: the latest last day: of a first certificate from its decision, of a renewed one from the old certificate's. */
function longestLastDay(certificate: AdoptedCertificate, profile: BodyProfile): IsoDate {
  const { decidedOn, validFrom = decidedOn } = certificate;
  // R32, R33: it runs from the day that the body printed.
  const from = lastValidDay(earliest(validFrom, effectiveUntil(decidedOn, profile)), profile);
  return restsOnInitial(certificate)
    ? from
    : latest(from, renewedLastDay(lastFollowedDay(decidedOn, profile), profile));
}

/** R12, R17: a certificate that ends earlier than it might is taken as it is, with a warning. Gives it, or undefined. */
export function unusuallyShort(certificate: AdoptedCertificate, profile: BodyProfile): Saying | undefined {
  const { decidedOn, lastDay } = certificate;
  const usual = lastValidDay(
    restsOnInitial(certificate) ? decidedOn : addMonths(decidedOn, -profile.restorationMonths),
    profile,
  );
  return lastDay >= usual ? undefined : say('endsUnusuallyEarly', { lastDay, years: profile.validityYears });
}

/**
 * The certificate as the program carries it on: what is absent follows from R12 and R15, and what it certifies is the
 * program's scope until it is known better.
 */
export function carriedOn(certificate: AdoptedCertificate, scope: Scope, profile: BodyProfile): Certificate {
  const { number, status, decidedOn, lastDay, cycle, suspendedOn, scopeStatement } = certificate;
  const carried = {
    number,
    scope: scopeStatement ? { statement: scopeStatement } : scope,
    initialDecisionOn: certificate.initialDecisionOn ?? decidedOn,
    decidedOn,
    validFrom:
      certificate.validFrom ??
      (restsOnInitial(certificate) ? decidedOn : latest(cycleBeginsOn(lastDay, profile), decidedOn)),
    lastDay,
    cycle,
  };
  switch (status) {
    case 'valid':
      return { ...carried, status };
    case 'suspended':
      if (!suspendedOn) throw new Error(`Certificate ${number} is suspended, and the day was not asked for.`);
      return { ...carried, status, suspendedOn };
    case 'lapsed':
      return { ...carried, status, lapsedOn: lastDay };
    default:
      return never(status);
  }
}

/** R15: the day after the old certificate's last one, from the last day of the new. */
function cycleBeginsOn(lastDay: IsoDate, profile: BodyProfile): IsoDate {
  const beginsOn = addMonths(addDays(lastDay, 1), -12 * profile.validityYears);
  // 29 February has no day three years before it.
  return lastValidDay(beginsOn, profile) < lastDay ? addDays(beginsOn, 1) : beginsOn;
}

/**
 * R10, R11: what remains of a cycle's surveillances on a day: those still owed, and those whose time has passed without
 * one that was held near it. In a cycle that is planned on its first day all are owed.
 */
export function surveillancesLeft<S extends { targetOn: IsoDate; latestOn: IsoDate }>(
  planned: S[],
  held: IsoDate[],
  { lastDay }: Pick<Certificate, 'lastDay'>,
  today: IsoDate,
): { owed: S[]; unknown: S[] } {
  const covered = new Set(held.map((on) => nearest(planned, on)));
  const open = planned.filter((audit) => !covered.has(audit) && audit.targetOn <= lastDay);
  return {
    owed: open
      .filter((audit) => audit.latestOn >= today && lastDay >= today)
      .map((audit) => ({ ...audit, targetOn: latest(audit.targetOn, today) })),
    unknown: open.filter((audit) => audit.latestOn < today),
  };
}

/** Dates that there are not, among the fields of something that is taken over. */
export function* datesThatAreNone(at: string, fields: Record<string, IsoDate | undefined>): Generator<Contradiction> {
  for (const [name, on] of Object.entries(fields)) {
    const problem = on === undefined ? undefined : wrongWithDate(on);
    if (on === undefined || problem === undefined) continue;
    const saying =
      problem === 'notADate'
        ? say('notADate', { on })
        : say('dateOutOfRange', { on, first: firstDate, last: lastDate });
    yield { code: 'dates', saying, field: `${at}.${name}` };
  }
}

function dates(field: string, saying: Saying): Contradiction {
  return { code: 'dates', saying, field: `${ofCertificate}.${field}` };
}

function nearest<S extends { targetOn: IsoDate }>(planned: S[], on: IsoDate): S | undefined {
  const away = (audit: S) => Math.abs(daysBetween(audit.targetOn, on));
  return [...planned].sort((a, b) => away(a) - away(b))[0];
}

import { anAudit } from '../auditNames.ts';
import { addDays, addMonths, daysBetween, latest, wrongWithDate } from '../calendar.ts';
import type {
  AdoptedAudit,
  AdoptedCertificate,
  Adoption,
  BodyProfile,
  Certificate,
  IsoDate,
  Scope,
} from '../types/index.ts';
import { resultsOf, stage2BeginsUntil } from './audits.ts';
import { hasExpired, lastValidDay, renewedLastDay, restorableUntil, suspensionEndsOn } from './certificate.ts';
import type { PlannedAudit } from './cycle.ts';

/** Why what is known of a program under way cannot be: the rule or the reason, and what to do. */
export interface Contradiction {
  code: string;
  detail: string;
}

/**
 * R12, R15, R16, R17, R18: what cannot be of a certificate that is taken over on a day: a chain of dates that no rule
 * gives, more validity than the body's profile allows, or a certificate that is over.
 */
export function* certificateContradictions(
  certificate: AdoptedCertificate,
  profile: BodyProfile,
  today: IsoDate,
): Generator<Contradiction> {
  const { decidedOn, lastDay, validFrom, status, suspendedOn } = certificate;
  yield* datesIn({ decidedOn, lastDay, validFrom, suspendedOn, initialDecisionOn: certificate.initialDecisionOn });
  if (decidedOn > today) yield dates('decidedOn', `${decidedOn} has not come yet: adopt it once it is decided`);
  if (lastDay <= decidedOn) yield dates('lastDay', `${lastDay} is not after the decision on ${decidedOn}`);
  if (validFrom && (validFrom < decidedOn || validFrom > lastDay))
    yield dates('validFrom', `${validFrom} does not lie between the decision and the last day`);
  if (validFrom && lastDay > lastValidDay(validFrom, profile))
    yield dates(
      'validFrom',
      `from ${validFrom} it would be valid for too long; leave it out, and it follows from the rules`,
    );
  yield* initialContradictions(certificate);
  const longest = longestLastDay(certificate, profile);
  if (lastDay > longest) {
    const code = isInitial(certificate) ? 'R12' : 'R15';
    const years = `${profile.validityYears} years`;
    yield {
      code,
      detail: `adopt.certificate.lastDay: ${lastDay} is later than ${years} allow, which is ${longest} (${code}); correct it, or set certificationBody.rules.validityYears.`,
    };
  }
  yield* statusContradictions(certificate, profile, today);
  if (status === 'suspended') {
    if (!suspendedOn || suspendedOn < decidedOn || suspendedOn > today)
      yield dates('suspendedOn', 'a suspended certificate has the day since when, from the decision to today');
    else if (suspensionEndsOn(suspendedOn, profile) < today)
      yield {
        code: 'R18',
        detail: `adopt.certificate: a suspension since ${suspendedOn} ended in withdrawal after ${suspensionEndsOn(suspendedOn, profile)}; certification begins anew.`,
      };
  } else if (suspendedOn) yield dates('suspendedOn', `the certificate is ${status}; leave it out`);
}

function* initialContradictions({ cycle, decidedOn, initialDecisionOn }: AdoptedCertificate): Generator<Contradiction> {
  if (cycle > 1 && !initialDecisionOn)
    yield dates(
      'initialDecisionOn',
      `in cycle ${cycle} the day of the first decision is needed; the certificate has it`,
    );
  if (initialDecisionOn === undefined) return;
  if (cycle === 1 && initialDecisionOn !== decidedOn)
    yield dates('initialDecisionOn', `in cycle 1 it is the decision, ${decidedOn}`);
  if (cycle > 1 && initialDecisionOn > decidedOn)
    yield dates('initialDecisionOn', `${initialDecisionOn} is after the decision on cycle ${cycle}, ${decidedOn}`);
}

function* statusContradictions(
  certificate: AdoptedCertificate,
  profile: BodyProfile,
  today: IsoDate,
): Generator<Contradiction> {
  const { lastDay, status } = certificate;
  const until = restorableUntil(lastDay, profile);
  if (!hasExpired(certificate, today)) {
    if (status === 'lapsed') yield dates('status', `it is valid through ${lastDay} and has not lapsed`);
  } else if (today > until)
    yield {
      code: 'R17',
      detail: `adopt.certificate: it expired after ${lastDay} and could be restored until ${until}; adopt the program into certificationAudit, without it.`,
    };
  else if (status !== 'lapsed')
    yield {
      code: 'R16',
      detail: `adopt.certificate: it expired after ${lastDay} and is not ${status}; adopt it as lapsed, it can be restored until ${until} (R17).`,
    };
}

/** R17: whether a certificate rests on an initial certification: the first, or one anew after a lapse for good. */
function isInitial({ cycle, decidedOn, initialDecisionOn }: AdoptedCertificate): boolean {
  return cycle === 1 || initialDecisionOn === decidedOn;
}

/** R12, R15: the latest last day: of a first certificate from its decision, of a renewed one from the old certificate's. */
function longestLastDay(certificate: AdoptedCertificate, profile: BodyProfile): IsoDate {
  const { decidedOn } = certificate;
  if (isInitial(certificate)) return lastValidDay(decidedOn, profile);
  // Renewed at the earliest as its preparation begins.
  return renewedLastDay(addMonths(decidedOn, profile.recertificationPreparationMonths), profile);
}

/** R12, R17: a certificate that ends earlier than it might is taken as it is, with a warning. Gives it, or undefined. */
export function unusuallyShort(certificate: AdoptedCertificate, profile: BodyProfile): string | undefined {
  const { decidedOn, lastDay } = certificate;
  const usual = lastValidDay(
    isInitial(certificate) ? decidedOn : addMonths(decidedOn, -profile.restorationMonths),
    profile,
  );
  if (lastDay >= usual) return undefined;
  return `The certificate ends on ${lastDay}, earlier than the ${profile.validityYears} years of the body's profile; taken as it is.`;
}

/**
 * The certificate as the program carries it on: what is absent follows from R12 and R15, and what it certifies is the
 * program's scope until it is known better.
 */
export function carriedOn(certificate: AdoptedCertificate, scope: Scope, profile: BodyProfile): Certificate {
  const { number, status, decidedOn, lastDay, cycle, suspendedOn, scopeStatement } = certificate;
  return {
    number,
    scope: scopeStatement ? { statement: scopeStatement } : scope,
    status,
    initialDecisionOn: certificate.initialDecisionOn ?? decidedOn,
    decidedOn,
    validFrom:
      certificate.validFrom ??
      (isInitial(certificate) ? decidedOn : latest(cycleBeginsOn(lastDay, profile), decidedOn)),
    lastDay,
    cycle,
    ...(status === 'suspended' ? { suspendedOn } : {}),
    ...(status === 'lapsed' ? { lapsedOn: lastDay } : {}),
  };
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
export function surveillancesLeft(
  planned: PlannedAudit[],
  held: IsoDate[],
  { lastDay }: Pick<Certificate, 'lastDay'>,
  today: IsoDate,
): { owed: PlannedAudit[]; unknown: PlannedAudit[] } {
  const covered = new Set(held.map((on) => nearest(planned, on)));
  const open = planned.filter((audit) => !covered.has(audit) && audit.targetOn <= lastDay);
  return {
    owed: open
      .filter((audit) => audit.latestOn >= today && lastDay >= today)
      .map((audit) => ({ ...audit, targetOn: latest(audit.targetOn, today) })),
    unknown: open.filter((audit) => audit.latestOn < today),
  };
}

/** R1, R2, R3: what cannot be of the audits that were held, given the phase and the certificate. */
export function* auditContradictions(
  { phase, certificate, audits = [] }: Adoption,
  profile: BodyProfile,
  today: IsoDate,
): Generator<Contradiction> {
  for (const [index, audit] of audits.entries()) {
    const at = `adopt.audits[${index}]`;
    const { kind, startsOn, endsOn, result } = audit;
    for (const [field, on] of Object.entries({ startsOn, endsOn })) {
      const problem = wrongWithDate(on);
      if (problem) yield { code: 'dates', detail: `${at}.${field}: ${problem}.` };
    }
    if (endsOn < startsOn) yield { code: 'dates', detail: `${at}.endsOn: ${endsOn} is before startsOn ${startsOn}.` };
    if (endsOn > today)
      yield {
        code: 'dates',
        detail: `${at}.endsOn: ${endsOn} has not come yet; give it among adopt.agreedAudits.`,
      };
    if (!resultsOf[kind].includes(result))
      yield {
        code: 'R2',
        detail: `${at}.result: ${anAudit(kind)} ends ${resultsOf[kind].join(' or ')}, not ${result}.`,
      };
    if (kind !== 'internal' && phase !== 'certificationAudit' && phase !== 'surveillanceCycle')
      yield {
        code: 'R1',
        detail: `${at}: ${anAudit(kind)} was held, so the program is in certificationAudit or surveillanceCycle, not in ${phase}.`,
      };
    if (certificate) yield* againstCertificate(at, audit, certificate);
    else if (kind === 'surveillance' || kind === 'recertification' || kind === 'special')
      yield { code: 'R1', detail: `${at}: ${anAudit(kind)} follows a certificate; give it, or leave the audit out.` };
  }
  if (phase === 'certificationAudit') yield* stageContradictions(audits, profile);
}

function* againstCertificate(
  at: string,
  { kind, startsOn, endsOn, result }: AdoptedAudit,
  { decidedOn, initialDecisionOn = decidedOn }: AdoptedCertificate,
): Generator<Contradiction> {
  if ((kind === 'stage1' || kind === 'stage2') && endsOn > decidedOn)
    yield {
      code: 'R1',
      detail: `${at}: ${kind} ended on ${endsOn}, after the decision on ${decidedOn} that rests on it.`,
    };
  if ((kind === 'surveillance' || kind === 'recertification') && startsOn <= initialDecisionOn)
    yield {
      code: 'R1',
      detail: `${at}: ${anAudit(kind)} on ${startsOn} lies before the initial decision on ${initialDecisionOn}.`,
    };
  if (result === 'withdraw' && endsOn > decidedOn)
    yield { code: 'R18', detail: `${at}: it ended with withdrawal, so there is no certificate to carry on.` };
}

/** R2, R3: Stage 2 follows a Stage 1 that ended ready, within the months that the body allows. */
function* stageContradictions(audits: AdoptedAudit[], profile: BodyProfile): Generator<Contradiction> {
  const inOrder = [...audits].sort((a, b) => (a.endsOn < b.endsOn ? -1 : 1));
  const stage2 = inOrder.find(({ kind }) => kind === 'stage2');
  if (!stage2) return;
  const stage1 = inOrder.filter(({ kind, endsOn }) => kind === 'stage1' && endsOn < stage2.startsOn).at(-1);
  const at = `adopt.audits[${audits.indexOf(stage2)}]`;
  if (stage1?.result !== 'ready')
    yield { code: 'R2', detail: `${at}: Stage 2 follows a Stage 1 that ended ready before it began; give it.` };
  else if (stage2.startsOn > stage2BeginsUntil(stage1.endsOn, profile))
    yield {
      code: 'R3',
      detail: `${at}: Stage 2 began on ${stage2.startsOn}, later than ${profile.stage1ToStage2Months} months after Stage 1; if the body allows more, set certificationBody.rules.stage1ToStage2Months.`,
    };
  const later = inOrder.find(({ kind, endsOn }) => kind === 'stage1' && endsOn >= stage2.startsOn);
  if (later)
    yield { code: 'R1', detail: `adopt.audits[${audits.indexOf(later)}]: Stage 1 comes before Stage 2, not after.` };
}

function* datesIn(fields: Record<string, IsoDate | undefined>): Generator<Contradiction> {
  for (const [field, on] of Object.entries(fields)) {
    const problem = on === undefined ? undefined : wrongWithDate(on);
    if (problem) yield dates(field, problem);
  }
}

function dates(field: string, detail: string): Contradiction {
  return { code: 'dates', detail: `adopt.certificate.${field}: ${detail}.` };
}

function nearest(planned: PlannedAudit[], on: IsoDate): PlannedAudit | undefined {
  const away = (audit: PlannedAudit) => Math.abs(daysBetween(audit.targetOn, on));
  return [...planned].sort((a, b) => away(a) - away(b))[0];
}

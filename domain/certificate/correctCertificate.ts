import { type Static, Type } from 'typebox';
import { takeUpAfterLapse } from '../audits/afterLapse.ts';
import { isHeld } from '../audits/audit.ts';
import { cancelAudits } from '../audits/planning.ts';
import type { IsoDate } from '../basics.ts';
import { mustBeDate, mustNotBeAhead, mustSay } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { refuse, wrong } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { date, id, name, reason } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { bodySpeakers } from '../registry/roles.ts';
import { actOfBody, told } from '../registry/told.ts';
import { effectiveUntil, hasExpired, lastValidDay } from '../rules/certificate.ts';
import { say } from '../say.ts';
import { certificate as certificateData, type LapsedCertificate, type LiveCertificate } from './certificate.ts';
import { redatedSuspension } from './correctSuspension.ts';
import { askToResolveAnew, certificateIn } from './suspending.ts';

/** What can be put right: as long as it was not withdrawn. */
type Correctable = LiveCertificate | LapsedCertificate;

export const correctCertificate = command('correctCertificate', {
  summary:
    'Put the certificate right: its number, the day of its decision, the day from which it runs, that of its suspension',
  payload: {
    number: Type.Optional(name),
    decidedOn: Type.Optional(date),
    validFrom: Type.Optional(date),
    suspendedOn: Type.Optional(
      Type.Unsafe<Static<typeof date>>({
        ...date,
        description: 'Of a suspended one: the day on which it was suspended.',
      }),
    ),
    reason,
    ...actOfBody,
  },
  roles: bodySpeakers,
  address: { does: 'act', path: '/certificate/correct', gives: 'certificate' },
  example: {
    at: 'certified',
    by: 'decisionMaker',
    payload: { number: 'AIMS-2030-071', reason: 'Two digits of the number were exchanged.' },
  },
  decide(draft, { number, decidedOn, validFrom, suspendedOn, reason: why }) {
    mustSay(why, 'reason');
    const before = certificateIn(draft, 'valid', 'suspended', 'lapsed');
    if (number !== undefined) mustSay(number, 'number');
    const dated = decidedOn || validFrom ? redated(draft, before, { decidedOn, validFrom }) : before;
    const suspended = suspendedOn ? redatedSuspension(draft, dated, suspendedOn) : dated;
    const certificate: Correctable = { ...suspended, ...(number ? { number } : {}) };
    if (isSame(before, certificate)) wrong('state', 'certificateIsSo', {}, 'number');
    const isRedated = certificate.validFrom !== before.validFrom || certificate.decidedOn !== before.decidedOn;
    // R16: of one that stays lapsed, only the time for restoring it counts anew.
    const replanned = isRedated && certificate.status !== 'lapsed';
    if (isRedated) mustStillFit(draft, before, certificate);
    if (replanned) takeBackCycle(draft, before, why);
    draft.emit(CertificateCorrected, {
      certificate,
      previous: wasSo(before),
      reason: why,
      replanned,
      ...draft.told,
    });
    if (before.status === 'lapsed' && replanned) takeUpAfterLapse(draft, say('certificatePutRight', { reason: why }));
    if (isSuspensionAnew(before, certificate)) askToResolveAnew(draft, say('certificatePutRight', { reason: why }));
  },
});

/** R12: what was recorded first stays readable; with other dates the audits of the cycle are planned anew. */
export const CertificateCorrected = record('CertificateCorrected', {
  data: {
    certificate: certificateData,
    previous: Type.Object({
      number: id,
      decidedOn: date,
      validFrom: date,
      lastDay: date,
      suspendedOn: Type.Optional(date),
    }),
    reason: Type.String(),
    replanned: Type.Boolean(),
    ...told,
  },
  leavesTask: false,
  apply: (state, { certificate, replanned }) => ({
    ...state,
    certificate,
    ...(replanned ? { phasePlanned: false } : {}),
  }),
});

function wasSo({ number, decidedOn, validFrom, lastDay, ...rest }: Correctable) {
  const { suspendedOn } = { suspendedOn: undefined, ...rest };
  return { number, decidedOn, validFrom, lastDay, ...(suspendedOn ? { suspendedOn } : {}) };
}

/** R12, R32: a first certificate with other dates; the last day follows from them, and whether it lapsed (R16). */
function redated(
  draft: Draft,
  before: Correctable,
  given: { decidedOn: IsoDate | undefined; validFrom: IsoDate | undefined },
): Correctable {
  const { profile } = draft.state.body;
  if (before.decidedOn !== before.initialDecisionOn) refuse('R15', 'renewedDatesStay', { lastDay: before.lastDay });
  if (before.status === 'lapsed' && before.restorationEndedOn) {
    refuse('R17', 'datesStayAfterRestoration', { endedOn: before.restorationEndedOn });
  }
  const { decidedOn = before.decidedOn } = given;
  const ranFrom = before.validFrom === before.decidedOn ? decidedOn : before.validFrom;
  const { validFrom = ranFrom } = given;
  mustNotBeAhead(draft, decidedOn, 'decidedOn');
  mustBeDate(validFrom, 'validFrom');
  const audit = auditBefore(draft, before);
  const after = audit ? (audit.notBefore ?? audit.outcomeOn ?? audit.endsOn) : decidedOn;
  if (decidedOn < after) wrong('dates', 'beforeWhatItFollows', { on: decidedOn, after }, 'decidedOn');
  const { suspendedOn, reinstatedOn } = { suspendedOn: undefined, reinstatedOn: undefined, ...before };
  const changedOn = suspendedOn ?? reinstatedOn;
  if (changedOn && decidedOn > changedOn)
    wrong('dates', 'decidedAfterSuspension', { decidedOn, changedOn }, 'decidedOn');
  if (validFrom < decidedOn) wrong('R32', 'takesEffectBeforeDecision', { validFrom, decidedOn }, 'validFrom');
  const until = effectiveUntil(decidedOn, profile);
  if (validFrom > until) wrong('R32', 'takesEffectTooLate', { validFrom, decidedOn, until }, 'validFrom');
  const lastDay = lastValidDay(validFrom, profile);
  return ofLastDay(draft, { ...before, decidedOn, initialDecisionOn: decidedOn, validFrom, lastDay });
}

/** R16: what lapsed by a wrong day had not lapsed; what is valid does not lapse by being put right. */
function ofLastDay(draft: Draft, certificate: Correctable): Correctable {
  const { lastDay } = certificate;
  const isOver = hasExpired(certificate, draft.today);
  if (certificate.status !== 'lapsed') {
    if (isOver) refuse('R16', 'expiredAndNotExtended', { lastDay });
    return certificate;
  }
  if (isOver) return { ...certificate, lapsedOn: lastDay };
  const { lapsedOn: _, restorationEndedOn: __, suspendedOn, suspendedFor, ...rest } = certificate;
  if (!suspendedOn) return { ...rest, status: 'valid' };
  return { ...rest, status: 'suspended', suspendedOn, ...(suspendedFor ? { suspendedFor } : {}) };
}

/** The last audit on which a first certificate can rest. */
function auditBefore({ state }: Draft, { cycle }: Correctable) {
  return Object.values(state.audits)
    .filter(isHeld)
    .filter((audit) => audit.kind === 'stage2' && audit.cycle < cycle && !audit.outdated)
    .at(-1);
}

/** What was agreed or held on the dates that there were is not counted again; of what stays lapsed it only has to follow. */
function mustStillFit(draft: Draft, before: Correctable, { status, decidedOn }: Correctable): void {
  const followed = ofCycle(draft, before).find((audit) => {
    if (status === 'lapsed') return audit.status === 'held' && audit.endsOn < decidedOn;
    return audit.status === 'scheduled' || audit.status === 'held';
  });
  if (followed) refuse('state', 'cycleWentOn', { auditId: followed.id, kind: followed.kind });
}

/** The audits of the cycle are planned anew from the right day, as long as none of them has its days or was held. */
function takeBackCycle(draft: Draft, before: Correctable, why: string): void {
  cancelAudits(draft, ofCycle(draft, before), say('certificatePutRight', { reason: why }));
}

function ofCycle({ state }: Draft, { cycle }: Correctable) {
  return Object.values(state.audits).filter((audit) => audit.kind !== 'internal' && audit.cycle === cycle);
}

function isSame(one: Correctable, other: Correctable): boolean {
  return (
    (['number', 'decidedOn', 'validFrom'] as const).every((field) => one[field] === other[field]) &&
    !isSuspensionAnew(one, other)
  );
}

/** Whether a suspension counts from another day, or goes on after what was no lapse (R18). */
function isSuspensionAnew(before: Correctable, now: Correctable): boolean {
  const { suspendedOn: was } = { suspendedOn: undefined, ...before };
  const { suspendedOn } = { suspendedOn: undefined, ...now };
  return suspendedOn !== was || (now.status === 'suspended' && before.status === 'lapsed');
}

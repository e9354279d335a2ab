import { requirementsOf } from '../assessment/requirements.ts';
import type { Audit } from '../audits/audit.ts';
import { occasions } from '../audits/audit.ts';
import { type Email, type IsoDate, own } from '../basics.ts';
import { addDays, latest } from '../calendar.ts';
import { longestCadence } from '../profile.ts';
import { restorableUntil, suspensionEndsOn } from '../rules/certificate.ts';
import type { ProgramState } from '../state.ts';
import { openTasks } from '../tasks/queries.ts';
import type { Asked, Fitting } from './asked.ts';

/** Values that are refused apart and taken together; the rest of a payload needs no hint. */
export const fittingValues: Fitting = {
  *changePlan({ state }) {
    const { managementReview } = state.plan.cadences;
    yield { cadences: { managementReview: managementReview === longestCadence ? 1 : managementReview + 1 } };
  },

  *changeCalendar({ state }) {
    yield { weekend: state.calendar.weekend?.join() === 'sunday' ? ['saturday'] : ['sunday'] };
  },

  *setPeople({ state }) {
    yield { people: state.people };
  },

  *addPerson({ state }) {
    yield { email: unusedEmail(state), name: 'A name' };
  },

  *putInCharge({ state }) {
    yield { people: [{ email: unusedEmail(state), name: 'A name', roles: ['programManager'] }] };
  },

  *changePerson() {
    yield { name: 'A name' };
    yield { name: 'Another name' };
  },

  *putAiSystem({ state, known: { id } }) {
    if (id === undefined) yield { id: unusedId(state), name: 'A text.' };
    else yield { name: 'A text.' };
  },

  *planAudit() {
    yield { kind: 'internal' };
    yield { kind: 'recertification' };
    for (const occasion of occasions) {
      const scope = occasion === 'scopeExtension' ? { scope: { statement: 'A text.' } } : {};
      yield { kind: 'special', occasion, reason: 'A text.', ...scope };
    }
  },

  /** A Stage 2 begins after its Stage 1, a surveillance is held in its year (R11), and nobody audits their own work (R9). */
  *scheduleAudit(asked) {
    const { today } = asked;
    const audit = auditIn(asked);
    const meant = audit ? latest(audit.targetOn, today) : today;
    for (const on of [today, addDays(today, 1), addDays(today, 30), meant]) yield { startsOn: on, endsOn: on };
    if (audit?.kind !== 'internal') return;
    for (const requirementId of Object.keys(requirementsOf(asked.state)))
      yield { startsOn: today, endsOn: today, criteria: [requirementId] };
  },

  *raiseFinding(asked) {
    for (const requirementId of auditIn(asked)?.criteria ?? []) yield { requirementId };
    yield {};
  },

  *correctCertificate() {
    yield { number: 'C-1' };
    yield { number: 'C-2' };
  },

  *correctIncident() {
    yield { description: 'A text.' };
  },

  *correctComplaint() {
    yield { description: 'A text.' };
  },

  *correctManagementReview() {
    yield { decisions: 'A text.' };
  },

  /** Something has to be another than it was. */
  *correctFinding() {
    yield { statement: 'A text.' };
    yield { statement: 'Another text.' };
  },

  /** The last internal audit ended before the program was taken over. */
  *recordEarlierAudit({ state }) {
    for (const { openedOn } of openTasks(state).filter(({ kind }) => kind === 'earlierAudit'))
      yield { startsOn: openedOn, endsOn: openedOn };
  },

  /** The first certificate needs its number. */
  *recordDecision({ state }) {
    yield { certificateNumber: 'C-1' };
    for (const on of daysBefore(state)) yield { certificateNumber: 'C-1', on };
  },

  *restoreCertificate({ state }) {
    yield {};
    for (const on of daysBefore(state)) yield { on };
  },

  *suspendCertificate({ state }) {
    yield {};
    for (const on of daysBefore(state)) yield { on };
  },

  *reinstateCertificate({ state }) {
    yield {};
    for (const on of daysBefore(state)) yield { on };
  },

  *reduceScope({ state }) {
    yield {};
    if (state.certificate?.status === 'withdrawn') for (const on of daysBefore(state)) yield { on };
  },
};

/**
 * R28: days on which something can have happened that could not happen today, and is told late: by the last day of what
 * lapsed, of its suspension, or for restoring it; and before the clock suspended it.
 */
function daysBefore({ certificate, body }: ProgramState): IsoDate[] {
  if (certificate?.status === 'suspended')
    return certificate.suspendedFor ? [addDays(certificate.suspendedOn, -1)] : [];
  if (certificate?.status === 'withdrawn' && certificate.toldUntil && certificate.suspendedOn)
    return [suspensionEndsOn(certificate.suspendedOn, body.profile)];
  if (certificate?.status !== 'lapsed') return [];
  const { lastDay, suspendedOn } = certificate;
  const suspended = suspendedOn ? [suspensionEndsOn(suspendedOn, body.profile)] : [];
  return [lastDay, ...suspended, restorableUntil(lastDay, body.profile)];
}

function auditIn({ state, known: { auditId = '' } }: Asked): Audit | undefined {
  return own(state.audits, auditId);
}

function unusedEmail({ people }: ProgramState): Email {
  let number = 1;
  while (people.some(({ email }) => email === `person-${number}@example.com`)) number++;
  return `person-${number}@example.com`;
}

function unusedId({ aiSystems }: ProgramState): string {
  let number = 1;
  while (Object.hasOwn(aiSystems, `system-${number}`)) number++;
  return `system-${number}`;
}

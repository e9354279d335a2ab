import { type Audit, auditOn, isComing, isExternal, isHeld } from '../audits/audit.ts';
import { isDecided } from '../audits/queries.ts';
import type { Email, IsoDate } from '../basics.ts';
import { addDays, dateAt, latest } from '../calendar.ts';
import { isUnverified } from '../findings/finding.ts';
import { isOfBodyFinding } from '../findings/queries.ts';
import { preparationDays } from '../profile.ts';
import { isEnded } from '../program/queries.ts';
import { bodySpeakers } from '../registry/roles.ts';
import type { ProgramState } from '../state.ts';
import { isUnended } from '../tasks/task.ts';
import { hasRole, isOfBody, person } from './people.ts';

/**
 * How somebody takes part: the organization's people are members; the certification body's are guests of their audits,
 * whose part is over when nothing is left for them to do. `since` is the last day on which there was something.
 */
export type PersonStanding = { is: 'member' } | { is: 'guest' } | { is: 'over'; since: IsoDate; lastDay: IsoDate };

/** Days for which a guest still gets in when their part is over: a report is written, an answer is looked up. */
export const graceDays = 30;

/** Days before a planned audit from which the body's people are its guests: its preparation begins then. */
export const [aheadDays = 90] = preparationDays;

/** How somebody takes part on a day; undefined for who is not among the people. */
export function standingOf(state: ProgramState, email: Email, today: IsoDate): PersonStanding | undefined {
  const found = person(state, email);
  if (!found) return undefined;
  if (!isOfBody(found)) return { is: 'member' };
  if (!isEnded(state) && (hasAuditAhead(state, email, today) || hasWork(state, email))) return { is: 'guest' };
  const since = lastDayOfWork(state, email);
  return { is: 'over', since, lastDay: addDays(since, graceDays) };
}

/** Whether somebody gets in on a day: all but those who are not among the people, and guests whose grace is over. */
export function getsIn(state: ProgramState, email: Email, today: IsoDate): boolean {
  const standing = standingOf(state, email, today);
  return standing !== undefined && (standing.is !== 'over' || today <= standing.lastDay);
}

/** An audit of the body that has not ended: theirs, or one whose team is not named yet, when it is near. */
function hasAuditAhead(state: ProgramState, email: Email, today: IsoDate): boolean {
  const audits = Object.values(state.audits).filter(({ kind }) => isExternal(kind));
  // Before its first audit a body is asked for dates, and looks at what it will audit.
  if (!state.certificate && !audits.some(isHeld)) return true;
  return audits.filter(isComing).some((audit) => {
    if (audit.status === 'scheduled' && audit.team.includes(email)) return true;
    if (audit.status === 'scheduled' && !hasRole(state, email, ...bodySpeakers)) return false;
    return addDays(auditOn(audit), -aheadDays) <= today;
  });
}

/** A task of theirs, a finding to verify, a decision to make, or a suspension to end. */
function hasWork(state: ProgramState, email: Email): boolean {
  if (Object.values(state.tasks).some((task) => isUnended(task) && task.assignee === email)) return true;
  const speaks = hasRole(state, email, ...bodySpeakers);
  if (speaks && state.certificate?.status === 'suspended') return true;
  if (hasRole(state, email, 'decisionMaker') && Object.values(state.audits).some((one) => isUndecided(state, one)))
    return true;
  return Object.values(state.findings).some(
    (finding) =>
      isUnverified(finding) &&
      isOfBodyFinding(state, finding) &&
      (finding.raisedBy === email || hasRole(state, email, 'leadAuditor')),
  );
}

/** Whether an audit was held on which a decision rests that was not taken. */
function isUndecided(state: ProgramState, audit: Audit): boolean {
  const { kind, occasion } = audit;
  const leads = kind === 'stage2' || kind === 'recertification' || occasion === 'scopeExtension';
  return leads && isHeld(audit) && !audit.outdated && !isDecided(state, audit);
}

/** The last day on which there was something for somebody to do, as far as the program carries it. */
function lastDayOfWork(state: ProgramState, email: Email): IsoDate {
  const { audits, tasks, findings, decision, certificate } = state;
  const days = [
    ...Object.values(audits).flatMap((one) => (isHeld(one) && isTheirs(state, one, email) ? [one.endsOn] : [])),
    ...Object.values(tasks).flatMap((one) => ('closedOn' in one && one.assignee === email ? [one.closedOn] : [])),
    ...Object.values(findings).flatMap((one) => ('closedOn' in one && one.raisedBy === email ? [one.closedOn] : [])),
    ...(decision ? [decision.on] : []),
    ...(certificate ? [certificate.decidedOn] : []),
  ];
  return days.reduce((last, day) => latest(last, day), beginningOf(state));
}

/** The first day of the phase; of a program that was taken over in it, that day. */
function beginningOf({ phaseStartedOn, adoptedAt, calendar }: ProgramState): IsoDate {
  return adoptedAt ? latest(phaseStartedOn, dateAt(adoptedAt, calendar.timeZone)) : phaseStartedOn;
}

/** Those who speak for the body follow each of its audits; the others those on whose team they were. */
function isTheirs(state: ProgramState, { kind, team }: Audit, email: Email): boolean {
  return isExternal(kind) && (team.includes(email) || hasRole(state, email, ...bodySpeakers));
}

import { auditOn, isComing } from '../audits/audit.ts';
import { isDecided } from '../audits/queries.ts';
import type { Instant, IsoDate } from '../basics.ts';
import { addDays, addMonths, todayIn } from '../calendar.ts';
import { type Deadline, isUnverified } from '../findings/finding.ts';
import { isOfBodyFinding } from '../findings/queries.ts';
import { isEnded } from '../program/queries.ts';
import { restorableUntil, suspensionEndsOn } from '../rules/certificate.ts';
import type { ProgramState } from '../state.ts';
import { isOverdue } from '../tasks/overdue.ts';
import { openTasks } from '../tasks/queries.ts';

/** Days before a deadline of the certification body in which it is near. */
const nearDays = 30;
/** Days before the last day of an audit without dates in which that is a risk. */
const datelessDays = 60;

/** What puts a program at risk. `late` is lost or over already; `soon` can still be kept. */
export type Risk = { tone: 'late' | 'soon' } & (
  | { kind: 'bodyTaskOverdue' | 'bodyTaskNear'; taskId: string; on: IsoDate }
  | { kind: 'wholeLadder'; taskIds: string[]; on: IsoDate }
  | { kind: 'deadlineMissed' | 'deadlineNear'; findingId: string; deadline: Deadline; on: IsoDate }
  | { kind: 'auditMissed' | 'auditWithoutDates' | 'auditTooLate'; auditId: string; on: IsoDate }
  | { kind: 'suspended' | 'lapseSuspended' | 'lapsed' | 'lapseAhead'; on: IsoDate }
);

/** What everything else rests on. */
const ofTheCertificate: readonly Risk['kind'][] = ['suspended', 'lapseSuspended', 'lapsed', 'lapseAhead'];

/** What puts a program at risk, the gravest first: what was missed, then what is near; the certificate before the rest. */
export function risks(state: ProgramState, now: Instant): Risk[] {
  if (isEnded(state)) return [];
  const today = todayIn(state.calendar, now);
  const found = [
    ...ofCertificate(state, today),
    ...ofFindings(state, today),
    ...ofAudits(state, today),
    ...ofTasks(state, now, today),
  ];
  const rank = ({ tone, kind }: Risk) => (tone === 'late' ? 0 : 2) + (ofTheCertificate.includes(kind) ? 0 : 1);
  return found.sort((one, other) => rank(one) - rank(other) || compare(one.on, other.on));
}

function ofCertificate(state: ProgramState, today: IsoDate): Risk[] {
  const { certificate, body } = state;
  if (certificate?.status === 'suspended') {
    const on = suspensionEndsOn(certificate.suspendedOn, body.profile);
    const { lastDay } = certificate;
    return [
      lastDay < on ? { tone: 'late', kind: 'lapseSuspended', on: lastDay } : { tone: 'late', kind: 'suspended', on },
    ];
  }
  if (certificate?.status === 'lapsed' && !certificate.restorationEndedOn)
    return [{ tone: 'late', kind: 'lapsed', on: restorableUntil(certificate.lastDay, body.profile) }];
  if (certificate?.status !== 'valid') return [];
  const months = body.profile.recertificationAuditMonths;
  return addMonths(today, months) >= certificate.lastDay
    ? [{ tone: 'soon', kind: 'lapseAhead', on: certificate.lastDay }]
    : [];
}

/** R7: deadlines of the body; those of internal audits are one's own. */
function ofFindings(state: ProgramState, today: IsoDate): Risk[] {
  return Object.values(state.findings)
    .filter(isUnverified)
    .flatMap((finding) => {
      const { id: findingId, status, planDueOn, verifyDueOn, missed } = finding;
      const awaited: [Deadline, IsoDate | undefined][] = [
        ['plan', status === 'open' ? planDueOn : undefined],
        ['verification', verifyDueOn],
      ];
      return awaited.flatMap(([deadline, on]): Risk[] => {
        if (!on) return [];
        if (missed.includes(deadline)) return [{ tone: 'late', kind: 'deadlineMissed', findingId, deadline, on }];
        const isNear = isOfBodyFinding(state, finding) && on <= addDays(today, nearDays);
        return isNear ? [{ tone: 'soon', kind: 'deadlineNear', findingId, deadline, on }] : [];
      });
    });
}

function ofAudits(state: ProgramState, today: IsoDate): Risk[] {
  return Object.values(state.audits)
    .filter(isComing)
    .filter((audit) => !isDecided(state, audit))
    .flatMap((audit): Risk[] => {
      const { id: auditId, missed, latestOn: on, status } = audit;
      if (!on) return [];
      if (missed) return [{ tone: 'late', kind: 'auditMissed', auditId, on }];
      const endsOn = status === 'scheduled' ? audit.endsOn : auditOn(audit);
      if (endsOn > on) return [{ tone: 'soon', kind: 'auditTooLate', auditId, on }];
      const isNear = status === 'planned' && on <= addDays(today, datelessDays);
      return isNear ? [{ tone: 'soon', kind: 'auditWithoutDates', auditId, on }] : [];
    });
}

function ofTasks(state: ProgramState, now: Instant, today: IsoDate): Risk[] {
  const top = state.ladder.escalations.length;
  const atTop = openTasks(state)
    .filter(({ escalationLevel }) => top > 0 && escalationLevel >= top)
    .sort((one, other) => compare(one.dueOn, other.dueOn));
  const [first] = atTop;
  const ofBody = openTasks(state).flatMap((task): Risk[] => {
    const { id: taskId, dueOn: on, bodyDeadline, findingId } = task;
    // The deadlines of findings are told with the finding, what was escalated to the top is told together.
    if (atTop.includes(task)) return [];
    if (!bodyDeadline || findingId || task.status !== 'open') return [];
    if (isOverdue(task, state, now)) return [{ tone: 'late', kind: 'bodyTaskOverdue', taskId, on }];
    return on <= addDays(today, nearDays) ? [{ tone: 'soon', kind: 'bodyTaskNear', taskId, on }] : [];
  });
  if (!first) return ofBody;
  return [{ tone: 'late', kind: 'wholeLadder', taskIds: atTop.map(({ id }) => id), on: first.dueOn }, ...ofBody];
}

function compare(one: IsoDate, other: IsoDate): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

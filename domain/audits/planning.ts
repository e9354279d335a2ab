import type { Email, IsoDate } from '../basics.ts';
import { addWorkingDays } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { holders, manager } from '../people/people.ts';
import type { Told } from '../registry/told.ts';
import { inTimeFor } from '../rules/certificate.ts';
import { say, type Text } from '../say.ts';
import { AuditCancelled } from './AuditCancelled.ts';
import { AuditPlanned } from './AuditPlanned.ts';
import { type Audit, type AuditKind, isComing, type PlannedAudit } from './audit.ts';

/** Working days in which days and team of an audit are agreed. */
export const schedulingDays = 10;

type PlannedDates = Pick<PlannedAudit, 'targetOn' | 'latestOn' | 'latestRule' | 'occasion' | 'scope'>;

/** The day by which days and team of an audit are agreed that is asked for today. */
export function schedulingDueOn({ today, state: { calendar } }: Draft): IsoDate {
  return addWorkingDays(today, schedulingDays, calendar);
}

/**
 * Plans an audit and asks the manager to schedule it, unless that is asked for later. `told`: as whose act, where planning it
 * is one by itself. Gives its id.
 */
export function planAuditOf(
  draft: Draft,
  kind: AuditKind,
  dates: PlannedDates,
  why: Text,
  ask = true,
  told: Told = {},
): string {
  const cycle = draft.state.certificate?.cycle ?? 0;
  const audit: PlannedAudit = { id: draft.newId('A'), kind, cycle, ...dates, team: [], status: 'planned', prepared: 0 };
  draft.emit(AuditPlanned, { audit, ...told });
  if (ask) askForSchedule(draft, audit, schedulingDueOn(draft), why);
  return audit.id;
}

/** Asks the manager to agree on days and team of an audit. */
export function askForSchedule(
  draft: Draft,
  { id: auditId, kind, occasion, targetOn }: Pick<Audit, 'id' | 'kind' | 'occasion' | 'targetOn'>,
  dueOn: IsoDate,
  why: Text,
): void {
  const body = kind === 'internal' ? undefined : draft.state.body.name;
  const title = say('taskScheduleAudit', { auditId, kind, occasion, targetOn, body });
  // R31: agreed on before the certificate ends that it is for.
  const inTime = kind === 'internal' ? dueOn : inTimeFor(draft.state, dueOn, draft.today);
  draft.openTask(
    { kind: 'auditSchedule', title, assignee: manager(draft.state), dueOn: inTime, auditId, priority: 'high' },
    why,
  );
}

/** Cancels those of some audits that are planned or scheduled, with everything that was asked for them. */
export function cancelAudits(draft: Draft, audits: Audit[], reason: Text, cause: { byLapse?: true } = {}): void {
  for (const { id: auditId } of audits.filter(isComing)) {
    draft.emit(AuditCancelled, { auditId, reason: draft.words(reason), ...cause });
    draft.cancelTasks({ auditId }, reason);
  }
}

/** Who answers for the certification body when nobody in particular is named. */
export function leadAuditor({ state }: Draft): Email {
  return holders(state, 'leadAuditor')[0] ?? manager(state);
}

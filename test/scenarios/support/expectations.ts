import { agenda } from '../../../domain/agenda/index.ts';
import { laterRounds } from '../../../domain/agenda/rounds.ts';
import type { Audit, AuditKind } from '../../../domain/audits/audit.ts';
import type { Email, IsoDate, Phase } from '../../../domain/basics.ts';
import { dateAt } from '../../../domain/calendar.ts';
import type { Certificate } from '../../../domain/certificate/certificate.ts';
import type { Finding, Nonconformity } from '../../../domain/findings/finding.ts';
import type { MailKind } from '../../../domain/notices.ts';
import type { ProgramRecord, RecordType } from '../../../domain/registry.ts';
import { openTasks } from '../../../domain/tasks/queries.ts';
import type { Task, TaskKind, UnendedTask } from '../../../domain/tasks/task.ts';
import { taskCalled } from './acts.ts';
import type { Expectation, Outcome } from './scenario.ts';
import { asks, audits, who } from './words.ts';

/** What a line says is made of what it looks for, so that the one cannot be true without the other. */

type DataOf<T extends RecordType> = Extract<ProgramRecord, { type: T }>['data'];

/** How the certificate stands at the end of a day. */
export function certificateIs(
  on: IsoDate,
  expected: Partial<
    Pick<Certificate, 'status' | 'validFrom' | 'lastDay' | 'cycle' | 'initialDecisionOn' | 'decidedOn' | 'scope'>
  >,
): Expectation {
  const { status, validFrom, lastDay, cycle, initialDecisionOn, decidedOn, scope } = expected;
  const says = [
    `${on} the certificate is ${status ?? 'there'}`,
    validFrom && `from ${validFrom}`,
    lastDay && `through ${lastDay}`,
    decidedOn && `decided on ${decidedOn}`,
    initialDecisionOn && `first decided on ${initialDecisionOn}`,
    cycle && `in cycle ${cycle}`,
    scope && `for "${scope.statement}"${scope.exclusions ? ` without "${scope.exclusions}"` : ''}`,
  ];
  return standing(says.filter(Boolean).join(', '), on, ({ certificate }) => certificate, expected);
}

/** Something is recorded on a day, of which `words` tell what `data` looks for. */
export function happens<T extends RecordType>(
  on: IsoDate,
  type: T,
  words: string,
  data: DeepPartial<DataOf<T>> = {} as DeepPartial<DataOf<T>>,
): Expectation {
  return {
    says: `${on} ${words}`,
    fails: (outcome) => noneOf(outcome, on, type, (found) => matches(found.data, data)),
  };
}

/** Somebody gets one mail of a kind on a day, with at least so many things in it. */
export function mailed(on: IsoDate, to: Email, kind: MailKind, things: number): Expectation {
  return {
    says: `${on} ${who(to)} gets one mail (${kind}) of ${things} ${things === 1 ? 'thing' : 'things'}`,
    fails: (outcome) => {
      const found = outcome.mailsOn(on, to).filter((mail) => mail.kind === kind);
      const [one] = found;
      if (found.length === 1 && one && one.items.length >= things) return undefined;
      return `${found.length} of them, with ${found.map(({ items }) => items.length)}`;
    },
  };
}

/** Somebody gets no mail of a kind from a day on. */
export function notMailed(from: IsoDate, to: Email, kind: MailKind): Expectation {
  return {
    says: `from ${from} on ${who(to)} gets no mail (${kind})`,
    fails: ({ mails, state }) => {
      const found = mails.filter(
        (mail) => mail.to === to && mail.kind === kind && dateAt(mail.dueAt, state.calendar.timeZone) >= from,
      );
      return found.length === 0 ? undefined : `${found.length} of them`;
    },
  };
}

/** Something is never recorded. */
export function never(type: RecordType, words: string, data: object = {}): Expectation {
  return {
    says: `never: ${words}`,
    fails: ({ records }) => {
      const found = records.find((record) => record.type === type && matches(record.data, data));
      return found && `${found.at} ${type} ${JSON.stringify(found.data)}`;
    },
  };
}

/** Somebody is asked for something by a day. */
export function asked(
  on: IsoDate,
  kind: TaskKind,
  expected: Partial<
    Pick<Task, 'assignee' | 'dueOn' | 'requirementId' | 'systemId' | 'findingId' | 'auditId' | 'bodyDeadline'>
  > = {},
): Expectation {
  const { assignee, dueOn, requirementId, systemId, findingId, auditId, bodyDeadline } = expected;
  const of = [requirementId, systemId, findingId, auditId].filter(Boolean).join(', ');
  const says = `${on} ${assignee ? who(assignee) : 'somebody'} is asked for ${asks[kind]}${of && ` (${of})`}`;
  return {
    says: `${says}${dueOn ? `, due ${dueOn}` : ''}${bodyDeadline ? ", the body's deadline" : ''}`,
    fails: (outcome) =>
      noneOf(
        outcome,
        on,
        'TaskOpened',
        ({ data }) => matches(data.task, { ...expected, kind }),
        ({ data }) => data.task.kind === kind,
      ),
  };
}

/** How the task with a title stands at the end of a day. */
export function taskIs(
  on: IsoDate,
  title: string,
  expected: Partial<Pick<Task, 'status' | 'dueOn' | 'assignee'> & Pick<UnendedTask, 'waitsFor'>>,
): Expectation {
  const { status, dueOn, assignee, waitsFor } = expected;
  const says = [
    `${on} "${title}" is ${waitsFor ? `waiting for ${waitsFor.join(', ')}` : (status ?? 'there')}`,
    dueOn && `due ${dueOn}`,
    assignee && `for ${who(assignee)}`,
  ];
  return standing(says.filter(Boolean).join(', '), on, (state) => taskCalled(state, title), expected);
}

/** Nobody is asked for anything at the end of a day. */
export function nothingOpen(on: IsoDate): Expectation {
  return {
    says: `${on} nobody is asked for anything`,
    fails: (outcome) => {
      const open = openTasks(outcome.stateOn(on));
      return open.length === 0 ? undefined : open.map(({ id, title }) => `${id} ${title}`).join(', ');
    },
  };
}

/** Whatever was tried on a day, nothing of it is left. */
export function nothingRecorded(on: IsoDate): Expectation {
  return {
    says: `${on} nothing is recorded`,
    fails: (outcome) => {
      const found = outcome.recordsOn(on).map(({ type }) => type);
      return found.length === 0 ? undefined : found.join(', ');
    },
  };
}

/** How often something was recorded in all. */
export function count<T extends RecordType>(
  times: number,
  type: T,
  words: string,
  data: DeepPartial<DataOf<T>> = {} as DeepPartial<DataOf<T>>,
): Expectation {
  return {
    says: `in all ${times} times: ${words}`,
    fails: ({ records }) => {
      const found = records.filter((record) => record.type === type && matches(record.data, data));
      return found.length === times ? undefined : `${found.length} times: ${found.map(({ at }) => at).join(', ')}`;
    },
  };
}

/** Who is reminded or told of a task on a day; level 0 is the assignee, 1 and more those above. */
export function climbs(on: IsoDate, title: string, level: number, to: Email): Expectation {
  return {
    says: `${on} ${who(to)} hears of "${title}"${level > 0 ? `, step ${level} of the escalation` : ', a reminder'}`,
    fails: (outcome) => {
      const { id } = taskCalled(outcome.state, title) as Task;
      const climbed = outcome.records.filter(
        (record) => (record.type === 'TaskReminded' || record.type === 'TaskEscalated') && record.data.taskId === id,
      );
      const expected = level > 0 ? { to: [to], level } : { to: [to] };
      const type = level > 0 ? 'TaskEscalated' : 'TaskReminded';
      const thatDay = climbed.filter((record) => outcome.dayOf(record) === on);
      if (thatDay.length === 1 && thatDay[0]?.type === type && matches(thatDay[0].data, expected)) return undefined;
      return climbed.map((record) => `${outcome.dayOf(record)} ${JSON.stringify(record.data)}`).join('; ') || 'nobody';
    },
  };
}

/** How often anybody hears of a task in all, so that no day beside those named has more. */
export function told(title: string, times: number): Expectation {
  return {
    says: `in all, "${title}" is reminded of or escalated ${times} times`,
    fails: ({ records, state }) => {
      const id = taskCalled(state, title)?.id;
      const found = records.filter(
        (record) => (record.type === 'TaskReminded' || record.type === 'TaskEscalated') && record.data.taskId === id,
      );
      return found.length === times ? undefined : `${found.length} times: ${found.map(({ at }) => at).join(', ')}`;
    },
  };
}

/** What the timeline shows to come of a kind, as it stands at the end of a day: every date, and no other. */
export function ahead(on: IsoDate, kind: string, words: string, days: IsoDate[]): Expectation {
  return {
    says: `${on} ahead lies ${days.length > 0 ? `${words}: ${days.join(', ')}` : `no ${words}`}`,
    fails: (outcome) => {
      const state = outcome.stateOn(on);
      const moments = [...agenda(state), ...laterRounds(state)].filter((moment) => moment.kind === kind);
      const found = moments.map(({ at }) => dateAt(at, state.calendar.timeZone)).sort();
      return matches(found, days) ? undefined : found.join(', ') || 'nothing';
    },
  };
}

/** No task of a kind is open at the end of a day. */
export function nothingAsked(on: IsoDate, kind: TaskKind): Expectation {
  return {
    says: `${on} nobody is asked for ${asks[kind]}`,
    fails: (outcome) => {
      const open = openTasks(outcome.stateOn(on)).filter((task) => task.kind === kind);
      return open.length === 0 ? undefined : open.map(({ id, title }) => `${id} ${title}`).join(', ');
    },
  };
}

/** An audit is planned. */
export function plans(
  on: IsoDate,
  kind: AuditKind,
  expected: Partial<Pick<Audit, 'targetOn' | 'latestOn' | 'latestRule' | 'cycle'>> = {},
): Expectation {
  const { targetOn, latestOn, latestRule, cycle } = expected;
  const says = [
    `${on} ${audits[kind]} is planned${targetOn ? ` for ${targetOn}` : ''}`,
    latestOn && `${latestOn} at the latest${latestRule ? ` (${latestRule})` : ''}`,
    cycle && `in cycle ${cycle}`,
  ];
  return {
    says: says.filter(Boolean).join(', '),
    fails: (outcome) =>
      noneOf(
        outcome,
        on,
        'AuditPlanned',
        ({ data }) => matches(data.audit, { ...expected, kind }),
        ({ data }) => data.audit.kind === kind,
      ),
  };
}

/** How a finding stands at the end of a day. */
export function findingIs(
  on: IsoDate,
  findingId: string,
  expected: Partial<
    Pick<Finding, 'grade' | 'status' | 'missed' | 'reopened'> &
      Pick<Nonconformity, 'planDueOn' | 'verifyDueOn' | 'partOf'>
  >,
): Expectation {
  const { grade, status, planDueOn, verifyDueOn, partOf, missed, reopened } = expected;
  const says = [
    `${on} ${findingId} is ${[grade, status].filter(Boolean).join(', ') || 'there'}`,
    planDueOn && `its plan due ${planDueOn}`,
    verifyDueOn && `to be verified until ${verifyDueOn}`,
    partOf && `part of ${partOf}`,
    missed && (missed.length > 0 ? `its ${missed.join(' and ')} missed` : 'nothing of it missed'),
    reopened !== undefined && `reopened ${reopened} times`,
  ];
  return standing(says.filter(Boolean).join(', '), on, ({ findings }) => findings[findingId], expected);
}

/** In which phase the program is at the end of a day. */
export function phaseIs(on: IsoDate, phase: Phase): Expectation {
  return standing(`${on} the program is in the phase ${phase}`, on, (state) => state, { phase });
}

/** What somebody tried on a day was refused by a rule, with these words in the answer. */
export function refused(on: IsoDate, code: string, words: string): Expectation {
  return {
    says: `${on} that is refused by ${code}: "… ${words} …"`,
    fails: ({ refusals }) => {
      const thatDay = refusals.filter((refusal) => refusal.on === on);
      if (thatDay.some((refusal) => refusal.code === code && refusal.detail.includes(words))) return undefined;
      return thatDay.map((refusal) => `${refusal.code}: ${refusal.detail}`).join('; ') || 'no refusal';
    },
  };
}

/** Those who hear of a missed response. */
export function misses(on: IsoDate, findingId: string, deadline: 'plan' | 'verification', to: Email[]): Expectation {
  const words = `the ${deadline} of ${findingId} is overdue: ${to.map(who).join(', ')} hear of it`;
  return happens(on, 'DeadlineMissed', words, { findingId, deadline, to });
}

type DeepPartial<T> = T extends object ? { [K in keyof T]?: DeepPartial<T[K]> } : T;

function standing(
  says: string,
  on: IsoDate,
  part: (state: ReturnType<Outcome['stateOn']>) => object | undefined,
  expected: object,
): Expectation {
  return {
    says,
    fails: (outcome) => {
      const found = part(outcome.stateOn(on));
      return found && matches(found, expected) ? undefined : excerpt(found, expected);
    },
  };
}

/** Undefined when a day has such a record; else what there is of the type, that day or any other. */
function noneOf<T extends RecordType>(
  outcome: Outcome,
  on: IsoDate,
  type: T,
  is: (record: Extract<ProgramRecord, { type: T }>) => boolean,
  near: (record: Extract<ProgramRecord, { type: T }>) => boolean = () => true,
): string | undefined {
  const ofType = outcome.records.filter(
    (record): record is Extract<ProgramRecord, { type: T }> => record.type === type,
  );
  if (ofType.some((record) => outcome.dayOf(record) === on && is(record))) return undefined;
  const others = ofType.filter(near).map((record) => `${outcome.dayOf(record)} ${JSON.stringify(record.data)}`);
  return others.join('; ').slice(0, 600) || `no ${type}`;
}

function excerpt(found: object | undefined, expected: object): string {
  if (!found) return 'nothing';
  return JSON.stringify(found, ['statement', 'exclusions', ...Object.keys(expected)]);
}

/** Whether everything that is expected is there; arrays are compared as a whole. */
function matches(found: unknown, expected: unknown): boolean {
  if (typeof expected !== 'object' || expected === null) return found === expected;
  if (Array.isArray(expected)) {
    return (
      Array.isArray(found) && found.length === expected.length && expected.every((one, at) => matches(found[at], one))
    );
  }
  if (typeof found !== 'object' || found === null) return false;
  return Object.entries(expected).every(([key, value]) => matches((found as Record<string, unknown>)[key], value));
}

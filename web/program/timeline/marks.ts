import type { Moment, MomentKind } from '../../../domain/agenda/moment.ts';
import { laterRounds } from '../../../domain/agenda/rounds.ts';
import { type Audit, type AuditKind, auditOn, isComing } from '../../../domain/audits/audit.ts';
import { cadenceNames, type IsoDate } from '../../../domain/basics.ts';
import { addDays } from '../../../domain/calendar.ts';
import { cadenceLeadDays } from '../../../domain/profile.ts';
import { openTasks } from '../../../domain/tasks/queries.ts';
import { capitalized } from '../../../words/phrases.ts';
import { wordsOf } from '../../../words/sayings/index.ts';
import { bodyKinds, dayOfMoment, momentsOf } from '../moments.ts';
import type { ProgramView } from '../reading.ts';
import type { AuditMark, DayMark } from './timeline.ts';

const shortNames: Record<AuditKind, string> = {
  internal: 'Internal audit',
  stage1: 'Stage 1',
  stage2: 'Stage 2',
  surveillance: 'Surveillance',
  recertification: 'Recertification',
  special: 'Special audit',
};

/** The audits as marks, oldest first; what was cancelled never was. */
export function auditMarks(audits: readonly Audit[], today: IsoDate): AuditMark[] {
  return audits
    .filter(({ status }) => status !== 'cancelled')
    .map((audit): AuditMark => {
      const from = auditOn(audit);
      const to = 'endsOn' in audit && audit.endsOn ? audit.endsOn : from;
      const coming = isComing(audit);
      return {
        id: audit.id,
        label: shortNames[audit.kind],
        from,
        to,
        until: coming && audit.latestOn && audit.latestOn > to ? audit.latestOn : undefined,
        held: !coming,
        late: coming && (audit.missed === true || to < today),
      };
    })
    .sort((one, other) => (one.from < other.from ? -1 : 1));
}

/** Kinds that come around by the plan. */
const rounds: readonly MomentKind[] = [...cadenceNames, 'evidenceValidity'];

/** The deadlines of the body ahead, and those that were missed and still wait. */
export function bodyMarks(view: ProgramView): DayMark[] {
  const { state, sight, today, timeZone } = view;
  const ahead = momentsOf(state)
    .filter((moment) => bodyKinds.includes(moment.kind) && sight.moment(moment))
    .map((moment) => ({
      ...mark(dayOfMoment(moment, timeZone), capitalized(wordsOf(moment.title)), today),
      short: shortOf(moment, view),
    }));
  const tasks = openTasks(state)
    .filter(({ id, bodyDeadline, findingId }) => bodyDeadline && !findingId && sight.task(id))
    .map(({ dueOn, title }) => mark(dueOn, title, today));
  return inOrder([...ahead, ...tasks]);
}

/** The organization's own days: what is due of its tasks, what comes around, and the reviews that were held. */
export function ownMarks(view: ProgramView): DayMark[] {
  const { state, sight, today, timeZone } = view;
  const held = sight.all('managementReview')
    ? state.reviews.map(({ heldOn }) => mark(heldOn, 'Management review held', today))
    : [];
  const due = openTasks(state)
    .filter(({ id, status, bodyDeadline }) => status === 'open' && !bodyDeadline && sight.task(id))
    .map(({ dueOn, title }) => mark(dueOn, title, today));
  const around = [...momentsOf(state), ...laterRounds(state)]
    .filter((moment) => rounds.includes(moment.kind) && sight.moment(moment))
    .map((moment) =>
      mark(addDays(dayOfMoment(moment, timeZone), cadenceLeadDays), capitalized(wordsOf(moment.title)), today),
    );
  return inOrder([...held, ...due, ...around]);
}

/** What stands beside the mark of a deadline. */
function shortOf({ kind, ref = '', title }: Moment, { state }: ProgramView): string | undefined {
  const audit = state.audits[ref];
  switch (kind) {
    case 'latest':
      return audit && `Last day: ${shortNames[audit.kind]}`;
    case 'deadline': {
      const isPlan = typeof title !== 'string' && title.say === 'momentOfDeadline' && title.with.deadline === 'plan';
      return `${ref}: ${isPlan ? 'plan' : 'verification'}`;
    }
    case 'expiry':
      return 'Certificate ends';
    case 'suspension':
      return 'Withdrawn unless resolved';
    case 'restoration':
      return 'Last day to restore';
    default:
      return undefined;
  }
}

function mark(on: IsoDate, label: string, today: IsoDate): DayMark {
  return { on, label, past: on < today };
}

function inOrder(marks: DayMark[]): DayMark[] {
  return marks.sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0));
}

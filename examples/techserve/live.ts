import { auditOn } from '../../domain/audits/audit.ts';
import { cadenceNames, type Instant, type IsoDate } from '../../domain/basics.ts';
import { addDays, daysBetween, earliest, latest, workingDayFrom } from '../../domain/calendar.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { audited, lastDayOf } from './audits.ts';
import { tuesdayBefore, tuesdayFrom } from './days.ts';
import { answeredOn, answerTo, reviewedOn, reviewOf } from './habits.ts';
import type { Act, Player, Situation } from './player.ts';
import { StoryError } from './storyError.ts';

/** What a chapter wants: to get to a day, or to something that is reached by then. */
export interface Goal {
  by: IsoDate;
  what?: string;
  reached?: (situation: Situation) => boolean;
}

/** Where a chapter departs from what people usually do. */
export interface Departures {
  /** The day on which a task is answered in place of the usual one; null: the chapter answers it itself. */
  answeredOn?: (task: Task, usual: IsoDate | null) => IsoDate | null;
  /** Why the evidence of a task is rejected, when it is reviewed on a day. */
  rejectedBecause?: (task: Task, today: IsoDate) => string | undefined;
}

/** Something that is done on a day. */
interface Thing {
  on: IsoDate;
  acts: (today: IsoDate) => Act[];
}

/** What makes the program open tasks by itself, and the day on which people have seen to them. */
const openers: Record<string, (asked: IsoDate) => IsoDate> = {
  ...Object.fromEntries(cadenceNames.map((name) => [name, (asked: IsoDate) => tuesdayBefore(addDays(asked, 27))])),
  managementReview: (asked) => tuesdayBefore(addDays(asked, 30)),
  internalAudit: (asked) => tuesdayFrom(addDays(asked, 3)),
  evidenceValidity: (asked) => tuesdayBefore(addDays(asked, 27)),
  preparation: (asked) => tuesdayFrom(addDays(asked, 3)),
  effectiveness: (asked) => tuesdayFrom(addDays(asked, 3)),
};

/**
 * Plays on: goes from one day on which something is to be done to the next, and has people do it, until the goal is
 * reached.
 *
 * @throws StoryError when what the goal waits for is not there on its day
 */
export async function live(player: Player, goal: Goal, departures: Departures = {}): Promise<Situation> {
  for (;;) {
    const situation = await player.look();
    if (goal.reached?.(situation)) return situation;
    const things = thingsToDo(player, situation, departures);
    const next = latest(player.today, earliest(goal.by, ...things.map(({ on }) => on)));
    const due = things.filter(({ on }) => on <= next);
    if (due.length === 0 && player.today >= goal.by) {
      if (!goal.reached) return situation;
      throw new StoryError(`${goal.what} by ${goal.by}`, standing(situation));
    }
    await player.advanceTo(next);
    await player.send(due.flatMap(({ acts }) => acts(next)));
  }
}

/** All that is to be done, by those who are asked, by reviewers and by auditors, and when to look for more. */
function thingsToDo(player: Player, situation: Situation, departures: Departures): Thing[] {
  const dateOf = (at: Instant) => player.dateOf(at);
  const ready = situation.open.filter(({ waitsFor }) => !waitsFor);
  const answers = ready.flatMap((task): Thing[] => {
    const on = dayOf(task, situation, departures);
    return on ? [{ on, acts: (today) => [answerTo(task, situation, today)] }] : [];
  });
  const reviews = situation.submitted.map((task): Thing => {
    const why = (today: IsoDate) => departures.rejectedBecause?.(task, today);
    return { on: reviewedOn(task, dateOf), acts: (today) => [reviewOf(task, situation, why(today))] };
  });
  const audits = audited(situation).map(({ audit, on }): Thing => ({ on, acts: () => lastDayOf(audit, situation) }));
  const looks = daysToLook(situation, dateOf).map((on): Thing => ({ on, acts: () => [] }));
  return [...answers, ...reviews, ...audits, ...looks.filter(({ on }) => on > player.today)].map((thing) => ({
    ...thing,
    on: workingDayFrom(thing.on, situation.program.calendar),
  }));
}

/** Days on which there will be tasks that are not there yet. 60 days before an audit none are opened. */
function daysToLook({ coming, audits }: Situation, dateOf: (at: Instant) => IsoDate): IsoDate[] {
  const empty = ({ at, ref }: Situation['coming'][number]) => {
    const audit = audits.find(({ id }) => id === ref);
    return audit !== undefined && daysBetween(dateOf(at), auditOn(audit)) === 60;
  };
  return coming.flatMap((moment) => {
    const seenTo = openers[moment.kind];
    return seenTo && !empty(moment) ? [seenTo(dateOf(moment.at))] : [];
  });
}

function dayOf(task: Task, situation: Situation, { answeredOn: elsewhere }: Departures): IsoDate | null {
  const usual = answeredOn(task, situation);
  return elsewhere ? elsewhere(task, usual) : usual;
}

function standing({ program, open, submitted, audits }: Situation): string {
  const waiting = [...open, ...submitted].map(({ id, kind, dueOn }) => `${id} ${kind} due ${dueOn}`);
  const ahead = audits
    .filter(({ status }) => status !== 'held')
    .map(({ id, kind, status }) => `${id} ${kind} ${status}`);
  return `phase ${program.phase}, tasks ${waiting.join(', ') || 'none'}, audits ${ahead.join(', ') || 'none'}`;
}

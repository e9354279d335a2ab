import type { Email, Instant, IsoDate } from '../../domain/basics.ts';
import type { ProgramRecord } from '../../domain/registry.ts';
import { cast } from './cast.ts';
import { mustBe, mustEqual } from './storyError.ts';

/** A task's ladder as the API foretells it. */
export interface PreviewedTask {
  taskId: string;
  title: string;
  assignee: Email;
  dueOn: IsoDate;
  rungs: { rung: number; at: Instant; to: Email[]; what: string; passed: boolean }[];
}

/** What was heard of a task that was answered late. */
export interface ClimbedLadder {
  title: string;
  assignee: Email;
  dueOn: IsoDate;
  rungs: { on: IsoDate; what: string; to: Email[] }[];
  answeredOn: IsoDate;
}

/** Rungs that the late task climbs: three reminders, overdue, the program manager, the sponsor. */
const climbed = 6;

/** The rung on which the sponsor hears of the late task. */
export function sponsorsRung({ rungs }: PreviewedTask): PreviewedTask['rungs'][number] {
  return rungs[climbed - 1] as PreviewedTask['rungs'][number];
}

/**
 * Checks the ladder of the late task against what was foretold: each rung once, at its moment, to its people, and none
 * after the evidence came. Gives what was sent, and when the evidence came.
 *
 * @throws StoryError when it is otherwise
 */
export function climbedAsForetold(
  { taskId, title, assignee, dueOn, rungs }: PreviewedTask,
  records: ProgramRecord[],
  dateOf: (at: Instant) => IsoDate,
): ClimbedLadder {
  const foretold = rungs.slice(0, climbed);
  const sent = records.flatMap((record) =>
    (record.type === 'TaskReminded' || record.type === 'TaskEscalated') && record.data.taskId === taskId
      ? [{ rung: record.data.rung, seq: record.seq, at: record.at, to: record.data.to }]
      : [],
  );
  mustEqual(
    `the rungs of ${taskId}, each once, and to whom`,
    sent.map(({ rung, at, to }) => [rung, dateOf(at), to]),
    foretold.map(({ rung, at, to }) => [rung, dateOf(at), to]),
  );
  mustEqual(
    `who hears of ${taskId}`,
    foretold.map(({ to }) => to),
    [[assignee], [assignee], [assignee], [assignee], [cast.manager], [cast.sponsor]],
  );
  const delivered = records.find((record) => record.type === 'EvidenceSubmitted' && record.data.taskId === taskId);
  const lastRung = sent.at(-1)?.seq ?? 0;
  mustBe((delivered?.seq ?? 0) > lastRung, `${taskId} to be answered after the sponsor heard of it`, () => delivered);
  const told = foretold.map(({ at, what, to }) => ({ on: dateOf(at), what, to }));
  return { title, assignee, dueOn, rungs: told, answeredOn: dateOf((delivered as ProgramRecord).at) };
}

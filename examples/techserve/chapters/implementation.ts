import type { IsoDate } from '../../../domain/basics.ts';
import { addDays, latest } from '../../../domain/calendar.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import { aiSystems, cast } from '../cast.ts';
import { monthBegins, tuesdayFrom } from '../days.ts';
import { type PreviewedTask, sponsorsRung } from '../escalations.ts';
import { managementReview } from '../habits.ts';
import { type Departures, live } from '../live.ts';
import type { Act, Player } from '../player.ts';
import { mustBe } from '../storyError.ts';

/** What goes wrong on purpose: one owner answers only when the sponsor has heard of it, one piece of evidence goes back. */
const late = 'A.6.2.3';
const rejected = '6.1.2';
const whyRejected = 'The criteria for accepting a risk are missing.';

/** The month in which each thing is done; the others follow their due dates. */
const months: Record<number, string[]> = {
  3: ['5.2', '4.3', '5.3', 'A.2.2', 'A.3.2', '4.2'],
  4: [rejected, '6.1.4', 'A.5.2', '7.3', '6.1.1'],
  5: [...aiSystems.map(({ id }) => id), '9.1', '7.5.1', '7.5.3', '7.2'],
  6: ['8.2', '6.1.3', '8.4', 'A.5.3', '9.3.3'],
};

/**
 * Months 3 to 6: policy and scope, then procedures and training, then impact assessments and metrics, then the first
 * risk assessments; each month's work is submitted and reviewed. Gives the task that was answered late, as its ladder
 * was foretold.
 */
export async function implementation(player: Player, startsOn: IsoDate): Promise<PreviewedTask> {
  const manager = player.as(cast.manager);
  const { open } = await player.look();
  await player.send(open.flatMap((task) => moreTimeFor(task, startsOn)));
  const lateTask = await foretold(player, open);
  const departures = departing(player, startsOn, lateTask);

  await live(player, { by: tuesdayFrom(addDays(monthBegins(startsOn, 3), 4)) }, departures);
  await manager.put('/scope', {
    statement: 'Development, operation and support of the customer-facing AI products of TechServe Solutions.',
    exclusions: 'AI tools that employees use in the office.',
    reason: 'Scope decided with top management.',
  });
  await live(player, { by: tuesdayFrom(addDays(monthBegins(startsOn, 6), 15)) }, departures);
  await holdFirstReview(player);
  await live(
    player,
    {
      by: monthBegins(startsOn, 7),
      what: 'the implementation to be complete',
      reached: ({ program }) => program.phase === 'internalAudit',
    },
    departures,
  );
  return lateTask;
}

/** Where the domain's due date comes before the month of the story, the manager gives more time. */
function moreTimeFor(task: Task, startsOn: IsoDate): Act[] {
  const month = monthOf(task);
  if (!month) return [];
  const dueOn = addDays(submittedOn(task, month, startsOn), 10);
  if (dueOn <= task.dueOn) return [];
  const reason = `Planned for month ${month}: what it builds on comes first.`;
  return [{ by: cast.manager, command: { type: 'extendTask', taskId: task.id, dueOn, reason } }];
}

function departing(player: Player, startsOn: IsoDate, lateTask: PreviewedTask): Departures {
  const sentBack = new Map<string, IsoDate>();
  const afterTheSponsor = addDays(player.dateOf(sponsorsRung(lateTask).at), 1);
  return {
    answeredOn: (task, usual) => {
      if (task.id === lateTask.taskId) return afterTheSponsor;
      const again = sentBack.get(task.id);
      if (again) return addDays(again, 2);
      const month = monthOf(task);
      return month ? submittedOn(task, month, startsOn) : usual;
    },
    rejectedBecause: (task, today) => {
      if (task.requirementId !== rejected || sentBack.has(task.id)) return undefined;
      sentBack.set(task.id, today);
      return whyRejected;
    },
  };
}

/** What the API foretells of the late task: its reminders, and who hears of it after its due date. */
async function foretold(player: Player, open: Task[]): Promise<PreviewedTask> {
  const task = open.find(({ requirementId }) => requirementId === late);
  mustBe(task !== undefined, `a task for ${late}`, () => open.map(({ title }) => title));
  const path = `/escalation/preview?task=${(task as Task).id}`;
  const [preview] = (await player.as(cast.manager).get<{ items: PreviewedTask[] }>(path)).items;
  mustBe(preview?.rungs.every(({ passed }) => !passed) ?? false, 'a ladder of which nothing is past', () => preview);
  return preview as PreviewedTask;
}

async function holdFirstReview(player: Player): Promise<void> {
  const review = managementReview(player.today, [
    { title: 'Add bias tests to the release check', assignee: cast.operations, dueOn: addDays(player.today, 45) },
    { title: 'Plan the training of new developers', assignee: cast.training, dueOn: addDays(player.today, 45) },
  ]);
  await player.send([{ by: cast.chief, command: review }]);
}

function monthOf({ kind, requirementId, systemId }: Task): number | undefined {
  const wanted = kind === 'impactAssessment' ? systemId : kind === 'evidence' ? requirementId : undefined;
  const month = Object.keys(months).find((key) => months[Number(key)]?.includes(wanted as string));
  return month === undefined ? undefined : Number(month);
}

/** Two Tuesdays of a month share its work. */
function submittedOn({ requirementId, systemId }: Task, month: number, startsOn: IsoDate): IsoDate {
  const work = months[month] as string[];
  const second = Math.max(work.indexOf(requirementId as string), work.indexOf(systemId as string)) % 2 === 1;
  return tuesdayFrom(latest(addDays(monthBegins(startsOn, month), second ? 11 : 4), startsOn));
}

import { describe, expect, it } from 'vitest';
import type { Instant, IsoDate } from '../../domain/basics.ts';
import type { CalendarSpec } from '../../domain/program/definition.ts';
import type { ProgramState } from '../../domain/state.ts';
import { isOverdue, overdueFrom } from '../../domain/tasks/overdue.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { nextDue, rowsChanged, summary } from '../../domain/views.ts';
import { details } from '../../workflows/visibility.ts';
import { aTask } from '../support/builders.ts';
import { assessed } from './journey.ts';
import { program, who } from './support.ts';

const active = (timeZone: string) => ({ status: 'active' as const, calendar: { timeZone, holidays: [] } });

function stateWith(task: Task, calendar: CalendarSpec): ProgramState {
  const { state } = program();
  return { ...state, status: 'active', calendar, tasks: { [task.id]: task } };
}

describe('a task is overdue', () => {
  it('not while the program is paused, unless its date is the certification body’s', () => {
    const paused = { ...active('UTC'), status: 'paused' } as const;
    expect(overdueFrom(aTask(1, { dueOn: '2030-03-01' }), paused)).toBeUndefined();
    expect(overdueFrom(aTask(1, { dueOn: '2030-03-01', bodyDeadline: true }), paused)).toBe('2030-03-02T00:00:00.000Z');
    const driver = program().until('2030-01-08').as(who.manager);
    driver.does({ type: 'openTask', title: 'Write', assignee: who.owner, dueOn: '2030-02-01' });
    const before = driver.state;
    driver.until('2030-02-10').does({ type: 'pause', reason: 'A merger.' });
    const { tasks } = rowsChanged(before, driver.state, driver.now);
    expect(tasks.map(({ title }) => title)).toContain('Write');
    expect(isOverdue(driver.task('manual'), driver.state, driver.now)).toBe(false);
  });

  it.each<[string, Instant]>([
    ['UTC', '2030-03-02T00:00:00.000Z'],
    ['America/New_York', '2030-03-02T05:00:00.000Z'],
    ['Pacific/Auckland', '2030-03-01T11:00:00.000Z'],
  ])('in %s from %s, when its due date has gone by there', (timeZone, from) => {
    const task = aTask(1, { dueOn: '2030-03-01' });
    expect(overdueFrom(task, active(timeZone))).toBe(from);
    expect(isOverdue(task, active(timeZone), new Date(Date.parse(from) - 1).toISOString())).toBe(false);
    expect(isOverdue(task, active(timeZone), from)).toBe(true);
  });

  it('on a day off not until the next working day has gone by; a deadline of the body ends on its day', () => {
    const saturday = aTask(1, { dueOn: '2030-03-02' });
    expect(overdueFrom(saturday, active('UTC'))).toBe('2030-03-05T00:00:00.000Z');
    expect(overdueFrom({ ...saturday, bodyDeadline: true }, active('UTC'))).toBe('2030-03-03T00:00:00.000Z');
    const riyadh = { timeZone: 'Asia/Riyadh', weekend: ['friday', 'saturday'], holidays: [] } satisfies CalendarSpec;
    const friday = aTask(2, { dueOn: '2027-01-15' });
    const from = overdueFrom(friday, { status: 'active', calendar: riyadh });
    expect(from).toBe('2027-01-17T21:00:00.000Z');
    expect(rowsChanged(undefined, stateWith(friday, riyadh), from!).overdueFrom).toEqual({ [friday.id]: from });
  });

  it.each(['submitted', 'accepted', 'waived', 'cancelled'] as const)('not when it is %s', (status) => {
    expect(overdueFrom(aTask(1, { status }), active('UTC'))).toBeUndefined();
  });

  it('not when it is due on the last day that can be written', () => {
    expect(isOverdue(aTask(1, { dueOn: '9999-12-31' }), active('America/New_York'), '2030-01-07T13:00:00.000Z')).toBe(
      false,
    );
  });

  it('not while it waits for another, and from its new due date once it can begin', () => {
    const driver = program().until('2030-01-08').as(who.manager);
    const open = (title: string, dependsOn: string[] = []) => {
      driver.as(who.manager).does({ type: 'openTask', title, assignee: who.owner, dueOn: '2030-02-01', dependsOn });
      return driver.task('manual').id;
    };
    const document = open('Write');
    const review = open('Review', [document]);
    const overdue = () =>
      Object.values(driver.state.tasks)
        .filter((task) => isOverdue(task, driver.state, driver.now))
        .map(({ id }) => id);

    driver.until('2030-04-01');
    expect(overdue()).toContain(document);
    expect(overdue()).not.toContain(review);
    expect(details(driver.state)).toContain(', 1 of them waiting for others');

    driver.as(who.manager).does({ type: 'waiveTask', taskId: document, reason: 'There is one.' });
    expect(overdue()).not.toContain(review);
    driver.until('2030-04-10');
    expect(overdue()).toContain(review);
    expect(details(driver.state)).not.toContain('waiting for others');
  });

  it('not in the progress report either', () => {
    const reported = (waits: boolean) => {
      const driver = assessed(program());
      const open = (title: string, dependsOn: string[]) => {
        driver.as(who.manager).does({ type: 'openTask', title, assignee: who.owner, dueOn: '2030-01-15', dependsOn });
        return driver.task('manual').id;
      };
      const document = open('Write', []);
      open('Review', waits ? [document] : []);
      driver.until('2030-02-05');
      return driver.recordsOf('ProgressReported').at(-1)!.data;
    };
    const { open, overdue } = reported(false);
    expect(overdue).toBeGreaterThanOrEqual(2);
    expect(reported(true)).toMatchObject({ open, overdue: overdue - 1 });
  });

  it('and what waits is not the next thing that is due', () => {
    const driver = program().until('2030-01-08').as(who.manager);
    const open = (title: string, dueOn: IsoDate, dependsOn: string[] = []) => {
      driver.as(who.manager).does({ type: 'openTask', title, assignee: who.owner, dueOn, dependsOn });
      return driver.task('manual').id;
    };
    const document = open('Write', '2030-01-11');
    open('Review', '2030-01-10', [document]);
    expect(nextDue(driver.state)?.title).toBe('Write');
    expect(summary(driver.state, driver.now).nextDue?.title).toBe('Write');
  });
});

import { describe, expect, it } from 'vitest';
import type { Email, IsoDate } from '../../domain/basics.ts';
import { addDays, dateAt } from '../../domain/calendar.ts';
import { previewLadder } from '../../domain/tasks/ladder.ts';
import { assessed } from './journey.ts';
import { type Driver, program, who } from './support.ts';

/** The days on which somebody hears of what is overdue: one mail each. */
function daysOfMail(driver: Driver, email: Email): IsoDate[] {
  const told = driver.notices.filter((notice) => notice.to === email && notice.in === 'escalation');
  return [...new Set(told.map(({ dueAt }) => dateAt(dueAt, driver.state.calendar.timeZone)))].sort();
}

/** How many of some days lie in each of some spans of 30 days after a day. */
function perMonth(days: IsoDate[], from: IsoDate, months: number): number[] {
  return Array.from({ length: months }, (_, month) => {
    const [begin, end] = [addDays(from, 30 * month), addDays(from, 30 * (month + 1))];
    return days.filter((on) => on >= begin && on < end).length;
  });
}

const task = (driver: Driver, dueOn: IsoDate) => {
  driver.does({ type: 'openTask', title: 'Write the policy', assignee: who.owner, dueOn });
  return driver.task('manual').id;
};

describe('a task that nobody does', () => {
  it('is told four times weekly, three times monthly, and then no more', () => {
    const driver = program().at('2030-03-01').as(who.manager);
    const id = task(driver, '2030-03-20');
    driver.until('2032-03-20');
    const last = driver.recordsOf('TaskEscalated').filter(({ data }) => data.taskId === id && data.level === 3);
    expect(last.map(({ at }) => at.slice(0, 10))).toEqual([
      '2030-04-09',
      ...['2030-04-16', '2030-04-23', '2030-04-30', '2030-05-07'],
      ...['2030-06-07', '2030-07-08', '2030-08-07'],
    ]);
    const ends = driver.recordsOf('LadderEnded').filter(({ data }) => data.taskId === id);
    expect(ends.map(({ at }) => at)).toEqual(['2030-09-09T17:00:00.000Z']);
  });

  it('is previewed with what repeats, and its end', () => {
    const driver = program().at('2030-03-01').as(who.manager);
    const id = task(driver, '2030-03-20');
    const preview = previewLadder(driver.state, driver.state.tasks[id]!);
    expect(preview.slice(-3).map(({ rung, what, to }) => [rung, what, to])).toEqual([
      [7, { kind: 'weekly', from: '2030-04-16' }, [who.top]],
      [11, { kind: 'monthly', from: '2030-06-07' }, [who.top]],
      [14, { kind: 'end', from: '2030-09-09' }, []],
    ]);
  });

  it('follows the numbers of the program, and goes on weekly where an earlier version gave none', () => {
    const few = program({ escalation: { repeats: { weekly: 1, monthly: 0 } } })
      .at('2030-03-01')
      .as(who.manager);
    task(few, '2030-03-20');
    few.until('2031-03-20');
    expect(few.recordsOf('TaskEscalated').filter(({ data }) => data.level === 3 && data.taskId === 'T-2')).toHaveLength(
      2,
    );

    const earlier = program().at('2030-03-01').as(who.manager);
    const { repeats: _, ...ladder } = earlier.state.ladder;
    earlier.state = { ...earlier.state, ladder };
    const id = task(earlier, '2030-03-20');
    earlier.until('2031-04-09T18:00:00.000Z');
    const told = earlier.recordsOf('TaskEscalated').filter(({ data }) => data.level === 3 && data.taskId === id);
    expect(told.length).toBeGreaterThan(50);
    expect(earlier.recordsOf('LadderEnded')).toEqual([]);
  });

  it('starts anew when it is extended', () => {
    const driver = program().at('2030-03-01').as(who.manager);
    const id = task(driver, '2030-03-20');
    driver.until('2030-10-01').as(who.manager);
    driver.does({ type: 'extendTask', taskId: id, dueOn: '2030-11-01', reason: 'We go on.' });
    driver.until('2030-11-10');
    const since = driver.notices.filter(({ dueAt, item }) => dueAt > '2030-10-02' && item.kind === 'taskOverdue');
    expect(since.map(({ to }) => to)).toContain(who.owner);
  });
});

describe('a program that everybody has left', () => {
  const abandoned = assessed(program());
  const from = dateAt(abandoned.now, 'Etc/UTC');
  abandoned.until(addDays(from, 4 * 365));

  it('grows calmer, and comes to rest', () => {
    const top = perMonth(daysOfMail(abandoned, who.top), from, 48);
    const proposed = abandoned.recordsOf('PauseProposed').map(({ at }) => dateAt(at, 'Etc/UTC'));
    expect(proposed).toHaveLength(1);
    // One mail a day at most, far fewer as time goes by, and none after the proposal.
    expect(Math.max(...top)).toBeLessThanOrEqual(23);
    const after = (email: Email) => daysOfMail(abandoned, email).filter((on) => on > proposed[0]!);
    for (const email of [who.top, who.sponsor]) expect(after(email)).toEqual([]);
    const month = Math.floor((Date.parse(proposed[0]!) - Date.parse(from)) / (30 * 86_400_000));
    expect(top[month]).toBeLessThan(Math.max(...top));
  });

  it('is proposed to be paused or cancelled, to those who steer it', () => {
    const told = abandoned.notices.filter(({ item }) => item.kind === 'pauseProposed');
    expect(told.map(({ to }) => to).sort()).toEqual([who.manager, who.sponsor, who.top].sort());
    expect(told.every(({ urgent }) => urgent)).toBe(true);
  });

  it('speaks again once somebody does something, and can be proposed to be paused again', () => {
    const driver = abandoned.as(who.manager);
    expect(driver.state.pauseProposedOn).toBeDefined();
    const dueOn = addDays(dateAt(driver.now, 'Etc/UTC'), 10);
    task(driver, dueOn);
    expect(driver.state.pauseProposedOn).toBeUndefined();
    driver.until(addDays(dueOn, 365));
    expect(daysOfMail(driver, who.top).some((on) => on > dueOn)).toBe(true);
    expect(driver.recordsOf('PauseProposed')).toHaveLength(2);
  });
});

import { describe, expect, it } from 'vitest';
import type { IsoDate } from '../../domain/basics.ts';
import type { DefinitionInput } from '../../domain/program/definition.ts';
import { isUnended } from '../../domain/tasks/task.ts';
import { assessed, auditedInternally, certified, decided, evidenced, implemented, staged } from './journey.ts';
import { local, program, who } from './support.ts';

const calendar = { timeZone: 'America/New_York' };

function asked(overrides: Partial<DefinitionInput> = {}, dueOn: IsoDate = '2030-03-20') {
  const driver = program(overrides)
    .until(local('2030-02-26', '10:00', calendar.timeZone))
    .as(who.manager);
  driver.does({ type: 'openTask', title: 'Do', assignee: who.owner, dueOn });
  return driver;
}

describe('digests', () => {
  it('are due at the next 08:00 of the program, whatever the zone of summer or winter', () => {
    const driver = asked({ calendar });
    expect(driver.told('taskOpened').at(-1)).toMatchObject({
      to: who.owner,
      urgent: false,
      dueAt: '2030-02-27T13:00:00.000Z',
    });
    driver.until('2030-03-20T00:00:00.000Z');
    expect(
      driver
        .told('taskReminder')
        .filter(({ to }) => to === who.owner)
        .map(({ dueAt }) => dueAt),
    ).toEqual(['2030-03-06T13:00:00.000Z', '2030-03-13T12:00:00.000Z', '2030-03-19T12:00:00.000Z']);
  });

  it('of what falls due by itself are those of its own day, also when the program was held up', () => {
    const driver = asked({ calendar });
    driver.heldUpUntil('2030-03-18T15:00:00.000Z').settle();
    const reminders = driver.told('taskReminder').filter(({ to }) => to === who.owner);
    expect(reminders.map(({ dueAt }) => dueAt)).toEqual(['2030-03-06T13:00:00.000Z', '2030-03-13T12:00:00.000Z']);
  });
});

describe('urgent notices', () => {
  it('are what is overdue or escalated, due at once', () => {
    const driver = asked();
    driver.until('2030-04-10');
    expect(
      driver
        .told('taskOverdue')
        .filter(({ to }) => to === who.owner)
        .map(({ urgent, dueAt }) => [urgent, dueAt]),
    ).toEqual([[true, '2030-03-20T17:00:00.000Z']]);
    const escalated = driver.told('taskEscalated').filter(({ item }) => item.task.title === 'Do');
    expect(escalated.map(({ to, urgent, dueAt, item }) => [to, urgent, dueAt, item.level])).toEqual([
      [who.manager, true, '2030-03-25T17:00:00.000Z', 1],
      [who.sponsor, true, '2030-03-29T17:00:00.000Z', 2],
      [who.top, true, '2030-04-09T17:00:00.000Z', 3],
    ]);
  });

  it('say who hears next, and when', () => {
    const driver = asked();
    driver.until('2030-03-30');
    const [opened] = driver.told('taskOpened').filter(({ item }) => item.task.title === 'Do');
    expect(opened?.item.next).toEqual({ on: '2030-03-25', who: 'Mia' });
    const escalated = driver.told('taskEscalated').filter(({ item }) => item.task.title === 'Do');
    expect(escalated.map(({ item }) => item.next)).toEqual([
      { on: '2030-03-29', who: 'Sue' },
      { on: '2030-04-09', who: 'Tom' },
    ]);
  });
});

describe('who is told', () => {
  it('is never who did it', () => {
    const driver = program().until('2030-02-26').as(who.manager);
    driver.does({ type: 'openTask', title: 'Mine', assignee: who.manager, dueOn: '2030-03-20' });
    expect(driver.told('taskOpened').filter(({ item }) => item.task.title === 'Mine')).toEqual([]);
    driver.does({ type: 'pause', reason: 'A merger.' });
    expect(
      driver
        .told('program')
        .filter(({ item }) => item.event === 'paused')
        .map(({ to }) => to),
    ).toEqual([who.sponsor, who.top]);
  });

  it('of evidence: manager and consultant when it comes, the owner when it is judged', () => {
    const driver = assessed(program());
    const [task] = driver.open('evidence');
    driver.as(who.owner).does({ type: 'submitEvidence', taskId: task!.id, links: [], note: 'Here.' });
    expect(driver.told('evidenceToReview').map(({ to, urgent }) => [to, urgent])).toEqual([
      [who.manager, false],
      [who.consultant, false],
    ]);
    driver
      .as(who.consultant)
      .does({ type: 'reviewEvidence', taskId: task!.id, verdict: 'reject', note: 'Unreadable.' });
    expect(driver.told('evidenceRejected')).toMatchObject([{ to: who.owner, item: { note: 'Unreadable.' } }]);
    evidenced(driver, task!.id);
    expect(driver.told('taskEnded')).toMatchObject([{ to: who.owner, item: { how: 'accepted' } }]);
  });

  it('of an audit: manager and team when it is scheduled; manager and sponsor of its outcome', () => {
    const driver = program();
    auditedInternally(driver, '2030-01-15');
    expect(driver.told('auditScheduled').map(({ to }) => to)).toEqual([who.internal]);
    expect(driver.told('auditOutcome').map(({ to }) => to)).toEqual([who.manager, who.sponsor]);
  });

  it('of the decision and the certificate: both sides, but the one who decided', () => {
    const driver = program();
    auditedInternally(driver, '2030-01-15');
    staged(driver, '2030-02-11', '2030-03-01');
    decided(driver, 'granted', '2030-03-11');
    expect(driver.told('decision').map(({ to }) => to)).toEqual([who.manager, who.sponsor, who.top, who.lead]);
    expect(driver.told('certificate').map(({ to }) => to)).toEqual([
      who.manager,
      who.sponsor,
      who.top,
      who.lead,
      who.auditor,
    ]);
  });

  it('of progress: manager and sponsor, in the morning of the first working day', () => {
    const driver = assessed(program()).until('2030-02-02');
    expect(driver.told('progress').map(({ to, urgent, dueAt }) => [to, urgent, dueAt])).toEqual([
      [who.manager, false, '2030-02-01T08:00:00.000Z'],
      [who.sponsor, false, '2030-02-01T08:00:00.000Z'],
    ]);
  });

  it('once, who holds several roles', () => {
    const { people } = program().state;
    const roles = ['programManager', 'sponsor', 'topManagement'] as const;
    const one = { email: who.manager, name: 'Mia', roles: [...roles] };
    const others = people.filter((person) => ![who.manager, who.sponsor, who.top].includes(person.email as never));
    const driver = implemented(program({ people: [one, ...others] })).as(who.owner);
    driver.does({ type: 'reportIncident', occurredOn: '2030-01-07', severity: 'low', description: 'It failed.' });
    expect(driver.told('incident').map(({ to }) => to)).toEqual([who.manager]);
  });
});

describe('a cancelled program', () => {
  it('asks nothing any more, and tells so', () => {
    const driver = certified('2030-06-05').as(who.top);
    expect(driver.refuses({ type: 'cancel', reason: '' }).code).toBe('empty');
    driver.does({ type: 'cancel', reason: 'We stop.' });
    expect(Object.values(driver.state.tasks).every((task) => !isUnended(task) && task.closedOn)).toBe(true);
    expect(
      driver
        .told('program')
        .filter(({ item }) => item.event === 'cancelled')
        .map(({ to }) => to),
    ).toEqual([who.manager, who.sponsor]);
    const seq = driver.state.seq;
    driver.until('2035-01-01');
    expect(driver.state.seq).toBe(seq);
    expect(driver.as(who.manager).refuses({ type: 'resume', reason: 'On.' }).code).toBe('state');
  });
});

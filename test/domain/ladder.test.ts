import { describe, expect, it } from 'vitest';
import type { Email, Instant, IsoDate } from '../../domain/basics.ts';
import { isAtRisk } from '../../domain/program/queries.ts';
import { previewLadder } from '../../domain/tasks/ladder.ts';
import { type Driver, definitionInput, local, program, who } from './support.ts';

/** A task by hand, asked for on a day. Gives its id. */
function asked(driver: Driver, on: IsoDate | Instant, dueOn: IsoDate, assignee: Email = who.owner): string {
  const command = { type: 'openTask', title: 'Write the policy', assignee, dueOn } as const;
  const [opened] = driver.at(on).as(who.manager).does(command);
  return opened?.type === 'TaskOpened' ? opened.data.task.id : '';
}

/** What was sent about a task: when, how high, to whom. */
function rungs(driver: Driver, taskId: string): [string, number, string][] {
  return driver.records.flatMap((record): [string, number, string][] => {
    if (record.type === 'TaskReminded' && record.data.taskId === taskId) return [[record.at, 0, record.data.to.join()]];
    if (record.type === 'TaskEscalated' && record.data.taskId === taskId)
      return [[record.at, record.data.level, record.data.to.join()]];
    return [];
  });
}

const times = (driver: Driver, taskId: string) => rungs(driver, taskId).map(([at]) => at);

describe('the escalation ladder', () => {
  it('reminds 14, 7 and 1 days before, at 17:00 of the due day, and after 3, 7, 14 working days, then weekly', () => {
    const driver = program();
    const id = asked(driver, '2030-03-01', '2030-03-20');
    driver.until('2030-04-24');
    expect(rungs(driver, id)).toEqual([
      ['2030-03-06T08:00:00.000Z', 0, who.owner],
      ['2030-03-13T08:00:00.000Z', 0, who.owner],
      ['2030-03-19T08:00:00.000Z', 0, who.owner],
      ['2030-03-20T17:00:00.000Z', 0, who.owner],
      ['2030-03-25T17:00:00.000Z', 1, who.manager],
      ['2030-03-29T17:00:00.000Z', 2, who.sponsor],
      ['2030-04-09T17:00:00.000Z', 3, who.top],
      ['2030-04-16T17:00:00.000Z', 3, who.top],
      ['2030-04-23T17:00:00.000Z', 3, who.top],
    ]);
    const reminded = driver.recordsOf('TaskReminded').filter(({ data }) => data.taskId === id);
    expect(reminded.map(({ data }) => data.dueIn)).toEqual([14, 7, 1, 0]);
    const escalated = driver.recordsOf('TaskEscalated').filter(({ data }) => data.taskId === id);
    expect(escalated.map(({ data }) => data.workingDays)).toEqual([3, 7, 14, 19, 24]);
  });

  it('marks the program at risk from top management on', () => {
    const driver = program();
    asked(driver, '2030-01-08', '2030-01-16');
    driver.until('2030-02-05T16:59:59.999Z');
    expect(isAtRisk(driver.state)).toBe(false);
    driver.until('2030-02-05T17:00:00.000Z');
    expect(isAtRisk(driver.state)).toBe(true);
  });

  it('moves over weekends and holidays', () => {
    const holidays: IsoDate[] = ['2030-03-25', '2030-03-06'];
    const driver = program({ calendar: { timeZone: 'Etc/UTC', holidays } });
    const id = asked(driver, '2030-03-01', '2030-03-20');
    driver.until('2030-04-12');
    expect(times(driver, id)).toEqual([
      '2030-03-07T08:00:00.000Z',
      '2030-03-13T08:00:00.000Z',
      '2030-03-19T08:00:00.000Z',
      '2030-03-20T17:00:00.000Z',
      '2030-03-26T17:00:00.000Z',
      '2030-04-01T17:00:00.000Z',
      '2030-04-10T17:00:00.000Z',
    ]);
  });

  it('of a task that is due on a Saturday ends on Monday', () => {
    const driver = program();
    const id = asked(driver, '2030-03-20', '2030-03-23');
    driver.until('2030-03-26');
    expect(times(driver, id)).toEqual(['2030-03-25T08:00:00.000Z', '2030-03-25T17:00:00.000Z']);
  });

  it('skips the rungs that are past when a task opens late', () => {
    const driver = program();
    const late = asked(driver, '2030-03-15', '2030-03-20');
    driver.until('2030-03-20T12:00:00.000Z');
    expect(times(driver, late)).toEqual(['2030-03-19T08:00:00.000Z']);

    const after = asked(driver, '2030-03-20T17:00:00.000Z', '2030-03-20');
    driver.until('2030-03-26');
    expect(times(driver, after)).toEqual(['2030-03-25T17:00:00.000Z']);
  });

  it('stops when the task is done', () => {
    const driver = program();
    const id = asked(driver, '2030-03-01', '2030-03-20');
    driver.at('2030-03-25T17:00:00.000Z');
    driver.as(who.owner).does({ type: 'submitEvidence', taskId: id, links: [], note: 'Here.' });
    driver.as(who.consultant).does({ type: 'reviewEvidence', taskId: id, verdict: 'accept', note: '' });
    driver.until('2030-06-01');
    expect(rungs(driver, id)).toHaveLength(5);
    expect(driver.recordsOf('ReviewReminded')).toEqual([]);
  });

  it('waits while evidence is being reviewed, and skips what passed meanwhile when it is rejected', () => {
    const driver = program();
    const id = asked(driver, '2030-03-01', '2030-03-20');
    driver.at('2030-03-18').as(who.owner).does({ type: 'submitEvidence', taskId: id, links: [], note: 'Here.' });
    driver.at('2030-03-27').as(who.consultant);
    driver.does({ type: 'reviewEvidence', taskId: id, verdict: 'reject', note: 'The annex is missing.' });
    driver.until('2030-03-30');
    expect(times(driver, id)).toEqual([
      '2030-03-06T08:00:00.000Z',
      '2030-03-13T08:00:00.000Z',
      '2030-03-29T17:00:00.000Z',
    ]);
  });

  it('goes on from a new due date when a task is extended', () => {
    const driver = program();
    const id = asked(driver, '2030-03-01', '2030-03-20');
    driver.at('2030-03-26').as(who.manager);
    driver.does({ type: 'extendTask', taskId: id, dueOn: '2030-04-17', reason: 'Olu was ill.' });
    expect(driver.state.tasks[id]).toMatchObject({ escalationLevel: 0, dueOn: '2030-04-17' });
    driver.until('2030-04-18');
    expect(times(driver, id).slice(5)).toEqual([
      '2030-04-03T08:00:00.000Z',
      '2030-04-10T08:00:00.000Z',
      '2030-04-16T08:00:00.000Z',
      '2030-04-17T17:00:00.000Z',
    ]);
  });

  it.each<[string, IsoDate, string[]]>([
    ['America/New_York', '2030-03-11', ['2030-02-25T13', '2030-03-04T13', '2030-03-11T12', '2030-03-11T21']],
    ['America/New_York', '2030-11-04', ['2030-10-21T12', '2030-10-28T12', '2030-11-04T13', '2030-11-04T22']],
    ['Europe/Berlin', '2030-04-01', ['2030-03-18T07', '2030-03-25T07', '2030-04-01T06', '2030-04-01T15']],
    ['Europe/Berlin', '2030-10-28', ['2030-10-14T06', '2030-10-21T06', '2030-10-28T07', '2030-10-28T16']],
  ])('keeps 08:00 and 17:00 of %s when the clocks change before %s', (timeZone, dueOn, hours) => {
    const driver = program({ calendar: { timeZone } });
    const id = asked(driver, '2030-02-01', dueOn);
    driver.until(local(dueOn, '23:00', timeZone));
    expect(times(driver, id)).toEqual(hours.map((hour) => `${hour}:00:00.000Z`));
  });

  it('reaches the program manager when nobody holds the role any more that it calls', () => {
    const definition = definitionInput();
    const everyRole = definition.people.map((person) =>
      person.email === who.manager ? { ...person, roles: ['programManager', 'topManagement'] as const } : person,
    );
    const people = everyRole
      .filter((person) => person.email !== who.top)
      .map((person) => ({ ...person, roles: [...person.roles] }));
    const driver = program({ people });
    const id = asked(driver, '2030-03-01', '2030-03-20');
    driver.until('2030-04-10');
    expect(rungs(driver, id).at(-1)).toEqual(['2030-04-09T17:00:00.000Z', 3, who.manager]);
  });

  it('is previewed as it will be climbed', () => {
    const driver = program();
    const id = asked(driver, '2030-03-01', '2030-03-20');
    const preview = previewLadder(driver.state, driver.state.tasks[id]!)
      .filter(({ at }) => at < '2030-04-17')
      .map(({ at, to }) => [at, to.join()]);
    driver.until('2030-04-17');
    expect(rungs(driver, id).map(([at, , to]) => [at, to])).toEqual(preview);
  });

  it('follows a ladder of the program', () => {
    const escalation = { reminderDays: [2], escalations: [{ workingDays: 1, to: 'sponsor' as const }] };
    const driver = program({ escalation });
    const id = asked(driver, '2030-03-01', '2030-03-20');
    driver.until('2030-03-29');
    expect(rungs(driver, id)).toEqual([
      ['2030-03-18T08:00:00.000Z', 0, who.owner],
      ['2030-03-20T17:00:00.000Z', 0, who.owner],
      ['2030-03-21T17:00:00.000Z', 1, who.sponsor],
      ['2030-03-28T17:00:00.000Z', 1, who.sponsor],
    ]);
  });
});

describe('an acknowledgement', () => {
  it('moves the ladder to the expected day, once, and never the due date', () => {
    const driver = program();
    const id = asked(driver, '2030-03-01', '2030-03-20');
    driver.at('2030-03-14').as(who.owner).does({ type: 'acknowledgeTask', taskId: id, expectedOn: '2030-03-27' });
    expect(driver.state.tasks[id]?.dueOn).toBe('2030-03-20');
    expect(driver.refuses({ type: 'acknowledgeTask', taskId: id, expectedOn: '2030-03-28' }).code).toBe('ladder');
    driver.until('2030-04-02');
    expect(times(driver, id)).toEqual([
      '2030-03-06T08:00:00.000Z',
      '2030-03-13T08:00:00.000Z',
      '2030-03-26T08:00:00.000Z',
      '2030-03-27T17:00:00.000Z',
      '2030-04-01T17:00:00.000Z',
    ]);
  });

  it('moves it by at most 10 working days, and says so', () => {
    const driver = program();
    const exact = asked(driver, '2030-03-01', '2030-03-20');
    const more = asked(driver, '2030-03-01', '2030-03-20');
    driver.as(who.owner).does({ type: 'acknowledgeTask', taskId: exact, expectedOn: '2030-04-03' });
    expect(driver.warnings()).not.toContain('ladder');
    driver.does({ type: 'acknowledgeTask', taskId: more, expectedOn: '2199-12-31' });
    expect(driver.warnings()).toContain('ladder');
    driver.until('2030-04-04');
    for (const id of [exact, more]) expect(times(driver, id).at(-1)).toBe('2030-04-03T17:00:00.000Z');
  });

  it('of a task that is due on a Saturday counts from the Monday on which it is due', () => {
    const driver = program();
    const id = asked(driver, '2030-03-01', '2030-03-23');
    driver.as(who.owner);
    expect(driver.refuses({ type: 'acknowledgeTask', taskId: id, expectedOn: '2030-03-25' }).code).toBe('dates');
    driver.does({ type: 'acknowledgeTask', taskId: id, expectedOn: '2030-03-27' });
    driver.until('2030-03-28');
    expect(times(driver, id).at(-1)).toBe('2030-03-27T17:00:00.000Z');
  });

  it('is the assignee’s, and looks forward', () => {
    const driver = program();
    const id = asked(driver, '2030-03-01', '2030-03-20');
    const command = { type: 'acknowledgeTask', taskId: id, expectedOn: '2030-03-27' } as const;
    expect(driver.as(who.second).refuses(command).status).toBe(403);
    expect(driver.as(who.owner).refuses({ ...command, expectedOn: '2030-03-20' }).code).toBe('dates');
    expect(driver.refuses({ ...command, expectedOn: '2030-02-28' }).code).toBe('dates');
  });
});

describe('evidence that waits for its review', () => {
  it('is reminded of every 5 working days, the second time to the sponsor too, never to who handed it in', () => {
    const driver = program();
    const id = asked(driver, '2030-03-01', '2030-03-20');
    driver.at('2030-03-04').as(who.owner).does({ type: 'submitEvidence', taskId: id, links: [], note: 'Here.' });
    driver.until('2030-03-19');
    expect(driver.recordsOf('ReviewReminded').map(({ at, data }) => [at, data.count, data.to])).toEqual([
      ['2030-03-11T17:00:00.000Z', 1, [who.manager]],
      ['2030-03-18T17:00:00.000Z', 2, [who.manager, who.sponsor]],
    ]);

    const own = asked(driver, '2030-04-01', '2030-04-20', who.manager);
    driver.as(who.manager).does({ type: 'submitEvidence', taskId: own, links: [], note: 'Here.' });
    driver.until('2030-04-09');
    expect(driver.recordsOf('ReviewReminded').at(-1)?.data.to).toEqual([who.sponsor]);
    expect(driver.refuses({ type: 'reviewEvidence', taskId: own, verdict: 'accept', note: '' }).code).toBe('fourEyes');
  });
});

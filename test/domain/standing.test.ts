import { describe, expect, it } from 'vitest';
import type { Email, IsoDate } from '../../domain/basics.ts';
import { getsIn, standingOf } from '../../domain/people/standing.ts';
import { moments } from '../support/moments.ts';
import { afterStage2, assessed, auditedInternally, certified, held, scheduled, staged } from './journey.ts';
import { type Driver, dayOf, people, plus, program, who } from './support.ts';

function standing(driver: Driver, email: Email, today: IsoDate = dayOf(driver.now)) {
  return standingOf(driver.state, email, today);
}

/** The last day on which somebody gets in, looked for day by day. */
function lastDayIn(driver: Driver, email: Email): IsoDate | undefined {
  let day = dayOf(driver.now);
  if (!getsIn(driver.state, email, day)) return undefined;
  while (getsIn(driver.state, email, plus(day, 1))) day = plus(day, 1);
  return day;
}

describe('the organization’s people', () => {
  it('are members, whatever happens', () => {
    for (const driver of [program(), moments.certified(), moments.suspended()]) {
      for (const email of [who.manager, who.owner, who.internal, who.viewer]) {
        expect(standing(driver, email)).toEqual({ is: 'member' });
      }
    }
  });

  it('are not those who take no part', () => {
    expect(standing(program(), who.stranger)).toBeUndefined();
    expect(getsIn(program().state, who.stranger, '2030-01-07')).toBe(false);
  });
});

describe('the body’s people', () => {
  const body = [who.lead, who.auditor, who.decider];

  it('are guests until their first audit was held', () => {
    for (const driver of [program(), assessed(program()), auditedInternally(program(), '2030-01-15')]) {
      for (const email of body) expect(standing(driver, email)).toEqual({ is: 'guest' });
    }
  });

  it('are guests of a scheduled audit if they are on its team, or lead or decide', () => {
    const driver = auditedInternally(program(), '2030-01-15');
    held(driver, 'stage1', '2030-02-11');
    scheduled(driver, 'stage2', '2030-03-01');
    expect(driver.audit('stage2').team).toContain(who.lead);
    expect(standing(driver, who.lead)).toEqual({ is: 'guest' });
    expect(standing(driver, who.decider)).toEqual({ is: 'guest' });
    const team = driver.audit('stage2').team;
    expect(standing(driver, who.auditor)?.is).toBe(team.includes(who.auditor) ? 'guest' : 'over');
  });

  it('decide as long as a decision is due, and go thirty days after it', () => {
    const driver = moments.decisionDue();
    expect(standing(driver, who.decider, '2035-01-01')).toEqual({ is: 'guest' });
    const given = certified('2030-06-03');
    expect(standing(given, who.decider)).toEqual({ is: 'over', since: '2030-06-03', lastDay: '2030-07-03' });
    expect(getsIn(given.state, who.decider, '2030-07-03')).toBe(true);
    expect(getsIn(given.state, who.decider, '2030-07-04')).toBe(false);
  });

  it('verify what they raised before they go', () => {
    const driver = afterStage2('minor');
    expect(driver.finding('F-1')).toMatchObject({ raisedBy: who.lead });
    expect(standing(driver, who.lead, '2035-01-01')).toEqual({ is: 'guest' });
  });

  it('come back ninety days before the next audit, and stay until it is over', () => {
    const driver = certified('2030-06-03');
    const next = driver.audit('surveillance');
    const first = plus(next.targetOn, -90);
    expect(getsIn(driver.state, who.lead, plus(first, -1))).toBe(false);
    expect(standing(driver, who.lead, first)).toEqual({ is: 'guest' });
    expect(standing(driver, who.lead, plus(next.targetOn, 400))).toEqual({ is: 'guest' });
  });

  it('are guests again as soon as they are on the team of an audit', () => {
    const driver = certified('2030-06-03').until('2030-09-02');
    expect(standing(driver, who.lead)?.is).toBe('over');
    scheduled(driver, 'surveillance', '2031-03-03');
    expect(standing(driver, who.lead)).toEqual({ is: 'guest' });
  });

  it('end a suspension, those who speak for it', () => {
    const driver = moments.suspended();
    expect(standing(driver, who.lead, '2030-12-01')).toEqual({ is: 'guest' });
    expect(standing(driver, who.decider, '2030-12-01')).toEqual({ is: 'guest' });
  });

  it('are guests while they have a task, and have thirty days from its end', () => {
    const driver = certified('2030-06-03').until('2030-08-05');
    expect(getsIn(driver.state, who.auditor, '2030-08-05')).toBe(false);
    const task = Object.values(driver.state.tasks)[0]!;
    const theirs = { ...task, status: 'open', assignee: who.auditor, nextRung: 0 } as typeof task;
    driver.state = { ...driver.state, tasks: { ...driver.state.tasks, [task.id]: theirs } };
    expect(standing(driver, who.auditor, '2030-08-05')).toEqual({ is: 'guest' });
    const ended = { ...theirs, status: 'accepted', closedOn: '2030-08-05' } as typeof task;
    driver.state = { ...driver.state, tasks: { ...driver.state.tasks, [task.id]: ended } };
    expect(lastDayIn(driver, who.auditor)).toBe('2030-09-04');
  });

  it('are no guests of a program that was cancelled, once the grace is over', () => {
    const driver = staged(auditedInternally(program(), '2030-01-20'), '2030-02-11', '2030-03-01');
    driver.as(who.manager).does({ type: 'cancel', reason: 'Sold.' });
    expect(standing(driver, who.lead)?.is).toBe('over');
    expect(lastDayIn(driver, who.lead)).toBeDefined();
  });

  it('are members too when they only look', () => {
    const looking = people.map((one) => (one.email === who.auditor ? { ...one, roles: ['viewer' as const] } : one));
    expect(standing(program({ people: looking }), who.auditor)).toEqual({ is: 'member' });
  });
});

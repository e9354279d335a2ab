import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, todayIn } from '../../../domain/calendar.ts';
import { assessed } from '../../domain/journey.ts';
import { type Driver, program, who } from '../../domain/support.ts';
import { type WebServer, webServer } from '../support/webServer.ts';

let web: WebServer;

/** In the implementation: an owner has tasks and is away, now or a month from now. */
function away(days: number): () => Driver {
  return () => {
    const driver = assessed(program(), {});
    const startsOn = addDays(todayIn(driver.state.calendar, driver.now), days);
    driver
      .as(who.manager)
      .does({ type: 'delegate', email: who.owner, deputy: who.second, startsOn, endsOn: addDays(startsOn, 10) });
    return driver;
  };
}

beforeAll(async () => {
  web = await webServer({ now: away(0), later: away(30) });
}, 120_000);

afterAll(() => web?.close());

test('the inbox of a deputy leads to the tasks of who is away, while they are', async () => {
  const { state } = (await web.server.app.services.states.read('now'))!;
  const open = Object.values(state.tasks).filter((one) => one.status === 'open' && one.assignee === who.owner).length;
  expect(open).toBeGreaterThan(0);
  const deputy = await web.signedIn(who.second);
  await deputy.open('/inbox');
  expect(deputy.text).toMatch(new RegExp(`You stand in For Olu: ${open} open tasks? ${state.name}, through `));
  expect(deputy.text.match(/For Olu/g)).toHaveLength(1);
  const url = `/programs/now/tasks?assignee=${encodeURIComponent(who.owner)}`;
  expect(deputy.html).toContain(`href="${url}"`);
  await deputy.open(url);
  expect(deputy.html.match(/\/programs\/now\/tasks\/T-/g)).toHaveLength(open);
});

test.each(['owner', 'manager', 'consultant'] as const)(
  'the inbox of who is no deputy says nothing of it: %s',
  async (one) => {
    const visitor = await web.signedIn(who[one]);
    await visitor.open('/inbox');
    expect(visitor.text).not.toContain('You stand in');
  },
);

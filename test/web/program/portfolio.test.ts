import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { atMachine } from '../../../db/installation.ts';
import { assessed, certified } from '../../domain/journey.ts';
import { people, program, who } from '../../domain/support.ts';
import { type WebServer, webServer } from '../support/webServer.ts';

let web: WebServer;

beforeAll(async () => {
  web = await webServer({
    calm: () => program({ name: 'Calm' }).until('2030-01-08'),
    late: () => assessed(program({ name: 'Late' }).until('2030-01-08')).until('2030-08-01'),
    certified: () => certified('2030-06-03', { name: 'Certified' }).until('2030-06-10'),
    older: () => certified('2029-06-04', { name: 'Older', plan: { startsOn: '2029-01-08' } }).until('2029-06-11'),
    ended() {
      const driver = assessed(program({ name: 'Ended' }).until('2030-01-08'));
      driver.as(who.manager).does({ type: 'cancel', reason: 'Sold.' });
      return driver;
    },
    foreign() {
      const others = people.filter(({ email }) => email !== who.owner && email !== who.second);
      return program({ name: 'Foreign', people: others }).until('2030-01-08');
    },
  });
}, 120_000);

afterAll(() => web?.close());

/** The programs of the list, in its order. */
const listed = (html: string) => [...html.matchAll(/class="row-link" href="\/programs\/([^"]+)"/g)].map(([, id]) => id);

describe('the programs of somebody', () => {
  test('are listed with what needs attention first, and what ended last', async () => {
    const { html, text, status } = await (await web.signedIn(who.manager)).open('/programs');
    expect(status).toBe(200);
    const order = listed(html);
    expect(order[0]).toBe('late');
    expect(order.at(-1)).toBe('ended');
    expect(text).toMatch(
      /Late Example Ltd, a rehearsal How it stands|Late Example Ltd, a rehearsal In the implementation/,
    );
    expect(text).toMatch(/6 programs\./);
    expect(text).toMatch(/Certified through Thu, Jun 2, 2033/);
  });

  test('are sorted by the end of their certificates, or by name', async () => {
    const visitor = await web.signedIn(who.manager);
    expect(listed((await visitor.open('/programs?sort=expiry')).html).slice(0, 2)).toEqual(['older', 'certified']);
    expect(listed((await visitor.open('/programs?sort=name')).html)).toEqual([
      'calm',
      'certified',
      'ended',
      'foreign',
      'late',
      'older',
    ]);
    for (const query of ['sort=constructor', 'sort=name&sort=expiry', 'sort='])
      expect((await visitor.open(`/programs?${query}`)).status, query).toBe(200);
    expect((await visitor.open('/programs?cursor=made-up')).status).toBe(400);
  });

  test('are those in which they take part, with the tasks that are theirs', async () => {
    const page = await (await web.signedIn(who.second)).open('/programs');
    expect(listed(page.html)).not.toContain('foreign');
    const late = page.html.slice(page.html.indexOf('/programs/late'));
    expect(late.slice(0, late.indexOf('</tr>'))).not.toMatch(/overdue tasks of/);
    const managers = (await (await web.signedIn(who.manager)).open('/programs')).html;
    expect(managers).toMatch(/\/programs\/late\/tasks\?show=overdue/);
  });

  test("show the body's people neither readiness nor whether it is at risk", async () => {
    const page = await (await web.signedIn(who.lead)).open('/programs');
    expect(page.text).not.toMatch(/\d %/);
    expect(page.text).not.toMatch(/, at risk/);
  });

  test('that are none say how one comes', async () => {
    await web.server.database.accounts.ensure(
      { email: who.stranger, name: 'Sam', mayStart: true },
      new Date().toISOString(),
      atMachine,
    );
    const may = await (await web.signedIn(who.stranger)).open('/programs');
    expect(may.text).toMatch(/There is no program yet\. Start one/);
    await web.server.database.accounts.ensure(
      { email: 'guest@example.net', name: 'Gus', mayStart: false },
      new Date().toISOString(),
      atMachine,
    );
    const mayNot = await (await web.signedIn('guest@example.net')).open('/programs');
    expect(mayNot.text).toMatch(/No program names you/);
    expect(mayNot.html).not.toContain('/programs/new');
  });
});

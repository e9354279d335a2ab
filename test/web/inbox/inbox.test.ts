import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Email, Role } from '../../../domain/basics.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import { aCommit, aPerson, aProgram, aTask } from '../../support/builders.ts';
import { type WebServer, webServer } from '../support/webServer.ts';

/** Long past, so that these are overdue by the clock of the world. */
const late = '2025-03-03';
const mia = 'mia@example.org';
const olu = 'olu@example.org';
const rev = 'rev@example.org';

let web: WebServer;

beforeAll(async () => {
  web = await webServer({ cut: 'evidenceSubmitted' });
  await program('ahead', [
    aTask(1, { title: 'Write the policy', assignee: olu, dueOn: late, requirementId: '5.2' }),
    aTask(2, { title: 'Name the roles', assignee: olu, dueOn: '2199-01-15' }),
    aTask(3, { title: 'Train everybody', assignee: olu, dueOn: late, dependsOn: ['T-2'], waitsFor: ['T-2'] }),
    aTask(4, { title: '<script>alert(1)</script>', assignee: olu, dueOn: '2199-02-01', expectedOn: '2199-02-03' }),
    submitted(5, 'Inventory of systems', olu, '2025-03-05T10:00:00.000Z'),
    submitted(6, 'Supplier list', mia, '2025-03-04T10:00:00.000Z'),
  ]);
  await program(
    'played',
    [
      aTask(1, { title: 'Rehearsed task', assignee: olu, dueOn: '2029-12-31' }),
      submitted(2, 'Old notes', olu, '2024-01-01T10:00:00.000Z'),
    ],
    { rehearsal: true, clockAt: '2030-01-07T13:00:00.000Z' },
  );
  const many = Array.from({ length: 70 }, (_, index) =>
    aTask(index + 1, { title: `Piece ${index + 1}`, assignee: 'many@example.org', dueOn: late }),
  );
  await program('many', many, {}, { 'many@example.org': ['owner'] });
}, 120_000);

afterAll(() => web?.close());

async function program(
  id: string,
  tasks: Task[],
  overrides: Parameters<typeof aProgram>[1] = {},
  more: Record<Email, Role[]> = {},
): Promise<void> {
  const people = { [mia]: ['programManager'], [olu]: ['owner'], [rev]: ['consultant'], ...more } as Record<
    Email,
    Role[]
  >;
  const rows = {
    program: aProgram(id, overrides),
    people: (Object.keys(people) as Email[]).map((email) => ({
      ...aPerson(email, people[email]!),
      name: nameFor(email),
    })),
    tasks,
  };
  await web.server.database.register.append(aCommit(id, 0, { rows }));
}

function nameFor(email: Email): string {
  const name = email.split('@')[0]!;
  return `${name[0]!.toUpperCase()}${name.slice(1)} & <Co>`;
}

function submitted(number: number, title: string, by: Email, at: `${number}-${number}-${number}T${string}Z`): Task {
  return aTask(number, { title, status: 'submitted', assignee: by, evidence: { links: [], note: 'Done.', by, at } });
}

/** Where each of some texts stands on a page, to compare their order. */
function placesOf(text: string, parts: string[]): number[] {
  const places = parts.map((part) => text.indexOf(part));
  expect(places).not.toContain(-1);
  return places;
}

describe('the inbox', () => {
  test('is for who is signed in', async () => {
    const page = await web.visitor().open('/inbox/review');
    expect(page.html).toContain('name="email"');
    expect(page.url).toBe('/sign-in?to=%2Finbox%2Freview');
  });

  test('has what is overdue first, by program, each with its due date and how it stands', async () => {
    const page = await (await web.signedIn(olu)).open('/inbox');
    expect(page.status).toBe(200);
    const order = ['Overdue', 'Write the policy', 'Rehearsed task', 'Coming up', 'Train everybody', 'Name the roles'];
    const places = placesOf(page.text, order);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(page.text).toContain('5 tasks are yours; 2 are overdue.');
    expect(page.text).toMatch(/was due Mon, Mar 3, 2025, [\d.]+ (months|years) ago , 5\.2/);
    expect(page.text).toMatch(/waits for 1 other task/);
    expect(page.text).toMatch(/expected Sun, Feb 3, 2199/);
    expect(page.html).toContain('href="/programs/ahead"');
    expect(page.html).toContain('href="/programs/ahead/tasks/T-1"');
    expect(page.text).toMatch(/Program played Example Ltd ?Rehearsal/);
    // By the rehearsal's own clock.
    expect(page.text).toMatch(/was due Mon, Dec 31, 2029, 7 days ago/);
  });

  test('shows texts as texts, and nothing to check to who may not do anything with several', async () => {
    const page = await (await web.signedIn(olu)).open('/inbox');
    expect(page.html).toContain('&lt;script>alert(1)&lt;/script>');
    expect(page.html).not.toContain('<script>alert');
    expect(page.html).not.toContain('type="checkbox"');
    expect(page.text).not.toMatch(/Reassign|To review|Overdue in your programs/);
  });

  test('queues for reviewers what others submitted, oldest first, and for who submitted what waits', async () => {
    const page = await (await web.signedIn(rev)).open('/inbox/review');
    const places = placesOf(page.text, ['Old notes', 'Supplier list', 'Inventory of systems']);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(page.text).toContain('3 submissions wait for a review.');
    expect(page.text).toContain('from Mia & <Co>, Tue, Mar 4, 2025');
    expect(page.html.match(/name="task"/g)).toHaveLength(3);
    const own = await (await web.signedIn(olu)).open('/inbox/submitted');
    expect(own.text).toContain('2 answers of yours wait for a review');
    expect(own.text).not.toContain('Supplier list');
    expect(own.html).not.toContain('name="task"');
  });

  test('leaves out of the queue what its reader submitted', async () => {
    const page = await (await web.signedIn(mia)).open('/inbox/review');
    expect(page.text).toContain('Inventory of systems');
    expect(page.text).not.toContain('Supplier list');
  });

  test('shows managers what is overdue with whom, and who it can be given to', async () => {
    const page = await (await web.signedIn(mia)).open('/inbox/team');
    expect(page.text).toContain('72 tasks of the programs that you manage are overdue.');
    expect(page.text).toContain('Overdue in your programs 72');
    expect(page.text).toMatch(/Write the policy .* with Olu & <Co>/);
    expect(page.text).toMatch(/Reassign .* Extend/);
    expect(page.html).toContain('<option value="olu@example.org">Olu &amp; &lt;Co></option>');
  });

  test('goes on page by page, and each page stays what it is when it is opened again', async () => {
    const visitor = await web.signedIn('many@example.org');
    const first = (await visitor.open('/inbox')).text;
    const next = /href="(\/inbox\?cursor=[^"]+)"/.exec(visitor.html)?.[1];
    const second = (await visitor.open(next!.replaceAll('&amp;', '&'))).text;
    const numbers = (text: string) => [...text.matchAll(/Piece (\d+)/g)].map(([, number]) => Number(number));
    expect(new Set([...numbers(first), ...numbers(second)]).size).toBe(70);
    expect(numbers(first).filter((number) => numbers(second).includes(number))).toEqual([]);
    expect(second).not.toContain('Show the next');
  });

  test('filters by each word, whatever its case, and says when nothing fits', async () => {
    const visitor = await web.signedIn(olu);
    expect((await visitor.open('/inbox?filter=POLICY%20ahead')).text).toContain('Write the policy');
    expect(visitor.text).not.toContain('Name the roles');
    expect((await visitor.open('/inbox?filter=5.2')).text).toContain('Write the policy');
    expect((await visitor.open('/inbox?filter=<b>nothing</b>')).text).toContain(
      'Nothing here has “<b>nothing</b>” in it.',
    );
    expect(visitor.html).not.toContain('<b>');
  });

  test('says what comes here and how, to who has nothing and to who takes part in nothing', async () => {
    await program('empty', [], {}, { 'new@example.org': ['owner'] });
    const visitor = await web.signedIn('new@example.org');
    expect((await visitor.open('/inbox')).text).toMatch(/Nothing is yours to do\. A task comes here when/);
    expect((await visitor.open('/inbox/submitted')).text).toMatch(/What you submit stays here until/);
    const stranger = await web.signedIn('sam@example.net', 'operations');
    expect((await stranger.open('/inbox')).text).toMatch(/You take part in no program yet/);
    // Nobody learns from a count or a list what is in programs that are not theirs.
    for (const url of ['/inbox', '/inbox/review', '/inbox/submitted', '/inbox/team'])
      expect((await stranger.open(url)).text).not.toMatch(/policy|Piece|[1-9]/);
  });

  test('refuses a cursor that it did not give out', async () => {
    const page = await (await web.signedIn(olu)).open('/inbox?cursor=nonsense');
    expect(page.status).toBe(400);
    expect(page.text).toContain('The cursor "nonsense" is not valid');
  });
});

describe('what is done with several tasks while Temporal is away', () => {
  test('is told at each, and they stay checked with what was typed', async () => {
    const page = await (await web.signedIn('pm@example.com')).open('/inbox/review');
    await page.send('class="inbox-form"', { task: 'cut/T-2', note: 'Kept words.' }, '_do=accept');
    expect(page.status).toBe(503);
    expect(page.text).toMatch(/1 task could not be accepted/);
    expect(page.html).toMatch(/value="cut\/T-2" checked/);
    expect(page.html).toContain('Kept words.');
    expect(await web.server.database.read.task('cut', 'T-2')).toMatchObject({ status: 'submitted' });
  });
});

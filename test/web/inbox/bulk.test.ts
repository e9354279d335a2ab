import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type WebServer, webServer } from '../support/webServer.ts';

const owner = 'owner@example.com';
const manager = 'pm@example.com';

/** One program for each test that changes one, under ids that no other test has: they share a Temporal service. */
const programs = {
  'bulk-one': 'evidenceSubmitted',
  'bulk-two': 'evidenceSubmitted',
  'bulk-mixed': 'evidenceSubmitted',
  'bulk-twice': 'evidenceSubmitted',
  'bulk-given': 'implementation',
  'bulk-moved': 'implementation',
  'bulk-kept': 'implementation',
} as const;
type Sample = keyof typeof programs;

let web: WebServer;

beforeAll(async () => {
  web = await webServer(programs, { live: true });
}, 300_000);

afterAll(() => web?.close());

const form = 'class="inbox-form"';
const taskOf = (programId: Sample, taskId = 'T-2') => web.server.database.read.task(programId, taskId);
const recordsOf = (programId: Sample) => web.server.database.register.records(programId);

describe('accepting several', () => {
  test('is done in each of their programs, and told one by one', async () => {
    const page = await (await web.signedIn(manager)).open('/inbox/review');
    await page.send(form, { task: ['bulk-one/T-2', 'bulk-two/T-2'], note: 'Complete.' }, '_do=accept');
    expect(page.status).toBe(200);
    expect(page.url).toMatch(/^\/inbox\/review\?done=accept&task=bulk-one%2FT-2&task=bulk-two%2FT-2$/);
    expect(page.text).toMatch(/2 submissions accepted .+: accepted .+: accepted/);
    expect(await taskOf('bulk-one')).toMatchObject({ status: 'accepted' });
    expect(await taskOf('bulk-two')).toMatchObject({ status: 'accepted' });
    const last = (await recordsOf('bulk-one')).findLast(({ type }) => type === 'EvidenceAccepted');
    expect(last).toMatchObject({ actor: manager, data: { note: 'Complete.' } });
  });

  test('leaves the one that is refused checked, with the reason, and does the others', async () => {
    const page = await (await web.signedIn(manager)).open('/inbox/review');
    await page.send(
      form,
      { task: ['bulk-mixed/T-2', 'bulk-mixed/T-1', 'nowhere/T-1', 'bulk-one/T-9999'], note: 'Well done.' },
      '_do=accept',
    );
    expect(page.status).toBe(422);
    expect(page.text).toMatch(/3 tasks could not be accepted/);
    expect(page.text).toMatch(/T-1 ?: The task T-1 does not exist, or you may not see it\./);
    expect(page.text).toMatch(/1 submission accepted .+: accepted/);
    expect(page.html).toContain('Well done.');
    expect(await taskOf('bulk-mixed')).toMatchObject({ status: 'accepted' });
  });

  test('is done once when the form is sent twice, and nothing is lost of it', async () => {
    const page = await (await web.signedIn(manager)).open('/inbox/review');
    const [action, body] = [page.url, await bodyOf(page.html, { task: 'bulk-twice/T-2', _do: 'accept' })];
    const answers = [await page.post(action, body), await page.post(action, body)].map(({ status, url }) => [
      status,
      url,
    ]);
    expect(answers).toEqual([answers[0], answers[0]]);
    expect(answers[0]).toEqual([200, '/inbox/review?done=accept&task=bulk-twice%2FT-2']);
    expect((await recordsOf('bulk-twice')).filter(({ type }) => type === 'EvidenceAccepted')).toHaveLength(1);
  });

  test('says when nothing is checked, and refuses what is no form of this list', async () => {
    const visitor = await web.signedIn(manager);
    await visitor.open('/inbox');
    const csrf = /name="_csrf" value="([^"]+)"/.exec(visitor.html)?.[1] ?? '';
    await visitor.post('/inbox/review', new URLSearchParams({ _csrf: csrf, _do: 'accept' }).toString());
    expect([visitor.status, visitor.text]).toEqual([422, expect.stringContaining('Check at least one task.')]);
    for (const [url, act] of [
      ['/inbox/review', 'extend'],
      ['/inbox/submitted', 'reassign'],
      ['/inbox', 'waive'],
    ] as const) {
      await visitor.post(url, new URLSearchParams({ _csrf: csrf, _do: act, task: 'bulk-kept/T-2' }).toString());
      expect(visitor.status).toBe(404);
    }
  });

  test('is refused without the token of the session, and from another site', async () => {
    const visitor = await web.signedIn(manager);
    const body = new URLSearchParams({ _do: 'extend', task: 'bulk-kept/T-2', dueOn: '2199-01-01', reason: 'Later.' });
    await visitor.post('/inbox', body.toString());
    expect(visitor.status).toBe(403);
    await visitor.post('/inbox', body.toString(), { 'sec-fetch-site': 'cross-site' });
    expect(visitor.status).toBe(403);
    expect((await recordsOf('bulk-kept')).some(({ type }) => type === 'TaskExtended')).toBe(false);
  });
});

describe('giving away and moving several', () => {
  test('reassigns to a person, and says so', async () => {
    const task = await taskOf('bulk-given');
    const visitor = await web.signedIn(manager);
    const refs = ['bulk-given/T-2', 'bulk-given/T-3'];
    await visitor.open('/inbox');
    const csrf = /name="_csrf" value="([^"]+)"/.exec(visitor.html)?.[1] ?? '';
    const body = new URLSearchParams([
      ['_csrf', csrf],
      ['_key', 'k'],
      ['_do', 'reassign'],
      ['to', 'Second@example.com'],
      ...refs.map((ref) => ['task', ref]),
    ]);
    await visitor.post('/inbox/team', body.toString());
    expect(visitor.text).toMatch(/2 tasks reassigned/);
    expect(visitor.text).toContain(`${task?.title} : with Ova`);
    expect(await taskOf('bulk-given')).toMatchObject({ assignee: 'second@example.com' });
  });

  test('extends with a new date and a reason; without them says so at the field, and keeps what was typed', async () => {
    const visitor = await web.signedIn(manager);
    await visitor.open('/inbox');
    const csrf = /name="_csrf" value="([^"]+)"/.exec(visitor.html)?.[1] ?? '';
    const send = (fields: Record<string, string>) =>
      visitor.post(
        '/inbox',
        new URLSearchParams({ _csrf: csrf, _key: 'e', _do: 'extend', task: 'bulk-moved/T-2', ...fields }).toString(),
      );
    await send({ dueOn: '', reason: 'The vendor is <late>.' });
    expect(visitor.status).toBe(422);
    expect(visitor.text).toMatch(/New due date: Fill this in\./);
    await send({ dueOn: '2001-01-01', reason: 'The vendor is <late>.' });
    expect(visitor.status).toBe(422);
    expect(visitor.text).toMatch(/could not be extended/);
    expect(await taskOf('bulk-moved')).toMatchObject({ status: 'open' });
    await send({ dueOn: '2030-12-02', reason: 'The vendor is <late>.' });
    expect(visitor.text).toMatch(/1 task extended .+: due \w{3}, Dec 2/);
    expect(await taskOf('bulk-moved')).toMatchObject({ dueOn: '2030-12-02' });
  });

  test('is not for who may not, whatever they send', async () => {
    const visitor = await web.signedIn(owner);
    await visitor.open('/inbox');
    const csrf = /name="_csrf" value="([^"]+)"/.exec(visitor.html)?.[1] ?? '';
    const fields = { _csrf: csrf, _do: 'extend', task: 'bulk-kept/T-2', dueOn: '2199-01-01', reason: 'Later.' };
    await visitor.post('/inbox/team', new URLSearchParams(fields).toString());
    expect(visitor.status).toBe(422);
    expect(visitor.text).toContain('Your roles in this program do not allow it.');
    expect((await recordsOf('bulk-kept')).some(({ type }) => type === 'TaskExtended')).toBe(false);
  });
});

/** The fields of the form of a page, and more. */
async function bodyOf(html: string, more: Record<string, string>): Promise<string> {
  const field = (name: string) =>
    new RegExp(`name="${name}" value="([^"]+)"`).exec(html.slice(html.indexOf(form)))?.[1] ?? '';
  return new URLSearchParams({ _csrf: field('_csrf'), _key: field('_key'), ...more }).toString();
}

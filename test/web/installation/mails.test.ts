import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assessed } from '../../domain/journey.ts';
import { program } from '../../domain/support.ts';
import { aCommit, aNotice, aRecord } from '../../support/builders.ts';
import { type WebServer, webServer } from '../support/webServer.ts';

const admin = 'admin@example.com';
const policy = /default-src 'none'.*sandbox allow-popups allow-popups-to-escape-sandbox$/;

let web: WebServer;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certloop-mails-'));
  web = await webServer({ aims: 'implementation' }, { pages: { mailboxDir: join(folder, 'mailbox') } });
}, 120_000);

afterAll(async () => {
  await web?.close();
  await rm(folder, { recursive: true, force: true });
});

async function put(name: string, lines: string[], at: string): Promise<void> {
  const file = join(folder, 'mailbox', name);
  await mkdir(join(folder, 'mailbox'), { recursive: true });
  await writeFile(file, lines.join('\r\n'));
  await utimes(file, new Date(at), new Date(at));
}

const hostile = [
  'From: Mallory <mallory@example.org>',
  'To: kim@example.com',
  'Subject: =?utf-8?B?PHNjcmlwdD4=?= first',
  'X-Odd: <script>alert(2)</script>',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<html><head><title>x</title></head><body><script>alert(1)</script><a href="https://example.com">go</a></body></html>',
];

describe('the mailbox', () => {
  test('says what will be here while nothing has come', async () => {
    const visitor = await web.signedIn(admin, 'administrator');
    await visitor.open('/mailbox');
    expect(visitor.text).toContain('Nothing has come yet');
  });

  test('shows the newest first, each as it looks in a frame that runs nothing', async () => {
    await put('old@certloop.eml', hostile, '2026-01-01T00:00:00Z');
    await put(
      'new@certloop.eml',
      ['From: a@b.example', 'To: Kim <kim@example.com>', 'Subject: Second', '', 'Only text.'],
      '2026-01-02T00:00:00Z',
    );
    await writeFile(join(folder, 'mailbox', '.half.part'), 'x');
    const visitor = await web.signedIn(admin, 'administrator');
    await visitor.open('/mailbox');
    expect(visitor.text).toContain('There are 2 mails');
    expect(visitor.html.indexOf('Second')).toBeLessThan(visitor.html.indexOf('&lt;script> first'));

    await visitor.open('/mailbox/old%40certloop');
    expect(visitor.html).toContain(
      'src="/mailbox/old%40certloop/body" sandbox="allow-popups allow-popups-to-escape-sandbox"',
    );
    expect(visitor.html).not.toContain('<script>alert');
    expect(visitor.text).toContain('Mallory <mallory@example.org>');

    await visitor.open('/mailbox/old%40certloop/body');
    expect(visitor.headers['content-security-policy']).toMatch(policy);
    expect(visitor.headers['cache-control']).toBe('no-store');
    expect(visitor.html).toContain('<head><base target="_blank">');

    await visitor.open('/mailbox/new%40certloop');
    expect(visitor.html).not.toContain('<iframe');
    expect(visitor.text).toContain('Only text.');
    expect((await visitor.open('/mailbox/new%40certloop/body')).status).toBe(404);
  });

  test('finds no file by a path, and nothing that is not there', async () => {
    await writeFile(join(folder, 'secret.eml'), 'Subject: secret\r\n\r\nsecret');
    const visitor = await web.signedIn(admin, 'administrator');
    for (const id of ['../secret', '..%2Fsecret', '%2e%2e%2fsecret', '..%5csecret', 'nothing', '.half']) {
      await visitor.open(`/mailbox/${id}`);
      expect([id, visitor.status]).toEqual([id, 404]);
      expect(visitor.text).not.toContain('Subject: secret');
    }
  });

  test('is for administrators, and only where mails stay here', async () => {
    const owner = await web.signedIn('owner@example.com');
    expect((await owner.open('/mailbox')).status).toBe(404);
    expect((await owner.open('/mailbox/new%40certloop')).status).toBe(404);
    expect((await owner.open('/mailbox/new%40certloop/body')).status).toBe(404);
    const other = await webServer({});
    const visitor = await other.signedIn(admin, 'administrator');
    expect((await visitor.open('/mailbox')).status).toBe(404);
    await other.close();
  });
});

describe('the mails of a program', () => {
  const manager = 'pm@example.com';
  const path = (id: string) => `/programs/aims/mails/${encodeURIComponent(id)}`;

  async function mails() {
    const { items } = await web.server.database.outbox.list('aims', '2199-01-01T00:00:00.000Z', { limit: 200 });
    const now = (await web.server.database.read.program('aims'))!.clockAt;
    const due = items.filter(({ dueAt }) => dueAt <= now);
    return { due, later: items.filter(({ dueAt }) => dueAt > now) };
  }

  test('are the managers’ to read, of each person, as they look', async () => {
    const { due } = await mails();
    const visitor = await web.signedIn(manager);
    await visitor.open('/programs/aims/mails');
    expect(visitor.html.match(/<li>/g)?.length).toBeGreaterThanOrEqual(Math.min(due.length, 50));
    const other = due.find(({ to }) => to !== manager)!;
    await visitor.open(`/programs/aims/mails?to=${other.to}`);
    expect(visitor.html).toContain(path(other.id));
    expect(visitor.html).not.toContain(path(due.find(({ to }) => to !== other.to)!.id));
    await visitor.open(path(other.id));
    expect(visitor.text).toContain(other.to);
    expect(visitor.text).toContain('kept here, as the mails of a rehearsal are');
    await visitor.open(`${path(other.id)}/body`);
    expect(visitor.headers['content-security-policy']).toMatch(policy);
    expect(visitor.html).toContain('<base target="_blank">');
  });

  test('are to others their own, and those of others are not there for them', async () => {
    const { due } = await mails();
    const reader = due.find(({ to }) => to !== manager)!.to;
    const foreign = due.find(({ to }) => to !== reader)!;
    const visitor = await web.signedIn(reader);
    await visitor.open(`/programs/aims/mails?to=${foreign.to}`);
    expect(visitor.html).toContain(path(due.find(({ to }) => to === reader)!.id));
    expect(visitor.html).not.toContain(path(foreign.id));
    expect((await visitor.open(path(foreign.id))).status).toBe(404);
    expect((await visitor.open(`${path(foreign.id)}/body`)).status).toBe(404);
    const stranger = await web.signedIn('admin2@example.com', 'operations');
    expect((await stranger.open(path(foreign.id))).status).toBe(404);
  });

  test('are not there before they are due, in another program, or by another id', async () => {
    const { due, later } = await mails();
    expect(later.length).toBeGreaterThan(0);
    const visitor = await web.signedIn(manager);
    expect((await visitor.open(path(later[0]!.id))).status).toBe(404);
    expect((await visitor.open(path('none'))).status).toBe(404);
    expect((await visitor.open(path(due[0]!.id).replace('aims', 'other'))).status).toBe(404);
  });
});

describe('the first page of a program', () => {
  const manager = 'pm@example.com';

  test('says to whom no mail gets through, and what to do', async () => {
    const other = await webServer({ real: () => program().until('2030-01-08') });
    const { outbox, register, read } = other.server.database;
    const seq = (await register.records('real')).length;
    const data = { code: 'R24', text: 'Long.' };
    await register.append(
      aCommit('real', seq, {
        records: [{ ...aRecord(seq + 1), type: 'WarningNoted', data }],
        rows: { program: { ...(await read.program('real'))!, rehearsal: false, seq: seq + 1 } },
        notices: [aNotice(seq + 1, { to: 'owner@example.com', urgent: true })],
      }),
    );
    for (const mail of await outbox.lease('2199-01-01T00:00:00.000Z', 100, 60))
      await outbox.failed(mail, '550 5.1.1 No such user here', null);
    const visitor = await other.signedIn(manager);
    await visitor.open('/programs/real');
    expect(visitor.text).toContain('Mails do not reach 1 person');
    expect(visitor.text).toContain('550 5.1.1 No such user here');
    const owner = await other.signedIn('owner@example.com');
    await owner.open('/programs/real');
    expect(owner.text).not.toContain('No such user here');
    await other.close();
  }, 60_000);

  test('says that it was left alone, and how to pause or cancel it', async () => {
    const other = await webServer({ left: () => assessed(program()).until('2033-01-08') });
    const visitor = await other.signedIn(manager);
    await visitor.open('/programs/left');
    expect(visitor.text).toContain('This program has been left alone');
    expect(visitor.html).toMatch(/<a href="[^"]*pause[^"]*">Pause it<\/a>/);
    expect(visitor.html).toMatch(/<a href="[^"]*cancel[^"]*">Cancel it<\/a>/);
    await other.close();
  }, 60_000);
});

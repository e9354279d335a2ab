import { afterEach, expect, test } from 'vitest';
import { type Courier, createCourier } from '../../activities/courier.ts';
import type { Email, Instant } from '../../domain/basics.ts';
import type { NoticeItem } from '../../domain/notices.ts';
import { personalPages } from '../../identity/mailPages.ts';
import { createUnsubscribeLinks } from '../../identity/unsubscribeLinks.ts';
import { onBothDatabases } from '../db/databases.ts';
import { aCommit, aNotice, aProgram } from '../support/builders.ts';
import { type MailServer, startMailServer } from '../support/mailServer.ts';
import { aTaskInMail } from '../support/mails.ts';

const olu: Email = 'olu@example.org';
const hour = 3_600_000;

/** 08:00 in New York, where the program is, of a day of March 2026; the second is a Monday, clocks go forward on the eighth. */
const morning = (day: number): Instant => new Date(Date.UTC(2026, 2, day, day < 8 ? 13 : 12)).toISOString();

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

onBothDatabases('how mails reach somebody', (bench) => {
  test('a week in one mail on the chosen day, of two couriers, nothing twice and nothing lost', async () => {
    const { between, textsOf, server } = await office();
    await bench.db.mailPreferences.set(olu, { digest: 'weekly', weekday: 3 });
    for (let day = 3; day <= 17; day++) await tell(incident(`day ${day}`), morning(day));
    await between(morning(3), morning(19));

    const days = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => `day ${from + n}`);
    expect(server.received.map(textsOf)).toEqual([days(3, 4), days(5, 11), days(12, 17)]);
    expect(new Set(server.received.map(({ messageId }) => messageId)).size).toBe(3);
    for (const { messageId } of server.received) expect(messageId).toMatch(/^<[0-9a-f]{64}@example\.org>$/);
    expect(server.received[1]!.text).toContain('What is not urgent comes once a week, on the day you chose');
    expect(await bench.db.outbox.backlog(morning(19))).toMatchObject({ due: 0, failed: 0 });
  });

  test('what was chosen last holds, and what waited is told once', async () => {
    const { between, textsOf, server } = await office();
    await bench.db.mailPreferences.set(olu, { digest: 'weekly', weekday: 3 });
    for (let day = 5; day <= 8; day++) await tell(incident(`day ${day}`), morning(day));
    await between(morning(5), morning(7));
    await bench.db.mailPreferences.set(olu, { digest: 'daily' });
    await between(morning(7), morning(12));
    expect(server.received.map(textsOf)).toEqual([['day 7'], ['day 8'], ['day 5', 'day 6']]);
  });

  test('no digests, but the one that tells of something overdue, and what is urgent', async () => {
    const { between, server } = await office();
    await bench.db.mailPreferences.set(olu, { digest: 'none' });
    await tell(incident('day 3'), morning(3));
    await tell({ kind: 'taskOpened', task: aTaskInMail({ dueOn: '2026-03-03' }), why: 'Late.' }, morning(4));
    await tell(incident('urgent'), morning(5), true);
    await between(morning(3), morning(6));
    expect(server.received.map(({ subject }) => subject)).toEqual([
      '1 thing for you in Program p: A.5.2 AI system impact assessment process, was due on Tuesday, March 3, 2026',
      'Incident urgent: reported, high severity',
    ]);
    const { items } = await bench.db.outbox.list('p', morning(6), { limit: 10 });
    expect(items.map(({ status }) => status)).toEqual(['sent', 'sent', 'unwanted']);
  });

  test('quiet hours hold up what is urgent until they end, and never what is overdue', async () => {
    const { between, server, sentAt } = await office();
    await bench.db.mailPreferences.set(olu, { digest: 'daily', quietFrom: '18:00', quietUntil: '07:30' });
    const night = new Date(Date.parse(morning(3)) + 15 * hour).toISOString();
    await tell(incident('in the night'), night, true);
    await tell({ kind: 'taskOverdue', task: aTaskInMail({ dueOn: '2026-03-02' }) }, night, true);
    await tell({ kind: 'taskEscalated', task: aTaskInMail(), assignee: 'Dana', level: 1, workingDays: 3 }, night, true);
    await between(night, morning(5));
    const atNight = server.received.slice(0, 2).map(({ subject }) => subject?.slice(0, 8));
    expect(atNight.sort()).toEqual(['Overdue ', 'Overdue:']);
    expect(server.received.map(({ subject }) => subject).slice(2)).toEqual([
      'Incident in the night: reported, high severity',
    ]);
    expect(sentAt('Incident')).toBe('2026-03-04T12:30:00.000Z');
  });

  test('a digest says how to get fewer of them, by one click without signing in; an urgent mail does not', async () => {
    const { between, server } = await office();
    await tell(incident('day 3'), morning(3));
    await tell(incident('urgent'), morning(3), true);
    await between(morning(3), morning(4));
    const [urgent, digest] = server.received;
    const [, token] = /^<https:\/\/certloop\.example\.org\/unsubscribe\/(\S+)>$/.exec(
      header(digest!, 'list-unsubscribe')!,
    )!;
    const secret = await bench.db.secrets.get('unsubscribeLinks');
    expect(createUnsubscribeLinks(secret).read(token!)).toBe(olu);
    expect(header(digest!, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(digest!.text).toContain(`https://certloop.example.org/unsubscribe/${token}\n`);
    expect(urgent!.subject).toMatch(/^Incident/);
    expect(header(urgent!, 'list-unsubscribe')).toBeUndefined();
    expect(urgent!.text).toContain('https://certloop.example.org/settings\n');
  });

  test('that cannot be read now keep a mail waiting, not from coming', async () => {
    let away = true;
    const { between, server } = await office({
      preferencesOf: (email) =>
        away ? Promise.reject(new Error('database away')) : bench.db.mailPreferences.get(email),
    });
    await tell(incident('day 3'), morning(3));
    await between(morning(3), morning(4));
    expect(server.received).toEqual([]);
    away = false;
    await between(morning(4), morning(5));
    expect(server.received).toHaveLength(1);
  });

  async function tell(item: NoticeItem, dueAt: Instant, urgent = false): Promise<void> {
    const seq = (await bench.db.register.records('p')).length;
    const notices = [aNotice(seq + 1, { to: olu, dueAt, urgent, item })];
    const rows = { program: aProgram('p') };
    expect(await bench.db.register.append(aCommit('p', seq, { notices, rows }))).toMatchObject({ appended: true });
  }

  /** A mail server, and two couriers that look into the same outbox every hour of a clock that a test moves. */
  async function office(options: Partial<Parameters<typeof createCourier>[0]> = {}) {
    const server = await startMailServer();
    open.push(server.close);
    const clock = { now: 0 };
    const sent: { subject: string; at: Instant }[] = [];
    const databases = [bench.db, await bench.again()];
    const couriers: Courier[] = [];
    for (const { outbox, mailPreferences, secrets } of databases) {
      couriers.push(
        createCourier({
          outbox,
          smtpUrl: server.url,
          from: 'Certloop <certloop@example.org>',
          pages: await personalPages('https://certloop.example.org', secrets),
          preferencesOf: (email) => mailPreferences.get(email),
          intervalMs: 60_000,
          log: { info: () => undefined, warn: () => undefined, error: () => undefined },
          now: () => new Date(clock.now),
          ...options,
        }),
      );
    }
    open.push(async () => void (await Promise.all(couriers.map((courier) => courier.stop()))));
    return {
      server,
      async between(from: Instant, to: Instant): Promise<void> {
        for (clock.now = Date.parse(from); clock.now < Date.parse(to); clock.now += hour / 2) {
          const before = server.received.length;
          await Promise.all(couriers.map((courier) => courier.runOnce()));
          for (const { subject = '' } of server.received.slice(before))
            sent.push({ subject, at: new Date(clock.now).toISOString() });
        }
      },
      sentAt: (subject: string) => sent.find((one) => one.subject.startsWith(subject))?.at,
      textsOf: ({ text = '' }: MailServer['received'][number]) =>
        [...text.matchAll(/Incident (day \d+):/g)].map(([, day]) => day),
    };
  }
});

function incident(id: string): NoticeItem {
  return { kind: 'incident', id, severity: 'high', description: 'It went astray.' };
}

function header(mail: MailServer['received'][number], key: string): string | undefined {
  return mail.headers.find((each) => each.key === key)?.value;
}

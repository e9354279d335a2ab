import { expect, test } from 'vitest';
import type { Bundle } from '../../db/types.ts';
import type { Email, Instant, IsoDate } from '../../domain/basics.ts';
import { addDays, dateAt, morningOf } from '../../domain/calendar.ts';
import type { Notice } from '../../domain/notices.ts';
import { aCommit, aNotice, aPerson, aProgram } from '../support/builders.ts';
import { onBothDatabases } from './databases.ts';

const olu: Email = 'olu@example.org';
const endOfYear: Instant = '2026-12-31T00:00:00.000Z';
const after = (at: Instant, minutes: number): Instant => new Date(Date.parse(at) + minutes * 60_000).toISOString();

onBothDatabases('one mail for each person and day', (bench) => {
  const outbox = () => bench.db.outbox;
  const lease = (at: Instant) => outbox().lease(at, 100, 60);
  const textsOf = (bundle: Bundle) =>
    bundle.parts.flatMap(({ items }) => items.map(({ item }) => (item as { id: string }).id)).sort();

  /** Something that a program tells, at a moment. */
  async function tell(
    programId: string,
    text: string,
    from: Instant,
    how: Partial<Notice> & { timeZone?: string; rehearsal?: boolean } = {},
  ): Promise<void> {
    const { timeZone = 'Europe/Berlin', rehearsal = false, ...notice } = how;
    // Each test has tables of its own.
    const seq = (await bench.db.register.records(programId)).length;
    const item = { kind: 'incident', id: text, severity: 'high', description: text } as const;
    const when = notice.urgent
      ? { dueAt: from }
      : { dueAt: morningOf(addDays(dateAt(from, timeZone), 1), timeZone), from };
    const notices = [aNotice(seq + 1, { to: olu, item, ...when, ...notice })];
    const rows = {
      program: aProgram(programId, { timeZone, rehearsal }),
      people: [aPerson(olu), aPerson('pat@example.org')],
    };
    expect(await bench.db.register.append(aCommit(programId, seq, { notices, rows }))).toMatchObject({
      appended: true,
    });
  }

  const overdue = { urgent: true, in: 'escalation' } as const;

  test('twenty programs come in one digest, of which each program has its part', async () => {
    const ids = Array.from({ length: 20 }, (_, n) => `p${n}`);
    for (const id of ids) await tell(id, `of ${id}`, '2026-03-02T10:00:00.000Z');
    const [digest, ...others] = await outbox().lease('2026-03-03T07:05:00.000Z', 10, 60, { domain: 'example.org' });
    expect(others).toEqual([]);
    expect(textsOf(digest!)).toEqual(ids.map((id) => `of ${id}`).sort());
    expect(digest!.messageId).toBe(`<${digest!.id}@example.org>`);
    for (const id of ids) {
      const { items } = await outbox().list(id, endOfYear, { limit: 10 });
      expect(items.map(({ programId, messageId, items: of }) => [programId, messageId, of.length])).toEqual([
        [id, digest!.messageId, 1],
      ]);
    }
    await outbox().sent(digest!.id, '2026-03-03T07:05:01.000Z');
    expect(await outbox().backlog(endOfYear)).toMatchObject({ due: 0, failed: 0 });
  });

  test('it comes at 08:00 of the zone that its recipient chose, wherever the programs are', async () => {
    await bench.db.mailPreferences.set(olu, { digest: 'daily', timeZone: 'Pacific/Kiritimati' });
    await tell('berlin', 'one', '2026-03-02T10:00:00.000Z');
    await tell('samoa', 'two', '2026-03-02T17:00:00.000Z', { timeZone: 'Pacific/Pago_Pago' });
    // 08:00 of March 3 at UTC+14.
    expect(await lease('2026-03-02T18:04:59.999Z')).toEqual([]);
    const [digest, ...others] = await lease('2026-03-02T18:05:00.000Z');
    expect(others).toEqual([]);
    expect(digest).toMatchObject({ zone: 'Pacific/Kiritimati', dueAt: '2026-03-02T18:00:00.000Z' });
    expect(textsOf(digest!)).toEqual(['one', 'two']);
  });

  test('of who chose none, it comes where most of their programs are', async () => {
    await tell('a-samoa', 'one', '2026-03-01T10:00:00.000Z', { timeZone: 'Pacific/Pago_Pago', to: 'pat@example.org' });
    await tell('b-berlin', 'two', '2026-03-01T10:00:00.000Z', { to: 'pat@example.org' });
    await tell('c-berlin', 'three', '2026-03-01T10:00:00.000Z', { to: 'pat@example.org' });
    await tell('a-samoa', 'news', '2026-03-02T10:00:00.000Z', { timeZone: 'Pacific/Pago_Pago' });
    await tell('b-berlin', 'news too', '2026-03-02T10:00:00.000Z');
    const digests = (await lease('2026-03-03T07:05:00.000Z')).filter(({ to }) => to === olu);
    expect(digests.map((digest) => [digest.zone, ...textsOf(digest)])).toEqual([['Europe/Berlin', 'news', 'news too']]);
  });

  test('what comes when that of the day has left waits for the next morning, also across a change of clocks', async () => {
    await tell('p', 'first', '2026-03-27T10:00:00.000Z');
    const [first] = await lease('2026-03-28T07:05:00.000Z');
    await outbox().sent(first!.id, '2026-03-28T07:05:01.000Z');
    // Of another program, for the morning that has had its digest; clocks go forward in the night to March 29.
    await tell('q', 'late', '2026-03-27T11:00:00.000Z');
    await tell('p', 'of the day', '2026-03-28T11:00:00.000Z');
    expect(await lease('2026-03-28T07:06:00.000Z')).toEqual([]);
    expect(await lease('2026-03-29T06:04:59.000Z')).toEqual([]);
    const next = await lease('2026-03-29T06:05:00.000Z');
    expect(next.map(textsOf)).toEqual([['late', 'of the day']]);
    expect(next[0]!.dueAt).toBe('2026-03-29T06:00:00.000Z');
  });

  test.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'])(
    'a year of news comes as one digest on each day at 08:00 in %s',
    async (timeZone) => {
      await bench.db.mailPreferences.set(olu, { digest: 'daily', timeZone });
      const days: IsoDate[] = [];
      for (let n = 0; n < 24; n++) {
        // Around both changes of the clocks, and one week of each half of the year.
        const on = addDays(
          (['2026-03-05', '2026-03-26', '2026-10-01', '2026-10-30'] as IsoDate[])[n % 4]!,
          Math.floor(n / 4),
        );
        days.push(on);
      }
      for (const on of days.sort()) await tell('p', on, morningOf(on, timeZone), { timeZone });
      const seen: string[] = [];
      for (const on of days) {
        const at = after(morningOf(on, timeZone), 5);
        for (const digest of await lease(at)) {
          seen.push(`${dateAt(digest.dueAt, timeZone)}: ${textsOf(digest)}`);
          await outbox().sent(digest.id, at);
        }
      }
      expect(seen).toEqual(days.map((on) => `${on}: ${on}`));
    },
  );

  test('what becomes overdue at the same time comes at once as one, what does so later in the next digest', async () => {
    const five: Instant = '2026-03-02T16:00:00.000Z';
    for (let n = 0; n < 5; n++) await tell('p', `p${n}`, five, overdue);
    await tell('q', 'q0', five, overdue);
    expect(await lease(after(five, 4))).toEqual([]);
    const [escalation, ...others] = await lease(after(five, 5));
    expect(others).toEqual([]);
    expect(escalation!.kind).toBe('escalation');
    expect(textsOf(escalation!)).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'q0']);
    await outbox().sent(escalation!.id, after(five, 5));

    await tell('p', 'later, of the same', after(five, 60), overdue);
    await tell('r', 'later, of another', after(five, 61), overdue);
    const rest = [...(await lease(after(five, 90))), ...(await lease('2026-03-03T07:05:00.000Z'))];
    for (const bundle of rest) await outbox().sent(bundle.id, '2026-03-03T07:05:00.000Z');
    expect(rest.map((bundle) => [bundle.kind, ...textsOf(bundle)])).toEqual([
      ['digest', 'later, of another', 'later, of the same'],
    ]);

    await tell('p', 'of the next day', '2026-03-03T16:00:00.000Z', overdue);
    expect((await lease('2026-03-03T16:05:00.000Z')).map(textsOf)).toEqual([['of the next day']]);
  });

  test('in a rehearsal too, whose mails are kept', async () => {
    const five: Instant = '2026-03-02T16:00:00.000Z';
    const rehearsal = { rehearsal: true };
    for (let n = 0; n < 3; n++) await tell('p', `p${n}`, five, { ...overdue, ...rehearsal });
    await tell('p', 'later', after(five, 60), { ...overdue, ...rehearsal });
    await tell('q', 'of another', five, { ...overdue, ...rehearsal });
    const { items } = await outbox().list('p', endOfYear, { limit: 10 });
    expect(items.map(({ kind, status, items: of }) => [kind, status, of.length]).sort()).toEqual([
      ['digest', 'kept', 1],
      ['escalation', 'kept', 3],
    ]);
    expect(await lease(endOfYear)).toEqual([]);
  });

  test('of days on which no mail could leave, there is one when it can', async () => {
    for (const day of [2, 3, 4])
      await tell(`p${day}`, `of ${day}`, after('2026-03-02T10:00:00.000Z', (day - 2) * 24 * 60));
    const [tried] = await lease('2026-03-03T07:05:00.000Z');
    expect(textsOf(tried!)).toEqual(['of 2']);
    await outbox().untried(tried!, 'away', tried!.dueAt);
    const [digest, ...others] = await lease('2026-03-05T12:00:00.000Z');
    expect(others).toEqual([]);
    expect(textsOf(digest!)).toEqual(['of 2', 'of 3', 'of 4']);
    // Who had it before has it no more.
    await outbox().failed(tried!, 'too late', null);
    await outbox().sent(digest!.id, '2026-03-05T12:00:01.000Z');
    expect(await outbox().backlog(endOfYear)).toMatchObject({ due: 0, failed: 0 });
  });

  test('one that may have arrived is tried again as it is, under its Message-ID', async () => {
    await tell('p', 'one', '2026-03-02T10:00:00.000Z');
    await tell('q', 'two', '2026-03-02T10:00:00.000Z');
    const [tried] = await outbox().lease('2026-03-03T07:05:00.000Z', 10, 60, { domain: 'before.example' });
    await outbox().failed(tried!, 'broken', '2026-03-04T08:00:00.000Z');
    await tell('q', 'three', '2026-03-03T10:00:00.000Z');
    const again = await outbox().lease('2026-03-04T08:00:00.000Z', 10, 60, { domain: 'after.example' });
    expect(again.map((bundle) => [bundle.attempts, ...textsOf(bundle)])).toEqual([
      [2, 'one', 'two'],
      [1, 'three'],
    ]);
    expect(again[0]!.messageId).toBe(`<${tried!.id}@before.example>`);
  });

  test('by several couriers, while programs go on telling, everything is told once and no day has two', async () => {
    const couriers = await Promise.all([bench.again(), bench.again(), bench.again()]);
    const arrived: { day: string; texts: string[] }[] = [];
    let writing = true;
    const days = Array.from({ length: 10 }, (_, n) => addDays('2026-03-02', n));
    const clock = { now: '2026-03-02T06:00:00.000Z' as Instant };
    const working = couriers.map(async ({ outbox: own }) => {
      while (writing) {
        const at = clock.now;
        for (const bundle of await own.lease(at, 5, 60, { takingOver: false })) {
          arrived.push({ day: dateAt(bundle.dueAt, bundle.zone), texts: textsOf(bundle) });
          await own.sent(bundle.id, at);
        }
      }
    });
    const all: string[] = [];
    for (const on of days) {
      for (const id of ['p', 'q', 'r']) {
        all.push(`${id} ${on}`);
        await tell(id, `${id} ${on}`, morningOf(on, 'Europe/Berlin'));
        clock.now = after(morningOf(on, 'Europe/Berlin'), 5);
      }
    }
    writing = false;
    await Promise.all(working);
    // What the couriers had not come to.
    for (const bundle of await lease(endOfYear))
      arrived.push({ day: dateAt(bundle.dueAt, bundle.zone), texts: textsOf(bundle) });
    expect(arrived.flatMap(({ texts }) => texts).sort()).toEqual(all.sort());
    expect(new Set(arrived.map(({ day }) => day)).size).toBe(arrived.length);
  }, 60_000);

  test('what the next digest would tell too late comes at once, as one; what can wait does not', async () => {
    const from: Instant = '2026-03-02T10:00:00.000Z';
    await tell('p', 'due today', from, { by: '2026-03-02' });
    await tell('p', 'due tomorrow', after(from, 0.5), { by: '2026-03-03' });
    await tell('p', 'due later', from, { by: '2026-03-04' });
    const [asked, ...others] = await lease(after(from, 1));
    expect(others).toEqual([]);
    expect(asked!.kind).toBe('asked');
    expect(textsOf(asked!)).toEqual(['due today', 'due tomorrow']);
    await outbox().sent(asked!.id, after(from, 1));
    await tell('p', 'due today as well', after(from, 30), { by: '2026-03-02' });
    const [again] = await lease(after(from, 31));
    expect(textsOf(again!)).toEqual(['due today as well']);
    await outbox().sent(again!.id, after(from, 31));
    expect((await lease('2026-03-03T07:05:00.000Z')).map(textsOf)).toEqual([['due later']]);
  });

  test('the first mail of a program holds what waits in it', async () => {
    const from: Instant = '2026-03-02T10:00:00.000Z';
    await tell('p', 'welcome', from, { urgent: true, in: 'welcome' });
    await tell('p', 'the task', after(from, 0.01), { welcomes: true });
    await tell('q', 'of another', after(from, 0.01), { welcomes: true });
    const welcome = await lease(after(from, 1));
    expect(welcome.map((bundle) => [bundle.kind, ...textsOf(bundle)])).toEqual([['welcome', 'the task', 'welcome']]);
    await outbox().sent(welcome[0]!.id, after(from, 1));
    await tell('p', 'the next', after(from, 2), { welcomes: true });
    expect((await lease('2026-03-03T07:05:00.000Z')).map(textsOf)).toEqual([['of another', 'the next']]);
  });

  test('names whom no mail of a program reaches, until one does', async () => {
    await tell('p', 'one', '2026-03-02T10:00:00.000Z');
    await tell('p', 'two', '2026-03-02T10:00:00.000Z', { urgent: true });
    const mails = [...(await lease('2026-03-02T10:00:00.000Z')), ...(await lease('2026-03-03T07:05:00.000Z'))];
    for (const mail of mails) await outbox().failed(mail, '550 5.1.1 No such user', null);
    expect(await outbox().unreached('p')).toEqual([
      { to: olu, mails: 2, dueAt: '2026-03-03T07:00:00.000Z', lastError: '550 5.1.1 No such user' },
    ]);
    expect(await outbox().unreached('q')).toEqual([]);
    await tell('q', 'three', '2026-03-03T10:00:00.000Z', { urgent: true });
    for (const mail of await lease('2026-03-03T10:00:00.000Z'))
      await outbox().sent(mail.id, '2026-03-03T10:00:00.000Z');
    expect(await outbox().unreached('p')).toEqual([]);
  });
});

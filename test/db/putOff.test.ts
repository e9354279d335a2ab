import { expect, test } from 'vitest';
import type { Bundle, Mail } from '../../db/types.ts';
import type { Email, Instant } from '../../domain/basics.ts';
import type { MailPreferences } from '../../domain/people/mailPreferences.ts';
import { aCommit, aNotice, aProgram } from '../support/builders.ts';
import { onBothDatabases } from './databases.ts';

/** 08:00 in New York, where the program is, of a day of March 2026; the second is a Monday, clocks go forward on the eighth. */
const morning = (day: number): Instant => new Date(Date.UTC(2026, 2, day, day < 8 ? 13 : 12)).toISOString();
const after = (at: Instant, minutes: number): Instant => new Date(Date.parse(at) + minutes * 60_000).toISOString();
const onMondays: MailPreferences = { digest: 'weekly', weekday: 1 };
const endOfYear = '2026-12-31T00:00:00.000Z';

onBothDatabases('digests that are put off', (bench) => {
  const outbox = () => bench.db.outbox;
  const listed = async () => (await outbox().list('p', endOfYear, { limit: 200 })).items;
  const textsOf = (mail: Pick<Mail, 'items'> | Bundle) =>
    ('parts' in mail ? mail.parts.flatMap((part) => part.items) : mail.items).map(
      ({ item }) => (item as { id: string }).id,
    );
  const tell = async (text: string, dueAt: Instant, to: Email = 'olu@example.org', urgent = false): Promise<void> => {
    const seq = (await bench.db.register.records('p')).length;
    const item = { kind: 'incident', id: text, severity: 'high', description: text } as const;
    const notices = [aNotice(seq + 1, { dueAt, to, urgent, item })];
    const rows = { program: aProgram('p') };
    expect(await bench.db.register.append(aCommit('p', seq, { notices, rows }))).toMatchObject({ appended: true });
  };
  const lease = async (at: Instant) => outbox().lease(at, 100, 60);

  test('become part of the one of the chosen day, which leaves as one mail', async () => {
    await tell('Tuesday', morning(3));
    await tell('Thursday', morning(5));
    await tell('Monday', morning(9));
    for (const day of [3, 5]) {
      const [mail] = await lease(after(morning(day), 5));
      await outbox().intoWeekly(mail!, onMondays);
    }
    expect((await listed()).map((mail) => [mail.dueAt, mail.status, mail.attempts, ...textsOf(mail)])).toEqual([
      [morning(9), 'queued', 0, 'Tuesday', 'Thursday', 'Monday'],
    ]);
    expect(await lease(after(morning(9), 4))).toEqual([]);
    const [weekly] = await lease(after(morning(9), 5));
    expect(textsOf(weekly!)).toEqual(['Tuesday', 'Thursday', 'Monday']);
    expect(weekly!.messageId).toBe(`<${weekly!.id}@certloop>`);
  });

  test('make the one of the chosen day, and what is told on it joins them', async () => {
    await tell('Tuesday', morning(3));
    const [mail] = await lease(after(morning(3), 5));
    await outbox().intoWeekly(mail!, onMondays);
    await tell('Monday', morning(9));
    await tell('of another', morning(9), 'pat@example.org');
    const leased = await lease(after(morning(9), 5));
    expect(leased.map((one) => [one.to, ...textsOf(one)]).sort()).toEqual([
      ['olu@example.org', 'Tuesday', 'Monday'],
      ['pat@example.org', 'of another'],
    ]);
  });

  test('wait for the next week where that of the chosen day has left', async () => {
    await tell('Monday', morning(9));
    const [left] = await lease(after(morning(9), 5));
    await outbox().sent(left!.id, after(morning(9), 5));
    await tell('held up since Tuesday', morning(3));
    const [late] = await lease(after(morning(9), 6));
    await outbox().intoWeekly(late!, onMondays);
    expect((await listed()).map((mail) => [mail.dueAt, mail.status, ...textsOf(mail)])).toEqual([
      [morning(16), 'queued', 'held up since Tuesday'],
      [morning(9), 'sent', 'Monday'],
    ]);
  });

  test('are not moved, postponed or left out by whoever lost their lease', async () => {
    await tell('Tuesday', morning(3));
    const [lost] = await lease(after(morning(3), 5));
    const [held] = await lease(after(morning(3), 10));
    await outbox().intoWeekly(lost!, onMondays);
    await outbox().postponed(lost!, morning(9));
    await outbox().unwanted(lost!);
    expect(await listed()).toMatchObject([{ bundle: held!.id, status: 'sending', attempts: 2, dueAt: morning(3) }]);
  });

  test('leave when they were postponed to, and are no backlog meanwhile', async () => {
    await tell('at night', morning(3), 'olu@example.org', true);
    const [mail] = await lease(morning(3));
    await outbox().postponed(mail!, after(morning(3), 120));
    expect(await outbox().backlog(after(morning(3), 119))).toMatchObject({ due: 0, failed: 0 });
    expect(await lease(after(morning(3), 119))).toEqual([]);
    expect(await outbox().backlog(after(morning(3), 120))).toMatchObject({ due: 1, failed: 0 });
    expect((await lease(after(morning(3), 120))).map(({ id }) => id)).toEqual([mail!.id]);
  });

  test('that nobody wants are kept as such, and never taken again', async () => {
    await tell('Tuesday', morning(3));
    const [mail] = await lease(after(morning(3), 5));
    await outbox().unwanted(mail!);
    expect(await lease(endOfYear)).toEqual([]);
    expect(await outbox().backlog(endOfYear)).toMatchObject({ due: 0, failed: 0 });
    expect((await listed()).map((one) => [one.status, ...textsOf(one)])).toEqual([['unwanted', 'Tuesday']]);
  });

  test('by several couriers, while commits go on telling, tell everything exactly once', async () => {
    const couriers = await Promise.all([bench.again(), bench.again(), bench.again()]);
    let writing = true;
    const putting = couriers.map(async ({ outbox: own }) => {
      while (writing)
        for (const mail of await own.lease(after(morning(7), 5), 3, 60)) await own.intoWeekly(mail, onMondays);
    });
    const told: string[] = [];
    for (let round = 0; round < 8; round++) {
      for (const day of [3, 4, 5, 6, 7]) {
        told.push(`${round} of ${day}`);
        await tell(`${round} of ${day}`, morning(day));
      }
    }
    writing = false;
    await Promise.all(putting);
    // What came while its digest was taken waits for the next day's.
    for (const mail of await lease(after(morning(8), 120))) await outbox().intoWeekly(mail, onMondays);
    const items = await listed();
    expect(items.flatMap(textsOf).sort()).toEqual(told.sort());
    expect(items.every(({ dueAt, status }) => dueAt === morning(9) && status === 'queued')).toBe(true);
  }, 60_000);
});

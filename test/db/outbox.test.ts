import { expect, test } from 'vitest';
import type { Bundle, Mail } from '../../db/types.ts';
import type { Instant } from '../../domain/basics.ts';
import type { Notice } from '../../domain/notices.ts';
import { aCommit, aNotice, aProgram, aRecord } from '../support/builders.ts';
import { onBothDatabases } from './databases.ts';

const eight = '2026-03-03T08:00:00.000Z';
/** A digest leaves five minutes after it is due. */
const leaves = '2026-03-03T08:05:00.000Z';
const nextEight = '2026-03-04T08:00:00.000Z';
const later = '2026-03-10T00:00:00.000Z';

const about = (text: string, overrides: Partial<Notice> = {}, seq = 1): Notice =>
  aNotice(seq, { item: { kind: 'incident', id: text, severity: 'high', description: text }, ...overrides });

onBothDatabases('the outbox', (bench) => {
  const outbox = () => bench.db.outbox;
  const append = async (expectedSeq: number, notices: Notice[], programId = 'p', program = {}) => {
    const rows = { program: aProgram(programId, { timeZone: 'UTC', ...program }) };
    expect(await bench.db.register.append(aCommit(programId, expectedSeq, { notices, rows }))).toMatchObject({
      appended: true,
    });
  };
  const itemsOf = (mail: Pick<Mail, 'items'> | Bundle) =>
    'parts' in mail ? mail.parts.flatMap((part) => part.items) : mail.items;
  const textsOf = (mail: Pick<Mail, 'items'> | Bundle) => itemsOf(mail).map(({ item }) => (item as { id: string }).id);

  test('urgent notices are mails of their own, the others a digest per person', async () => {
    const urgent = { urgent: true, dueAt: '2026-03-02T09:00:00.000Z' } as const;
    await append(0, [
      about('one'),
      about('urgent one', urgent),
      about('two'),
      about('urgent two', urgent),
      about('other', { to: 'pat@example.org' }),
    ]);
    const { items } = await outbox().list('p', later, { limit: 10 });
    expect(items.map((mail) => [mail.kind, mail.to, ...textsOf(mail)]).sort()).toEqual([
      ['digest', 'olu@example.org', 'one', 'two'],
      ['digest', 'pat@example.org', 'other'],
      ['urgent', 'olu@example.org', 'urgent one'],
      ['urgent', 'olu@example.org', 'urgent two'],
    ]);
    expect(new Set(items.map((mail) => mail.id)).size).toBe(4);
    const digest = items.find((mail) => mail.items.length === 2)!;
    expect(digest).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{64}$/),
      programId: 'p',
      programName: 'Program p',
      organization: 'Example Ltd',
      timeZone: 'UTC',
      standardId: 'iso-42001-2023',
      zone: 'UTC',
      to: 'olu@example.org',
      kind: 'digest',
      dueAt: eight,
      status: 'queued',
      attempts: 0,
      tries: 0,
      messageId: `<${digest.id}@certloop>`,
      items: ['one', 'two'].map((text) => ({ seq: 1, item: about(text).item })),
    });
  });

  test('a digest grows until it is due, with what later commits add', async () => {
    await append(0, [about('one')]);
    await append(1, [about('two', {}, 2)]);
    const [mail, ...others] = await outbox().lease(leaves, 10, 60);
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ attempts: 1, parts: [{ status: 'sending' }] });
    expect(textsOf(mail!)).toEqual(['one', 'two']);
    expect(mail!.parts[0].items.map((item) => item.seq)).toEqual([1, 2]);
  });

  test('what comes after a digest was taken waits for the one of the next day', async () => {
    await append(0, [about('one')]);
    const [taken] = await outbox().lease(leaves, 10, 60);
    await append(1, [about('two', {}, 2)]);
    await outbox().sent(taken!.id, eight);
    await append(2, [about('three', {}, 3), about('four', { dueAt: nextEight }, 3)]);
    const { items } = await outbox().list('p', later, { limit: 10 });
    expect(items.map((mail) => [mail.dueAt, mail.status, ...textsOf(mail)])).toEqual([
      [nextEight, 'queued', 'two', 'three', 'four'],
      [eight, 'sent', 'one'],
    ]);
  });

  test('nothing is added to a digest that was tried and may have arrived', async () => {
    await append(0, [about('one')]);
    const [taken] = await outbox().lease(leaves, 10, 60);
    await outbox().failed(taken!, 'connection lost', '2026-03-03T08:05:00.000Z');
    await append(1, [about('two', {}, 2)]);
    const [retried] = await outbox().lease('2026-03-03T08:05:00.000Z', 10, 60);
    expect(retried).toMatchObject({ id: taken!.id, attempts: 2, tries: 1, parts: [{ lastError: 'connection lost' }] });
    expect(textsOf(retried!)).toEqual(['one']);
  });

  test('a mail is taken when it is due, and again only when its lease ran out', async () => {
    await append(0, [about('one')]);
    expect(await outbox().lease('2026-03-03T08:04:59.999Z', 10, 60)).toEqual([]);
    expect(await outbox().lease(leaves, 10, 60)).toHaveLength(1);
    expect(await outbox().lease('2026-03-03T08:05:59.999Z', 10, 60)).toEqual([]);
    expect(await outbox().lease('2026-03-03T08:06:00.000Z', 10, 60)).toMatchObject([{ attempts: 2 }]);
  });

  test('a lease is taken anew as long as nobody else has the mail, and what others hold is taken over or left', async () => {
    await append(0, [about('one', { urgent: true }), about('two', { urgent: true, to: 'pat@example.org' })]);
    const [one, two] = await outbox().lease(leaves, 10, 60);
    expect(await outbox().renew([one!, two!], '2026-03-03T08:05:30.000Z', 60)).toHaveLength(2);
    await outbox().sent(one!.id, leaves);
    expect(await outbox().renew([one!, two!], '2026-03-03T08:05:31.000Z', 60)).toEqual([two!.id]);
    expect(await outbox().lease('2026-03-03T08:06:30.999Z', 10, 60)).toEqual([]);

    const ended = '2026-03-03T08:06:31.000Z';
    expect(await outbox().lease(ended, 10, 60, { takingOver: false })).toEqual([]);
    const [again] = await outbox().lease(ended, 10, 60, { takingOver: true });
    expect(again).toMatchObject({ id: two!.id, attempts: 2 });
    expect(await outbox().renew([two!], ended, 60)).toEqual([]);
    await outbox().failed(two!, 'told by the courier that lost it', null);
    expect(await outbox().renew([again!], ended, 60)).toEqual([two!.id]);
    await outbox().failed(again!, 'connection lost', nextEight);
    await outbox().sent(two!.id, '2026-03-03T08:06:32.000Z');
    expect(await outbox().backlog(later)).toMatchObject({ due: 0, failed: 0 });
  });

  test('without a mail to take anew, every lease stays as it is', async () => {
    await append(0, [about('one', { urgent: true })]);
    const [mail] = await outbox().lease(leaves, 10, 60);
    expect(await outbox().renew([], '2026-03-03T08:05:30.000Z', 60)).toEqual([]);
    expect(await outbox().lease('2026-03-03T08:05:59.999Z', 10, 60)).toEqual([]);
    expect(await outbox().lease('2026-03-03T08:06:00.000Z', 10, 60)).toMatchObject([{ id: mail!.id, attempts: 2 }]);
  });

  test('a mail that failed waits for its time, is given up at last, and a sent one is sent', async () => {
    await append(0, [about('one', { urgent: true }), about('two', { urgent: true, to: 'pat@example.org' })]);
    const [first, second] = await outbox().lease(leaves, 10, 60);
    await outbox().failed(first!, 'mailbox full', nextEight);
    await outbox().sent(second!.id, '2026-03-03T08:00:01.000Z');
    await outbox().failed(second!, 'too late to fail', null);
    expect(await outbox().lease('2026-03-04T07:59:59.000Z', 10, 60)).toEqual([]);
    expect(await outbox().backlog(later)).toMatchObject({ due: 1, failed: 0 });
    const [again] = await outbox().lease(nextEight, 10, 60);
    expect(again).toMatchObject({ id: first!.id });
    await outbox().failed(again!, 'no such mailbox', null);
    expect(await outbox().lease(later, 10, 60)).toEqual([]);
    expect(await outbox().backlog(later)).toMatchObject({ due: 0, failed: 1 });
    const byId = new Map((await outbox().list('p', later, { limit: 10 })).items.map((mail) => [mail.id, mail]));
    expect(byId.get(first!.id)).toMatchObject({ status: 'failed', attempts: 2, lastError: 'no such mailbox' });
    expect(byId.get(second!.id)).toMatchObject({ status: 'sent', sentAt: '2026-03-03T08:00:01.000Z' });
    expect(byId.get(second!.id)).not.toHaveProperty('lastError');
  });

  test('the mails of a rehearsal are kept, grow, and are never taken', async () => {
    await append(0, [about('one'), about('now', { urgent: true })], 'p', { rehearsal: true });
    await append(1, [about('two', {}, 2)], 'p', { rehearsal: true });
    expect(await outbox().lease(later, 10, 60)).toEqual([]);
    expect(await outbox().backlog(later)).toMatchObject({ due: 0, failed: 0 });
    const { items } = await outbox().list('p', later, { limit: 10 });
    expect(items.map((mail) => [mail.status, ...textsOf(mail)]).sort()).toEqual([
      ['kept', 'now'],
      ['kept', 'one', 'two'],
    ]);
  });

  test('a digest comes with what its program recorded from its first item until it leaves', async () => {
    const recordedAt = (seq: number, at: Instant) => ({ ...aRecord(seq), at });
    const commit = (expectedSeq: number, at: Instant, notices: Notice[], programId: string, rehearsal = false) =>
      bench.db.register.append(
        aCommit(programId, expectedSeq, {
          notices,
          records: [recordedAt(expectedSeq + 1, at)],
          rows: { program: aProgram(programId, { rehearsal }) },
        }),
      );
    const seqs = (mail: { later?: { seq: number }[] }) => mail.later?.map(({ seq }) => seq);
    for (const [programId, rehearsal] of [['p', false] as const, ['q', false] as const, ['r', true] as const]) {
      await commit(0, '2026-03-02T09:00:00.000Z', [], programId, rehearsal);
      await commit(
        1,
        '2026-03-02T10:00:00.000Z',
        [about('one', {}, 2), about('now', { urgent: true }, 2)],
        programId,
        rehearsal,
      );
      await commit(2, leaves, [], programId, rehearsal);
      await commit(3, '2026-03-03T08:05:00.001Z', [], programId, rehearsal);
    }
    const leased = await outbox().lease(leaves, 10, 60);
    const parts = leased.flatMap((bundle) => bundle.parts);
    expect(parts.map((mail) => [mail.programId, mail.kind, seqs(mail)]).sort()).toEqual([
      ['p', 'digest', [3, 4]],
      ['p', 'urgent', undefined],
      ['q', 'digest', [3, 4]],
      ['q', 'urgent', undefined],
    ]);
    const digest = leased.find(({ kind }) => kind === 'digest')!;
    expect(digest.parts.map(({ programId }) => programId)).toEqual(['p', 'q']);
    await outbox().sent(digest.id, leaves);
    for (const programId of ['p', 'r']) {
      const { items } = await outbox().list(programId, later, { limit: 10 });
      expect(items.map(seqs).filter(Boolean)).toEqual([[3]]);
    }
  });

  test('a digest that was overtaken is not taken again, and grows no more', async () => {
    await append(0, [about('one')]);
    const [taken] = await outbox().lease(leaves, 10, 60);
    await outbox().overtaken({ ...taken!, attempts: 0 });
    expect(await outbox().backlog(later)).toMatchObject({ due: 1, failed: 0 });
    await outbox().overtaken(taken!);
    expect(await outbox().lease(later, 10, 60)).toEqual([]);
    expect(await outbox().backlog(later)).toMatchObject({ due: 0, failed: 0 });
    await append(1, [about('two', {}, 2)]);
    const { items } = await outbox().list('p', later, { limit: 10 });
    expect(items.map((mail) => [mail.status, ...textsOf(mail)])).toEqual([
      ['queued', 'two'],
      ['overtaken', 'one'],
    ]);
  });

  test('couriers at work at the same time take different mails, and together all', async () => {
    const notices = Array.from({ length: 60 }, (_, n) => about(`n${n}`, { to: `p${n}@example.org` }));
    await append(0, notices);
    const others = await Promise.all([bench.again(), bench.again(), bench.again()]);
    const taken: string[] = [];
    const courier = async (db: typeof bench.db) => {
      for (;;) {
        const mails = await db.outbox.lease(leaves, 7, 60);
        taken.push(...mails.map((mail) => mail.to));
        if (mails.length === 0) return;
      }
    };
    await Promise.all([bench.db, ...others].map(courier));
    expect(taken).toHaveLength(60);
    expect(new Set(taken).size).toBe(60);
  });

  test('a digest that is taken while commits add to it tells everything exactly once', async () => {
    const courier = await bench.again();
    const told: string[] = [];
    let writing = true;
    const sending = (async () => {
      while (writing) {
        for (const mail of await courier.outbox.lease(later, 10, 60)) {
          told.push(...textsOf(mail));
          await courier.outbox.sent(mail.id, later);
        }
      }
    })();
    // Each on a day of its own, so that none is pushed on past the time of the courier.
    for (let seq = 1; seq <= 30; seq++) await append(seq - 1, [about(`n${seq}`, { dueAt: eight }, seq)]);
    writing = false;
    await sending;
    for (const mail of await courier.outbox.lease('2026-12-31T00:00:00.000Z', 100, 60)) told.push(...textsOf(mail));
    expect(told.sort()).toEqual(Array.from({ length: 30 }, (_, n) => `n${n + 1}`).sort());
  });

  test('what failed or was given back is due at once when the server is back, what was put off and given up is not', async () => {
    const to = (name: string) => ({ to: `${name}@example.org`, urgent: true, dueAt: eight }) as const;
    await append(
      0,
      ['failed', 'untried', 'gone', 'off'].map((name) => about(name, to(name))),
    );
    const leased = new Map((await outbox().lease(leaves, 10, 60)).map((mail) => [textsOf(mail)[0], mail]));
    await outbox().failed(leased.get('failed')!, '450 later', nextEight);
    await outbox().untried(leased.get('untried')!, 'the server is away', nextEight);
    await outbox().failed(leased.get('gone')!, '550 no such mailbox', null);
    await outbox().postponed(leased.get('off')!, nextEight);
    expect(await outbox().lease(leaves, 10, 60)).toEqual([]);
    await outbox().retryAt(leaves);
    expect((await outbox().lease(leaves, 10, 60)).flatMap(textsOf).sort()).toEqual(['failed', 'untried']);
  });

  test('the list comes latest first, page by page, without what is not due', async () => {
    const at = (day: number) => new Date(Date.UTC(2026, 2, day, 8)).toISOString();
    await append(
      0,
      [1, 2, 3, 4, 5].map((day) => about(`day ${day}`, { dueAt: at(day) })),
    );
    await append(0, [about('of another program')], 'q');
    const first = await outbox().list('p', at(4), { limit: 3 });
    const second = await outbox().list('p', at(4), { limit: 3, cursor: first.nextCursor! });
    expect([...first.items, ...second.items].flatMap(textsOf)).toEqual(['day 4', 'day 3', 'day 2', 'day 1']);
    expect(second.nextCursor).toBeNull();
  });
});

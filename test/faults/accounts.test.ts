import { expect, test } from 'vitest';
import type { Mail } from '../../db/types.ts';
import type { ProgramRecord } from '../../domain/registry.ts';
import { compareMails, compareRecords, toldAs } from './accounts.ts';
import type { Acknowledged } from './load.ts';

const asked = (text: string, seq: number): Acknowledged => ({
  programId: 'p',
  type: 'EvidenceRejected',
  text,
  answer: { commandId: `command-${text}`, firstSeq: seq, lastSeq: seq },
});

const recorded = (text: string, seq: number): ProgramRecord => ({
  seq,
  at: '2026-03-02T09:00:00.000Z',
  actor: 'pat@example.org',
  commandId: `command-${text}`,
  item: 0,
  type: 'EvidenceRejected',
  data: { taskId: 'T-1', note: text },
});

const none = { lost: [], doubled: [], unasked: [], misplaced: [] };

test('a record that is there once, where its answer says, is in order', () => {
  expect(compareRecords([asked('a', 4), asked('b', 5)], [recorded('a', 4), recorded('b', 5)])).toEqual(none);
});

test('an acknowledged command without a record is lost', () => {
  expect(compareRecords([asked('a', 4), asked('b', 5)], [recorded('a', 4)])).toEqual({
    ...none,
    lost: ['p EvidenceRejected "b"'],
  });
});

test('an acknowledged command with two records is doubled', () => {
  const { doubled } = compareRecords([asked('a', 4)], [recorded('a', 4), recorded('a', 5)]);
  expect(doubled).toEqual(['p EvidenceRejected "a" is in 2 records']);
});

test('a record that nobody asked for, and one that is not where its answer says, are told of', () => {
  expect(compareRecords([], [recorded('a', 4)]).unasked).toEqual(['record 4 EvidenceRejected by pat@example.org']);
  expect(compareRecords([asked('a', 4)], [recorded('a', 5)]).misplaced).toHaveLength(1);
});

const item = { kind: 'incident', id: 'I-1', severity: 'low', description: 'It went astray.' } as const;
const mail = (id: string, overrides: Partial<Mail> = {}): Mail => ({
  id,
  programId: 'p',
  programName: 'Program p',
  timeZone: 'America/New_York',
  standardId: 'iso-42001-2023',
  zone: 'America/New_York',
  organization: 'Example Ltd',
  to: 'sue@example.org',
  kind: 'urgent',
  dueAt: '2026-03-02T09:00:00.000Z',
  status: 'sent',
  attempts: 1,
  tries: 0,
  messageId: `<${id}@certloop>`,
  items: [{ seq: 4, item }],
  ...overrides,
});
const arrived = ({ messageId, to }: Mail) => ({ messageId, envelopeTo: [to] });
const due = toldAs(mail('a'), 4, item);
const noneOfMails = { untold: [], toldTwice: [], unfounded: [], unsent: [], missing: [], unknown: [] };

test('a notice in one mail that arrived is in order, also when the mail came again under its Message-ID', () => {
  const one = mail('a');
  const account = { sent: 1, urgent: 1, wrong: noneOfMails };
  expect(compareMails([due], [one], [arrived(one)])).toEqual({ ...account, arrivedAgain: 0 });
  expect(compareMails([due], [one], [arrived(one), arrived(one)])).toEqual({ ...account, arrivedAgain: 1 });
});

test('a notice in two mails is told twice, one in none is untold, one of no record is unfounded', () => {
  const two = [mail('a'), mail('b')];
  expect(compareMails([due], two, two.map(arrived)).wrong).toEqual({ ...noneOfMails, toldTwice: [due] });
  expect(compareMails([due], [], []).wrong).toEqual({ ...noneOfMails, untold: [due] });
  expect(compareMails([], [mail('a')], [arrived(mail('a'))]).wrong).toEqual({ ...noneOfMails, unfounded: [due] });
});

test('parts of several programs that went out as one mail arrived with it', () => {
  const parts = ['p', 'q'].map((programId) =>
    mail(programId, { programId, kind: 'digest', messageId: '<one@certloop>' }),
  );
  const both = parts.map((part) => toldAs(part, 4, item));
  const account = { sent: 2, urgent: 0, arrivedAgain: 0, wrong: noneOfMails };
  expect(compareMails(both, parts, [arrived(parts[0]!)])).toEqual(account);
  expect(compareMails(both, parts, []).wrong.missing).toEqual(['<one@certloop> to sue@example.org']);
  const late = [parts[0]!, { ...parts[1]!, status: 'overtaken' as const }];
  expect(compareMails(both, late, [arrived(parts[0]!)]).wrong).toEqual(noneOfMails);
});

test('a mail that was not sent, that never arrived, or that came from nowhere is told of', () => {
  const queued = mail('a', { status: 'queued' });
  expect(compareMails([due], [queued], [arrived(queued)]).wrong.unsent).toHaveLength(1);
  expect(compareMails([due], [mail('a')], []).wrong.missing).toHaveLength(1);
  expect(compareMails([], [], [arrived(mail('z'))]).wrong.unknown).toEqual(['<z@certloop> to sue@example.org']);
});

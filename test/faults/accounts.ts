import canonicalize from 'canonicalize';
import knex from 'knex';
import { rebuild } from '../../db/rebuild.ts';
import type { Database, Mail } from '../../db/types.ts';
import { apply } from '../../domain/fold.ts';
import type { ProgramRecord } from '../../domain/registry.ts';
import type { ProgramState } from '../../domain/state.ts';
import { noticesOf } from '../../words/records/index.ts';
import type { MailServer } from '../support/mailServer.ts';
import type { Acknowledged } from './load.ts';

/** Records that are not as they should be, each told in a line. */
export interface WrongRecords {
  lost: string[];
  doubled: string[];
  /** Records that nobody asked for. */
  unasked: string[];
  /** Answers that say that a record is where it is not. */
  misplaced: string[];
}

export interface RecordAccount {
  records: number;
  chainsVerified: number;
  brokenChains: string[];
  wrong: WrongRecords;
}

/** Compares what was acknowledged with what the register of the programs holds since `baseline`, a number by program. */
export async function accountForRecords(
  { register }: Database,
  acknowledged: Acknowledged[],
  baseline: Map<string, number>,
): Promise<RecordAccount> {
  const wrong: WrongRecords = { lost: [], doubled: [], unasked: [], misplaced: [] };
  const account: RecordAccount = { records: 0, chainsVerified: 0, brokenChains: [], wrong };
  for (const [programId, after] of baseline) {
    const { ok, brokenAt } = await register.verify(programId);
    if (ok) account.chainsVerified++;
    else account.brokenChains.push(`${programId} at record ${brokenAt?.seq}: ${brokenAt?.reason}`);
    const records = await register.records(programId, { after });
    account.records += records.length;
    const own = acknowledged.filter((one) => one.programId === programId);
    for (const [what, lines] of Object.entries(compareRecords(own, records)))
      wrong[what as keyof WrongRecords].push(...lines);
  }
  return account;
}

/** Compares what was acknowledged of one program with its records. */
export function compareRecords(acknowledged: Acknowledged[], records: ProgramRecord[]): WrongRecords {
  const wrong: WrongRecords = { lost: [], doubled: [], unasked: [], misplaced: [] };
  const saying = grouped(records, textOf);
  const byCommand = grouped(records, ({ commandId }) => commandId);
  for (const { programId, type, text, answer } of acknowledged) {
    const told = `${programId} ${type} "${text}"`;
    const [record, ...others] = saying.get(text) ?? [];
    const seqs = byCommand.get(answer.commandId)?.map(({ seq }) => seq) ?? [];
    if (!record) wrong.lost.push(told);
    else if (others.length > 0) wrong.doubled.push(`${told} is in ${others.length + 1} records`);
    else if (
      record.type !== type ||
      record.commandId !== answer.commandId ||
      seqs[0] !== answer.firstSeq ||
      seqs.at(-1) !== answer.lastSeq
    ) {
      wrong.misplaced.push(`${told} is record ${record.seq}, its answer says ${JSON.stringify(answer)}`);
    }
  }
  const asked = new Set(acknowledged.map(({ answer }) => answer.commandId));
  for (const { seq, type, actor, commandId } of records) {
    if (actor !== 'system' && !asked.has(commandId)) wrong.unasked.push(`record ${seq} ${type} by ${actor}`);
  }
  return wrong;
}

function grouped<T>(all: T[], keyOf: (one: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

/** The unique text of a record that a lane asked for. */
function textOf(record: ProgramRecord): string | undefined {
  if (record.type === 'EvidenceSubmitted') return record.data.evidence.note;
  if (record.type === 'EvidenceRejected') return record.data.note;
  if (record.type === 'ComplaintReceived') return record.data.description;
  return undefined;
}

const readTables = ['programs', 'tasks', 'audits', 'findings', 'people'];

/** The rows of the read tables that are not as a rebuild from the records makes them; leaves them rebuilt. */
export async function rowsThatDiffer(database: Database, databaseUrl: string): Promise<string[]> {
  const db = knex({ client: 'pg', connection: databaseUrl, pool: { min: 0, max: 1 } });
  const rows = async () => {
    const found = new Map<string, unknown>();
    for (const table of readTables) {
      for (const { doc, ...columns } of await db(table).select()) {
        const key = [table, columns.program_id, columns.id ?? columns.email].filter(Boolean).join(' ');
        found.set(key, canonicalize({ ...columns, doc: JSON.parse(doc) }));
      }
    }
    return found;
  };
  try {
    const before = await rows();
    for (const programId of await database.register.programIds()) await rebuild(database, programId);
    const after = await rows();
    const keys = [...new Set([...before.keys(), ...after.keys()])];
    return keys.filter((key) => before.get(key) !== after.get(key));
  } finally {
    await db.destroy();
  }
}

/** Mails and what they tell that are not as they should be, each told in a line. */
export interface WrongMails {
  /** Notices that no mail tells, that two mails tell, and those that no record gives rise to. */
  untold: string[];
  toldTwice: string[];
  unfounded: string[];
  /** Mails of the outbox that were not sent, or that never arrived, and those that came from nowhere. */
  unsent: string[];
  missing: string[];
  unknown: string[];
}

export interface MailAccount {
  /** Parts of mails that were sent, and of these those that waited for no digest. */
  sent: number;
  urgent: number;
  /** Mails that arrived once more under the same Message-ID: mail programs show one. */
  arrivedAgain: number;
  wrong: WrongMails;
}

/** A mail that arrived at the mail server. */
type Arrival = Pick<MailServer['received'][number], 'messageId' | 'envelopeTo'>;

/** Compares the notices that the records give rise to with the mails in the outbox, and these with what arrived. */
export async function accountForMails(
  database: Database,
  programIds: string[],
  received: Arrival[],
): Promise<MailAccount> {
  const due: string[] = [];
  const mails: Mail[] = [];
  for (const programId of programIds) {
    due.push(...noticesOfAll(programId, await database.register.records(programId)));
    mails.push(...(await mailsOf(database, programId)));
  }
  return compareMails(due, mails, received);
}

/** Compares notices that are due, as `toldAs` tells them, with mails, and these with what arrived. */
export function compareMails(due: string[], mails: Mail[], received: Arrival[]): MailAccount {
  const wrong: WrongMails = { untold: [], toldTwice: [], unfounded: [], unsent: [], missing: [], unknown: [] };
  const told = counted(mails.flatMap((mail) => mail.items.map(({ seq, item }) => toldAs(mail, seq, item))));
  const wanted = counted(due);
  for (const notice of new Set([...told.keys(), ...wanted.keys()])) {
    const surplus = (told.get(notice) ?? 0) - (wanted.get(notice) ?? 0);
    if (!wanted.has(notice)) wrong.unfounded.push(notice);
    else if (surplus < 0) wrong.untold.push(notice);
    else if (surplus > 0) wrong.toldTwice.push(notice);
  }
  const arrivals = counted(received.map(({ messageId, envelopeTo }) => `${messageId} to ${envelopeTo.join()}`));
  let arrivedAgain = 0;
  // Parts of several programs go out as one, under one Message-ID.
  for (const [name, parts] of grouped(mails, ({ messageId, to }) => `${messageId} to ${to}`)) {
    const times = arrivals.get(name) ?? 0;
    // What was done before it left is not in it.
    const told = parts.filter(({ status }) => status !== 'overtaken');
    if (told.length === 0) continue;
    for (const { status, lastError } of told)
      if (status !== 'sent') wrong.unsent.push(`${name}: ${status}, ${lastError}`);
    if (times === 0) wrong.missing.push(name);
    arrivedAgain += Math.max(0, times - 1);
    arrivals.delete(name);
  }
  wrong.unknown.push(...arrivals.keys());
  const sent = mails.filter(({ status }) => status === 'sent');
  return { sent: sent.length, urgent: sent.filter(({ kind }) => kind !== 'digest').length, arrivedAgain, wrong };
}

async function mailsOf({ outbox }: Database, programId: string): Promise<Mail[]> {
  const mails: Mail[] = [];
  let cursor: string | undefined;
  do {
    const page = await outbox.list(programId, '9999-12-31T00:00:00.000Z', { limit: 200, cursor });
    mails.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return mails;
}

/** Every notice of a program's life, worked out from its records alone: a command's records are told of together. */
function noticesOfAll(programId: string, records: ProgramRecord[]): string[] {
  const notices: string[] = [];
  let state: ProgramState | undefined;
  for (let next = 0; next < records.length; ) {
    const { commandId, item } = records[next]!;
    const from = next;
    while (records[next]?.commandId === commandId && records[next]?.item === item)
      state = apply(state, records[next++]!);
    for (const record of records.slice(from, next)) {
      for (const { to, seq, item: notice } of noticesOf(state!, record, record.at)) {
        notices.push(toldAs({ programId, to }, seq, notice));
      }
    }
  }
  return notices;
}

/** A notice in words that are the same for the same notice. */
export function toldAs({ programId, to }: Pick<Mail, 'programId' | 'to'>, seq: number, item: object): string {
  return `${programId} to ${to} of record ${seq}: ${canonicalize(JSON.parse(JSON.stringify(item)))}`;
}

function counted(keys: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

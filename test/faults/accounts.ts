import canonicalize from 'canonicalize';
import knex from 'knex';
import { rebuild } from '../../db/rebuild.ts';
import type { Database, Mail } from '../../db/types.ts';
import { apply } from '../../domain/apply/index.ts';
import { noticesOf } from '../../domain/notices/index.ts';
import type { ProgramRecord, ProgramState } from '../../domain/types/index.ts';
import type { MailServer } from '../support/mailServer.ts';
import type { Acknowledged } from './load.ts';

/** What is not as it should be, each told in a line; all empty when everything is there exactly once. */
export interface RecordAccount {
  records: number;
  chainsVerified: number;
  lost: string[];
  doubled: string[];
  /** Records that nobody asked for. */
  unasked: string[];
  /** Answers that say that a record is where it is not. */
  misplaced: string[];
  brokenChains: string[];
}

/** Compares what was acknowledged with what the register of the programs holds since `baseline`, a number by program. */
export async function accountForRecords(
  { register }: Database,
  acknowledged: Acknowledged[],
  baseline: Map<string, number>,
): Promise<RecordAccount> {
  const account: RecordAccount = {
    records: 0,
    chainsVerified: 0,
    lost: [],
    doubled: [],
    unasked: [],
    misplaced: [],
    brokenChains: [],
  };
  for (const [programId, after] of baseline) {
    const { ok, brokenAt } = await register.verify(programId);
    if (ok) account.chainsVerified++;
    else account.brokenChains.push(`${programId} at record ${brokenAt?.seq}: ${brokenAt?.reason}`);
    const records = await register.records(programId, { after });
    account.records += records.length;
    compare(
      acknowledged.filter((one) => one.programId === programId),
      records,
      account,
    );
  }
  return account;
}

function compare(acknowledged: Acknowledged[], records: ProgramRecord[], account: RecordAccount): void {
  const byText = new Map<string, ProgramRecord[]>();
  for (const record of records) {
    const text = textOf(record);
    if (text !== undefined) byText.set(text, [...(byText.get(text) ?? []), record]);
  }
  for (const { programId, type, text, answer } of acknowledged) {
    const told = `${programId} ${type} "${text}"`;
    const [record, ...others] = byText.get(text) ?? [];
    if (!record) account.lost.push(told);
    else if (others.length > 0) account.doubled.push(`${told} is in ${others.length + 1} records`);
    else {
      const own = records.filter(({ commandId }) => commandId === answer.commandId).map(({ seq }) => seq);
      const isThere = record.type === type && record.commandId === answer.commandId && own.includes(record.seq);
      if (!isThere || own[0] !== answer.firstSeq || own.at(-1) !== answer.lastSeq) {
        account.misplaced.push(`${told} is record ${record.seq}, its answer says ${JSON.stringify(answer)}`);
      }
    }
  }
  const commandIds = new Set(acknowledged.map(({ answer }) => answer.commandId));
  for (const { seq, type, actor, commandId } of records) {
    if (actor !== 'system' && !commandIds.has(commandId)) account.unasked.push(`record ${seq} ${type} by ${actor}`);
  }
}

/** The unique text of a record that a lane asked for. */
function textOf(record: ProgramRecord): string | undefined {
  if (record.type === 'EvidenceSubmitted') return record.data.evidence.note;
  if (record.type === 'EvidenceRejected') return record.data.note;
  if (record.type === 'IncidentReported') return record.data.description;
  return undefined;
}

const readTables = ['programs', 'tasks', 'audits', 'findings', 'certificates', 'people'];

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

export interface MailAccount {
  /** Mails that were sent, and of these the urgent ones. */
  sent: number;
  urgent: number;
  /** Mails that arrived more than once under the same Message-ID: mail programs show one. */
  arrivedAgain: number;
  /** Notices that no mail tells, that two mails tell, and those that nothing in the register gives rise to. */
  untold: string[];
  toldTwice: string[];
  unfounded: string[];
  /** Mails of the outbox that were not sent, or that never arrived, and those that came from nowhere. */
  unsent: string[];
  missing: string[];
  unknown: string[];
}

/** Compares the notices that the records give rise to with the mails in the outbox, and these with what arrived. */
export async function accountForMails(
  database: Database,
  programIds: string[],
  received: MailServer['received'],
): Promise<MailAccount> {
  const account: MailAccount = {
    sent: 0,
    urgent: 0,
    arrivedAgain: 0,
    untold: [],
    toldTwice: [],
    unfounded: [],
    unsent: [],
    missing: [],
    unknown: [],
  };
  const arrivals = counted(received.map(({ messageId, envelopeTo }) => `${messageId} to ${envelopeTo.join()}`));
  for (const programId of programIds) {
    const mails = await mailsOf(database, programId);
    const told = counted(
      mails.flatMap(({ to, kind, items }) => items.map((one) => toldAs(to, kind, one.seq, one.item))),
    );
    const due = counted(noticesOfAll(await database.register.records(programId)));
    for (const notice of new Set([...told.keys(), ...due.keys()])) {
      const [times, wanted] = [told.get(notice) ?? 0, due.get(notice) ?? 0];
      if (wanted === 0) account.unfounded.push(`${programId} ${notice}`);
      else if (times < wanted) account.untold.push(`${programId} ${notice}`);
      else if (times > wanted) account.toldTwice.push(`${programId} ${notice}`);
    }
    for (const { messageId, to, kind, status, lastError } of mails) {
      const mail = `${messageId} to ${to}`;
      if (status === 'sent') account.sent++;
      else account.unsent.push(`${mail}: ${status}, ${lastError}`);
      if (kind === 'urgent') account.urgent++;
      const times = arrivals.get(mail) ?? 0;
      if (times === 0) account.missing.push(mail);
      account.arrivedAgain += Math.max(0, times - 1);
      arrivals.delete(mail);
    }
  }
  account.unknown.push(...arrivals.keys());
  return account;
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
function noticesOfAll(records: ProgramRecord[]): string[] {
  const notices: string[] = [];
  let state: ProgramState | undefined;
  for (let next = 0; next < records.length; ) {
    const { commandId, item } = records[next]!;
    const from = next;
    while (records[next]?.commandId === commandId && records[next]?.item === item)
      state = apply(state, records[next++]!);
    for (const record of records.slice(from, next)) {
      for (const { to, urgent, seq, item: notice } of noticesOf(state!, record, record.at)) {
        notices.push(toldAs(to, urgent ? 'urgent' : 'digest', seq, notice));
      }
    }
  }
  return notices;
}

function toldAs(to: string, kind: Mail['kind'], seq: number, item: object): string {
  return `${kind} to ${to} of record ${seq}: ${canonicalize(JSON.parse(JSON.stringify(item)))}`;
}

function counted(keys: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

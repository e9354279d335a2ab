import type { Knex } from 'knex';
import type { Email, Instant } from '../domain/basics.ts';
import type { ProgramRecord, RecordType } from '../domain/registry.ts';
import type { Connection } from './connection.ts';
import { type Order, paginate } from './cursor.ts';
import { alone, noteFiles, removeUnlessKept } from './fileNotes.ts';
import type { Page, PageRequest } from './page.ts';

/** A file of a program: what is in it is kept elsewhere, by its hash. */
export interface ProgramFile {
  sha256: string;
  bytes: number;
  mediaType: string;
  /** As whoever uploaded it first called it. */
  name: string;
  uploadedBy: Email;
  uploadedAt: Instant;
  erased?: { at: Instant; by: Email | 'system'; reason: string };
}

/** A record that names a file, and the task that it answers, where it answers one. */
export interface FileUse {
  seq: number;
  record: RecordType;
  taskId?: string;
}

export type FileWithUses = ProgramFile & { uses: FileUse[] };

/** What became of a file that was to be added; `beingRemoved`: nothing was, for its content is just being removed. */
export type Added = { is: 'added' | 'known' | 'erased'; file: ProgramFile } | { is: 'beingRemoved' };

/** The files of programs. */
export interface FileTable {
  /** Adds a file to a program; one whose content is there already stays as it is. */
  add(programId: string, file: Omit<ProgramFile, 'erased'>): Promise<Added>;
  find(programId: string, sha256: string): Promise<FileWithUses | undefined>;
  findAll(programId: string, hashes: readonly string[]): Promise<ProgramFile[]>;
  /** The files of a program, latest upload first, erased ones too: those of a name, and those that `keep` takes. */
  list(
    programId: string,
    filter: { name?: string | undefined },
    page: PageRequest,
    keep: (file: ProgramFile) => boolean,
  ): Promise<Page<FileWithUses>>;
  /** The hashes of those that somebody uploaded, first or again. */
  uploadedBy(programId: string, email: Email): Promise<Set<string>>;
  /** Every file that some program has and that was not erased there, once. */
  kept(): AsyncIterable<{ sha256: string; bytes: number }>;
  /** Takes a file out of its program that was added in vain. */
  drop(programId: string, sha256: string): Promise<void>;
  /** Drops files that were uploaded before a moment and are named in no record; gives how many. */
  dropUnused(before: Instant): Promise<number>;
  /** Has a file removed that no program has. */
  release(sha256: string): Promise<void>;
  /** Files that no program has any more, to be removed from where they are kept. */
  toRemove(): Promise<string[]>;
  removed(sha256: string): Promise<void>;
  /** Notes anew what the records of a program say of its files. */
  rebuild(programId: string, records: ProgramRecord[], through: number): Promise<void>;
}

interface Row {
  sha256: string;
  bytes: number | string;
  media_type: string;
  name: string;
  uploaded_by: Email;
  uploaded_at: Instant;
  erased_at: Instant | null;
  erased_by: Email | 'system' | null;
  erased_reason: string | null;
}

const order: Order = { columns: { uploaded_at: 'string', sha256: 'string' }, descending: true };
const portion = 500;

export function createFiles({ reader, write }: Connection): FileTable {
  async function withUses(programId: string, rows: Row[]): Promise<FileWithUses[]> {
    const hashes = rows.map(({ sha256 }) => sha256);
    const uses: UseRow[] = await reader('file_uses')
      .where({ program_id: programId })
      .whereIn('sha256', hashes)
      .orderBy('seq');
    return rows.map((row) => ({ ...toFile(row), uses: uses.filter(({ sha256 }) => sha256 === row.sha256).map(toUse) }));
  }

  return {
    add: (programId, file) => write((trx) => add(trx, programId, file)),
    async find(programId, sha256) {
      const rows: Row[] = await reader('files').where({ program_id: programId, sha256 });
      return (await withUses(programId, rows))[0];
    },
    async findAll(programId, hashes) {
      const rows: Row[] = await reader('files').where({ program_id: programId }).whereIn('sha256', hashes);
      return rows.map(toFile);
    },
    async list(programId, { name }, page, keep) {
      const query = reader('files').where({ program_id: programId });
      if (name !== undefined) query.where({ name });
      const { items, nextCursor } = await paginate<Row>(query, order, page, (row) => keep(toFile(row)));
      return { items: await withUses(programId, items), nextCursor };
    },
    async uploadedBy(programId, email) {
      return new Set(await reader('file_uploads').where({ program_id: programId, email }).pluck('sha256'));
    },
    kept: () => kept(reader),
    drop: (programId, sha256) => write((trx) => drop(trx, programId, sha256)),
    dropUnused: (before) => write((trx) => dropUnused(trx, before)),
    release: (sha256) => write((trx) => removeUnlessKept(trx, sha256)),
    toRemove: async () => reader('file_removals').orderBy('sha256').pluck('sha256'),
    removed: (sha256) =>
      write(async (trx) => {
        await trx('file_removals').where({ sha256 }).delete();
      }),
    rebuild: (programId, records, through) =>
      write(async (trx) => {
        const later = trx('records').where({ program_id: programId }).where('seq', '>', through).select('seq');
        await trx('file_uses').where({ program_id: programId }).whereNotIn('seq', later).delete();
        await noteFiles(trx, programId, records);
      }),
  };
}

async function add(trx: Knex, programId: string, file: Omit<ProgramFile, 'erased'>): Promise<Added> {
  const { sha256, uploadedBy: email } = file;
  const there = () => trx('files').where({ program_id: programId, sha256 }).first() as Promise<Row | undefined>;
  await alone(trx, sha256);
  const before = await there();
  if (before?.erased_at) {
    await removeUnlessKept(trx, sha256);
    return { is: 'erased', file: toFile(before) };
  }
  if (!before) {
    if (await trx('file_removals').where({ sha256 }).first()) return { is: 'beingRemoved' };
    await trx('files').insert(toRow(programId, file)).onConflict(['program_id', 'sha256']).ignore();
  }
  // Whoever uploads it again is about to use it.
  if (before) await trx('files').where({ program_id: programId, sha256 }).update({ uploaded_at: file.uploadedAt });
  const upload = { program_id: programId, sha256, email };
  await trx('file_uploads').insert(upload).onConflict(['program_id', 'sha256', 'email']).ignore();
  return { is: before ? 'known' : 'added', file: toFile((await there()) as Row) };
}

async function drop(trx: Knex, programId: string, sha256: string): Promise<void> {
  for (const table of ['files', 'file_uploads']) await trx(table).where({ program_id: programId, sha256 }).delete();
}

async function dropUnused(trx: Knex, before: Instant): Promise<number> {
  const used = trx('file_uses as u').whereRaw('u.program_id = f.program_id and u.sha256 = f.sha256').select('u.seq');
  const unused: { program_id: string; sha256: string }[] = await trx('files as f')
    .where('f.uploaded_at', '<', before)
    .whereNull('f.erased_at')
    .whereNotExists(used)
    .limit(portion)
    .select('f.program_id', 'f.sha256');
  for (const { program_id, sha256 } of unused) {
    await drop(trx, program_id, sha256);
    await removeUnlessKept(trx, sha256);
  }
  return unused.length;
}

async function* kept(reader: Knex): AsyncGenerator<{ sha256: string; bytes: number }> {
  for (let after = ''; ; ) {
    const rows: { sha256: string; bytes: number | string }[] = await reader('files')
      .whereNull('erased_at')
      .where('sha256', '>', after)
      .groupBy('sha256')
      .orderBy('sha256')
      .limit(portion)
      .select('sha256')
      .max('bytes as bytes');
    for (const { sha256, bytes } of rows) yield { sha256, bytes: Number(bytes) };
    if (rows.length < portion) return;
    after = rows.at(-1)!.sha256;
  }
}

interface UseRow {
  sha256: string;
  seq: number;
  record: RecordType;
  task_id: string | null;
}

function toUse({ seq, record, task_id }: UseRow): FileUse {
  return { seq, record, ...(task_id !== null && { taskId: task_id }) };
}

function toFile(row: Row): ProgramFile {
  const { sha256, media_type, name, uploaded_by, uploaded_at, erased_at, erased_by, erased_reason } = row;
  const file = { sha256, bytes: Number(row.bytes), mediaType: media_type, name };
  const erased = erased_at && { erased: { at: erased_at, by: erased_by ?? 'system', reason: erased_reason ?? '' } };
  return { ...file, uploadedBy: uploaded_by, uploadedAt: uploaded_at, ...erased };
}

function toRow(programId: string, file: Omit<ProgramFile, 'erased'>) {
  const { sha256, bytes, mediaType, name, uploadedBy, uploadedAt } = file;
  const content = { program_id: programId, sha256, bytes, media_type: mediaType, name };
  return { ...content, uploaded_by: uploadedBy, uploaded_at: uploadedAt };
}

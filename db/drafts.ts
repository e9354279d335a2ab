import type { Email, Instant } from '../domain/basics.ts';
import type { Connection } from './connection.ts';

/** What somebody typed and has not sent yet: fields of a form by their names. */
export interface SavedDraft {
  savedAt: Instant;
  fields: Record<string, string[]>;
}

/** Of whom a draft is, and for what: a program, and a subject such as `T-7` or `T-7/plan`. */
export interface DraftKey {
  programId: string;
  subject: string;
  email: Email;
}

export interface Drafts {
  find(key: DraftKey): Promise<SavedDraft | undefined>;
  save(key: DraftKey, draft: SavedDraft): Promise<void>;
  remove(key: DraftKey): Promise<void>;
}

/** The drafts; each is seen by its writer only. */
export function createDrafts({ reader, write }: Connection): Drafts {
  return {
    async find(key) {
      const row: { saved_at: Instant; doc: string } | undefined = await reader('drafts').where(rowKey(key)).first();
      return row && { savedAt: row.saved_at, fields: JSON.parse(row.doc) };
    },
    async save(key, { savedAt, fields }) {
      const given = { saved_at: savedAt, doc: JSON.stringify(fields) };
      await write((trx) =>
        trx('drafts')
          .insert({ ...rowKey(key), ...given })
          .onConflict(['program_id', 'subject', 'email'])
          .merge(given),
      );
    },
    async remove(key) {
      await write((trx) => trx('drafts').where(rowKey(key)).delete());
    },
  };
}

function rowKey({ programId, subject, email }: DraftKey) {
  return { program_id: programId, subject, email };
}

import { Type } from 'typebox';
import { actorEmail, email, fileRef, id, instant } from '../../domain/registry/fields.ts';
import type { RecordType } from '../../domain/registry.ts';

/** A file of a program, and what names it. */
export const programFile = Type.Object({
  ...fileRef.properties,
  uploadedBy: email,
  uploadedAt: instant,
  uses: Type.Array(
    Type.Object({
      seq: Type.Integer({ description: 'The record that names it' }),
      record: Type.Unsafe<RecordType>(Type.String()),
      taskId: Type.Optional(id),
    }),
  ),
  erased: Type.Optional(
    Type.Object({ at: instant, by: actorEmail, reason: Type.String() }, { description: 'What was in it is gone.' }),
  ),
});

/** As its sender calls it; what is no part of a name is taken out of it. */
export const calledAs = Type.String({ minLength: 1, maxLength: 2_000 });

/** What is in a file, for the contract; whatever type it has, nothing is checked by it. */
export const anyBytes = {
  description: 'What is in the file',
  content: { '*/*': { schema: Type.String({ format: 'binary' }) } },
};

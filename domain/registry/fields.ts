import { type Static, Type } from 'typebox';
import Format from 'typebox/format';
import { type Email, type Instant, type IsoDate, type IsoDuration, roles } from '../basics.ts';
import { firstDate, lastDate } from '../calendar.ts';
import { isEmail } from './address.ts';

/** The building blocks of payloads, records and resources; each is written once, and its type follows from it. */

/** Refuses what is not named. */
export const strict = { additionalProperties: false } as const;

/** A short text on one line, such as a name; what it is made of is checked in `domain/text.ts`. */
export const name = Type.String({ minLength: 1, maxLength: 200 });

/** A text of several sentences. */
export const text = Type.String({ minLength: 1, maxLength: 10_000 });

/** A text that may be empty. */
export const note = Type.String({ maxLength: 10_000 });

/** Why something is done. */
export const reason = text;

/** What names a task, an audit, a finding, a requirement or a system. */
export const id = Type.String({ minLength: 1, maxLength: 100 });

/** What checks an address wherever one is taken: that of the library knows ASCII alone, and takes control characters. */
Format.Set('email', isEmail);

/** Kept as `asKnown` gives it, however it was written. */
export const email = Type.Unsafe<Email>(Type.String({ format: 'email', maxLength: 254 }));

/** Who did something: a person, or the program itself. */
export const actorEmail = Type.Unsafe<Email | 'system'>(
  Type.String({ maxLength: 254, description: 'An e-mail address, or `system`' }),
);

/** The pattern tells what is not a date at all, the format what is no day of the calendar. */
export const date = Type.Unsafe<IsoDate>(
  Type.String({
    pattern: '^\\d{4}-\\d{2}-\\d{2}$',
    format: 'date',
    examples: ['2030-01-07'],
    description: `From ${firstDate} to ${lastDate}`,
  }),
);

export const instant = Type.Unsafe<Instant>(
  Type.String({ format: 'date-time', examples: ['2030-01-07T13:00:00.000Z'] }),
);

/** Whole years, months, weeks or days; which there are is checked where it is used, with a sentence of its own. */
export const duration = Type.Unsafe<IsoDuration>(Type.String({ maxLength: 40, examples: ['P30D', 'P2M'] }));

/** Addresses of documents; Certloop keeps the link, not the document. */
export const links = Type.Array(Type.String({ minLength: 1, maxLength: 2_000 }), {
  maxItems: 50,
  description:
    'Addresses of documents: https://…, a URI with http, mailto, urn, doi, file or s3, or a path; no other scheme',
});

/** The SHA-256 of a file, which names its content. */
export const sha256 = Type.String({
  pattern: '^[0-9a-f]{64}$',
  description: 'The SHA-256 of the file, in hexadecimal',
});

/** A file that was uploaded. The record has its hash and its size; what is in it is kept beside the register. */
export const fileRef = Type.Object(
  {
    sha256,
    name: Type.String({ minLength: 1, maxLength: 255 }),
    bytes: Type.Integer({ minimum: 0 }),
    mediaType: Type.String({ pattern: '^[a-z0-9.+-]+/[a-z0-9.+-]+$', maxLength: 127 }),
  },
  strict,
);
export type FileRef = Static<typeof fileRef>;

/** The files of one answer. */
export const files = Type.Array(fileRef, { maxItems: 20, description: 'Files, as POST /files answered each' });

export const role = Type.Enum(roles);

/** People by their addresses. */
export const team = Type.Array(email, { minItems: 1, maxItems: 50 });

/** Requirements by their numbers. */
export const criteria = Type.Array(id, { minItems: 1, maxItems: 200 });

export const verdict = Type.Enum(['accept', 'reject'] as const);

export const severity = Type.Enum(['high', 'medium', 'low'] as const);

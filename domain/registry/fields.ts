import { Type } from 'typebox';
import { type Email, type Instant, type IsoDate, type IsoDuration, roles } from '../basics.ts';
import { firstDate, lastDate } from '../calendar.ts';

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

/** Kept in lower case, however it was written. */
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
  description: 'Addresses of documents: https://…, another URI such as urn:…, or a path; no javascript: and no data:',
});

export const role = Type.Enum(roles);

/** People by their addresses. */
export const team = Type.Array(email, { minItems: 1, maxItems: 50 });

/** Requirements by their numbers. */
export const criteria = Type.Array(id, { minItems: 1, maxItems: 200 });

export const verdict = Type.Enum(['accept', 'reject'] as const);

export const severity = Type.Enum(['high', 'medium', 'low'] as const);

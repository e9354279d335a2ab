import { Type } from 'typebox';
import { firstDate, lastDate } from '../../domain/calendar.ts';
import { roles } from '../../domain/types/index.ts';

/** A short text on one line, such as a name; what it is made of is checked in `domain/text.ts`. */
export const name = Type.String({ minLength: 1, maxLength: 200 });

/** A text of several sentences. */
export const text = Type.String({ minLength: 1, maxLength: 10_000 });

/** A text that may be empty. */
export const note = Type.String({ maxLength: 10_000 });

export const id = Type.String({ minLength: 1, maxLength: 100 });

/** Kept in lower case, however it was written (see `validator.ts`). */
export const email = Type.String({ format: 'email', maxLength: 254 });

/** The pattern tells what is not a date at all (400), the format what is no day of the calendar (422). */
export const date = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  format: 'date',
  examples: ['2030-01-07'],
  description: `From ${firstDate} to ${lastDate}`,
});

export const instant = Type.String({ format: 'date-time', examples: ['2030-01-07T13:00:00.000Z'] });

export const duration = Type.String({ maxLength: 40, examples: ['P30D', 'P2M'] });

export const reason = text;

/** Addresses of documents; Certloop keeps the link, not the document. */
export const links = Type.Array(Type.String({ minLength: 1, maxLength: 2_000 }), {
  maxItems: 50,
  description: 'Addresses of documents: https://…, another URI such as urn:…, or a path; no javascript: and no data:',
});

export const role = Type.Enum(roles);

export const strict = { additionalProperties: false } as const;

/** The query of a list. */
export const pageQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50, description: 'Items on a page.' })),
  cursor: Type.Optional(Type.String({ maxLength: 1_000, description: 'The `nextCursor` of the page before.' })),
});

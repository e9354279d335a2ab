import { type Static, Type } from 'typebox';
import type { Email, IsoDate } from '../basics.ts';
import { date, email, files, links, name, strict } from './fields.ts';

/** R30: the document of the certification body on which an entry rests: what it is, and where it can be read. */
export const bodyDocument = Type.Object(
  {
    title: name,
    files: Type.Optional(files),
    links: Type.Optional(links),
  },
  strict,
);
export type BodyDocument = Static<typeof bodyDocument>;

/** R28: of a command that tells what happened outside, the day on which it did. */
export const happened = {
  on: Type.Optional(
    Type.Unsafe<IsoDate>({ ...date, description: 'The day on which it happened; today when absent. Never ahead.' }),
  ),
};

/** R28, R30: of a command that tells an act of the certification body, when it was, and whose, if a program manager enters it. */
export const actOfBody = {
  ...happened,
  onBehalfOf: Type.Optional(
    Type.Unsafe<Email>({
      ...email,
      description: 'Whose act of the certification body it is, when the program manager enters it from `document`',
    }),
  ),
  document: Type.Optional(bodyDocument),
};

/** Of a record: the day on which it happened when that is another than the one on which it was entered, and whose act it is. */
export const told = {
  on: Type.Optional(date),
  onBehalfOf: Type.Optional(email),
  document: Type.Optional(bodyDocument),
};

/** What a command or a record says of when, by whom, and from what. */
export interface Told {
  on?: IsoDate;
  onBehalfOf?: Email;
  document?: BodyDocument;
}

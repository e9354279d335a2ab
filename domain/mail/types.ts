import type { Email, Instant, IsoDate, NoticeItem, ProgramRecord } from '../types/index.ts';

/** What is needed of a mail to write it; the outbox's mails are such. */
export interface MailInput {
  programId: string;
  programName: string;
  organization: string;
  to: Email;
  kind: 'digest' | 'urgent';
  /** A digest's is 08:00 of the program's time zone. */
  dueAt: Instant;
  items: { seq: number; item: NoticeItem }[];
  /** What the program recorded after the first of the items, until the mail leaves; of a digest only. */
  later?: ProgramRecord[];
}

export interface MailOptions {
  /** Where people reach the service, for example `https://certloop.example.com`. */
  publicUrl: string;
  /** The catalogue whose words explain requirements; without it a requirement goes by its number only. */
  standardId?: string;
  /** When it goes out, so that "tomorrow" is true in a mail that was held up; its due moment when absent. */
  sentAt?: Instant;
}

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

/** The parts of a digest, in their order. */
export const groups = ['overdue', 'asked', 'reminder', 'review', 'news'] as const;
export type Group = (typeof groups)[number];

/** A call of the HTTP API by which a person, or their tool, answers. */
export interface Call {
  method: 'POST' | 'PUT';
  url: string;
  /** An example of the body, as JSON. */
  body: string;
}

/** One labeled piece of what a mail says of a thing. */
export interface Detail {
  label: string;
  text?: string;
  list?: readonly string[];
  /** Words of a person, shown as theirs. */
  quote?: string;
  links?: string[];
  calls?: Call[];
}

/** One thing of a mail: a line, and its details. */
export interface Entry {
  group: Group;
  /** What it is about: `A.5.2 AI system impact assessment process`. */
  name: string;
  /** How it stands: `due tomorrow`. */
  state: string;
  /** The due date, for tasks: the nearest comes first. */
  dueOn?: IsoDate;
  /** Subject of the mail when this is an urgent one; name and state when absent. */
  subject?: string;
  details: Detail[];
}

/** A group of a mail; an urgent mail has one, without a title. */
export interface Section {
  title?: string;
  entries: Entry[];
}

/** A mail before it becomes text and HTML. */
export interface Letter {
  subject: string;
  title: string;
  organization: string;
  sections: Section[];
  closing: string[];
}

/** What the writers of notices share. */
export interface Context {
  /** Address of the program in the API, without a slash at its end. */
  programUrl: string;
  /** The calendar date on which the mail is read; absent in urgent mails, which name dates only. */
  today?: IsoDate;
  requirement(id: string | undefined): RequirementWords | undefined;
}

/** What the catalogue says of a requirement, in the project's own words. */
export interface RequirementWords {
  title: string;
  ask: string;
  why: string;
  usualEvidence: readonly string[];
}

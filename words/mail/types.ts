import type { Email, Instant, IsoDate } from '../../domain/basics.ts';
import type { NoticeItem } from '../../domain/notices.ts';
import type { CommandType, ProgramRecord } from '../../domain/registry.ts';

/** What is needed of a mail to write it; the outbox's mails are such. */
export interface MailInput {
  programId: string;
  programName: string;
  organization: string;
  to: Email;
  kind: 'digest' | 'urgent';
  /** A digest's is 08:00 of the program's time zone. */
  dueAt: Instant;
  /** As they were queued: an item of another version, or a damaged one, can be of another shape (`readable.ts`). */
  items: NumberedItem[];
  /** What the program recorded after the first of the items, until the mail leaves; of a digest only. */
  later?: ProgramRecord[];
}

/** A notice with the sequence number of the record that it tells of. */
export interface NumberedItem {
  seq: number;
  item: NoticeItem;
}

export interface MailOptions {
  /** Where people reach the service, for example `https://certloop.example.com`. */
  publicUrl: string;
  /** How people send a command; `api/` gives it. */
  callOf: CallOf;
  /** The catalogue whose words explain requirements; without it a requirement goes by its number only. */
  standardId?: string;
  /** When it goes out, so that "tomorrow" is true in a mail that was held up; its due moment when absent. */
  sentAt?: Instant;
}

/** A call by which a person, or their tool, sends a command. */
export interface Call {
  method: string;
  url: string;
  /** An example of the body, as JSON. */
  body: string;
}

/** What is known of what a command is about; the rest is left for people to fill in. */
export type KnownIds = Partial<Record<'taskId' | 'auditId' | 'findingId', string>>;

/** The call that sends a command, its address below the program's: `/tasks/T-7/evidence`. */
export type CallOf = (command: CommandType, known: KnownIds) => Call;

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

/** The parts of a digest, in their order. */
export const groups = ['overdue', 'asked', 'reminder', 'review', 'news'] as const;
export type Group = (typeof groups)[number];

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
  /** The call that sends a command, with its whole address. */
  callOf: CallOf;
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

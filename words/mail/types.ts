import type { Email, Instant, IsoDate } from '../../domain/basics.ts';
import type { MailKind, NoticeItem } from '../../domain/notices.ts';
import type { DigestChoice } from '../../domain/people/mailPreferences.ts';
import type { ProgramRecord } from '../../domain/registry.ts';

/**
 * What is needed of a mail to write it; the outbox's mails are such. A mail that tells of several programs is written of
 * one part for each.
 */
export interface MailInput {
  programId: string;
  programName: string;
  organization: string;
  /** The program's: its dates are told as they stand there. */
  timeZone: string;
  /** The catalogue whose words explain requirements; that of the options when absent. */
  standardId?: string;
  to: Email;
  kind: MailKind;
  /** A digest's is 08:00 where its recipient is. */
  dueAt: Instant;
  /** As they were queued: an item of another version, or a damaged one, can be of another shape (`readable.ts`). */
  items: NumberedItem[];
  /** What the program recorded after the first of the items, until the mail leaves; of one that gathers things only. */
  later?: ProgramRecord[];
}

/** A notice with the sequence number of the record that it tells of. */
export interface NumberedItem {
  seq: number;
  item: NoticeItem;
}

export interface MailOptions {
  /** Where the links of mails lead. */
  pages: MailPages;
  /** The catalogue whose words explain requirements; without it a requirement goes by its number only. */
  standardId?: string;
  /** When it goes out, so that "tomorrow" is true in a mail that was held up; its due moment when absent. */
  sentAt?: Instant;
  /** How often the recipient gets what is not urgent; daily when absent. */
  digest?: DigestChoice;
  /** Where the recipient's day is counted, when it is known. */
  zone?: string;
}

/** The mail in which a link stands: whom it is for, and from when its days are counted. */
export type Addressed = Pick<MailInput, 'to' | 'programId' | 'dueAt'>;

/** The addresses of pages, complete. */
export interface MailPages {
  /** Whether whoever opens a link to a task answers as the recipient of the mail. */
  personal: boolean;
  task(mail: Addressed, taskId: string): string;
  program(programId: string): string;
  audit(programId: string, auditId: string): string;
  finding(programId: string, findingId: string): string;
  certificate(programId: string): string;
  record(programId: string, seq: number): string;
  inbox(): string;
  settings(): string;
  /** Where somebody says how often digests come, without signing in where the pages are personal. */
  unsubscribe(to: Email): string;
}

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
  /** None where the text is a sentence of its own. */
  label?: string;
  text?: string;
  list?: readonly string[];
  /** Words of a person, shown as theirs. */
  quote?: string;
  links?: string[];
}

/** A page that a reader can go to, and the verb that says what for. */
export interface Action {
  label: string;
  url: string;
  /** It is the page of a task, which its recipient answers without signing in. */
  ofTask?: true;
}

/** One thing of a mail: a line, and its details. */
export interface Entry {
  group: Group;
  /** What it is about: `A.5.2 AI system impact assessment process`. */
  name: string;
  /** How it stands: `due tomorrow`. */
  state: string;
  /** Of which program it is, in a mail that tells of several. */
  program?: string;
  /** The due date, for tasks: the nearest comes first. */
  dueOn?: IsoDate;
  /** The date on which it is read, where its program is; absent where the mail names dates only. */
  today?: IsoDate;
  /** It is about the program as a whole: a subject names that, and says how it stands. */
  ofProgram?: true;
  /** It is why the mail is a welcome. */
  welcomes?: true;
  /** Subject of the mail when it is about nothing else; name and state when absent. */
  subject?: string;
  /** What a reader has to know before anything else. */
  lead: Detail[];
  /** Where it is answered, or shown. */
  action?: Action;
  /** What else is said of it. */
  details: Detail[];
  /** What helps to answer it; said where the mail is about nothing else. */
  help?: Detail[];
}

/** A group of the things of a mail. */
export interface Section {
  /** None where there is no other group. */
  title?: string;
  entries: Entry[];
}

/** A mail before it becomes text and HTML. */
export interface Letter {
  subject: string;
  /** What an inbox shows beside the subject. */
  preview: string;
  /** Where it comes from: the program and its organization. */
  from: string[];
  title: string;
  /** How the thing stands that the title names. */
  state?: { text: string; late: boolean };
  /** What is said under the title, before the button. */
  lead: Detail[];
  /** A code to type. */
  code?: string;
  /** The one thing to do next. */
  button?: Action;
  /** A page that shows more, where there is nothing to do. */
  link?: Action;
  /** What is said under the button. */
  details: Detail[];
  sections: Section[];
  /** What is said of those things that the mail has no room for. */
  more?: { text: string; action: Action };
  closing: (string | Action)[];
}

/** What the writers of notices share. */
export interface Context {
  pages: ContextPages;
  /** The calendar date on which the mail is read; absent in urgent mails, which name dates only. */
  today?: IsoDate;
  requirement(id: string | undefined): RequirementWords | undefined;
}

/** The pages that a mail's things lead to: of its program, for its recipient. */
export interface ContextPages {
  task(taskId: string): string;
  program(): string;
  audit(auditId: string): string;
  finding(findingId: string): string;
  certificate(): string;
  record(seq: number): string;
}

/** What the catalogue says of a requirement, in the project's own words. */
export interface RequirementWords {
  title: string;
  ask: string;
  why: string;
  usualEvidence: readonly string[];
}

import { catalogues, requirementOf } from '../../domain/standards/index.ts';
import { entryOf, unreadableEntry } from './entries.ts';
import { asHtml } from './page.ts';
import { standing } from './stale.ts';
import { subjectOf } from './subject.ts';
import { asText } from './text.ts';
import { digestDate } from './today.ts';
import {
  type Context,
  type Entry,
  type Group,
  groups,
  type Letter,
  type MailInput,
  type MailOptions,
  type RenderedMail,
  type Section,
} from './types.ts';

const groupTitles: Record<Group, string> = {
  overdue: 'Overdue',
  asked: 'New for you',
  reminder: 'Reminders',
  review: 'Waiting for your review',
  news: 'News',
};

/** How many things of a mail are told in full. Mail programs cut off long mails; the line and the call remain. */
const toldInFull = 25;

/**
 * Writes a mail: subject, plain text, and the same as HTML. An item that cannot be read is one line, which names its
 * record; the rest of the mail is as usual.
 */
export function renderMail(mail: MailInput, options: MailOptions): RenderedMail {
  const context = contextOf(mail, options);
  const { items, unreadable } = standing(mail);
  const entries = [...items.map(({ item }) => entryOf(item, context)), ...unreadable.map(unreadableEntry)].sort(
    byImportance,
  );
  const subject = subjectOf(mail, entries, context.today);
  const letter: Letter = {
    subject,
    title: mail.programName,
    organization: mail.organization,
    sections: mail.kind === 'urgent' ? [{ entries }] : sectionsOf(entries.map(inBrief)),
    closing: closing(mail, entries),
  };
  return { subject, text: asText(letter), html: asHtml(letter) };
}

function contextOf(mail: MailInput, { publicUrl, callOf, standardId, sentAt }: MailOptions): Context {
  const programUrl = `${publicUrl.replace(/\/+$/, '')}/v1/programs/${encodeURIComponent(mail.programId)}`;
  const known = standardId && catalogues().some(({ id }) => id === standardId) ? standardId : undefined;
  return {
    callOf: (command, ids) => {
      const { method, url, body } = callOf(command, ids);
      return { method, url: `${programUrl}${url}`, body };
    },
    today: mail.kind === 'digest' ? digestDate(mail.dueAt, sentAt ?? mail.dueAt) : undefined,
    requirement: (id) => (known && id ? requirementOf(known, id) : undefined),
  };
}

/** By group, then the nearest due date first; sorting keeps the order of the register otherwise. */
function byImportance(a: Entry, b: Entry): number {
  const byGroup = groups.indexOf(a.group) - groups.indexOf(b.group);
  if (byGroup !== 0) return byGroup;
  const [dueA, dueB] = [a.dueOn ?? '9999', b.dueOn ?? '9999'];
  return dueA === dueB ? 0 : dueA < dueB ? -1 : 1;
}

function sectionsOf(entries: readonly Entry[]): Section[] {
  return groups
    .map((group) => ({ title: groupTitles[group], entries: entries.filter((entry) => entry.group === group) }))
    .filter((section) => section.entries.length > 0)
    .map(({ title, entries: of }) => ({ title: of.length > 1 ? `${title} (${of.length})` : title, entries: of }));
}

function inBrief(entry: Entry, index: number): Entry {
  return index < toldInFull ? entry : { ...entry, details: entry.details.filter((detail) => detail.calls) };
}

function closing(mail: MailInput, entries: readonly Entry[]): string[] {
  const lines = [`You are receiving this because you have a role in ${mail.programName}.`];
  if (entries.length === 0) lines.unshift('Everything in this mail was done or withdrawn before it was sent.');
  if (mail.kind === 'digest' && entries.length > toldInFull) {
    lines.push(`After the first ${toldInFull}, each thing is told in one line.`);
  }
  if (mail.kind === 'digest')
    lines.push("Everything that is not urgent comes once a day, at 08:00 in the program's time zone.");
  if (entries.some(({ details }) => details.some(({ calls }) => calls))) {
    lines.push('Send your access token with each call: Authorization: Bearer …');
  }
  return [...lines, 'Written by Certloop. Replying to this mail changes nothing in the program.'];
}

import { catalogues, requirementOf } from '../../domain/standards/index.ts';
import { count } from '../phrases.ts';
import { closingOf, programsOf, toldAtAll, toldInFull } from './closing.ts';
import { entryOf, unreadableEntry } from './entries.ts';
import { asHtml } from './page.ts';
import { previewOf } from './preview.ts';
import { gathers, standing } from './stale.ts';
import { digestTitle, subjectOf } from './subject.ts';
import { asText } from './text.ts';
import { dateOfMail } from './today.ts';
import {
  type Action,
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

/**
 * Writes a mail: subject, plain text, and the same as HTML. An item that cannot be read is one line, which names its
 * record; the rest of the mail is as usual.
 */
export function renderMail(mail: MailInput, options: MailOptions): RenderedMail {
  return renderParts([mail], options);
}

/** Writes one mail of the parts that several programs have in it, to the same person. */
export function renderParts(parts: readonly [MailInput, ...MailInput[]], options: MailOptions): RenderedMail {
  const entries = entriesOf(parts, options);
  const letter: Letter = {
    subject: subjectOf(parts, entries),
    preview: previewOf(entries),
    from: parts.length === 1 ? [parts[0].programName, parts[0].organization] : [programsOf(parts)],
    ...bodyOf(parts, entries, options),
    closing: closingOf(parts, entries, options),
  };
  return { subject: letter.subject, text: asText(letter), html: asHtml(letter) };
}

/** Whether a mail tells of something that is overdue when it goes out: it then comes whatever its recipient chose. */
export function tellsOfOverdue(parts: MailInput | readonly MailInput[], options: MailOptions): boolean {
  return [parts].flat().some((mail) => {
    const today = dateOfMail(mail, options.sentAt);
    return entriesOf([mail], options).some(({ group, dueOn }) => {
      if (group === 'overdue') return true;
      return gathers(mail.kind) && (group === 'asked' || group === 'reminder') && dueOn !== undefined && dueOn < today;
    });
  });
}

/** What a mail says, the most important first; a welcome begins with itself. */
function entriesOf(parts: readonly MailInput[], options: MailOptions): Entry[] {
  const entries = parts.flatMap((mail) => {
    const context = contextOf(mail, options);
    const { items, unreadable } = standing(mail);
    const of = [...items.map(({ item }) => entryOf(item, context)), ...unreadable.map(unreadableEntry)];
    const { today } = context;
    const where = { ...(parts.length > 1 ? { program: mail.programName } : {}), ...(today ? { today } : {}) };
    return of.map((entry) => ({ ...entry, ...where }));
  });
  const sorted = entries.sort(byImportance);
  if (parts[0]?.kind !== 'welcome') return sorted;
  return [...sorted.filter(({ welcomes }) => welcomes), ...sorted.filter(({ welcomes }) => !welcomes)];
}

function contextOf(mail: MailInput, options: MailOptions): Context {
  const { pages, sentAt } = options;
  const standardId = mail.standardId ?? options.standardId;
  const known = standardId && catalogues().some(({ id }) => id === standardId) ? standardId : undefined;
  return {
    pages: {
      task: (taskId) => pages.task(mail, taskId),
      program: () => pages.program(mail.programId),
      audit: (auditId) => pages.audit(mail.programId, auditId),
      finding: (findingId) => pages.finding(mail.programId, findingId),
      certificate: () => pages.certificate(mail.programId),
      record: (seq) => pages.record(mail.programId, seq),
    },
    today: mail.kind === 'digest' ? dateOfMail(mail, sentAt) : undefined,
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

type Body = Pick<Letter, 'title' | 'state' | 'lead' | 'button' | 'link' | 'details' | 'sections' | 'more'>;

/** A mail that asks for one thing, or tells one, is about that; of several, it tells each in its group. */
function bodyOf(
  [{ kind }]: readonly [MailInput, ...MailInput[]],
  entries: readonly Entry[],
  options: MailOptions,
): Body {
  const asks = entries.filter(({ group }) => group !== 'news');
  const [first] = entries;
  const told = entries.slice(0, toldAtAll).map(inBrief);
  const inbox: Action = { label: 'Open your inbox', url: options.pages.inbox() };
  const left = entries.length - told.length;
  const more = left > 0 ? { more: { text: `And ${count(left, 'more thing')}.`, action: inbox } } : {};
  if (first && (kind === 'welcome' || asks.length === 1 || entries.length === 1)) {
    const isButton = kind !== 'welcome' && (kind === 'urgent' || asks.length === 1);
    return { ...bodyOfOne(first, isButton), sections: sectionsOf(told.slice(1), entries.slice(1)), ...more };
  }
  return {
    title: digestTitle(entries),
    lead: [],
    ...(asks.length > 1 ? { button: inbox } : {}),
    details: [],
    sections: asks.length > 0 ? sectionsOf(told, entries) : [{ entries: told }],
    ...more,
  };
}

function bodyOfOne(entry: Entry, isButton: boolean): Omit<Body, 'sections'> {
  const { name, group, program, lead, action, details, help = [] } = entry;
  return {
    title: name,
    state: { text: entry.state, late: group === 'overdue' },
    lead: program ? [{ label: 'Program', text: program }, ...lead] : lead,
    ...(action && { [isButton ? 'button' : 'link']: action }),
    details: [...details, ...help],
  };
}

/** Entries in their groups; the number beside a title counts all there are, also those that the mail has no room for. */
function sectionsOf(told: readonly Entry[], all: readonly Entry[]): Section[] {
  const of = (entries: readonly Entry[], group: Group) => entries.filter((entry) => entry.group === group);
  return groups.flatMap((group) => {
    const [shown, count] = [of(told, group), of(all, group).length];
    const title = groupTitles[group];
    return shown.length > 0 ? [{ title: count > 1 ? `${title} (${count})` : title, entries: shown }] : [];
  });
}

function inBrief(entry: Entry, index: number): Entry {
  return index < toldInFull ? entry : { ...entry, lead: [], details: [] };
}

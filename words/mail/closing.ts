import type { DigestChoice } from '../../domain/people/mailPreferences.ts';
import { count, list } from '../phrases.ts';
import { isReadable } from './readable.ts';
import type { Action, Entry, Letter, MailInput, MailOptions } from './types.ts';

/** How many things of a mail are told in full, and how many at all. Mail programs cut off long mails; the inbox has the rest. */
export const toldInFull = 10;
export const toldAtAll = 100;

/** How many programs a mail names by their names. */
const namedPrograms = 3;

/** What stands below everything: why somebody gets the mail, how to get fewer, and what not to do with it. */
export function closingOf(
  parts: readonly [MailInput, ...MailInput[]],
  entries: readonly Entry[],
  options: MailOptions,
): Letter['closing'] {
  const { pages } = options;
  const [mail] = parts;
  return [
    ...(entries.length === 0 ? ['Everything in this mail was done or withdrawn before it was sent.'] : []),
    ...(entries.length > toldInFull ? [`After the first ${toldInFull}, each thing is told in one line.`] : []),
    ...(pages.personal && entries.some(({ action }) => action?.ofTask)
      ? ['Do not forward this mail: whoever opens its links can answer in your name.']
      : []),
    `You are receiving this because you ${parts.some(hasLeft) ? 'had' : 'have'} a role in ${programsOf(parts)}.`,
    ...ofKind(mail, options),
    'Written by Certloop. Replying to this mail changes nothing in the program.',
  ];
}

/** The programs that a mail is about. */
export function programsOf(parts: readonly MailInput[]): string {
  const names = [...new Set(parts.map(({ programName }) => programName))];
  const others = names.length - namedPrograms;
  return others <= 0
    ? list(names)
    : `${names.slice(0, namedPrograms).join(', ')} and ${count(others, 'other program')}`;
}

/** Whether it is told to somebody that their part has ended. */
function hasLeft({ items }: MailInput): boolean {
  return items.some(({ item }) => isReadable(item) && item.kind === 'partEnded');
}

function ofKind(mail: MailInput, options: MailOptions): (string | Action)[] {
  const choose: Action = { label: 'Choose how mails reach you', url: options.pages.settings() };
  switch (mail.kind) {
    case 'digest':
      return aboutDigests(mail, options);
    case 'escalation':
      return ['What is overdue comes at once, in one mail a day; what becomes so later is in the next digest.', choose];
    case 'asked':
      return ['This is due before the next digest would come.', choose];
    case 'welcome':
      return ['What is not urgent comes once a day from now on.', choose];
    default:
      return ['This was too urgent to wait for a digest.', choose];
  }
}

function aboutDigests({ to }: MailInput, { pages, digest = 'daily', zone }: MailOptions): (string | Action)[] {
  const [how, label] = choices[digest];
  return [
    how.replace('08:00', zone ? `08:00 (${zone.replaceAll('_', ' ')})` : '08:00'),
    { label, url: pages.unsubscribe(to) },
  ];
}

const choices: Record<DigestChoice, [how: string, change: string]> = {
  daily: [
    'What is not urgent comes once a day, at 08:00, from all of your programs.',
    'Get it less often, or not at all',
  ],
  weekly: [
    'What is not urgent comes once a week, on the day you chose; what is overdue comes at once.',
    'Get it more often, or not at all',
  ],
  none: ['You chose to get no digests. This one came because something in it is overdue.', 'Get digests again'],
};

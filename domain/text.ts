/** What is wrong with a text that is not taken; `brokenTextIn` tells them apart. */
export type TextProblem = 'notWhole' | 'notOneLine' | 'nothingToSee' | 'notAnAddress';

/** A text that is not taken: where it stands, as a JSON Pointer (RFC 6901), and what is wrong with it. */
export interface BrokenText {
  pointer: string;
  problem: TextProblem;
}

/** Fields that are one line wherever they stand: names, titles, numbers, addresses, and ids that people give. */
const lines = new Set([
  'name',
  'title',
  'organization',
  'number',
  'certificateNumber',
  'email',
  'assignee',
  'owner',
  'to',
  'team',
  'from',
  'attendees',
  'id',
  'systemId',
]);

/**
 * The first text of a value that cannot be kept, or would not be read as it was meant: one with half of a surrogate pair,
 * which has no form in UTF-8; with the character U+0000, which PostgreSQL takes in no text; in a field of one line,
 * with characters that break the line or turn its direction, or with nothing to see; among `links`, one that is no
 * address. Undefined when there is none. `field` is the name of the field that has the value.
 */
export function brokenTextIn(value: unknown, field = ''): BrokenText | undefined {
  if (typeof value === 'string') {
    const problem = problemOf(value, field);
    return problem && { pointer: '', problem };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, each] of Object.entries(value)) {
    if (!isWhole(key)) return { pointer: '', problem: 'notWhole' };
    const inside = brokenTextIn(each, Array.isArray(value) ? field : key);
    if (inside) return { ...inside, pointer: `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}${inside.pointer}` };
  }
  return undefined;
}

/** Whether a text has something that can be seen: no blank, mark or control character, nor one that shows as nothing. */
export function isVisible(text: string): boolean {
  return /[^\p{Cc}\p{Cf}\p{Z}\p{M}\u115F\u1160\u2800\u3164\uFFA0]/u.test(text);
}

function problemOf(text: string, field: string): TextProblem | undefined {
  if (!isWhole(text)) return 'notWhole';
  const isLink = field === 'links';
  if (text === '' || !(isLink || lines.has(field))) return undefined;
  if (turnsOrBreaks.test(text)) return 'notOneLine';
  if (!isVisible(text)) return 'nothingToSee';
  return isLink && !isAddress(text) ? 'notAnAddress' : undefined;
}

/** Control characters, separators of lines and paragraphs, and the embeddings, overrides and isolates of direction. */
const turnsOrBreaks = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

/** Schemes that name a document or a person. Others run something, open a program or carry the document itself, and new ones come. */
const kept: readonly string[] = ['http', 'https', 'mailto', 'urn', 'doi', 'file', 's3'];

/** A URI of a scheme that is kept, or the path of a file, which may have blanks between its parts. */
function isAddress(text: string): boolean {
  if (text !== text.trim()) return false;
  const [, scheme] = /^([a-z][a-z0-9+.-]*):/i.exec(text) ?? [];
  // One letter is a drive.
  if (scheme && scheme.length > 1 && !kept.includes(scheme.toLowerCase())) return false;
  if (/^https?:/i.test(text)) return /^https?:\/\/[^\s/]\S*$/i.test(text);
  return !/\s/.test(text) || /[/\\]/.test(text);
}

function isWhole(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

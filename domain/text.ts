/**
 * Where a text stands that cannot be kept: one with half of a surrogate pair, which has no form in UTF-8, or with the
 * character U+0000, which PostgreSQL takes in no text.
 * Gives the path to it, as a JSON Pointer (RFC 6901); undefined when all texts of the value are whole.
 */
export function brokenTextIn(value: unknown): string | undefined {
  if (typeof value === 'string') return isWhole(value) ? undefined : '';
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, each] of Object.entries(value)) {
    if (!isWhole(key)) return '';
    const inside = brokenTextIn(each);
    if (inside !== undefined) return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}${inside}`;
  }
  return undefined;
}

/** What is wrong with such a text, and what to do. */
export const brokenTextDetail =
  'has half of a character (a lone surrogate) or the character U+0000; send the text without it.';

function isWhole(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

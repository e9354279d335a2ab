/**
 * Where a text stands that no file and no mail can hold: one with half of a surrogate pair, which has no form in UTF-8.
 * Gives the path to it, as a JSON Pointer (RFC 6901); undefined when all texts of the value are whole.
 */
export function brokenTextIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? undefined : '';
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, each] of Object.entries(value)) {
    if (!key.isWellFormed()) return '';
    const inside = brokenTextIn(each);
    if (inside !== undefined) return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}${inside}`;
  }
  return undefined;
}

/** What is wrong with such a text, and what to do. */
export const brokenTextDetail = 'has half of a character (a lone surrogate); send the text in whole characters.';

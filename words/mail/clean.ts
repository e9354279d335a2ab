/** Characters that could break a line or turn its direction: control characters, separators, bidi overrides. */
const unprintable = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\u200B\uFEFF]+/gu;
const unprintableInText = /[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069\u200B\uFEFF]/gu;

const longestQuote = 2_000;

/** A text on one line, safe for a header or a headline. */
export function oneLine(text: string): string {
  return text.replace(unprintable, ' ').replace(/\s+/g, ' ').trim();
}

/** A person's words with their line breaks, shortened when very long; the register keeps all of them. */
export function manyLines(text: string): string[] {
  const unified = text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(unprintableInText, '')
    .trim();
  return shortened(unified, longestQuote).split('\n');
}

/** At most `most` characters, with an ellipsis when something was left out. */
export function shortened(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most
    ? text
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}

/**
 * Whether a link may be made clickable: only `http` and `https` addresses are, and none with a name before its host, which
 * would look as if it led there (`https://example.com@elsewhere.example`).
 */
export function isWebLink(link: string): boolean {
  return /^https?:\/\/(?![^/?#\\]*@)[^\s]+$/i.test(link) && URL.canParse(link);
}

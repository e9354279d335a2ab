import type { IsoDuration } from '../domain/basics.ts';

/** Words in a row, as a sentence has them: `A`, `A and B`, `A, B and C`. */
export function list(words: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}

/** A number with its noun: `1 thing`, `3 things`. */
export function count(many: number, noun: string, plural = `${noun}s`): string {
  return `${many} ${many === 1 ? noun : plural}`;
}

/** A text with its first letter in upper case. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What follows a colon, where there is something. */
export function because(note: string | undefined): string {
  return note ? `: ${note}` : '';
}

const units: Record<string, string> = { Y: 'year', M: 'month', W: 'week', D: 'day' };

/** A duration as people say it: `P1Y6M` is `1 year and 6 months`. */
export function duration(of: IsoDuration): string {
  return list(
    [...of.matchAll(/(\d+)([YMWD])/g)].map(([, many, unit = '']) => count(Number(many), units[unit] ?? unit)),
  );
}

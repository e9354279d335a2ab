import type { IsoDuration } from '../domain/basics.ts';

/** Words in a row, as a sentence has them: `A`, `A and B`, `A, B and C`. */
export function list(words: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}

/** Names in a row: the first of many, and how many more there are. */
export function firstOf(names: readonly string[], most = 5): string {
  const more = names.length - most;
  return more > 1 ? `${names.slice(0, most).join(', ')} and ${more} others` : names.join(', ');
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

/** How much of something, as people say it: `80%`. */
export function percentOf(part: number, whole: number): string {
  return `${Math.floor((part / whole) * 100)}%`;
}

const sizes = ['bytes', 'kB', 'MB', 'GB'];

/** The size of a file as people say it: `2.4 MB`. */
export function fileSize(bytes: number): string {
  let [size, unit] = [bytes, 0];
  for (; size >= 999.5 && unit < sizes.length - 1; unit++) size /= 1_000;
  return `${unit === 0 || size >= 9.95 ? Math.round(size) : Math.round(size * 10) / 10} ${sizes[unit]}`;
}

import type { ProgramState } from '../state.ts';

/**
 * The bytes that a value takes as JSON in UTF-8, with a comma after everything: a sum of its parts, so that a state is
 * measured by what changed in it.
 */
export function sizeOf(value: unknown): number {
  if (value === undefined) return 0;
  if (typeof value === 'string') return sizeOfText(value) + 1;
  if (typeof value !== 'object' || value === null) return String(value).length + 1;
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + sizeOf(each), 3);
  let sum = 3;
  for (const [key, each] of Object.entries(value)) sum += sizeOfEntry(key, each);
  return sum;
}

/** The bytes of the states measured so far; each follows from one before it. */
const known = new WeakMap<ProgramState, number>();

/** The bytes that a state takes as JSON. */
export function sizeOfState(state: ProgramState): number {
  const bytes = known.get(state) ?? sizeOf(state);
  known.set(state, bytes);
  return bytes;
}

/** The bytes of a state that came out of another: states share what did not change, and only the rest is measured. */
export function sizeAfter(before: ProgramState, after: ProgramState): number {
  const bytes = known.get(after) ?? sizeOfState(before) + difference(before, after);
  known.set(after, bytes);
  return bytes;
}

function difference(before: unknown, after: unknown): number {
  if (before === after) return 0;
  if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after))
    return sizeOf(after) - sizeOf(before);
  const size = (key: string, value: unknown) => (Array.isArray(after) ? sizeOf(value) : sizeOfEntry(key, value));
  let sum = 0;
  for (const key of Object.keys(after)) {
    const value = after[key];
    const earlier = Object.hasOwn(before, key) ? before[key] : undefined;
    if (earlier === value) continue;
    sum += earlier === undefined || value === undefined ? size(key, value) : difference(earlier, value);
    if (value === undefined) sum -= size(key, earlier);
  }
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) sum -= size(key, before[key]);
  return sum;
}

function sizeOfEntry(key: string, value: unknown): number {
  return value === undefined ? 0 : sizeOfText(key) + 1 + sizeOf(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function sizeOfText(text: string): number {
  let bytes = 2;
  for (let index = 0; index < text.length; index++) bytes += sizeOfUnit(text.charCodeAt(index));
  return bytes;
}

/** Half of a surrogate pair counts two of the four bytes that the pair takes. */
function sizeOfUnit(unit: number): number {
  if (unit < 0x20) return unit >= 8 && unit <= 13 && unit !== 11 ? 2 : 6;
  if (unit === 0x22 || unit === 0x5c) return 2;
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  return unit >= 0xd800 && unit <= 0xdfff ? 2 : 3;
}

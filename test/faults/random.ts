/** Numbers that follow from a seed: the same seed gives the same plan of kills. */
export interface Random {
  /** A number from `low` to less than `high`. */
  between(low: number, high: number): number;
  /** The items in random order. */
  shuffled<T>(items: readonly T[]): T[];
}

/** A generator of random numbers from a 32-bit seed (Mulberry32 by T. Ettinger, public domain). */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    between: (low, high) => low + next() * (high - low),
    shuffled<T>(items: readonly T[]): T[] {
      const keyed = items.map((item) => ({ item, key: next() }));
      return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
    },
  };
}

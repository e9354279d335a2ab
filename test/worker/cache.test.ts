import { describe, expect, it } from 'vitest';
import { programsInMemory } from '../../worker/cache.ts';

const gib = 2 ** 30;

describe('how many programs a worker keeps in memory where nobody says', () => {
  it('grows with the memory that there is', () => {
    expect(programsInMemory(gib)).toBe(480);
    expect(programsInMemory(2 * gib)).toBe(1_760);
    expect(programsInMemory(4 * gib)).toBe(4_320);
  });

  it('is never so few that all are replayed all the time, nor more than the heap of a thread holds', () => {
    expect(programsInMemory(gib / 4)).toBe(50);
    expect(programsInMemory(64 * gib)).toBe(5_000);
  });

  it('follows this machine, or its container, when no memory is named', () => {
    expect(programsInMemory()).toBeGreaterThanOrEqual(50);
  });
});

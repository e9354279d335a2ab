import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { apply, fold, upcast } from '../../domain/fold.ts';
import { type RecordDefinition, record, upcastData } from '../../domain/registry/record.ts';
import { type ProgramRecord, records } from '../../domain/registry.ts';
import { program, who } from './support.ts';

/** A record whose shape changed twice: first one link, then several, then each with a title. */
const Linked = record('Linked', {
  version: 3,
  data: { links: Type.Array(Type.Object({ url: Type.String(), title: Type.String() })) },
  leavesTask: false,
  upcasts: {
    1: ({ link }) => ({ links: [link] }),
    2: ({ links }) => ({ links: (links as string[]).map((url) => ({ url, title: url })) }),
  },
  apply: (state) => state,
});

describe('a record of an earlier version', () => {
  it('goes through every version between', () => {
    expect(upcastData(Linked, 1, { link: 'a' })).toEqual({ links: [{ url: 'a', title: 'a' }] });
    expect(upcastData(Linked, 2, { links: ['a', 'b'] })).toEqual({
      links: [
        { url: 'a', title: 'a' },
        { url: 'b', title: 'b' },
      ],
    });
    const present = { links: [{ url: 'a', title: 'The A' }] };
    expect(upcastData(Linked, 3, present)).toEqual(present);
  });

  it('leaves what is stored as it was: its hash covers that', () => {
    const stored = { link: 'a' };
    upcastData(Linked, 1, stored);
    expect(stored).toEqual({ link: 'a' });
  });

  it('has a step for each version before, in every type of record', () => {
    for (const { type, version, upcasts = {} } of Object.values<RecordDefinition>(records)) {
      const steps = Object.keys(upcasts).map(Number);
      expect(steps, type).toEqual(Array.from({ length: version - 1 }, (_, index) => index + 1));
    }
  });
});

describe('a record of a newer version', () => {
  const { state, records: written } = program().until('2030-01-08');
  const next = written.at(-1) as ProgramRecord;

  it('is read as it is, and never folded into a state that would be wrong', () => {
    const newer = { ...next, seq: state.seq + 1, version: 99 } as ProgramRecord;
    expect(upcast(newer)).toBe(newer);
    expect(() => apply(state, newer)).toThrow(`${next.type} of version 99, which this version does not know`);
  });

  it('of a type that is not known neither', () => {
    const strange = { ...next, seq: state.seq + 1, type: 'SiteAdded' } as unknown as ProgramRecord;
    expect(upcast(strange)).toBe(strange);
    expect(() => apply(state, strange)).toThrow('SiteAdded, which this version does not know');
    const inherited = { ...next, seq: state.seq + 1, type: 'constructor' } as unknown as ProgramRecord;
    expect(() => apply(state, inherited)).toThrow('does not know');
  });

  it('names its version only when it is not the first', () => {
    const driver = program().until('2030-01-08').as(who.manager);
    driver.does({ type: 'pause', reason: 'On hold.' });
    expect(driver.records.every((each) => !('version' in each))).toBe(true);
    expect(fold(driver.records)).toEqual(driver.state);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IsoDate } from '../../../domain/basics.ts';
import { addDays } from '../../../domain/calendar.ts';
import { type Across, across, type Label } from '../../../web/program/timeline/across.ts';
import { down } from '../../../web/program/timeline/down.ts';
import { scaleOf, ticksOf } from '../../../web/program/timeline/scale.ts';
import type { Timeline } from '../../../web/program/timeline/timeline.ts';

const width = 640;
const from: IsoDate = '2030-01-01';
const to: IsoDate = '2034-01-01';
const days = 1_461;

function day(count: number): IsoDate {
  return addDays(from, count);
}

function timeline(parts: Partial<Timeline> = {}): Timeline {
  return { from, to, today: '2031-01-01', bands: [], audits: [], body: [], own: [], ...parts };
}

/** Many things within a few weeks, and some at the very ends. */
const crowded = timeline({
  bands: [0, 3, 6, 9, 1_460].map((at) => ({
    label: `Phase of ${at}`,
    from: day(at),
    to: day(at + 3),
    planned: at > 6,
  })),
  audits: [0, 5, 5, 6, 7, 400, 401, 1_455, 1_461].map((at, index) => ({
    id: `A-${index}`,
    label: 'Recertification audit',
    from: day(at),
    to: day(at),
    until: index % 2 ? day(Math.min(days, at + 200)) : undefined,
    held: at < 100,
    late: false,
  })),
  body: [10, 40, 70, 100, 1_459].map((at) => ({
    on: day(at),
    label: `A deadline of the body, the ${at}th`,
    past: at < 50,
  })),
  own: Array.from({ length: 200 }, (_, index) => ({ on: day(index * 7), label: `Task ${index}`, past: index < 52 })),
});

/** The room that a label takes at a width; the letters of the font are narrower than what is counted on. */
function spanOf({ text, at, anchor, row }: Label, wide: number) {
  const length = text.length * 6.5;
  const x = at * wide;
  return anchor === 'start' ? { row, left: x, right: x + length } : { row, left: x - length, right: x };
}

function overlaps(labels: Label[], wide: number): string[] {
  const spans = labels.map((label) => spanOf(label, wide));
  return spans.flatMap((one, index) =>
    spans
      .slice(index + 1)
      .filter((other) => other.row === one.row && one.left < other.right && other.left < one.right)
      .map((other) => `${JSON.stringify(one)} ${JSON.stringify(other)}`),
  );
}

function labelsOf({ bands, audits, body }: Across): Label[][] {
  return [
    bands.flatMap(({ text }) => (text ? [text] : [])),
    audits.map(({ text }) => text),
    body.map(({ text }) => text),
  ];
}

describe('the scale', () => {
  test('is in proportion to days', () => {
    const scale = scaleOf(from, to);
    expect(scale(from)).toBe(0);
    expect(scale(to)).toBe(1);
    expect(scale('2032-01-01')).toBeCloseTo(730 / days, 10);
    expect(scale('2031-01-01') - scale('2030-01-01')).toBeCloseTo(365 / days, 10);
    expect(scale('2032-03-01') - scale('2032-02-01')).toBeCloseTo(29 / days, 10);
  });

  test('has years where it is long, and months where it is short', () => {
    expect(ticksOf(from, to).map(({ label }) => label)).toEqual(['2030', '2031', '2032', '2033', '2034']);
    expect(ticksOf('2030-01-07', '2030-05-01').map(({ label }) => label)).toEqual(['Feb', 'Mar', 'Apr', 'May']);
  });

  test('holds when it begins and ends on one day', () => {
    expect(scaleOf(from, from)(from)).toBe(0);
    expect(across({ ...timeline(), to: from, today: from }, width).today).toBe(0);
  });
});

describe('from left to right', () => {
  test('everything is where its day is', () => {
    const laid = across(crowded, width);
    expect(laid.today).toBeCloseTo(365 / days, 10);
    expect(laid.audits[5]?.at).toBeCloseTo(400 / days, 10);
    expect(laid.bands[1]).toMatchObject({ at: 3 / days });
    expect(laid.bands[1]?.width).toBeGreaterThanOrEqual(2 / width);
    expect(laid.audits[1]?.untilAt).toBeCloseTo(205 / days, 10);
  });

  test('no label overlaps another, at the narrowest width and at any greater one', () => {
    const laid = across(crowded, width);
    for (const labels of labelsOf(laid)) {
      expect(overlaps(labels, width)).toEqual([]);
      expect(overlaps(labels, 1_150)).toEqual([]);
    }
  });

  test('no label is cut off at an end', () => {
    for (const label of labelsOf(across(crowded, width)).flat()) {
      const { left, right } = spanOf(label, width);
      expect(left, label.text).toBeGreaterThanOrEqual(0);
      expect(right, label.text).toBeLessThanOrEqual(width + 1);
    }
  });

  test('own days that are too near to be told apart are one mark, past and planned ones apart', () => {
    const { own } = across(crowded, width);
    expect(own.flatMap(({ marks }) => marks)).toHaveLength(200);
    expect(own.every(({ marks }) => new Set(marks.map(({ past }) => past)).size === 1)).toBe(true);
    const places = own.map(({ at }) => at * width);
    const gaps = places.slice(1).map((place, index) => place - places[index]!);
    // Only where the past ends may two stand nearer.
    expect(gaps.filter((gap) => gap < 12).length).toBeLessThanOrEqual(1);
  });

  test('holds for whatever a program has', () => {
    const mark = fc.record({
      on: fc.integer({ min: 0, max: days }).map(day),
      label: fc.string({ maxLength: 60 }),
      past: fc.boolean(),
    });
    const audit = fc.record({
      id: fc.constant('A-1'),
      label: fc.constantFrom('Stage 1', 'Surveillance', 'Recertification'),
      from: fc.integer({ min: 0, max: days }).map(day),
      held: fc.boolean(),
      late: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 40 }), fc.array(audit, { maxLength: 40 }), (body, audits) => {
        const sorted = [...body].sort((one, other) => (one.on < other.on ? -1 : 1));
        const made = timeline({ body: sorted, audits: audits.map((one) => ({ ...one, to: one.from })) });
        for (const labels of labelsOf(across(made, width))) expect(overlaps(labels, width)).toEqual([]);
        const { entries } = down(made);
        for (const [index, { labelY, y }] of entries.entries()) {
          expect(labelY).toBeGreaterThanOrEqual(y);
          if (index > 0) expect(labelY - entries[index - 1]!.labelY).toBeGreaterThanOrEqual(21.9);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('from top to bottom', () => {
  test('everything is where its day is, and its label at or below, with room for a line', () => {
    const laid = down(crowded);
    const y = (count: number) => (count / days) * laid.length;
    expect(laid.today).toBeCloseTo(y(365), 0);
    for (const { kind, on, y: at } of laid.entries) {
      if (kind === 'audit' && on === day(400)) expect(at).toBeCloseTo(y(400), 0);
    }
    const places = laid.entries.map(({ labelY }) => labelY);
    expect(places.slice(1).every((place, index) => place - places[index]! >= 21.9)).toBe(true);
    expect(laid.height).toBeGreaterThanOrEqual(Math.max(...places) + 20);
  });

  test('marks today among the others, in order', () => {
    const kinds = down(timeline({ body: [{ on: day(700), label: 'Later', past: false }] })).entries.map(
      ({ kind }) => kind,
    );
    expect(kinds).toEqual(['today', 'body']);
  });
});

import { shortened } from '../../../words/mail/clean.ts';
import { scaleOf, type Tick, ticksOf } from './scale.ts';
import type { AuditMark, Band, DayMark, Timeline } from './timeline.ts';

/** A label: at which end of its text it is tied to its mark, and in which row it stands so that none is in another's way. */
export interface Label {
  text: string;
  at: number;
  anchor: 'start' | 'end';
  row: number;
}

/** A timeline laid out from left to right; every place is a part of the whole width. */
export interface Across {
  ticks: Tick[];
  today: number;
  bands: (Band & { at: number; width: number; text?: Label })[];
  audits: (AuditMark & { at: number; end: number; untilAt?: number; text: Label })[];
  body: (Group & { text: Label })[];
  own: Group[];
  /** How many rows of labels there are of each. */
  rows: { bands: number; audits: number; body: number };
}

/** Days that lie too near to be told apart: one mark for all. */
export interface Group {
  at: number;
  marks: DayMark[];
}

/** Pixels of a letter, on the average, of the room around a label, and between two marks. */
const letter = 7;
const gap = 12;
const nearest = 12;
const longest = 34;

/**
 * Lays a timeline out from left to right, to scale. Labels get rows, so that none overlaps another at the width that is given
 * or at any greater one.
 *
 * @param width pixels of the narrowest drawing
 */
export function across(timeline: Timeline, width: number): Across {
  const { from, to, today } = timeline;
  const scale = scaleOf(from, to);
  const bandRows = rowsOf(width);
  const auditRows = rowsOf(width);
  const bodyRows = rowsOf(width);
  const bands = timeline.bands.map((band) => {
    const at = scale(band.from);
    const placed = { ...band, at, width: Math.max(2 / width, scale(band.to) - at) };
    return band.label === '' ? placed : { ...placed, text: bandRows.place(band.label, at) };
  });
  const audits = timeline.audits.map((audit) => {
    const at = scale(audit.from);
    const end = scale(audit.to);
    const text = auditRows.place(audit.label, at);
    return { ...audit, at, end, text, ...(audit.until && { untilAt: scale(audit.until) }) };
  });
  const body = groupsOf(timeline.body, scale, width).map((group) => ({
    ...group,
    text: bodyRows.place(textOf(group), group.at),
  }));
  return {
    ticks: spaced(ticksOf(from, to), width),
    today: scale(today),
    bands,
    audits,
    body,
    own: groupsOf(timeline.own, scale, width),
    rows: { bands: bandRows.count(), audits: auditRows.count(), body: bodyRows.count() },
  };
}

/** What stands beside a mark: what it is, or how many things. */
function textOf({ marks: [first, ...others] }: Group): string {
  const short = shortened(first?.short ?? first?.label ?? '', longest);
  return others.length > 0 ? `${short} +${others.length}` : short;
}

/** Marks that are too near to each other become one, at the place of the first. */
export function groupsOf(marks: readonly DayMark[], scale: (on: DayMark['on']) => number, length: number): Group[] {
  const groups: Group[] = [];
  for (const mark of marks) {
    const at = scale(mark.on);
    const last = groups.at(-1);
    const isNear = last !== undefined && (at - last.at) * length < nearest && last.marks[0]?.past === mark.past;
    if (isNear) last.marks.push(mark);
    else groups.push({ at, marks: [mark] });
  }
  return groups;
}

/** Rows of labels: each goes to the first row in which there is room for it. */
function rowsOf(width: number) {
  const rows: [number, number][][] = [];
  return {
    place(text: string, at: number): Label {
      const length = text.length * letter + gap;
      const x = at * width;
      const anchor = x + length <= width ? 'start' : 'end';
      const span: [number, number] = anchor === 'start' ? [x, x + length] : [x - length, x];
      let row = rows.findIndex((taken) => taken.every(([left, right]) => span[1] <= left || span[0] >= right));
      if (row < 0) row = rows.push([]) - 1;
      rows[row]!.push(span);
      return { text, at, anchor, row };
    },
    count: () => rows.length,
  };
}

/** Ticks that have room for what is written at them. */
function spaced(ticks: Tick[], width: number): Tick[] {
  const kept: Tick[] = [];
  for (const tick of ticks) {
    const last = kept.at(-1);
    if (last && (tick.at - last.at) * width < last.label.length * letter + gap) continue;
    if ((1 - tick.at) * width < tick.label.length * letter) continue;
    kept.push(tick);
  }
  return kept;
}

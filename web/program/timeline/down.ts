import type { IsoDate } from '../../../domain/basics.ts';
import { daysBetween } from '../../../domain/calendar.ts';
import { type Group, groupsOf } from './across.ts';
import { scaleOf, type Tick, ticksOf } from './scale.ts';
import type { Band, Timeline } from './timeline.ts';

/** Something with a label beside the line. */
export interface Entry {
  kind: 'band' | 'audit' | 'body' | 'today';
  on: IsoDate;
  /** Pixels from the top at which its day lies. */
  y: number;
  /** Pixels from the top at which its label stands: as near as the labels above let it. */
  labelY: number;
  text: string;
  planned: boolean;
  late: boolean;
}

/** A timeline laid out from top to bottom, in pixels. */
export interface Down {
  /** Of the scale; the drawing is as high as its last label needs. */
  length: number;
  height: number;
  ticks: (Tick & { y: number })[];
  today: number;
  bands: (Band & { y: number; height: number })[];
  entries: Entry[];
  /** The windows of audits: until when they are allowed. */
  windows: { y: number; height: number }[];
  own: (Group & { y: number })[];
}

/** Pixels for a day, the least and the most of the whole, and between the lines of two labels. */
const perDay = 0.6;
const least = 420;
const most = 1_400;
const line = 22;

/** Lays a timeline out from top to bottom, to scale; labels that would overlap are moved down, and tied to their day. */
export function down(timeline: Timeline): Down {
  const { from, to, today } = timeline;
  const days = daysBetween(from, to);
  const length = Math.round(Math.min(most, Math.max(least, days * perDay)));
  const scale = scaleOf(from, to);
  const y = (on: IsoDate) => Math.round(scale(on) * length * 10) / 10;
  const entries = labelled(entriesOf(timeline).map((entry) => ({ ...entry, y: y(entry.on), labelY: 0 })));
  return {
    length,
    height: Math.max(length, entries.at(-1)?.labelY ?? 0) + line,
    ticks: ticksOf(from, to).map((tick) => ({ ...tick, y: y(tick.on) })),
    today: y(today),
    bands: timeline.bands.map((band) => ({ ...band, y: y(band.from), height: Math.max(2, y(band.to) - y(band.from)) })),
    entries,
    windows: timeline.audits.flatMap(({ from: begins, until }) =>
      until ? [{ y: y(begins), height: y(until) - y(begins) }] : [],
    ),
    own: groupsOf(timeline.own, scale, length).map((group) => ({ ...group, y: group.at * length })),
  };
}

function entriesOf({ bands, audits, body, today }: Timeline): Omit<Entry, 'y' | 'labelY'>[] {
  const entries: Omit<Entry, 'y' | 'labelY'>[] = [
    ...bands
      .filter(({ label }) => label !== '')
      .map(({ label, from, planned }) => ({ kind: 'band' as const, on: from, text: label, planned, late: false })),
    ...audits.map(({ label, from, held, late }) => ({
      kind: 'audit' as const,
      on: from,
      text: label,
      planned: !held,
      late,
    })),
    ...body.map(({ label, short = label, on, past }) => ({
      kind: 'body' as const,
      on,
      text: short,
      planned: !past,
      late: past,
    })),
    { kind: 'today', on: today, text: 'Today', planned: false, late: false },
  ];
  return entries.sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0));
}

/** Gives each label the first place at or below its own that the one before leaves free. */
function labelled(entries: Entry[]): Entry[] {
  let free = 0;
  return entries.map((entry) => {
    const labelY = Math.max(entry.y, free);
    free = labelY + line;
    return { ...entry, labelY };
  });
}

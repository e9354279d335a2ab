import type { IsoDate } from '../../../domain/basics.ts';
import { shortened } from '../../../words/mail/clean.ts';
import { shortDay } from '../../../words/when.ts';
import { type Across, across, type Label } from './across.ts';
import { type Down, down, type Entry } from './down.ts';
import type { Timeline } from './timeline.ts';

/** The narrowest that the drawing from left to right is shown at, in pixels. */
const narrowest = 640;
/** Pixels between two rows of labels, and the heights of what is drawn. */
const row = 20;
const band = 14;
const lane = 20;
/** Room for the word above the line of today. */
const top = 18;

/** A timeline drawn twice: from left to right, and from top to bottom for narrow screens. Style sheets show one of them. */
export function Drawing({ timeline }: { timeline: Timeline }) {
  return (
    <div class="timeline" aria-hidden="true">
      <AcrossDrawing laid={across(timeline, narrowest)} today={timeline.today} />
      <DownDrawing laid={down(timeline)} today={timeline.today} />
    </div>
  );
}

const percent = (part: number) => `${Math.round(part * 10_000) / 100}%`;

function AcrossDrawing({ laid, today }: { laid: Across; today: IsoDate }) {
  const { rows, bands, audits, body, own, ticks } = laid;
  const bandY = top + rows.bands * row + 6;
  const auditY = bandY + band + 24;
  const auditLabels = auditY + 16;
  // Where there are no marks, there is no lane for them.
  const bodyY = rows.audits > 0 ? auditLabels + rows.audits * row + 14 : auditY;
  const bodyLabels = bodyY + 16;
  const ownY = rows.body > 0 ? bodyLabels + rows.body * row + 14 : bodyY;
  const end = own.length > 0 ? ownY + lane : ownY;
  return (
    <svg class="across" width="100%" height={end + 26} aria-hidden="true" focusable="false">
      {ticks.map(({ at, label, on }) => (
        <g key={on} class="tick">
          <line x1={percent(at)} x2={percent(at)} y1={top} y2={end} />
          <text x={percent(at)} y={end + 16} dx="4">
            {label}
          </text>
        </g>
      ))}
      <g class="today">
        <line x1={percent(laid.today)} x2={percent(laid.today)} y1={top - 4} y2={end} />
        <text
          x={percent(laid.today)}
          y={top - 6}
          text-anchor={laid.today > 0.95 ? 'end' : laid.today < 0.05 ? 'start' : 'middle'}
        >
          Today
        </text>
      </g>
      {bands.map(({ at, width, planned, text, from }) => (
        <g key={`${from} ${text?.text}`} class={planned ? 'band planned' : 'band'}>
          <rect x={percent(at)} y={bandY} width={percent(width)} height={band} />
          {text && <Text label={text} y={bandY - 6 - (rows.bands - 1 - text.row) * row} tieTo={bandY} />}
        </g>
      ))}
      {audits.map(({ id, at, end: until, untilAt, held, late, text, from }) => (
        <g key={id} class={`audit${held ? '' : ' planned'}${late ? ' missed' : ''}`}>
          <title>{`${text.text} ${id}, ${shortDay(from, today)}`}</title>
          {untilAt !== undefined && (
            <line class="window" x1={percent(at)} x2={percent(untilAt)} y1={auditY} y2={auditY} />
          )}
          {until > at && <line class="span" x1={percent(at)} x2={percent(until)} y1={auditY} y2={auditY} />}
          <Shape at={at} y={auditY} d="M0-7 7 0 0 7-7 0z" />
          <Text label={text} y={auditLabels + 8 + text.row * row} tieTo={auditY + 7} />
        </g>
      ))}
      {body.map(({ at, marks, text }) => (
        <g key={`${marks[0]?.on} ${marks[0]?.label}`} class={marks[0]?.past ? 'body missed' : 'body planned'}>
          <title>{marks.map(({ on, label }) => `${shortDay(on, today)}: ${label}`).join('\n')}</title>
          <Shape at={at} y={bodyY} d="M0 6 6.500-5h-13z" />
          <Text label={text} y={bodyLabels + 8 + text.row * row} tieTo={bodyY + 6} />
        </g>
      ))}
      {own.map(({ at, marks }) => (
        <g key={`${marks[0]?.on} ${marks[0]?.label}`} class={marks[0]?.past ? 'own' : 'own planned'}>
          <title>{marks.map(({ on, label }) => `${shortDay(on, today)}: ${label}`).join('\n')}</title>
          <Shape at={at} y={ownY} d="M-3.500 0a3.500 3.500 0 1 0 7 0 3.500 3.500 0 1 0-7 0z" />
        </g>
      ))}
    </svg>
  );
}

/** A mark at a place that is a part of the width. */
function Shape({ at, y, d }: { at: number; y: number; d: string }) {
  return (
    <svg x={percent(at)} y={y} overflow="visible" width="1" height="1" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}

/** A label, with a thin line to what it belongs to. */
function Text({ label: { text, at, anchor }, y, tieTo }: { label: Label; y: number; tieTo: number }) {
  return (
    <>
      <line class="tie" x1={percent(at)} x2={percent(at)} y1={tieTo} y2={y} />
      <text x={percent(at)} y={y} dx={anchor === 'end' ? -5 : 5} text-anchor={anchor}>
        {text}
      </text>
    </>
  );
}

/** Places of what is drawn from top to bottom, in pixels from the left. */
const bandX = 46;
const markX = 76;
const textX = 100;
/** The longest label that a narrow screen has room for. */
const mostLetters = 27;

function DownDrawing({ laid, today }: { laid: Down; today: IsoDate }) {
  const { height, length, ticks, bands, entries, windows, own } = laid;
  return (
    <svg class="down" width="100%" height={height + 12} aria-hidden="true" focusable="false">
      <g transform="translate(0 10)">
        {ticks
          .filter(({ y }, index) => index === 0 || y - (ticks[index - 1]?.y ?? 0) > 14)
          .map(({ y, label, on }) => (
            <g key={on} class="tick">
              <line x1="0" x2={bandX + 16} y1={y} y2={y} />
              <text x="0" y={y - 3}>
                {label}
              </text>
            </g>
          ))}
        {bands.map(({ y, height: tall, planned, from, label }) => (
          <g key={`${from} ${label}`} class={planned ? 'band planned' : 'band'}>
            <rect x={bandX} y={y} width="12" height={tall} />
          </g>
        ))}
        {windows.map(({ y, height: tall }) => (
          <g key={y} class="audit planned">
            <line class="window" x1={markX} x2={markX} y1={y} y2={y + tall} />
          </g>
        ))}
        {own.map(({ y, marks }) => (
          <g key={`${marks[0]?.on} ${marks[0]?.label}`} class={marks[0]?.past ? 'own' : 'own planned'}>
            <circle cx={bandX + 18} cy={y} r="2.500" />
          </g>
        ))}
        <g class="today">
          <line x1={bandX - 6} x2={markX + 8} y1={laid.today} y2={laid.today} />
        </g>
        {entries.map((entry) => (
          <EntryDrawn key={`${entry.kind} ${entry.on} ${entry.text}`} entry={entry} today={today} />
        ))}
        <line class="end" x1={bandX} x2={bandX + 12} y1={length} y2={length} />
      </g>
    </svg>
  );
}

const shapes = {
  band: '',
  today: '',
  audit: 'M0-6 6 0 0 6-6 0z',
  body: 'M0 5.500 6-4.500h-12z',
} as const;

function EntryDrawn({ entry, today }: { entry: Entry; today: IsoDate }) {
  const { kind, y, labelY, on, planned, late } = entry;
  const text = kind === 'today' ? 'Today' : `${shortDay(on, today).replace(/^\w+, /, '')} ${entry.text}`;
  return (
    <g class={`${kind}${planned ? ' planned' : ''}${late ? ' missed' : ''}`}>
      <polyline
        class="tie"
        points={`${kind === 'band' ? bandX + 12 : markX},${y} ${markX + 10},${y} ${textX - 4},${labelY}`}
      />
      {shapes[kind] && <path d={shapes[kind]} transform={`translate(${markX} ${y})`} />}
      <text x={textX} y={labelY + 4}>
        {shortened(text, mostLetters + 8)}
      </text>
    </g>
  );
}

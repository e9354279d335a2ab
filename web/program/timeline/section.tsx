import type { FastifyInstance } from 'fastify';
import type { IsoDate } from '../../../domain/basics.ts';
import { Day } from '../../html/parts.tsx';
import type { ProgramView } from '../reading.ts';
import { chronicleOf } from './chronicle.ts';
import { Drawing } from './drawing.tsx';
import { timelineOf } from './gather.ts';
import type { Timeline } from './timeline.ts';

/** Reads what the timeline of a program is drawn from. */
export async function readTimeline(app: FastifyInstance, view: ProgramView): Promise<Timeline> {
  const { register, read } = app.services.database;
  const [chronicle, audits] = await Promise.all([
    chronicleOf(register, view.state),
    read.audits(view.state.id, { limit: 200 }),
  ]);
  return timelineOf(view, chronicle, audits.items);
}

/** The timeline of a program: drawn to scale, and as a list. */
export function TimelineSection({ timeline, view }: { timeline: Timeline; view: ProgramView }) {
  return (
    <section aria-labelledby="timeline" class="timeline-section">
      <h2 id="timeline">Timeline</h2>
      <Drawing timeline={timeline} />
      <Legend />
      <details>
        <summary>The timeline as a list</summary>
        <TimelineList timeline={timeline} view={view} />
      </details>
    </section>
  );
}

function Legend() {
  return (
    <ul class="legend timeline-legend">
      <li>
        <svg width="16" height="16" viewBox="-8 -8 16 16" class="audit" aria-hidden="true">
          <path d="M0-7 7 0 0 7-7 0z" />
        </svg>{' '}
        audit, with the time that a rule allows
      </li>
      <li>
        <svg width="16" height="16" viewBox="-8 -8 16 16" class="body" aria-hidden="true">
          <path d="M0 6 6.500-5h-13z" />
        </svg>{' '}
        deadline of the certification body
      </li>
      <li>
        <svg width="16" height="16" viewBox="-8 -8 16 16" class="own" aria-hidden="true">
          <path d="M-3.500 0a3.500 3.500 0 1 0 7 0 3.500 3.500 0 1 0-7 0z" />
        </svg>{' '}
        own date
      </li>
      <li>Filled is past, hollow is planned.</li>
    </ul>
  );
}

interface Item {
  on: IsoDate;
  what: string;
  href?: string;
}

/** The same in words, by day. */
function TimelineList({ timeline, view }: { timeline: Timeline; view: ProgramView }) {
  const { today } = timeline;
  const items = itemsOf(timeline, view);
  const past = items.filter(({ on }) => on < today);
  const ahead = items.filter(({ on }) => on >= today);
  return (
    <>
      <h3>Until today</h3>
      <Items items={past} today={today} />
      <h3>Ahead</h3>
      <Items items={ahead} today={today} />
    </>
  );
}

function Items({ items, today }: { items: Item[]; today: IsoDate }) {
  if (items.length === 0) return <p class="empty">Nothing.</p>;
  return (
    <ol class="history">
      {items.map(({ on, what, href }) => (
        <li key={`${on} ${what}`}>
          <span class="when">
            <Day on={on} today={today} near={false} />
          </span>
          <span>{href ? <a href={href}>{what}</a> : what}</span>
        </li>
      ))}
    </ol>
  );
}

function itemsOf({ bands, audits, body, own }: Timeline, { url }: ProgramView): Item[] {
  const items: Item[] = [
    ...bands
      .filter(({ label }) => label !== '')
      .map(({ label, from, planned }) => ({ on: from, what: `${label} ${planned ? 'is planned to begin' : 'began'}` })),
    ...audits.map(({ id, label, from, held }) => ({
      on: from,
      what: `${label} ${id}${held ? ', held' : ', planned'}`,
      href: `${url}/audits/${encodeURIComponent(id)}`,
    })),
    ...audits.flatMap(({ id, label, until }) =>
      until ? [{ on: until, what: `Last day for ${label} ${id}, as a rule has it` }] : [],
    ),
    ...body.map(({ on, label }) => ({ on, what: `${label} (deadline of the certification body)` })),
    ...own.map(({ on, label }) => ({ on, what: label })),
  ];
  return items.sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0));
}

import type { ComponentChildren } from 'preact';
import type { Instant, IsoDate } from '../../domain/basics.ts';
import { dateAt } from '../../domain/calendar.ts';
import { distance, fullMoment, shortDay } from '../../words/when.ts';

/** A date for people: `Fri, Jan 15, in 12 days`. */
export function Day({ on, today, near = true }: { on: IsoDate; today: IsoDate; near?: boolean }) {
  return (
    <time dateTime={on} title={on}>
      {shortDay(on, today)}
      {near && `, ${distance(on, today)}`}
    </time>
  );
}

/** A moment for people, the exact one on hover. */
export function Moment({ at, timeZone, today }: { at: Instant; timeZone: string; today: IsoDate }) {
  return (
    <time dateTime={at} title={fullMoment(at, timeZone)}>
      {shortDay(dateAt(at, timeZone), today)}
    </time>
  );
}

/** Words of a person, as they were written. */
export function Quote({ children, by }: { children: string; by?: ComponentChildren }) {
  return (
    <figure class="quote">
      <blockquote>
        {children.split(/\r?\n/).map((line, index) => (
          <p key={`${index}`}>{line}</p>
        ))}
      </blockquote>
      {by && <figcaption>{by}</figcaption>}
    </figure>
  );
}

/** Something to be seen before all else: what went wrong, or what was done. */
export function Notice({
  tone,
  title,
  children,
}: {
  tone: 'bad' | 'soon' | 'good' | 'plain';
  title: string;
  children?: ComponentChildren;
}) {
  return (
    <section class={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'} aria-label={title}>
      <p class="notice-title">{title}</p>
      {children}
    </section>
  );
}

/** What will be here, and how it comes. */
export function Empty({ children }: { children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}

/** Terms with what they are. */
export function Facts({ facts }: { facts: readonly (readonly [string, ComponentChildren] | undefined)[] }) {
  return (
    <dl class="facts">
      {facts
        .filter((fact) => fact !== undefined)
        .map(([term, what]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{what}</dd>
          </div>
        ))}
    </dl>
  );
}

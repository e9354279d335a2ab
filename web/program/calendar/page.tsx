import type { IsoDate } from '../../../domain/basics.ts';
import type { Page } from '../../html/layout.tsx';
import { Day, Empty } from '../../html/parts.tsx';
import { Done } from '../done.tsx';
import { Offers } from '../parts/forms.tsx';
import { inProgram, type ProgramView } from '../reading.ts';
import { CalendarFacts } from './now.tsx';

/** How many days ahead are named. */
const mostShown = 25;

/** Whose time the program keeps, and which days are off: the weekend, the holidays ahead, and what is worked all the same. */
export function calendarPage(view: ProgramView, query: unknown): Page {
  const { state, today, url } = view;
  const { holidays, ownHolidays = [], workingDays = [], holidaysThrough } = state.calendar;
  const ahead = (days: readonly IsoDate[]) => days.filter((day) => day >= today);
  const off = ahead(holidays).filter((day) => !workingDays.includes(day));
  const offers = view.offers('program').filter(({ command }) => command === 'changeCalendar');
  return {
    title: 'Calendar',
    program: inProgram(view),
    body: (
      <>
        <h1>Calendar</h1>
        <Done query={query} />
        <p class="lead">
          What is due is due at 17:00. A due date that is a day off means the next working day, but for the deadlines of
          the certification body: those are their day.
        </p>
        <Offers url={url} offers={offers} />
        <CalendarFacts view={view} />
        <h2>Days off ahead</h2>
        {off.length === 0 && <Empty>None but the weekends.</Empty>}
        <Days days={off} own={ownHolidays} today={today} />
        {holidaysThrough !== undefined && (
          <p class="hint">Public holidays are known through {holidaysThrough}; each January those of a year more.</p>
        )}
        {ahead(workingDays).length > 0 && (
          <>
            <h2>Worked all the same</h2>
            <Days days={ahead(workingDays)} own={[]} today={today} />
          </>
        )}
      </>
    ),
  };
}

function Days({ days, own, today }: { days: readonly IsoDate[]; own: readonly IsoDate[]; today: IsoDate }) {
  if (days.length === 0) return null;
  const rest = days.length - mostShown;
  return (
    <ul class="lines">
      {days.slice(0, mostShown).map((day) => (
        <li key={day}>
          <Day on={day} today={today} />
          {own.includes(day) && <span class="meta">Named by the organization</span>}
        </li>
      ))}
      {rest > 0 && <li>And {rest} more</li>}
    </ul>
  );
}

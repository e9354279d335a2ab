import { countries } from '../../../api/countries.ts';
import { weekendWords } from '../../../words/calendar.ts';
import { Facts } from '../../html/parts.tsx';
import type { ProgramView } from '../reading.ts';

/** How the calendar is now: what is left empty in its form stays so. */
export function CalendarNow({ view }: { view: ProgramView }) {
  return (
    <section aria-labelledby="calendar-now">
      <h2 id="calendar-now">The calendar now</h2>
      <CalendarFacts view={view} />
    </section>
  );
}

/** Whose time a program keeps, and which days of each week are off. */
export function CalendarFacts({ view: { state } }: { view: ProgramView }) {
  const { timeZone, country, weekend } = state.calendar;
  return (
    <Facts
      facts={[
        ['Time zone', timeZone.replaceAll('_', ' ')],
        ['Country', country === undefined ? 'None: no public holidays are looked up' : countryName(country)],
        ['Weekend', weekendWords(weekend)],
      ]}
    />
  );
}

/** `Germany (DE-BY)`. */
function countryName(code: string): string {
  const [land = ''] = code.split('-');
  const name = countries().find(([one]) => one === land)?.[1];
  return name ? `${name} (${code})` : code;
}

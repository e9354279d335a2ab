import { Type } from 'typebox';
import type { IsoDate } from '../basics.ts';
import { mustBeDate } from '../checks.ts';
import { step } from '../registry/command.ts';
import { date } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { joined, withoutPastDays } from './daysOff.ts';
import { WarningNoted } from './WarningNoted.ts';

/** What the look-up of public holidays gave, through a year; with a warning in words where it knows none. */
export const recordHolidays = step<{ through: number; holidays: IsoDate[]; warning?: string }>()(
  'recordHolidays',
  (draft, { through, holidays, warning }) => {
    for (const holiday of holidays) mustBeDate(holiday, 'holidays');
    draft.emit(HolidaysRecorded, { through, holidays });
    if (warning) draft.emit(WarningNoted, { code: 'holidays', text: warning });
  },
);

export const HolidaysRecorded = record('HolidaysRecorded', {
  data: { through: Type.Integer(), holidays: Type.Array(date) },
  leavesTask: false,
  /** Past ones leave, so that a program of thirty years carries no more of them than one of three. */
  apply(state, { through, holidays }, { today }) {
    const calendar = withoutPastDays(state, today);
    return {
      ...state,
      calendar: { ...calendar, holidays: joined(calendar.holidays, holidays), holidaysThrough: through },
    };
  },
});

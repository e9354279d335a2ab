import { Type } from 'typebox';
import type { IsoDate } from '../basics.ts';
import { mustBeDate } from '../checks.ts';
import { step } from '../registry/command.ts';
import { date } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
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
  apply: (state, { through, holidays }) => ({
    ...state,
    calendar: {
      ...state.calendar,
      holidays: [...new Set([...state.calendar.holidays, ...holidays])].sort(),
      holidaysThrough: through,
    },
  }),
});

import type { IsoDate } from '../domain/basics.ts';
import { dateAt } from '../domain/calendar.ts';
import type { ProgramState } from '../domain/state.ts';
import { readingOf } from './readings.ts';
import type { Services } from './services.ts';

/** A version of the statement of applicability, as an audit of the certification body saw it. */
export interface FrozenApplicability {
  version: number;
  auditId: string;
  /** The day on which it was frozen. */
  on: IsoDate;
  entries: ProgramState['applicability'];
}

/** The versions of a program's statement of applicability, oldest first: the register keeps each that was frozen. */
export async function frozenApplicability(services: Services, programId: string): Promise<FrozenApplicability[]> {
  const { state } = await readingOf(services, programId);
  const records = await services.database.register.naming(programId, [['StatementOfApplicabilityFrozen']]);
  return records.flatMap((record) => {
    if (record.type !== 'StatementOfApplicabilityFrozen') return [];
    return [{ ...record.data, on: dateAt(record.at, state.calendar.timeZone) }];
  });
}

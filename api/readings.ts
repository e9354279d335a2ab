import type { ProgramSummary } from '../domain/views.ts';
import { notFound } from './problem.ts';
import type { ProgramReading } from './programStates.ts';
import type { Services } from './services.ts';

/** A program in its state, for a call that reads it. Throws the 404 problem when it has no record. */
export async function readingOf({ states }: Pick<Services, 'states'>, programId: string): Promise<ProgramReading> {
  const reading = await states.read(programId);
  if (!reading) throw notFound(`The program ${programId}`);
  return reading;
}

/** A program as lists show it. Throws the 404 problem when it is not there. */
export async function summaryOf({ database }: Pick<Services, 'database'>, programId: string): Promise<ProgramSummary> {
  const summary = await database.read.program(programId);
  if (!summary) throw notFound(`The program ${programId}`);
  return summary;
}

import { proxyLocalActivities } from '@temporalio/workflow';
import type { ProgramActivities } from '../activities/contract.ts';
import type { IsoDate } from '../domain/basics.ts';
import { failureOf } from './commit.ts';

const { lookUpHolidays } = proxyLocalActivities<ProgramActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '200ms', maximumAttempts: 3 },
});

/** A country that the look-up does not know costs the program its holidays, with a warning, never its life. */
export async function holidaysOf(
  wanted: Parameters<ProgramActivities['lookUpHolidays']>[0],
): Promise<{ holidays: IsoDate[]; warning?: string }> {
  try {
    return { holidays: await lookUpHolidays(wanted) };
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.type !== 'UnknownCountry') throw error;
    return { holidays: [], warning: failure.message };
  }
}

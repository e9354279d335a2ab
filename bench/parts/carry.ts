import { defaultPayloadConverter } from '@temporalio/common';
import { dataConverter } from '../../config/dataConverter.ts';
import { sizeOfState } from '../../domain/carried/size.ts';
import type { ProgramState } from '../../domain/state.ts';
import { busyCycle } from '../../test/domain/busy.ts';
import { certified } from '../../test/domain/journey.ts';
import type { ProgramCarry } from '../../workflows/messages.ts';
import type { Bed } from '../bed.ts';
import { atMost, type Row, shown, told } from '../report.ts';

const cycles = 10;

/** A quarter of what Temporal takes at once, in KiB. */
const quarter = 512;

/**
 * What one run of a busy program would hand to the next, cycle by cycle: as it is, and as Temporal keeps it. Played without Temporal, by
 * the decisions alone.
 */
export async function carry(bed: Bed): Promise<Row[]> {
  const driver = certified('2030-05-01');
  let largest = driver.state;
  driver.watch = ({ after }) => {
    if (sizeOfState(after) > sizeOfState(largest)) largest = after;
  };
  const rows: Row[] = [];
  for (let cycle = 1; cycle <= cycles; cycle++) {
    bed.say(`cycle ${cycle} of ${cycles}`);
    busyCycle(driver);
    rows.push(
      told(`  at the end of cycle ${cycle}, with ${shown(driver.state.seq)} records`, await sizes(driver.state)),
    );
  }
  return [
    atMost('largest state of a busy program in ten cycles', plain(largest), quarter, 'KiB'),
    told('  as it is, and compressed', await sizes(largest)),
    ...rows,
  ];
}

async function sizes(state: ProgramState): Promise<string> {
  const carried: ProgramCarry = { state, known: {} };
  let payloads = [defaultPayloadConverter.toPayload(carried)];
  for (const codec of dataConverter().payloadCodecs ?? []) payloads = await codec.encode(payloads);
  return `${shown(plain(state), 'KiB')}, ${shown((payloads[0]?.data?.length ?? 0) / 1_024, 'KiB')}`;
}

function plain(state: ProgramState): number {
  return Buffer.byteLength(JSON.stringify(state)) / 1_024;
}

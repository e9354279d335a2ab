import { type RehearsalResult, rehearse } from '../../examples/techserve/rehearse.ts';
import { type Bed, startHome } from '../bed.ts';
import { atMost, type Row, shown, told } from '../report.ts';

/** How long the four years of the rehearsal take on the wall, from its first call to its last. */
export async function rehearsal(bed: Bed): Promise<Row[]> {
  const { seconds, records } = await play(bed);
  return [
    atMost('rehearsal: four years, from the first call to the last', seconds, 30, 's'),
    told('  records', shown(records.length)),
  ];
}

/** Starts an installation and plays the rehearsal on it. */
export async function play(bed: Bed): Promise<RehearsalResult> {
  const { url, administratorToken } = await startHome(bed);
  bed.say('playing the rehearsal');
  return rehearse({ url, administratorToken, log: bed.say, progress: () => undefined });
}

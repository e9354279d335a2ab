import { loadSettings } from '../config/settings.ts';
import type { Instant } from '../domain/basics.ts';
import { hashOfStatement } from '../proof/checkpoint.ts';
import { checkpointNow } from '../proof/maker.ts';
import { makerOf } from './run/checkpoints.ts';
import { count } from './run/count.ts';
import { withDatabase } from './run/withDatabase.ts';

/**
 * `certloop checkpoint`: makes one now and writes it to the places of the settings; prints its hash and the public key by which it is
 * known.
 */
export async function checkpointCommand({ accept }: { accept?: string }): Promise<void> {
  const settings = loadSettings(process.env);
  await withDatabase(async (database) => {
    const maker = await makerOf(settings, database);
    if (!maker) {
      throw new Error(
        'There is no place for checkpoints: set CERTLOOP_CHECKPOINTS_URL to file:<folder>, s3://<bucket>/<prefix> or mailto:<address>, ' +
          'best where whoever runs this installation cannot remove them.',
      );
    }
    try {
      const made = await checkpointNow(maker, new Date().toISOString() as Instant, accept);
      if (!made) throw new Error('Another process made a checkpoint at this moment: it is as good as this one.');
      const { number, programs, publicKey } = made.checkpoint;
      console.log(
        `Checkpoint ${number} over ${count(programs.length, 'program')} is written to ${settings.checkpointsUrl}`,
      );
      console.log(`Its hash: ${hashOfStatement(made.checkpoint)}`);
      console.log(`The public key that signed it: ${publicKey}`);
      if (number === 1)
        console.log('Give this key to whoever is to check: what a checkpoint says of its own key proves nothing.');
    } finally {
      for (const place of maker.places) place.close();
    }
  });
}

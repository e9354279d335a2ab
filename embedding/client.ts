import type { Client } from '@temporalio/client';
import { createGateway, type Gateway } from '../api/gateway.ts';
import { connectClient, signingKeysOf } from '../config/connection.ts';
import { checkService, ensureSearchAttributes } from '../config/serviceCheck.ts';
import { loadSettings, type Settings } from '../config/settings.ts';
import { openDatabase } from '../db/connect.ts';
import type { Database } from '../db/types.ts';

export type { Caller, Gateway } from '../api/gateway.ts';
export { loadSettings, type Settings, SettingsError } from '../config/settings.ts';
export type { Database } from '../db/types.ts';
export { keysFrom, type Signed, type SigningKeys, signEnvelope } from '../signing/client.ts';
export { taskQueue, workflowIdOf } from '../workflows/messages.ts';

/** A connection to an installation: what its own API has. */
export interface Certloop {
  /** Starts programs and sends them commands. It asks nobody who they are: whoever holds it is trusted, as the API is. */
  programs: Gateway;
  /** The register and all that is read. */
  database: Database;
  /** Temporal's own client, connected, with the converter of programs. */
  temporal: Client;
  close(): Promise<void>;
}

/**
 * `certloop/client`: connects to the database and the Temporal service of the settings, those of the environment when there are none.
 * Close it when done.
 *
 * @throws SettingsError, or an error that says which of the two cannot be reached
 */
export async function connect(settings: Settings = loadSettings(process.env)): Promise<Certloop> {
  const database = await openDatabase(settings.databaseUrl);
  try {
    const { connection, client } = await connectClient(settings);
    await checkService(connection);
    await ensureSearchAttributes(connection, settings.temporal.namespace);
    return {
      programs: createGateway({ client, database, keys: signingKeysOf(settings).keys }),
      database,
      temporal: client,
      close: async () => {
        await connection.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

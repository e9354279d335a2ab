import type { Client } from '@temporalio/client';
import { connectClient } from '../../config/connection.ts';
import { checkService, ensureSearchAttributes } from '../../config/serviceCheck.ts';
import type { Settings } from '../../config/settings.ts';
import { isTracing } from '../../db/tracing.ts';
import { tracedCalls } from '../../operations/tracedCalls.ts';

/** Something that runs and can be stopped. */
export interface Part {
  stop(): Promise<void>;
}

/** Parts that are stopped in the opposite order of their start; also those started before a later one failed. */
export class Parts implements Part {
  private readonly started: Part[] = [];

  add<T extends Part>(part: T): T {
    this.started.push(part);
    return part;
  }

  async stop(): Promise<void> {
    for (let part = this.started.pop(); part; part = this.started.pop()) await part.stop();
  }
}

/** A checked connection to the Temporal service, with the search attributes that programs use. */
export async function connectService(settings: Settings, parts: Parts): Promise<Client> {
  const { connection, client } = await connectClient(settings, isTracing() ? { workflow: [tracedCalls] } : undefined);
  parts.add({ stop: () => connection.close() });
  await checkService(connection);
  await ensureSearchAttributes(connection, settings.temporal.namespace);
  return client;
}

import type { Settings } from '../../config/settings.ts';
import { freePort } from '../../worker/service/ports.ts';

type Where = Pick<Settings, 'host' | 'port'>;

/** What to do when the API cannot listen where its settings say, by the code of Node.js. */
const remedies: Record<string, (where: Where) => string> = {
  ENOTFOUND: ({ host }) => `CERTLOOP_HOST is "${host}", a name that no name server knows: ${ours}.`,
  EAI_AGAIN: ({ host }) => `CERTLOOP_HOST is "${host}", and no name server answers for it: ${ours}.`,
  EADDRNOTAVAIL: ({ host }) => `CERTLOOP_HOST is "${host}", which is no address of this machine: ${ours}.`,
  EACCES: ({ port }) =>
    `CERTLOOP_PORT is ${port}, on which this user may not listen: set it to one above 1023, and have a proxy listen there.`,
};

const ours = 'set it to 127.0.0.1, to an address that this machine has, or to 0.0.0.0 for all of them';

/**
 * The port on which the API is to listen, free now.
 *
 * @throws PortBusyError when another program holds it; Error that names the setting when nobody can listen there.
 */
export async function listeningPort(where: Where): Promise<number> {
  try {
    return await freePort(where.port, 'CERTLOOP_PORT', where.host);
  } catch (error) {
    const remedy = remedies[(error as NodeJS.ErrnoException).code ?? ''];
    throw remedy ? new Error(remedy(where), { cause: error }) : error;
  }
}

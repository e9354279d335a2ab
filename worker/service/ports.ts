import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const loopback = '127.0.0.1';

/**
 * Where any free port is looked for: below the ports that operating systems lend to outgoing connections (from 32768 on
 * Linux, 49152 elsewhere), one of which could take the port before the server that it is meant for does.
 */
const lowestPort = 20_000;
const portsEnd = 32_768;

/** A port was asked for that another program holds. */
export class PortBusyError extends Error {
  override readonly name = 'PortBusyError';

  constructor(port: number, setting: string, host: string) {
    const temporal = setting === 'CERTLOOP_TEMPORAL_PORT';
    super(
      `Port ${port} on ${host} is in use: stop the program that uses it, or set ${setting} to another port (0: any).` +
        (temporal ? ' If a Temporal service runs there that is to be used, set TEMPORAL_ADDRESS.' : ''),
    );
  }
}

/**
 * A port on this machine that is free now: the one asked for, or any when 0 is asked for.
 *
 * @param setting - the variable to name in the error.
 * @throws PortBusyError when the port is in use.
 */
export async function freePort(port: number, setting: string, host = loopback): Promise<number> {
  if (port === 0) return anyFreePort(host);
  if (await isFree(port, host)) return port;
  throw new PortBusyError(port, setting, host);
}

/** Any port on this machine that is free now, and that no outgoing connection will take. */
export async function anyFreePort(host = loopback): Promise<number> {
  for (;;) {
    const port = randomInt(lowestPort, portsEnd);
    if (await isFree(port, host)) return port;
  }
}

/** Whether a server can listen there. Throws what else is wrong with the address, such as a host that is not ours. */
function isFree(port: number, host: string): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

import { createServer } from 'node:net';

const loopback = '127.0.0.1';

/** A port was asked for that another program holds. */
export class PortBusyError extends Error {
  override readonly name = 'PortBusyError';

  constructor(port: number, setting: string, host: string) {
    const temporal = setting === 'CERTLOOP_TEMPORAL_PORT';
    super(
      `Port ${port} on ${host} is in use: end the program that holds it, or set ${setting} to another port (0: any).` +
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
  const server = createServer();
  try {
    return await new Promise((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => {
        reject(error.code === 'EADDRINUSE' ? new PortBusyError(port, setting, host) : error);
      });
      server.listen(port, host, () => resolve((server.address() as { port: number }).port));
    });
  } finally {
    server.close();
  }
}

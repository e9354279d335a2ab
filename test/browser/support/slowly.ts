import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A way to a service on which what browsers send goes slowly, so that a test sees how far it is. */
export interface SlowWay {
  url: string;
  /** Bytes of a second that go through; all at once when absent. */
  pace: number | undefined;
  close(): Promise<void>;
}

/** Opens a slow way to a service on this machine. */
export async function slowWayTo(url: string): Promise<SlowWay> {
  const sockets = new Set<Socket>();
  const server = createServer((browser) => {
    const service = connect(Number(new URL(url).port), '127.0.0.1');
    for (const socket of [browser, service]) {
      sockets.add(socket);
      socket
        .on('error', () => undefined)
        .on('close', () => {
          browser.destroy();
          service.destroy();
        });
    }
    service.pipe(browser);
    forward(browser, service, way);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const way: SlowWay = {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    pace: undefined,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return way;
}

async function forward(from: Socket, to: Socket, way: SlowWay): Promise<void> {
  try {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      if (way.pace) await sleep((chunk.length / way.pace) * 1_000);
      if (!to.write(chunk)) await once(to, 'drain');
    }
    to.end();
  } catch {
    // One of the two went away, which the other is told.
    to.destroy();
  }
}

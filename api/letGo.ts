import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** For how long a closing service waits for answers that are under way. */
const patienceMs = 5_000;

/**
 * Lets a closing service end. A connection that was busy when it began to close would wait for its next request, for more
 * than a minute, and the service with it: it is closed after its answer. So are those that browsers open ahead and never
 * use, at once, and after some seconds whatever is left, such as a page that listens for news.
 */
export function letGoWhenClosing(app: FastifyInstance): void {
  const unused = new Set<Socket>();
  let closing = false;
  let patience: NodeJS.Timeout | undefined;
  app.server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  app.server.on('request', ({ socket }) => unused.delete(socket));
  app.addHook('preClose', async () => {
    closing = true;
    for (const socket of unused) socket.destroy();
    patience = setTimeout(() => app.server.closeAllConnections(), patienceMs);
  });
  app.addHook('onClose', async () => clearTimeout(patience));
  app.addHook('onResponse', async () => {
    if (closing) setImmediate(() => app.server.closeIdleConnections());
  });
}

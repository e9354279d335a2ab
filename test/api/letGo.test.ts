import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { letGoWhenClosing } from '../../api/letGo.ts';

let app: FastifyInstance;
let sockets: Socket[];

beforeEach(async () => {
  sockets = [];
  app = Fastify();
  letGoWhenClosing(app);
  app.get('/news', (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream' });
    reply.raw.write(': listening\n\n');
  });
  app.get('/slow', async () => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return 'answered';
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await app.close();
});

/** Opens a connection, and asks for something on it where a path is named. */
async function open(path?: string): Promise<Socket> {
  const { port } = app.server.address() as { port: number };
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  if (path) socket.write(`GET ${path} HTTP/1.1\r\nHost: here\r\n\r\n`);
  return socket;
}

const stopping = async () => {
  const began = performance.now();
  await app.close();
  return performance.now() - began;
};

test('a connection that a browser opened ahead and never used holds nobody up', async () => {
  await open();
  // The service knows of it before it is told to close.
  await expect.poll(() => new Promise((resolve) => app.server.getConnections((_, count) => resolve(count)))).toBe(1);
  expect(await stopping()).toBeLessThan(3_000);
});

test('an answer that is under way is given, and its connection ended', async () => {
  const asked = once(app.server, 'request');
  const socket = await open('/slow');
  const chunks: string[] = [];
  socket.on('data', (chunk) => chunks.push(String(chunk)));
  await asked;
  expect(await stopping()).toBeLessThan(5_000);
  expect(chunks.join('')).toContain('answered');
});

test('an answer that never ends is broken off after some seconds', async () => {
  const socket = await open('/news');
  await once(socket, 'data');
  const took = await stopping();
  expect(took).toBeGreaterThan(3_000);
  expect(took).toBeLessThan(15_000);
});

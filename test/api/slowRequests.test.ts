import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { begun, manager, tellStory } from './support/story.ts';
import { type TestServer, testServer } from './support/testServer.ts';

let server: TestServer;
let port: number;

beforeAll(async () => {
  server = await testServer({ pages: {}, settings: { pace: { bytes: 1_000, ms: 3_000 } } });
  await tellStory(server.database, { id: 'alpha' }, begun);
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  port = (server.app.server.address() as AddressInfo).port;
});

afterAll(() => server.close());

async function opened(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/** Sends bytes as they are; gives the status, the head and the body of the answer once the connection ended. */
async function sent(bytes: string | Buffer): Promise<{ status: number; head: string; body: string }> {
  const socket = await opened();
  socket.on('error', () => undefined);
  socket.write(bytes);
  return answerOf(socket);
}

async function answerOf(socket: Socket): Promise<{ status: number; head: string; body: string }> {
  const all = await text(socket).catch(() => '');
  const [head = '', body = ''] = all.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), head, body };
}

const close = 'Host: x\r\nConnection: close\r\n';

test.each([
  ['what is no HTTP', 'Hello, who is there?\r\n\r\n', 400],
  ['a method that nobody knows', `FOO / HTTP/1.1\r\n${close}\r\n`, 400],
  ['two lengths', `POST /v1/tokens HTTP/1.1\r\n${close}Content-Length: 1\r\nContent-Length: 2\r\n\r\nx`, 400],
  ['a header that is no line', `GET / HTTP/1.1\r\n${close}bad header\r\n\r\n`, 400],
  ['headers without end', `GET / HTTP/1.1\r\n${close}Cookie: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
  ['an address without end', `GET /${'a'.repeat(40_000)} HTTP/1.1\r\n${close}\r\n`, 431],
  [
    'a form to an address that is too long',
    `POST /programs/${'a'.repeat(3_000)} HTTP/1.1\r\n${close}Content-Length: 0\r\n\r\n`,
    414,
  ],
  [
    'a call to an address that is too long',
    `POST /v1/programs/${'a'.repeat(3_000)}/pause HTTP/1.1\r\n${close}Content-Length: 0\r\n\r\n`,
    414,
  ],
  ['a broken escape', `POST /v1/%zz HTTP/1.1\r\n${close}Content-Length: 0\r\n\r\n`, 400],
  ['a method that is not possible', `PUT /v1/programs HTTP/1.1\r\n${close}Content-Length: 0\r\n\r\n`, 405],
  ['a method of pages that is not possible', `DELETE /programs/new HTTP/1.1\r\n${close}\r\n`, 405],
  ['a method that nothing has', `PROPFIND /v1/programs HTTP/1.1\r\n${close}\r\n`, 405],
  ['a trace', `TRACE /v1/programs HTTP/1.1\r\n${close}\r\n`, 405],
  ['a request without a host', 'GET /v1/programs HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
  ['an expectation', `POST /v1/tokens HTTP/1.1\r\n${close}Expect: miracles\r\nContent-Length: 0\r\n\r\n`, 417],
])('%s is refused with a problem document', async (_what, bytes, status) => {
  const { status: is, head, body } = await sent(bytes);
  expect([is, head]).toEqual([status, expect.stringMatching(/content-type: application\/problem\+json/i)]);
  expect(JSON.parse(body)).toMatchObject({ status, title: expect.any(String), detail: expect.stringMatching(/\.$/) });
});

test('a body that does not come on is ended with 408, one that drips too', async () => {
  const head = `POST /v1/tokens HTTP/1.1\r\n${close}Authorization: Bearer ${await server.as(manager).token()}\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n`;
  const still = await sent(head);
  expect([still.status, JSON.parse(still.body).code]).toEqual([408, 'slow']);

  const socket = await opened();
  socket.on('error', () => undefined);
  socket.write(head);
  const drip = setInterval(() => socket.write(' '), 50);
  const dripped = await answerOf(socket);
  clearInterval(drip);
  expect(dripped.status).toBe(408);
});

test('a body that comes slowly, but comes, passes however long it takes', async () => {
  const socket = await opened();
  const bytes = 20_000;
  socket.write(
    `POST /v1/programs/alpha/files?name=slow.txt HTTP/1.1\r\n${close}Authorization: Bearer ${await server.as(manager).token()}\r\nContent-Type: text/plain\r\nContent-Length: ${bytes}\r\n\r\n`,
  );
  for (let rest = bytes; rest > 0; rest -= 1_000) {
    socket.write('x'.repeat(1_000));
    await sleep(200);
  }
  expect(await answerOf(socket)).toMatchObject({ status: 201, body: expect.stringContaining('"bytes":20000') });
});

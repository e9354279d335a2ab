import { afterEach, expect, test } from 'vitest';
import { Metrics } from '../../operations/metrics.ts';
import type { Check } from '../../operations/readiness.ts';
import { type OperationsServer, startOperationsServer } from '../../operations/server.ts';

const open: OperationsServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.stop();
});

async function started(port = 0): Promise<OperationsServer> {
  const metrics = new Metrics({ part: 'test', version: '1.2.3' });
  const server = await startOperationsServer({ host: '127.0.0.1', port, metrics });
  open.push(server);
  return server;
}

async function readyAt({ url }: OperationsServer) {
  const response = await fetch(`${url}/readyz`);
  return { status: response.status, body: await response.json() };
}

const part = (name: string, look: Check['look'], needed = true): Check => ({ name, look, needed });

test('a process is ready once it has begun and all that it needs is well', async () => {
  const server = await started();
  let database = 'read-only';
  let courier = 'ok';
  server.watch([part('database', () => database), part('courier', () => courier, false)]);
  expect(await readyAt(server)).toMatchObject({ status: 503, body: { start: 'unfinished' } });
  server.begun();
  expect(await readyAt(server)).toEqual({
    status: 503,
    body: { status: 'unavailable', database: 'read-only', courier: 'ok' },
  });
  database = 'ok';
  expect(await readyAt(server)).toEqual({ status: 200, body: { status: 'ok', database: 'ok', courier: 'ok' } });
  courier = 'silent';
  expect(await readyAt(server)).toMatchObject({ status: 200, body: { status: 'degraded', courier: 'silent' } });
});

test('a part that fails or never answers is unavailable', async () => {
  const server = await started();
  server.begun();
  server.watch([
    part('temporal', () => Promise.reject(new Error('Gone'))),
    part('database', () => new Promise(() => {})),
  ]);
  expect(await readyAt(server)).toEqual({
    status: 503,
    body: { status: 'unavailable', temporal: 'unavailable', database: 'unavailable' },
  });
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
});

test('there is nothing else, and nothing to write to', async () => {
  const { url } = await started();
  const told = await fetch(`${url}/metrics`);
  expect(told.status).toBe(200);
  expect(told.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  expect((await fetch(`${url}/v1/programs`)).status).toBe(404);
  expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(405);
});

test('a port that is taken is an error that names it', async () => {
  const { url } = await started();
  await expect(started(Number(new URL(url).port))).rejects.toThrow(/EADDRINUSE/);
});

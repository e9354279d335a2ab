import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { retries } from '../../config/connection.ts';
import { type EmbeddedService, startService } from '../../worker/service/embedded.ts';
import { anyFreePort } from '../../worker/service/ports.ts';
import { testProgram } from '../support/service.ts';

/** What a page of somebody else's can send without being asked, and what it cannot. */
const contentTypes = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/json'];
const workflowId = 'program/of-somebody';

let folder: string;
let httpPort: number;
let service: EmbeddedService;
let connection: Connection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certloop-web-'));
  httpPort = await anyFreePort();
  // The service takes any free port for HTTP; a test has to know which.
  const program = join(folder, 'temporal');
  await writeFile(program, `#!/bin/sh\nexec ${await testProgram()} "$@" --http-port ${httpPort}\n`);
  await chmod(program, 0o755);
  const options = { program, dataDir: null, port: 0, rehearsals: true, log: () => undefined };
  service = await startService({ ...options, uiPort: null });
  connection = await Connection.connect({ address: service.address, interceptors: retries() });
  await new Client({ connection }).workflow.start('any', { workflowId, taskQueue: 'nobody-listens' });
});

afterAll(async () => {
  await connection?.close();
  await service?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('a page in the browser of somebody who runs the service', () => {
  const path = `/namespaces/default/workflows/${encodeURIComponent(workflowId)}/signal/command`;
  const hosts = ['127.0.0.1', 'localhost', '[::1]', 'evil.example', '', 'nobody.invalid.evil.example'];

  test.each(hosts)('signals nothing by the HTTP port as %s', async (name) => {
    const host = name && `${name}:${httpPort}`;
    for (const contentType of contentTypes) {
      for (const url of [path, `/api/v1${path}`]) {
        const answer = await post(httpPort, url, { host, 'content-type': contentType, origin: 'http://evil.example' });
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      }
    }
    expect(await signals()).toEqual([]);
  });

  test('signals nothing by the port of the service, which speaks gRPC alone', async () => {
    const port = Number(service.address.split(':')[1]);
    const call = '/temporal.api.workflowservice.v1.WorkflowService/SignalWorkflowExecution';
    for (const contentType of [
      ...contentTypes,
      'application/grpc-web',
      'application/grpc-web-text',
      'application/grpc',
    ])
      await expect(post(port, call, { 'content-type': contentType })).rejects.toThrow();
    for (const contentType of [...contentTypes, 'application/grpc-web', 'application/grpc-web-text'])
      expect(await postHttp2(port, call, contentType)).toBe(415);
    expect(await signals()).toEqual([]);
  });

  test('finds no pages of Temporal unless they were asked for', () => {
    expect(service.uiUrl).toBeUndefined();
  });

  test('signals nothing by the pages either, where they were asked for', async () => {
    const options = { program: await testProgram(), dataDir: null, port: 0, rehearsals: true, log: () => undefined };
    const withPages = await startService({ ...options, uiPort: 0 });
    try {
      const port = Number(withPages.uiUrl!.split(':')[2]);
      await expect
        .poll(() =>
          fetch(withPages.uiUrl!).then(
            ({ status }) => status,
            () => 0,
          ),
        )
        .toBe(200);
      for (const contentType of contentTypes) {
        const headers = { host: `127.0.0.1:${port}`, 'content-type': contentType, origin: 'http://evil.example' };
        const answer = await post(port, `/api/v1${path}`, headers);
        expect(answer.body).toContain('csrf');
        expect(answer.status).toBe(400);
      }
    } finally {
      await withPages.stop();
    }
  });
});

/** The names of what the execution was sent. */
async function signals(): Promise<unknown[]> {
  const { events } = await new Client({ connection }).workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).flatMap((event) => event.workflowExecutionSignaledEventAttributes?.signalName ?? []);
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** `fetch` sets the host itself. */
function post(port: number, path: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST', headers, setHost: false }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(JSON.stringify({ signalName: 'command', input: [{ commandId: 'forged' }] }));
  });
}

/** Browsers speak HTTP/2 over TLS only; somebody else's program can without. */
function postHttp2(port: number, path: string, contentType: string): Promise<number> {
  const session = connectHttp2(`http://127.0.0.1:${port}`);
  return new Promise<number>((resolve, reject) => {
    session.on('error', reject);
    const stream = session.request({ ':method': 'POST', ':path': path, 'content-type': contentType });
    stream.on('response', (headers) => resolve(headers[':status']!));
    stream.on('error', reject);
    stream.end('{}');
  }).finally(() => session.close());
}

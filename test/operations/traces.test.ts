import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { administratorEmail } from '../../api/administrator.ts';
import { type Installation, startAll } from '../../cli/run/startAll.ts';
import { loadSettings } from '../../config/settings.ts';
import { startTraces, tracesWanted } from '../../operations/traces.ts';
import { manager, startBody } from '../api/support/story.ts';
import { type MailServer, startMailServer } from '../support/mailServer.ts';
import { quietRuntime } from '../support/quietRuntime.ts';

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: { key: string; value: Record<string, unknown> }[];
}

describe('the usual variables', () => {
  test.each([
    [{}, false],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }, true],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:4318/v1/traces' }, true],
    [{ OTEL_TRACES_EXPORTER: 'otlp' }, true],
    [{ OTEL_TRACES_EXPORTER: 'none', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }, false],
    [{ OTEL_SDK_DISABLED: 'true', OTEL_TRACES_EXPORTER: 'otlp' }, false],
  ])('%j: %s', (env, wanted) => expect(tracesWanted(env)).toBe(wanted));

  test('an exporter that is none of ours is named', async () => {
    const about = { part: 'test', version: '0.0.0', warn: () => undefined };
    await expect(startTraces({ OTEL_TRACES_EXPORTER: 'zipkin' }, about)).rejects.toThrow(/"zipkin": expected otlp/);
  });
});

describe('one command', () => {
  const spans: Span[] = [];
  let resource: unknown;
  const collector = createServer(async (request, response) => {
    const { resourceSpans } = JSON.parse(await text(request));
    for (const { resource: about, scopeSpans } of resourceSpans) {
      resource = about;
      for (const { spans: some } of scopeSpans) spans.push(...some);
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  let dataDir: string;
  let mailServer: MailServer;
  let installation: Installation;

  beforeAll(async () => {
    quietRuntime('ERROR');
    collector.listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const { port } = collector.address() as AddressInfo;
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', `http://127.0.0.1:${port}`);
    vi.stubEnv('OTEL_RESOURCE_ATTRIBUTES', 'deployment.environment.name=test');
    vi.stubEnv('OTEL_BSP_SCHEDULE_DELAY', '200');
    dataDir = await mkdtemp(join(tmpdir(), 'certloop-traces-'));
    mailServer = await startMailServer();
    const own = { dataDir, port: 0, metricsPort: 0, temporalPort: 0, smtpUrl: mailServer.url, courierSeconds: 0.2 };
    const settings = loadSettings({ HOME: process.env.HOME }, own);
    installation = await startAll(settings, pino({ level: 'silent' }), () => undefined, inject('workflowBundle'));
  });

  afterAll(async () => {
    await installation?.stop();
    await mailServer?.close();
    collector.close();
    vi.unstubAllEnvs();
    await rm(dataDir, { recursive: true, force: true });
  });

  const send = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${installation.url}/v1${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${installation.administratorToken}`,
        'content-type': 'application/json',
        ...headers,
      },
      body: JSON.stringify(body),
    });

  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
  const named = (name: RegExp) => spans.filter((span) => span.traceId === traceId && name.test(span.name));

  test('is one trace from HTTP through workflow and activity to SQL and SMTP', async () => {
    const body = startBody({ id: 'aims' });
    const people = body.people.map((person) =>
      person.email === manager ? { ...person, email: administratorEmail } : person,
    );
    expect((await send('/programs', { ...body, people })).status).toBe(201);
    const cancelled = await send('/programs/aims/cancel', { reason: 'It was a secret' }, { traceparent });
    expect(cancelled.status).toBe(200);
    await expect.poll(() => named(/^POST/)).toHaveLength(1);
    await expect.poll(() => named(/^deliver mail$/)).not.toEqual([]);

    const [http] = named(/^POST \/v1\/programs\/:programId\/cancel$/);
    const [update] = named(/^update command$/);
    const [handler] = named(/^handle command$/);
    const [append] = named(/^activity append$/);
    const [mail] = named(/^deliver mail$/);
    expect(http!.parentSpanId).toBe('b7ad6b7169203331');
    expect(update!.parentSpanId).toBe(http!.spanId);
    expect(handler!.parentSpanId).toBe(update!.spanId);
    expect(append!.parentSpanId).toBe(handler!.spanId);
    expect(named(/^insert sqlite$/).map(({ parentSpanId }) => parentSpanId)).toContain(append!.spanId);
    expect(mail!.parentSpanId).toBe(append!.spanId);
    expect(named(/^smtp send$/).map(({ parentSpanId }) => parentSpanId)).toContain(mail!.spanId);
    expect(JSON.stringify(resource)).toMatch(/deployment\.environment\.name.*"certloop"/);
  });

  test('leaves no value and no address in a trace', () => {
    expect(spans.length).toBeGreaterThan(10);
    expect(JSON.stringify(spans)).not.toMatch(/@|secret/);
  });
});

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.ts';
import { type Check, readinessOf } from './readiness.ts';

export interface OperationsOptions {
  host: string;
  /** 0 for any free one. */
  port: number;
  metrics: Metrics;
  /** Metrics that others keep, in Prometheus' form. */
  others?: readonly (() => Promise<string>)[];
}

/** What operations ask a process, on a port of its own: `/metrics`, `/healthz` and `/readyz`. */
export interface OperationsServer {
  url: string;
  /** Adds parts that the process rests on. */
  watch(checks: readonly Check[]): void;
  /** To be called once all parts run: until then the process is not ready. */
  begun(): void;
  stop(): Promise<void>;
}

/** Starts to listen. Rejects when the port is taken. */
export async function startOperationsServer(options: OperationsOptions): Promise<OperationsServer> {
  const checks: Check[] = [];
  let hasBegun = false;
  const starting: Check = { name: 'start', look: () => (hasBegun ? 'ok' : 'unfinished'), needed: true };

  async function answer({ url = '', method }: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = url.split('?')[0];
    if (method !== 'GET' && method !== 'HEAD') return send(response, 405, text, 'Only GET.\n');
    if (path === '/metrics')
      return send(response, 200, options.metrics.contentType, await options.metrics.text(options.others));
    if (path === '/healthz') return send(response, 200, json, JSON.stringify({ status: 'ok' }));
    if (path !== '/readyz') return send(response, 404, text, 'There are /metrics, /healthz and /readyz.\n');
    const { ready, body } = await readinessOf([...checks, ...(hasBegun ? [] : [starting])]);
    send(response, ready ? 200 : 503, json, JSON.stringify(body));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => send(response, 500, text, 'The metrics could not be written.\n'));
  });
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const { address, port } = server.address() as AddressInfo;
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${port}`,
    watch: (more) => void checks.push(...more),
    begun: () => {
      hasBegun = true;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const text = 'text/plain; charset=utf-8';
const json = 'application/json; charset=utf-8';

function send(response: ServerResponse, status: number, type: string, body: string): void {
  if (!response.headersSent) response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}

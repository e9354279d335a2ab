import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** The HTTP API as the benchmarks call it. */
export interface Api {
  /** The JSON that a call gives. Throws when its status is not 2xx, naming the call and what was answered. */
  call<T = unknown>(method: string, path: string, body?: unknown): Promise<T>;
}

const agent = new Agent({ keepAlive: true });
const patienceMs = 60_000;

/** Calls `<url>/v1<path>` with a bearer token. Not with `fetch`, which takes as much of the processor as some answers. */
export function createApi(url: string, token: string): Api {
  const authorization = `Bearer ${token}`;
  return {
    async call(method, path, body) {
      const sent = body === undefined ? '' : JSON.stringify(body);
      const { status, answer } = await exchange(`${url}/v1${path}`, method, authorization, sent);
      if (status < 200 || status > 299) {
        throw new Error(`${method} ${path} answered ${status}: ${answer.slice(0, 500)}`);
      }
      return JSON.parse(answer);
    },
  };
}

function exchange(
  url: string,
  method: string,
  authorization: string,
  body: string,
): Promise<{ status: number; answer: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization,
      ...(body && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    };
    const call = request(url, { method, headers, agent, timeout: patienceMs }, (response) => {
      text(response).then((answer) => resolve({ status: response.statusCode ?? 0, answer }), reject);
    });
    call.on('timeout', () => call.destroy(new Error(`${method} ${url} had no answer after ${patienceMs / 1_000} s.`)));
    call.on('error', reject);
    call.end(body);
  });
}

/** The HTTP API as the benchmarks call it. */
export interface Api {
  /** The JSON that a call gives. Throws when its status is not 2xx, naming the call and what was answered. */
  call<T = unknown>(method: string, path: string, body?: unknown): Promise<T>;
}

/** Calls `<url>/v1<path>` with a bearer token. */
export function createApi(url: string, token: string): Api {
  return {
    async call(method, path, body) {
      const response = await fetch(`${url}/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(60_000),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`);
      return JSON.parse(text);
    },
  };
}

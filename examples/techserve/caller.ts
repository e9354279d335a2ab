import { mustBe, StoryError } from './storyError.ts';

/** A page of a list, as the API answers it. */
interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** What a refused call answers, of an RFC 9457 problem document. */
interface Refusal {
  status: number;
  code: string;
  detail: string;
}

/** One person's way into the API: every call carries their token. */
export class Caller {
  private readonly base: string;
  private readonly token: string;
  private readonly sent: () => void;

  /**
   * @param base - the address that paths are below, without a slash at its end
   * @param sent - told before each call that may change something
   */
  constructor(base: string, token: string, sent: () => void = () => undefined) {
    this.base = base;
    this.token = token;
    this.sent = sent;
  }

  get<T>(path: string): Promise<T> {
    return this.answer<T>('GET', path);
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.answer<T>('POST', path, body);
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.answer<T>('PUT', path, body);
  }

  /** All items of a list, page after page. */
  async all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query: string = `${path.includes('?') ? '&' : '?'}limit=200${cursor ? `&cursor=${cursor}` : ''}`;
      const page: Page<T> = await this.get(path + query);
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  }

  /**
   * Sends what must be refused, and gives the reason in words.
   *
   * @throws StoryError when it is carried out, or refused for another reason
   */
  async refused(path: string, body: unknown, expected: Pick<Refusal, 'status' | 'code'>): Promise<string> {
    const response = await this.call('POST', path, body);
    const refusal = (await response.json()) as Refusal;
    mustBe(
      response.status === expected.status && refusal.code === expected.code,
      `POST ${path} to be refused with ${expected.status} ${expected.code}`,
      () => `${response.status} ${JSON.stringify(refusal)}`,
    );
    return refusal.detail;
  }

  private async answer<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.call(method, path, body);
    const text = await response.text();
    if (!response.ok) throw new StoryError(`${method} ${path} to be answered`, `${response.status} ${text}`);
    return JSON.parse(text) as T;
  }

  private call(method: string, path: string, body?: unknown): Promise<Response> {
    if (method !== 'GET') this.sent();
    return fetch(this.base + path, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  }
}

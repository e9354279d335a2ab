import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';

/** A browser without scripts, as far as a test needs one: it keeps cookies, and fills in the forms of the page it is on. */
export class Visitor {
  private readonly cookies = new Map<string, string>();
  private readonly app: FastifyInstance;
  private page: { url: string; response: LightMyRequestResponse } | undefined;

  constructor(app: FastifyInstance) {
    this.app = app;
  }

  /** Opens an address, following where it leads. */
  async open(url: string): Promise<this> {
    return this.request({ method: 'GET', url, headers: { 'sec-fetch-dest': 'document' } });
  }

  /** Asks for an address as a program does that looks at links: the preview of a chat, a scanner of mails. */
  async lookAt(url: string, method: 'GET' | 'HEAD' = 'GET'): Promise<this> {
    return this.request({ method, url });
  }

  /**
   * Sends a form of the page: what is filled in, over what the form holds already. `form` is some text of its tag or of what
   * is in it (`data-command="submitEvidence"`); `press` is the button, `name=value`.
   */
  async send(form: string, filled: Record<string, string | string[]> = {}, press?: string): Promise<this> {
    const html = this.formOf(form);
    const fields = new Map(hiddenFields(html));
    for (const [name, value] of Object.entries(filled)) fields.set(name, [value].flat());
    if (press) fields.set(press.split('=')[0]!, [press.slice(press.indexOf('=') + 1)]);
    const action = unescaped(/<form[^>]*\baction="([^"]*)"/.exec(html)?.[1] ?? this.url);
    const body = new URLSearchParams([...fields].flatMap(([name, values]) => values.map((value) => [name, value])));
    return this.post(action, body.toString());
  }

  /** Sends a form of the page together with files, as a browser does. */
  async sendFiles(
    form: string,
    filled: Record<string, string>,
    files: { field: string; name: string; type: string; content: Buffer | string }[],
  ): Promise<this> {
    const html = this.formOf(form);
    const fields = new Map(hiddenFields(html));
    for (const [name, value] of Object.entries(filled)) fields.set(name, [value]);
    const action = unescaped(/<form[^>]*\baction="([^"]*)"/.exec(html)?.[1] ?? this.url);
    const data = new FormData();
    for (const [name, values] of fields) for (const value of values) data.append(name, value);
    for (const { field, name, type, content } of files)
      data.append(field, new File([new Uint8Array(Buffer.from(content))], name, { type }));
    const encoded = new Response(data);
    const payload = Buffer.from(await encoded.arrayBuffer());
    return this.request({
      method: 'POST',
      url: action,
      payload,
      headers: { 'content-type': encoded.headers.get('content-type') ?? '', 'sec-fetch-site': 'same-origin' },
    });
  }

  /** Posts to an address, as a form of this site or, with other headers, of another. */
  async post(
    url: string,
    payload: string,
    headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' },
  ): Promise<this> {
    return this.request({
      method: 'POST',
      url,
      payload,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
  }

  get status(): number {
    return this.response.statusCode;
  }

  get url(): string {
    return this.page?.url ?? '/';
  }

  get html(): string {
    return this.response.body;
  }

  /** What is on the page to be read, without tags. */
  get text(): string {
    const visible = this.html.replace(/<(script|style|head)\b[\s\S]*?<\/\1>/g, ' ');
    return unescaped(visible.replace(/<[^>]+>/g, ' '))
      .replace(/\s+/g, ' ')
      .trim();
  }

  get headers(): Record<string, string> {
    return this.response.headers as Record<string, string>;
  }

  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }

  setCookie(name: string, value: string): void {
    this.cookies.set(name, value);
  }

  private get response(): LightMyRequestResponse {
    if (!this.page) throw new Error('Open a page first.');
    return this.page.response;
  }

  private formOf(part: string): string {
    const forms = this.html.match(/<form\b[\s\S]*?<\/form>/g) ?? [];
    const found = forms.find((form) => form.includes(part));
    if (!found) throw new Error(`No form of ${this.url} has ${part}. The page says: ${this.text}`);
    return found;
  }

  /** What the browser sends along of what it keeps. */
  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private async request(options: InjectOptions & { url: string }): Promise<this> {
    const cookie = this.cookieHeader;
    const headers = { accept: 'text/html', ...options.headers, ...(cookie && { cookie }) };
    const response = await this.app.inject({ ...options, headers });
    for (const { name, value, maxAge } of response.cookies) {
      if (value === '' || maxAge === 0) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    this.page = { url: options.url, response };
    const { location } = response.headers;
    if (response.statusCode >= 300 && response.statusCode < 400 && location) return this.open(String(location));
    return this;
  }
}

/** What the fields of a form hold already, as a browser sends them. */
function hiddenFields(form: string): [string, string[]][] {
  const fields = new Map<string, string[]>();
  const add = (name: string, value: string) => fields.set(name, [...(fields.get(name) ?? []), value]);
  for (const [tag] of form.matchAll(/<input\b(?:[^>"]|"[^"]*")*>/g)) {
    const type = attribute(tag, 'type') ?? 'text';
    const name = attribute(tag, 'name');
    if (!name || type === 'file' || type === 'submit') continue;
    if ((type === 'checkbox' || type === 'radio') && !/\bchecked\b/.test(tag)) continue;
    add(name, attribute(tag, 'value') ?? '');
  }
  for (const [, tag = '', content = ''] of form.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g)) {
    const name = attribute(tag, 'name');
    if (name) add(name, unescaped(content));
  }
  for (const [, tag = '', content = ''] of form.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
    const name = attribute(tag, 'name');
    const chosen = (content.match(/<option\b[^>]*>/g) ?? []).find((option) => /\bselected\b/.test(option));
    if (name) add(name, chosen ? (attribute(chosen, 'value') ?? '') : '');
  }
  return [...fields];
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : unescaped(value);
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

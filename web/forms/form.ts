/** What a form sent: texts by their names, in their order. */
export class Form {
  private readonly fields: ReadonlyMap<string, readonly string[]>;

  constructor(fields: Iterable<readonly [string, readonly string[]]>) {
    this.fields = new Map(fields);
  }

  /** From a body as the parser of `application/x-www-form-urlencoded` gives it. */
  static of(body: unknown): Form {
    const entries = Object.entries((body ?? {}) as Record<string, string | string[]>);
    return new Form(entries.map(([name, value]) => [name, [value].flat()] as const));
  }

  /** A field's text without white space around it; empty when it was not sent. */
  get(name: string): string {
    return (this.fields.get(name)?.[0] ?? '').trim();
  }

  /** All texts of a field that were sent, empty ones too. */
  all(name: string): readonly string[] {
    return this.fields.get(name) ?? [];
  }

  has(name: string): boolean {
    return this.fields.has(name);
  }

  names(): string[] {
    return [...this.fields.keys()];
  }

  /** All that was typed, to be shown again or kept; what the page itself put in (names with `_`) is left out. */
  typed(): Record<string, string[]> {
    const entries = [...this.fields].filter(([name]) => !name.startsWith('_'));
    return Object.fromEntries(entries.map(([name, values]) => [name, [...values]]));
  }

  /** All that was sent but the session's own token: to be sent again in another session. */
  typedAndAsked(): Record<string, string[]> {
    const entries = [...this.fields].filter(([name]) => name !== '_csrf');
    return Object.fromEntries(entries.map(([name, values]) => [name, [...values]]));
  }
}

/** The lines of a text that say something. */
export function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

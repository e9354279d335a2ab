/** HTML that is safe to put into a page as it is. */
export interface Markup {
  readonly markup: string;
}

/** Text that is HTML already: ours, never a person's. */
export function markup(text: string): Markup {
  return { markup: text };
}

/** A template for HTML: what is put into it is escaped, unless it is markup already. */
export function html(strings: TemplateStringsArray, ...values: (string | Markup | Markup[])[]): Markup {
  return { markup: strings.reduce((before, part, index) => before + inserted(values[index - 1] ?? '') + part) };
}

function inserted(value: string | Markup | Markup[]): string {
  if (typeof value === 'string') return escaped(value);
  return Array.isArray(value) ? value.map((each) => each.markup).join('') : value.markup;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

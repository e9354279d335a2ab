/** What one selector of an expression asks for: a metric, its labels that matter, and which values of them. */
export interface Asked {
  metric: string;
  /** Labels that are matched, grouped by, or shown. */
  labels: string[];
  matchers: { label: string; operator: string; value: string }[];
}

/** A metric as processes tell it: each label that was seen, with its values. */
export type Told = Map<string, Map<string, Set<string>>>;

/** What Prometheus itself adds to every series. */
const added = ['instance', 'job'];

/**
 * The selectors of an expression of PromQL, of our metrics and those that our processes tell of Node.js and Temporal.
 *
 * @param shown - labels that a text about the result names
 */
export function askedIn(expression: string, shown: readonly string[] = []): Asked[] {
  const groups = [...expression.matchAll(/\bby \(([^)]*)\) \(/g)].map(({ 0: text, 1: labels, index }) => ({
    labels: labels!.split(',').map((label) => label.trim()),
    from: index + text.length,
    to: closing(expression, index + text.length),
  }));
  return [...expression.matchAll(/\b((?:certloop|nodejs|process|temporal)_\w+)(?:\{([^}]*)\})?/g)]
    .filter(({ index }) => expression.slice(0, index).split('"').length % 2 === 1)
    .map(({ 1: metric, 2: within = '', index }) => {
      const matchers = [...within.matchAll(/(\w+)(=~|!~|!=|=)"([^"]*)"/g)].map(([, label, operator, value]) => ({
        label: label!,
        operator: operator!,
        value: value!,
      }));
      const grouped = groups.filter(({ from, to }) => index >= from && index < to).flatMap(({ labels }) => labels);
      const labels = [...new Set([...matchers.map(({ label }) => label), ...grouped, ...shown])];
      return { metric: metric!, labels, matchers };
    });
}

/** Where the parenthesis that is open at `from` ends. */
function closing(expression: string, from: number): number {
  let depth = 1;
  for (let at = from; at < expression.length; at++) {
    if (expression[at] === '(') depth++;
    if (expression[at] === ')' && --depth === 0) return at;
  }
  throw new Error(`A parenthesis is not closed: ${expression}`);
}

/** The labels that a text names, as Prometheus (`$labels.instance`) or Grafana (`{{instance}}`) writes them. */
export function shownIn(text: string): string[] {
  return [...text.matchAll(/\$labels\.(\w+)|\{\{\s*(\w+)\s*\}\}/g)].map(([, alert, legend]) => (alert ?? legend)!);
}

/** Labels that a text shows, though the expression sums over them. */
export function lostIn(expression: string, shown: readonly string[]): string[] {
  if (!/\b(sum|max|min|avg|count)\b/.test(expression)) return [];
  const kept = [...expression.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, labels]) => labels!.split(/, */));
  return shown.filter((label) => !kept.includes(label));
}

/** Adds what a scrape tells to what is known of the metrics. */
export function learn(told: Told, scrape: string): void {
  for (const [, metric, labels = ''] of scrape.matchAll(/^([a-z]\w*)(?:\{(.*)\})? \S+$/gim)) {
    const known = told.get(metric!) ?? new Map<string, Set<string>>();
    told.set(metric!, known);
    for (const [, label, value] of labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g))
      known.set(label!, (known.get(label!) ?? new Set()).add(value!));
  }
}

/** What is wrong with one selector, in a sentence; undefined where all that it asks for was told. */
export function wrongWith({ metric, labels, matchers }: Asked, told: Told): string | undefined {
  const known = told.get(metric);
  if (!known) return `Nobody tells ${metric}.`;
  const unknown = labels.find((label) => !known.has(label) && !added.includes(label));
  if (unknown !== undefined) return `${metric} has no label ${unknown}.`;
  for (const { label, operator, value } of matchers) {
    const values = [...(known.get(label) ?? [])];
    const wanted = operator === '=' ? (one: string) => one === value : (one: string) => whole(value).test(one);
    if (operator.startsWith('=') && !added.includes(label) && !values.some(wanted))
      return `${metric} never has ${label} ${operator} "${value}".`;
  }
}

const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`);

import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** One measure: its figure and, where there is one, the target and whether it is met. */
export interface Row {
  measure: string;
  figure: string;
  target?: string;
  met?: boolean;
}

/** A figure that should not exceed a target, both with a unit. */
export function atMost(measure: string, value: number, target: number, unit = ''): Row {
  return { measure, figure: shown(value, unit), target: `≤ ${shown(target, unit)}`, met: value <= target };
}

/** A figure that should reach a target, both with a unit. */
export function atLeast(measure: string, value: number, target: number, unit = ''): Row {
  return { measure, figure: shown(value, unit), target: `≥ ${shown(target, unit)}`, met: value >= target };
}

/** A figure without a target. */
export function told(measure: string, figure: string): Row {
  return { measure, figure };
}

/** A number with as many digits as are worth reading. */
export function shown(value: number, unit = ''): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  const text = value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return unit === '' ? text : `${text} ${unit}`;
}

/** The value below which the share `p` (0 to 1) of the samples lies. */
export function percentile(samples: number[], p: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;
}

/** What the figures were measured on. */
export function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const load = loadavg()
    .map((average) => average.toFixed(1))
    .join(', ');
  return (
    `${availableParallelism()} cores (${cpu?.model.trim() || 'unknown'}), ${memory} GiB, ` +
    `${process.platform} ${process.arch}, Node ${process.versions.node}, load average before: ${load}`
  );
}

/** The rows of all parts as a table. */
export function table(parts: { name: string; seconds: number; rows: Row[] }[]): string {
  const head = ['part', 'measure', 'figure', 'target', 'met'];
  const lines = parts.flatMap(({ name, seconds, rows }) => [
    ...rows.map((row, index) => [
      index === 0 ? name : '',
      row.measure,
      row.figure,
      row.target ?? '',
      row.met === undefined ? '' : row.met ? 'yes' : 'NO',
    ]),
    ['', 'duration of this part', `${seconds.toFixed(0)} s`, '', ''],
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...lines].map((line) => line[column]!.length)));
  const written = (line: string[]) =>
    line
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd();
  return [head, widths.map((width) => '-'.repeat(width)), ...lines].map(written).join('\n');
}

/** What was counted, and how many. */
export type Row = [measure: string, count: number];

/** The counts as a table. */
export function table(rows: Row[]): string {
  const width = Math.max(...rows.map(([measure]) => measure.length));
  return rows.map(([measure, count]) => `${measure.padEnd(width)}  ${String(count).padStart(10)}`).join('\n');
}

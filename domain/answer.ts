import type { Answer } from './answers.ts';
import type { Instant } from './basics.ts';
import { records as definitions, type ProgramRecord } from './registry.ts';

/** What records create, by type, as it is looked up. */
const creating: Record<string, { creates?(data: never): Record<string, string> }> = definitions;

/** The answer to a command, from its records: what was created, what was warned of. `now` counts when there are none. */
export function answerOf(commandId: string, records: ProgramRecord[], now: Instant | '' = ''): Answer {
  const first = records[0];
  const last = records.at(-1);
  return {
    commandId,
    at: first?.at ?? now,
    firstSeq: first?.seq ?? 0,
    lastSeq: last?.seq ?? 0,
    ids: idsOf(records),
    warnings: warningsOf(records),
  };
}

/**
 * Of the records of a command, those from which its answer follows: the first and the last, and between them what created
 * something, what warns, and the first of each item, as far as they fit into so many characters of JSON.
 */
export function forAnswer(records: ProgramRecord[], mostCharacters: number): ProgramRecord[] {
  const items = new Set<number>();
  let left = mostCharacters;
  return records.filter((record, index) => {
    const isFirst = !items.has(record.item);
    items.add(record.item);
    if (index === 0 || index === records.length - 1) return true;
    if (!isFirst && record.type !== 'WarningNoted' && !creating[record.type]?.creates) return false;
    left -= JSON.stringify(record).length;
    return left > 0;
  });
}

/** What the records created, by kind of id; the first of each kind. */
export function idsOf(records: ProgramRecord[]): Record<string, string> {
  const ids: Record<string, string> = {};
  for (const { type, data } of records) {
    // The union ties data to its type; the table forgets which is which.
    const created = creating[type]?.creates?.(data as never) ?? {};
    for (const [name, id] of Object.entries(created)) ids[name] ??= id;
  }
  return ids;
}

/** How many warnings an answer has; all are in the register. One command can warn of thousands of tasks. */
const mostWarnings = 20;

/** What the records warn of, each with its rule or short word in front; the first of many. */
export function warningsOf(records: ProgramRecord[]): string[] {
  const all = records.flatMap((record) =>
    record.type === 'WarningNoted' ? [`${record.data.code}: ${record.data.text}`] : [],
  );
  return all.slice(0, mostWarnings);
}

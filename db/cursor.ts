import type { Knex } from 'knex';
import type { Page, PageRequest } from './page.ts';

type KeyPart = 'string' | 'number';

/** How a list is sorted: columns whose values together are unique, with their types. The rows must have them. */
export interface Order {
  columns: Record<string, KeyPart>;
  descending?: boolean;
}

/** A cursor that no list gave out, or that another list gave out. */
export class CursorError extends Error {
  constructor(cursor: string) {
    super(
      `The cursor "${cursor.slice(0, 80)}" is not valid. Pass the nextCursor of the page before, or none to start.`,
    );
    this.name = 'CursorError';
  }
}

/**
 * One page of a list, with the cursor of the next. A cursor holds the sort key of a page's last item, so that
 * items which come or go meanwhile make no other item appear twice or not at all.
 *
 * @param keep leaves rows out as if they were not there: pages are as long without them, and the cursor tells whether
 *   one follows that is kept
 * @throws CursorError when the request's cursor is not one of this list.
 */
export async function paginate<R extends object>(
  query: Knex.QueryBuilder,
  order: Order,
  { limit, cursor }: PageRequest,
  keep?: (row: R) => boolean,
): Promise<Page<R>> {
  const names = Object.keys(order.columns);
  const kept: R[] = [];
  const portion = keep ? Math.max(limit + 1, leastPortion) : limit + 1;
  let after = cursor === undefined ? undefined : decodeKey(cursor, order);
  for (;;) {
    const rows: R[] = await portionOf(query.clone(), order, after, portion);
    kept.push(...(keep ? rows.filter(keep) : rows));
    if (kept.length > limit || rows.length < portion) break;
    after = keyOf(rows.at(-1)!, names);
  }
  const items = kept.slice(0, limit);
  return { items, nextCursor: kept.length > limit ? encodeKey(keyOf(items.at(-1)!, names)) : null };
}

/** Rows read at once at least, where some are left out. */
const leastPortion = 100;

type Key = (string | number)[];

function portionOf(query: Knex.QueryBuilder, { columns, descending }: Order, after: Key | undefined, size: number) {
  const names = Object.keys(columns);
  if (after) {
    const places = names.map(() => '?').join(', ');
    const compared = names.map(() => '??').join(', ');
    query.whereRaw(`(${compared}) ${descending ? '<' : '>'} (${places})`, [...names, ...after]);
  }
  return query.orderBy(names.map((column) => ({ column, order: descending ? 'desc' : 'asc' }))).limit(size);
}

function keyOf(row: object, names: string[]): Key {
  return names.map((name) => (row as Record<string, string | number>)[name.split('.').at(-1)!]!);
}

/** The cursor of a sort key. */
export function encodeKey(key: Key): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** The sort key of a cursor. Throws `CursorError` when it is not one of the order. */
export function decodeKey(cursor: string, order: Order): Key {
  const kinds = Object.values(order.columns);
  const key = parse(cursor);
  const fits = Array.isArray(key) && key.length === kinds.length && key.every((part, i) => isA(kinds[i]!, part));
  if (!fits) throw new CursorError(cursor);
  return key;
}

function isA(kind: KeyPart, part: unknown): boolean {
  // PostgreSQL takes no zero character in a text, and no more than 32 bits in these numbers.
  return kind === 'string'
    ? typeof part === 'string' && !part.includes('\0')
    : Number.isInteger(part) && part === (part as number) >> 0;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

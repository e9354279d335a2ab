import type { Knex } from 'knex';
import type { Page, PageRequest } from './types.ts';

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
 * @throws CursorError when the request's cursor is not one of this list.
 */
export async function paginate<R extends object>(
  query: Knex.QueryBuilder,
  order: Order,
  { limit, cursor }: PageRequest,
): Promise<Page<R>> {
  const names = Object.keys(order.columns);
  const direction = order.descending ? 'desc' : 'asc';
  if (cursor !== undefined) {
    const places = names.map(() => '?').join(', ');
    const columns = names.map(() => '??').join(', ');
    const key = decode(cursor, order);
    query.whereRaw(`(${columns}) ${order.descending ? '<' : '>'} (${places})`, [...names, ...key]);
  }
  const rows: R[] = await query.orderBy(names.map((column) => ({ column, order: direction }))).limit(limit + 1);
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? encode(items.at(-1)!, names) : null };
}

function encode(row: object, names: string[]): string {
  const key = names.map((name) => (row as Record<string, unknown>)[name.split('.').at(-1)!]);
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function decode(cursor: string, order: Order): (string | number)[] {
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

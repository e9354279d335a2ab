import { CursorError } from '../db/cursor.ts';
import type { Page, PageRequest } from '../db/types.ts';

/** What the query of a list says of its page. */
export interface PageQuery {
  limit?: number;
  cursor?: string;
}

/** The page that a query asks for; 50 items when it does not say how many. */
export function pageRequest({ limit = 50, cursor }: PageQuery): PageRequest {
  return { limit, cursor };
}

/** A page of a list that is at hand as a whole. Throws `CursorError` for a cursor that no page gave. */
export function pageOfAll<T>(all: T[], query: PageQuery): Page<T> {
  const { limit, cursor } = pageRequest(query);
  const from = cursor === undefined ? 0 : positionOf(cursor);
  const to = from + limit;
  return { items: all.slice(from, to), nextCursor: to < all.length ? cursorAt(to) : null };
}

/** The cursor that stands for a position in a numbered list. */
export function cursorAt(position: number): string {
  return Buffer.from(JSON.stringify({ at: position })).toString('base64url');
}

/** The position that a cursor stands for. Throws `CursorError` when it stands for none. */
export function positionOf(cursor: string): number {
  try {
    const { at } = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Number.isSafeInteger(at) && at >= 0) return at;
  } catch {
    // Said below.
  }
  throw new CursorError(cursor);
}

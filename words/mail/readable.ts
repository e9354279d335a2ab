import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { own } from '../../domain/basics.ts';
import { type NoticeItem, notices } from '../../domain/notices.ts';

/**
 * Whether a notice has the shape that its words need. One that a newer version queued can be of a kind that is not known
 * here, and one that was damaged can be anything.
 */
export function isReadable(item: unknown): item is NoticeItem {
  if (typeof item !== 'object' || item === null || !('kind' in item) || typeof item.kind !== 'string') return false;
  const shape = own<TSchema>(notices, item.kind);
  return shape !== undefined && Value.Check(shape, item);
}

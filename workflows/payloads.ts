import { defaultPayloadConverter, type Payload, type PayloadConverter } from '@temporalio/common';
import { decode } from '@temporalio/common/lib/encoding.js';
import { flawText, signatureMark } from '../signing/flaws.ts';

/** What is wrong with the signature of what was read, where the worker looked. */
const flaws = new WeakMap<object, string>();

/** What is wrong with the signature of an argument; undefined when it holds. Not to be asked while a history is replayed. */
export function flawOfArgument(argument: unknown): string | undefined {
  const flaw = typeof argument === 'object' && argument !== null ? flaws.get(argument) : undefined;
  return (flaw ?? flawText({ flaw: 'unsigned' })) || undefined;
}

/** Stands for an argument that cannot be read: bytes that are no JSON, or in an encoding that nobody knows here. */
export const unreadable = Object.freeze({});

/**
 * Temporal's own converter, except that it gives `unreadable` where that throws. A throw would come before any handler of
 * ours: the workflow task would fail and be tried again for ever, over one Signal of somebody who has access to Temporal.
 * Bytes are not read either: no message of ours has any.
 */
export const payloadConverter: PayloadConverter = {
  toPayload: (...given) => defaultPayloadConverter.toPayload(...given),
  fromPayload<T>(payload: Payload): T {
    try {
      const value = defaultPayloadConverter.fromPayload<T>(payload);
      const mark = payload.metadata?.[signatureMark];
      if (mark && typeof value === 'object' && value !== null) flaws.set(value, decode(mark));
      return value instanceof Uint8Array ? (unreadable as T) : value;
    } catch {
      return unreadable as T;
    }
  },
};

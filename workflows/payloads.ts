import { defaultPayloadConverter, type Payload, type PayloadConverter } from '@temporalio/common';

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
      return value instanceof Uint8Array ? (unreadable as T) : value;
    } catch {
      return unreadable as T;
    }
  },
};

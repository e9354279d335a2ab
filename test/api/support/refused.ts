import { expect } from 'vitest';
import type { Called } from './testServer.ts';

/** Checks that a refusal is told of one field: in front of its detail, and among its errors by where the field is. */
export function mustPointAt({ body }: Called, pointer: string): void {
  const field = pointer
    .slice(1)
    .replace(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.');
  expect(body.errors).toEqual([{ pointer, detail: expect.stringMatching(/\S/) }]);
  expect(body.detail).toBe(`${field}: ${body.errors[0].detail}`);
}

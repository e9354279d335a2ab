import { defaultPayloadConverter } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { describe, expect, test } from 'vitest';
import { staticSummaryOf } from '../../api/staticSummary.ts';

/** As many bytes as the service counts. */
function bytesOf(summary: string): number {
  const { metadata, data } = defaultPayloadConverter.toPayload(summary)!;
  return temporal.api.common.v1.Payload.encode({ metadata, data }).finish().length;
}

describe('the summary of a program', () => {
  test('is its name and its organization', () => {
    expect(staticSummaryOf({ name: 'AI management', organization: 'Example Ltd' })).toBe('AI management (Example Ltd)');
  });

  test.each([
    ['letters', 'x'],
    ['Chinese characters', '認'],
    ['characters of four bytes', '\u{1f600}'],
    ['quotation marks, which JSON writes as two', '"'],
    ['letters with an accent of their own', 'e\u0301'],
    ['families that are one character to the eye', '👩‍👩‍👧'],
  ])('of long names of %s is cut to whole ones within 400 bytes', (_, character) => {
    const long = character.repeat(200);
    const summary = staticSummaryOf({ name: long, organization: long });
    const kept = summary.slice(0, -1);
    expect(kept.length).toBeGreaterThan(0);
    expect(long).toContain(kept.replace(/ .*/, ''));
    expect(kept.length % character.length).toBe(0);
    expect(summary.endsWith('…')).toBe(true);
    expect(bytesOf(summary)).toBeLessThanOrEqual(400);
    expect(bytesOf(`${kept}${character}…`)).toBeGreaterThan(400 - 12);
  });

  test('is whole as long as it fits', () => {
    const name = 'x'.repeat(200);
    const fitting = staticSummaryOf({ name, organization: 'y'.repeat(165) });
    expect(fitting).toBe(`${name} (${'y'.repeat(165)})`);
    expect(bytesOf(fitting)).toBeLessThanOrEqual(400);
    expect(staticSummaryOf({ name, organization: 'y'.repeat(166) })).toMatch(/^x{200} \(y+…$/);
  });

  test('of one character that is longer than all of it is the mark alone', () => {
    expect(staticSummaryOf({ name: `A${'\u0301'.repeat(1_500)}`, organization: 'B' })).toBe('…');
  });
});

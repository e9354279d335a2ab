/** The story did not go as it is told: what was expected, and what was found. */
export class StoryError extends Error {
  override readonly name = 'StoryError';

  constructor(expected: string, found: string) {
    super(`The rehearsal did not go as told. Expected: ${expected}. Found: ${found}.`);
  }
}

/**
 * Goes on only if a thing is as the story tells it.
 *
 * @param found - what is there in its place; asked for only then
 * @throws StoryError when it is not
 */
export function mustBe(met: boolean, expected: string, found: () => unknown): void {
  if (!met) throw new StoryError(expected, shown(found()));
}

/**
 * Goes on only if two values are the same, lists and objects by what they hold.
 *
 * @throws StoryError when they are not
 */
export function mustEqual(what: string, found: unknown, expected: unknown): void {
  mustBe(shown(found) === shown(expected), `${what}: ${shown(expected)}`, () => found);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}

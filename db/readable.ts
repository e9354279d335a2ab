/** What is read of a row's JSON; undefined where it is none, so that the row of one program spoils nothing of the others. */
export function ifReadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The query of an address, as far as it is plain texts: the last of a name counts, what is empty says nothing. */
export function textsOf(query: unknown): Record<string, string | undefined> {
  const entries = Object.entries(query as Record<string, string | string[]>);
  return Object.fromEntries(entries.map(([name, value]) => [name, [value].flat().at(-1) || undefined]));
}

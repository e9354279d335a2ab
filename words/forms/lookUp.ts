import type { FieldWords } from './form.ts';

/**
 * The words of a field, by the path of docs/commands.md (`people[].email`), of a refusal (`people[0].email`) or of a JSON
 * Pointer (`/people/0/email`); undefined when there is no such field.
 */
export function wordsAt(fields: Readonly<Record<string, FieldWords>>, path: string): FieldWords | undefined {
  let inner: Readonly<Record<string, FieldWords>> | undefined = fields;
  let found: FieldWords | undefined;
  for (const name of namesIn(path)) {
    found = inner && Object.hasOwn(inner, name) ? inner[name] : undefined;
    inner = found?.fields;
  }
  return found;
}

/** The names of the fields on a path, without the places in lists. */
function namesIn(path: string): string[] {
  return path.split(/[./]|\[\d*\]/).filter((part) => part !== '' && !/^\d+$/.test(part));
}

import type { ProgramRecord } from '../registry.ts';

/** What stands under these fields is the id of something, whatever it looks like. */
const naming = /(^id|[a-z]Ids?|^requirements|^criteria)$/;

/** A task, an audit or a finding; a requirement; a person. */
const nameLike = /^([TAF]-\d+|(A\.)?\d+(\.\d+)+|[^\s@]+@[^\s@]+)$/;

/** An address has at most 254 characters, an id 100. */
const longest = 254;

/**
 * The names under which a record is found again, each once: its type, who recorded it, and each task, audit, finding,
 * requirement, system and person that it names. The read side keeps them; `certloop rebuild` makes them anew.
 */
export function namesIn({ type, actor, data }: Pick<ProgramRecord, 'type' | 'actor' | 'data'>): string[] {
  const names = new Set<string>([type]);
  if (actor !== 'system') names.add(actor);
  collect(data, '', names);
  return [...names];
}

function collect(value: unknown, field: string, names: Set<string>): void {
  if (typeof value === 'string') {
    if (value.length <= longest && (naming.test(field) || nameLike.test(value))) names.add(value);
  } else if (Array.isArray(value)) {
    for (const each of value) collect(each, field, names);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) {
      // Some records have what they tell of requirements by their numbers.
      if (nameLike.test(key)) names.add(key);
      collect(each, key, names);
    }
  }
}

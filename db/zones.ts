import type { Knex } from 'knex';
import { LRUCache } from 'lru-cache';
import type { Email } from '../domain/basics.ts';
import type { ProgramSummary } from '../domain/views.ts';
import { docOf, ifReadable } from './readable.ts';

/** Where people's days are counted: their digests come at 08:00 there. */
export interface Zones {
  /** The time zones of some people who are told something by a program. */
  of(db: Knex, program: ProgramSummary, people: readonly Email[]): Promise<(email: Email) => string>;
  /** Somebody has chosen another. */
  forget(email: Email): void;
}

interface Known {
  /** What they chose. */
  chosen?: string;
  /** Where most of their programs are; of as many, where the first of these is by its id. None before they have any. */
  most?: string;
}

const mostKnown = 20_000;

/** After this long another process may have taken what somebody chose. */
const knownForMs = 60_000;

/**
 * Asked at nearly every commit, and remembered for a minute: a digest that was queued for the morning of another zone
 * meanwhile is still one a day (`bundles.ts`). In a rehearsal those of its people who chose none are where it is: other
 * programs have another clock.
 */
export function createZones(): Zones {
  const known = new LRUCache<Email, Known>({ max: mostKnown, ttl: knownForMs });
  return {
    async of(db, { rehearsal, timeZone }, people) {
      const asked = [...new Set(people)].filter((email) => !known.has(email));
      const found = asked.length > 0 ? await lookUp(db, asked) : new Map<Email, Known>();
      for (const [email, zones] of found) if (zones.most !== undefined) known.set(email, zones);
      return (email) => {
        const { chosen, most } = found.get(email) ?? known.get(email) ?? {};
        return chosen ?? (rehearsal ? timeZone : (most ?? timeZone));
      };
    },
    forget: (email) => void known.delete(email),
  };
}

async function lookUp(db: Knex, people: Email[]): Promise<Map<Email, Known>> {
  const found = new Map<Email, Known>(people.map((email) => [email, {}]));
  const chosen: { email: Email; time_zone: string | null }[] = await db('mail_preferences')
    .whereIn('email', people)
    .select('email', 'time_zone');
  for (const { email, time_zone } of chosen) if (time_zone !== null) found.get(email)!.chosen = time_zone;
  const programs: { email: Email; doc: string }[] = await db('people')
    .join('programs', 'programs.id', 'people.program_id')
    .whereIn('people.email', people)
    .where({ 'programs.rehearsal': false })
    .orderBy('programs.id')
    .select('people.email as email', 'programs.doc as doc');
  for (const [email, zones] of found) {
    const theirs = programs.filter((row) => row.email === email);
    const most = mostOf(theirs.flatMap(({ doc }) => ifReadable(() => zoneIn(doc)) ?? []));
    if (most !== undefined) zones.most = most;
  }
  return found;
}

function zoneIn(doc: string): string {
  return docOf<ProgramSummary>(doc).timeZone;
}

/** What comes most often; of as many, what comes first. */
function mostOf(all: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

import type { FastifyRequest } from 'fastify';
import type { Reader } from '../identity/reading/reader.ts';
import { needsTies, type Sight, sightOf } from '../identity/reading/sight.ts';
import type { Subject } from '../identity/reading/subjects.ts';
import { noTies } from '../identity/reading/ties.ts';
import { notFound } from './problem.ts';
import { readingOf } from './readings.ts';
import type { Services } from './services.ts';
import { unlessUnreadable } from './unreadable.ts';

/** The caller of a request, as a reader of its program. */
export function readerOf({ caller, program }: Pick<FastifyRequest, 'caller' | 'program'>): Reader {
  const { roles, installationRole } = program;
  return { email: caller.email, roles, installationRole };
}

/** What somebody sees of a program, by the table of readers. Throws the 404 problem when the program has no record. */
export async function sightInto(services: Services, programId: string, reader: Reader): Promise<Sight> {
  return sightOf(reader, needsTies(reader) ? (await readingOf(services, programId)).ties : noTies);
}

/** What the caller of a request sees of its program. */
export function sightFor(services: Services, request: Pick<FastifyRequest, 'caller' | 'program'>): Promise<Sight> {
  return sightInto(services, request.program.id, readerOf(request));
}

/** What the caller of a request sees of its program, found out when it is asked for first. */
export type LateSight = () => Promise<Sight>;

export function lateSightFor(services: Services, request: Pick<FastifyRequest, 'caller' | 'program'>): LateSight {
  let sight: Promise<Sight> | undefined;
  return () => {
    sight ??= sightFor(services, request);
    return sight;
  };
}

/** What somebody sees of each of some programs. */
export async function sightsOf(
  services: Services,
  programIds: ReadonlySet<string>,
  { email, installationRole }: Pick<Reader, 'email' | 'installationRole'>,
): Promise<Map<string, Sight>> {
  const roles = await services.database.read.rolesIn([...programIds], email);
  const sights = [...programIds].map(async (id) => {
    const reader = { email, roles: roles.get(id) ?? [], installationRole };
    // Of a program that cannot be read nobody sees what they are tied to.
    const sight = await unlessUnreadable(services, () => sightInto(services, id, reader), sightOf(reader, noTies));
    return [id, sight] as const;
  });
  return new Map(await Promise.all(sights));
}

/** Whether the caller of a request reads a file: it stands in something of the program that they read. */
export async function readsFile(
  services: Services,
  request: Pick<FastifyRequest, 'caller' | 'program'>,
  sha256: string,
): Promise<boolean> {
  const { ties } = await readingOf(services, request.program.id);
  return sightOf(readerOf(request), ties).file(sha256);
}

/** Answers 404 about what the caller does not read at all, as if it were not there. */
export function mustRead(sight: Sight, subject: Subject, what: string): void {
  if (!sight.all(subject)) throw notFound(what);
}

import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Brought } from '../db/types.ts';
import type { Email, IsoDate } from '../domain/basics.ts';
import type { UserCommand } from '../domain/registry.ts';
import { today } from './clock.ts';
import { asProblem, forbidden, Problem } from './problem.ts';
import type { RequestCaller, Services } from './services.ts';

/** What one person may bring in on a day, unless the settings say otherwise. */
export const usualBounds = { programsPerDay: 100, addressesPerDay: 1_000 };

/** Throws 403 unless somebody may start programs: an administrator, or whoever was given that right. */
export async function mustHaveRightToStart({ database }: Services, caller: RequestCaller): Promise<void> {
  const { email, installationRole, scope } = caller;
  if (scope?.programId !== undefined) {
    throw new Problem(
      403,
      'scope',
      `This token is for the program ${scope.programId} alone; start another with one that is for all of your programs.`,
    );
  }
  if (installationRole === 'administrator' || (await database.accounts.find(email))?.mayStart) return;
  throw forbidden(
    `${email} may not start programs. An administrator gives that right, with PUT /v1/accounts/${email} or in the ` +
      'settings of the installation, or starts the program and names you as its program manager.',
  );
}

/** Sends commands to the program of a request within the bounds of its caller. Nobody gets mail from a rehearsal. */
export async function bringing<T>(
  services: Services,
  { caller, program }: Pick<FastifyRequest, 'caller' | 'program'>,
  commandId: string,
  commands: UserCommand[],
  send: () => Promise<T>,
): Promise<T> {
  const people = commands.flatMap(peopleOf);
  if (people.length === 0 || (await services.database.read.program(program.id))?.rehearsal) return send();
  return withinBounds(services, caller, { commandId, people }, send);
}

function peopleOf(command: UserCommand): Email[] {
  if (command.type === 'addPerson') return [command.email];
  const isOfSome = command.type === 'setPeople' || command.type === 'putInCharge';
  return isOfSome ? command.people.map(({ email }) => email) : [];
}

/** What was counted of a command. */
interface Counted {
  day: IsoDate;
  programs: number;
  addresses: number;
}

/**
 * What is counted of commands without an answer, by their ids: sent again, as they should be, they are not counted again by this
 * process, the newest ten thousand of them for a day.
 */
const unanswered = new LRUCache<string, Counted>({ max: 10_000, ttl: 86_400_000 });

/**
 * Does what brings in people, and a program when it starts one, as long as its caller has not brought in too many today:
 * each address that is new to the installation gets mail from it. What is refused is not counted, and what is sent again under its
 * `commandId` because it got no answer is counted once.
 *
 * @throws Problem 429 that says when there is room again, and who can make more
 */
export async function withinBounds<T>(
  services: Services,
  caller: RequestCaller,
  { commandId, ...asked }: { commandId?: string; programs?: number; people: readonly Email[] },
  act: () => Promise<T>,
): Promise<T> {
  const before = commandId === undefined ? undefined : unanswered.get(commandId);
  const counted = before ?? (await count(services, caller, asked));
  if (!counted) return act();
  if (commandId !== undefined) unanswered.set(commandId, counted);
  try {
    const done = await act();
    if (commandId !== undefined) unanswered.delete(commandId);
    return done;
  } catch (error) {
    if ((asProblem(error)?.status ?? 500) >= 500) throw error;
    if (commandId !== undefined) unanswered.delete(commandId);
    // What an earlier attempt was counted for may have come about.
    if (before) throw error;
    const { day, programs, addresses } = counted;
    const back = { programs: -programs, addresses: -addresses };
    await services.database.broughtIn.add(caller.email, day, back, mostOf(services));
    throw error;
  }
}

/** Counts what somebody brings in; undefined when it is nothing. */
async function count(
  services: Services,
  { email }: RequestCaller,
  { programs = 0, people }: { programs?: number; people: readonly Email[] },
): Promise<Counted | undefined> {
  const { broughtIn } = services.database;
  const addresses = people.length > 0 ? (await broughtIn.unknownOf(people)).length : 0;
  if (programs + addresses === 0) return undefined;
  const day = today();
  const most = mostOf(services);
  const before = await broughtIn.add(email, day, { programs, addresses }, most);
  if (!before.added) throw tooMany(before.programs + programs > most.programs ? 'programs' : 'addresses', most);
  return { day, programs, addresses };
}

function mostOf({ settings }: Services): Brought {
  return {
    programs: settings.programsPerDay ?? usualBounds.programsPerDay,
    addresses: settings.addressesPerDay ?? usualBounds.addressesPerDay,
  };
}

function tooMany(what: 'programs' | 'addresses', most: Record<'programs' | 'addresses', number>): Problem {
  const [said, variable] =
    what === 'programs'
      ? [`start ${most.programs} programs`, 'CERTLOOP_PROGRAMS_PER_DAY']
      : [`bring in ${most.addresses} addresses that are new here`, 'CERTLOOP_ADDRESSES_PER_DAY'];
  const seconds = Math.ceil((Date.parse(`${today()}T24:00:00.000Z`) - Date.now()) / 1_000);
  return new Problem(
    429,
    'bound',
    `One person may ${said} a day, and this would be more. Go on tomorrow (UTC), or have the installation raise ${variable}.`,
    { headers: { 'retry-after': String(seconds) } },
  );
}

import type { FastifyRequest } from 'fastify';
import type { Email } from '../domain/basics.ts';
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
  commands: UserCommand[],
  send: () => Promise<T>,
): Promise<T> {
  const people = commands.flatMap(peopleOf);
  if (people.length === 0 || (await services.database.read.program(program.id))?.rehearsal) return send();
  return withinBounds(services, caller, { people }, send);
}

function peopleOf(command: UserCommand): Email[] {
  if (command.type === 'addPerson') return [command.email];
  const isOfSome = command.type === 'setPeople' || command.type === 'putInCharge';
  return isOfSome ? command.people.map(({ email }) => email) : [];
}

/**
 * Does what brings in people, and a program when it starts one, as long as its caller has not brought in too many today:
 * each address that is new to the installation gets mail from it. What is refused is not counted.
 *
 * @throws Problem 429 that says when there is room again, and who can make more
 */
export async function withinBounds<T>(
  { database, settings }: Services,
  caller: RequestCaller,
  { programs = 0, people }: { programs?: number; people: readonly Email[] },
  act: () => Promise<T>,
): Promise<T> {
  const addresses = people.length > 0 ? (await database.broughtIn.unknownOf(people)).length : 0;
  if (programs + addresses === 0) return act();
  const { email } = caller;
  const day = today();
  const most = {
    programs: settings.programsPerDay ?? usualBounds.programsPerDay,
    addresses: settings.addressesPerDay ?? usualBounds.addressesPerDay,
  };
  const before = await database.broughtIn.add(email, day, { programs, addresses }, most);
  if (!before.added) throw tooMany(before.programs + programs > most.programs ? 'programs' : 'addresses', most);
  try {
    return await act();
  } catch (error) {
    const status = asProblem(error)?.status ?? 500;
    if (status < 500) await database.broughtIn.add(email, day, { programs: -programs, addresses: -addresses }, most);
    throw error;
  }
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

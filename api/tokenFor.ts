import type { Static } from 'typebox';
import type { Database, NewToken, TokenInfo, TokenScope } from '../db/types.ts';
import { today } from './clock.ts';
import { forbidden, Problem, wrongField } from './problem.ts';
import type { RequestCaller } from './services.ts';
import { lastDayOf, type tokenRequest } from './tokenInput.ts';

type Asked = Static<typeof tokenRequest>;

/**
 * The token that somebody may make who asks for it. Nobody speaks as another, administrators included: a token is for
 * oneself, or for a person of a rehearsal, by its program manager or an administrator. It is never good for more than the
 * token that it is made with.
 *
 * @throws Problem 403 that says who makes it, or 422 when the rehearsal has no such person
 */
export async function tokenFor(
  services: { database: Pick<Database, 'read'> },
  caller: RequestCaller,
  { email = caller.email, name, scope, expiresOn, installationRole }: Asked,
): Promise<NewToken> {
  mustBeWithin(caller, scope);
  const isOwn = email === caller.email;
  if (installationRole && !(isOwn && mayHold(caller, installationRole))) throw notTheirRole(installationRole);
  if (!isOwn) await mustBeOfRehearsal(services.database, caller, { email, scope });
  return {
    email,
    name: name ?? (isOwn ? caller.name : email),
    ...(installationRole && { installationRole }),
    ...(scope && { scope }),
    expiresOn: lastDayOf({ expiresOn }, today()),
  };
}

function mayHold({ installationRole: held }: RequestCaller, asked: TokenInfo['installationRole']): boolean {
  return held === 'administrator' || held === asked;
}

function mustBeWithin({ scope: held }: RequestCaller, scope: TokenScope | undefined): void {
  if (held?.programId === undefined || scope?.programId === held.programId) return;
  throw new Problem(
    403,
    'scope',
    `This token is for the program ${held.programId} alone: name that program in the scope of the one that you make with it.`,
  );
}

async function mustBeOfRehearsal(
  { read }: Pick<Database, 'read'>,
  caller: RequestCaller,
  { email, scope }: { email: TokenInfo['email']; scope: TokenScope | undefined },
): Promise<void> {
  const programId = scope?.programId;
  const program = programId === undefined ? undefined : await read.program(programId);
  if (!programId || !program?.rehearsal) throw onlyForOneself(email);
  const isManager = (await read.rolesOf(programId, caller.email)).includes('programManager');
  if (!isManager && caller.installationRole !== 'administrator') throw onlyForOneself(email);
  if ((await read.rolesOf(programId, email)).length > 0) return;
  throw wrongField('unknown', 'email', `${email} is not among the people of ${programId}; name one of them.`);
}

function onlyForOneself(email: string): Problem {
  return forbidden(
    `A token is for yourself alone: ${email} makes one in the settings when signed in. For people of a rehearsal its program ` +
      'manager or an administrator makes tokens, with the rehearsal in their scope.',
  );
}

function notTheirRole(role: string): Problem {
  return forbidden(
    `You cannot make a token with the role ${role}. Make it with "certloop token --role ${role}" on a machine that ` +
      'reaches the database.',
  );
}

import { today } from '../api/clock.ts';
import { asProblem } from '../api/problem.ts';
import { readTokenInput, type TokenInput } from '../api/tokenInput.ts';
import { atMachine } from '../db/installation.ts';
import { count } from './run/count.ts';
import { withDatabase } from './run/withDatabase.ts';

/** Options of `certloop token`, by the fields that they give. */
const optionOf: Record<string, string> = {
  email: '--email',
  name: '--name',
  expiresOn: '--expires-on',
  'scope/programId': '--program',
  installationRole: '--role',
};

/** `certloop token`: makes a token where the database is at hand; printed once, on standard output alone. */
export async function tokenCommand(options: {
  email?: string;
  name?: string;
  program?: string;
  readOnly?: boolean;
  expiresOn?: string;
  role?: string;
}): Promise<void> {
  const { role, program: programId, readOnly, ...fields } = options;
  const access = readOnly ? 'read' : 'write';
  const isScoped = programId !== undefined || readOnly;
  const input = checked({
    ...fields,
    ...(isScoped && { scope: { ...(programId !== undefined && { programId }), access } }),
    ...(role !== undefined && { installationRole: role }),
  });
  await withDatabase(async ({ tokens }) => {
    const { token } = await tokens.create(input, atMachine);
    console.log(token);
  });
}

/** `certloop token list`: every token, without its secret. */
export async function tokenListCommand(): Promise<void> {
  await withDatabase(async ({ tokens }) => {
    let listed = 0;
    for (let cursor: string | undefined; ; ) {
      const { items, nextCursor } = await tokens.list({ limit: 200, cursor });
      for (const { id, email, name, installationRole, scope, expiresOn, madeAt, madeBy, lastUsedAt } of items) {
        const until = !expiresOn
          ? 'WITHOUT A LAST DAY: make another and revoke it'
          : expiresOn < today()
            ? `expired on ${expiresOn}`
            : `good through ${expiresOn}`;
        const used = lastUsedAt ? `last used on ${lastUsedAt.slice(0, 10)}` : 'never used';
        const made = madeAt && `made on ${madeAt.slice(0, 10)}${madeBy ? ` by ${madeBy}` : ''}`;
        const of = [scope?.programId, scope?.access === 'read' && 'read only'];
        console.log([id, email, name, installationRole, ...of, made, until, used].filter(Boolean).join('  '));
      }
      listed += items.length;
      if (nextCursor === null) break;
      cursor = nextCursor;
    }
    console.log(`${count(listed, 'token')}.`);
  });
}

/** `certloop token revoke`: takes tokens away; whoever can reach the database can make others. */
export async function tokenRevokeCommand(ids: string[]): Promise<void> {
  await withDatabase(async ({ tokens }) => {
    const unknown: string[] = [];
    for (const id of ids) {
      const revoked = await tokens.revoke(id, today(), { by: atMachine });
      if (revoked.outcome !== 'revoked') {
        unknown.push(id);
        continue;
      }
      console.log(`${id}: the token of ${revoked.info.email} is revoked; a running API accepts it for up to a minute`);
      if (!revoked.administratorsLeft)
        console.log('No token of an administrator is left: make one with "certloop token --role administrator".');
    }
    if (unknown.length > 0)
      throw new Error(`There is no token ${unknown.join(', ')}: "certloop token list" shows the ids.`);
  });
}

/** Says what is wrong by the options that were given. */
function checked(input: object): TokenInput {
  try {
    return readTokenInput(input, today());
  } catch (error) {
    const problem = asProblem(error);
    if (!problem) throw error;
    const told = problem.errors?.map(({ pointer, detail }) => `${pointer.slice(1)}: ${detail}`) ?? [problem.message];
    throw new Error(told.map((line) => line.replace(/^[\w/]+(?=:)/, (field) => optionOf[field] ?? field)).join('\n'));
  }
}

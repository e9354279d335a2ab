import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../db/accounts.ts';
import { ownRights } from '../db/rights.ts';
import type { Database } from '../db/types.ts';
import type { Email } from '../domain/basics.ts';
import { addDays } from '../domain/calendar.ts';
import { now, today } from './clock.ts';
import { tokenDays } from './tokenInput.ts';

/** Whose the first account and the first token are, until their person says who they are. */
export const administratorEmail: Email = 'administrator@localhost';

const firstAccount = {
  email: administratorEmail,
  name: 'Administrator',
  installationRole: 'administrator',
  mayStart: true,
} satisfies Account;

/** Whether nobody but the first account runs the installation: its person has not said who they are. */
export async function isUnclaimed({ accounts }: Pick<Database, 'accounts'>): Promise<boolean> {
  const [administrators, first] = await Promise.all([
    accounts.countAdministrators(),
    accounts.find(administratorEmail),
  ]);
  return administrators === 1 && first?.installationRole === 'administrator';
}

export interface AdministratorToken {
  /** The secret; undefined when it is not in the data folder although tokens exist. */
  token: string | undefined;
  file: string;
  created: boolean;
}

/**
 * The administrator's token of an installation: made at its first start, good for a year, and kept in `<dataDir>/administrator.token`,
 * readable by its owner only; read back at later starts. A lost file is not replaced, because other tokens exist
 * then and whoever can start the service must not become its administrator by deleting a file.
 */
export async function ensureAdministrator(
  { tokens, accounts }: Pick<Database, 'tokens' | 'accounts'>,
  dataDir: string,
): Promise<AdministratorToken> {
  // A database of before there were accounts has made them from its tokens; without any of an administrator it is new.
  if ((await accounts.countAdministrators()) === 0) await accounts.putFirst(firstAccount, now());
  const file = join(dataDir, 'administrator.token');
  const kept = await readToken(file);
  if (kept && (await tokens.find(kept, today()))) {
    return { token: kept, file, created: false };
  }
  if ((await tokens.count()) > 0) {
    // Another process that started at the same moment may be about to put it there.
    const token = kept ? undefined : await tokenOfOther(tokens, file);
    return { token, file, created: false };
  }
  const { email, name, installationRole } = firstAccount;
  const made = await tokens.createFirst({
    email,
    name,
    installationRole,
    expiresOn: addDays(today(), tokenDays.most),
  });
  // Another process that started at the same moment made it: on the same data folder it puts it there.
  if (!made) return { token: await tokenOfOther(tokens, file), file, created: false };
  await mkdir(dataDir, { recursive: true, mode: ownRights.folder });
  await writeFile(file, `${made.token}\n`, { mode: ownRights.file });
  // The mode above does not change that of a file which is there already.
  await chmod(file, ownRights.file);
  return { token: made.token, file, created: true };
}

const otherPatienceMs = 3_000;

async function tokenOfOther(tokens: Database['tokens'], file: string): Promise<string | undefined> {
  const until = Date.now() + otherPatienceMs;
  do {
    const kept = await readToken(file);
    if (kept && (await tokens.find(kept, today()))) return kept;
    await sleep(100);
  } while (Date.now() < until);
  return undefined;
}

async function readToken(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

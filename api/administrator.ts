import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../db/types.ts';
import { today } from './clock.ts';

/** Who the first token belongs to. */
export const administratorEmail = 'administrator@localhost';

export interface AdministratorToken {
  /** The secret; undefined when it is not in the data folder although tokens exist. */
  token: string | undefined;
  file: string;
  created: boolean;
}

/**
 * The administrator's token of an installation: made at its first start and kept in `<dataDir>/administrator.token`,
 * readable by its owner only; read back at later starts. A lost file is not replaced, because other tokens exist
 * then and whoever can start the service must not become its administrator by deleting a file.
 */
export async function ensureAdministrator(
  { tokens }: Pick<Database, 'tokens'>,
  dataDir: string,
): Promise<AdministratorToken> {
  const file = join(dataDir, 'administrator.token');
  const kept = await readToken(file);
  if (kept && (await tokens.find(kept, today()))) {
    return { token: kept, file, created: false };
  }
  if ((await tokens.count()) > 0) return { token: undefined, file, created: false };
  const { token } = await tokens.create({
    email: administratorEmail,
    name: 'Administrator',
    installationRole: 'administrator',
  });
  await mkdir(dataDir, { recursive: true });
  await writeFile(file, `${token}\n`, { mode: 0o600 });
  // The mode above does not change that of a file which is there already.
  await chmod(file, 0o600);
  return { token, file, created: true };
}

async function readToken(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

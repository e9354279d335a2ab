import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadSettings } from '../config/settings.ts';
import { backUp } from '../db/backup.ts';
import { fileOf } from '../db/connect.ts';
import type { VerifyResult } from '../db/types.ts';
import { count } from './register.ts';

/** `certloop backup`: a consistent copy of the register while everything runs; ends with status 1 when it cannot be relied on. */
export async function backupCommand(where: string): Promise<void> {
  const { databaseUrl } = loadSettings(process.env);
  const { file, results } = await backUpTo(databaseUrl, where, new Date());
  const records = results.reduce((sum, result) => sum + result.records, 0);
  console.log(`${file}: ${count(results.length, 'program')} with ${count(records, 'record')}`);
  const broken = results.filter(({ ok }) => !ok);
  for (const { programId, brokenAt } of broken)
    console.log(`${programId}: BROKEN at record ${brokenAt?.seq}: ${brokenAt?.reason}`);
  if (broken.length > 0) {
    throw new Error(
      `The copy was made, and it shows that the register itself is damaged: ${count(broken.length, 'chain')} broken. Keep ` +
        'the backups made before; certloop restore refuses these programs.',
    );
  }
  console.log(
    'Every chain of the copy is whole. Mails, tokens and read tables are in it; Temporal is not and need not be.',
  );
}

/** Copies the database of a url into a folder, under a name with the moment, or to a file. */
export async function backUpTo(
  databaseUrl: string,
  where: string,
  now: Date,
): Promise<{ file: string; results: VerifyResult[] }> {
  if (!databaseUrl.startsWith('sqlite:')) {
    throw new Error(
      'The register is on PostgreSQL, which has its own tools: run pg_dump (it is consistent while everything runs), and ' +
        'certloop verify on a database that it was restored into.',
    );
  }
  const source = fileOf(databaseUrl);
  if (!existsSync(source))
    throw new Error(`There is no database ${source}: check CERTLOOP_DATA_DIR or CERTLOOP_DATABASE_URL.`);
  const isFolder = /[\\/]$/.test(where) || statSync(where, { throwIfNoEntry: false })?.isDirectory();
  const moment = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const file = resolve(isFolder ? join(where, `certloop-${moment}.db`) : where);
  return { file, results: await backUp(source, file) };
}

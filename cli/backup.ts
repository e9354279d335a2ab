import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { loadSettings, type Settings } from '../config/settings.ts';
import { backUp, filesOfDatabase } from '../db/backup.ts';
import { fileOf } from '../db/connect.ts';
import type { VerifyResult } from '../db/types.ts';
import { folderOf } from '../files/open.ts';
import { folderStore } from '../files/stores/folder.ts';
import { copyFiles } from './files.ts';
import { count } from './run/count.ts';
import { openStore } from './run/files.ts';

/**
 * `certloop backup`: a consistent copy of the register while everything runs, and of the files that it names; ends with status
 * 1 when it cannot be relied on.
 */
export async function backupCommand(where: string): Promise<void> {
  const settings = loadSettings(process.env);
  const { file, results } = await backUpTo(settings.databaseUrl, where, new Date());
  const records = results.reduce((sum, result) => sum + result.records, 0);
  console.log(`${file}: ${count(results.length, 'program')} with ${count(records, 'record')}`);
  const broken = results.filter(({ ok }) => !ok);
  for (const { programId, brokenAt } of broken)
    console.log(`${programId}: BROKEN at record ${brokenAt?.seq}: ${brokenAt?.reason}`);
  const lost = await backUpFiles(settings, file);
  const problems = [
    ...(broken.length > 0
      ? [
          `The copy was made, and it shows that the register itself is damaged: ${count(broken.length, 'chain')} broken. Keep ` +
            'the backups made before; certloop restore refuses these programs.',
        ]
      : []),
    ...(lost > 0 ? [`${count(lost, 'file')} not in the backup: missing or changed where they are kept.`] : []),
  ];
  if (problems.length > 0) throw new Error(problems.join(' '));
  console.log(
    'Every chain of the copy is whole. Mails, tokens and read tables are in it; Temporal is not and need not be.',
  );
}

/** Copies what the copy of a database names into the folder `files` beside it, which backups share. Gives how many are lost. */
async function backUpFiles(settings: Settings, copy: string): Promise<number> {
  const files = await filesOfDatabase(copy);
  if (files.length === 0) return 0;
  const folder = join(dirname(copy), 'files');
  if (settings.filesUrl.startsWith('file:') && folderOf(settings.filesUrl) === folder) {
    throw new Error(`The files are in ${folder} themselves: make the backup in another folder, best on another disk.`);
  }
  const source = fileOf(settings.databaseUrl);
  const isErased = async (sha256: string) => (await filesOfDatabase(source)).every((file) => file.sha256 !== sha256);
  const store = await openStore(settings);
  try {
    const { copied, there, lost } = await copyFiles(store, folderStore(folder), files, isErased);
    for (const { file, is } of lost) console.log(`${file.sha256}: ${is.toUpperCase()}, not in the backup`);
    console.log(`${folder}: ${count(copied + there, 'file')}, ${copied} of them new; each was read and has its hash`);
    return lost.length;
  } finally {
    store.close();
  }
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

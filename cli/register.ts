import { loadSettings } from '../config/settings.ts';
import { rebuild } from '../db/rebuild.ts';
import type { Comparison, Database, VerifyResult } from '../db/types.ts';
import { checked, countUnnamed, type NamedFile, namedFiles, told } from './files.ts';
import { type Against, compareAgainst } from './run/against.ts';
import { count } from './run/count.ts';
import { eachProgram, type Outcome, problemsOf, reasonOf, type Telling, tellOutcomes } from './run/eachProgram.ts';
import { openStore } from './run/files.ts';
import { withDatabase, withNewDatabase } from './run/withDatabase.ts';

/** `certloop migrate`: opening a database migrates it, and makes it where there is none. */
export async function migrateCommand(): Promise<void> {
  await withNewDatabase(async (database) => {
    const programs = await database.register.programIds();
    console.log(`The database is up to date and holds ${count(programs.length, 'program')}.`);
  });
}

/**
 * `certloop verify`: checks the chains, compares columns and read tables with the records, and reads every file that they name; with
 * checkpoints, compares the register with them. Ends with status 1 when something is not as it should be or cannot be checked,
 * and says what.
 */
export async function verifyCommand(programs: string[], against: Against = {}): Promise<void> {
  await withDatabase(async (database) => {
    const files: NamedFile[] = [];
    const chains: VerifyResult[] = [];
    const comparison = await database.comparison();
    const checking = eachOf(database, programs, async (programId) => {
      const chain = await database.register.verify(programId);
      chains.push(chain);
      const { ok, records, brokenAt } = chain;
      const broken = `BROKEN at record ${brokenAt?.seq}: ${brokenAt?.reason}`;
      const found = ok ? `${count(records, 'record')}, unbroken` : broken;
      files.push(...(await filesNamed(database, programId, ok, found)));
      if (!ok) return { programId, outcome: 'broken', detail: broken };
      return differing(comparison, programId, found);
    });
    const problems = await problemsOf(tellOutcomes(checking, verifying, (line) => console.log(line))).finally(() =>
      comparison.close(),
    );
    problems.push(...(await compareAgainst(database, against, chains, programs)));
    if (programs.length === 0) problems.push(...(await verifyInstallation(database)));
    const lost = await verifyFiles(database, files, programs.length === 0);
    if (lost > 0)
      problems.push(`${count(lost, 'file')} missing or changed: put them back from a backup, by their hashes.`);
    if (problems.length > 0) throw new Error(problems.join(' '));
  });
}

/** The chain of the installation itself, and its tokens, accounts and passkeys beside it. Gives what is to be done about them. */
async function verifyInstallation({ installation }: Database): Promise<string[]> {
  const { ok, records, reason } = await installation.verify();
  const differences = ok ? await installation.differences() : [];
  const found = ok ? `${count(records, 'record')}, unbroken` : `BROKEN after record ${records}: ${reason}`;
  console.log(`The installation: ${found}${differences.length > 0 ? ', but DIFFERS beside its chain:' : ''}`);
  for (const line of differences.slice(0, mostLines)) console.log(`  ${line}`);
  if (differences.length > mostLines) console.log(`  and ${differences.length - mostLines} more`);
  if (!ok) {
    return [
      'The records of the installation were changed: restore the database from a backup, and look through its tokens.',
    ];
  }
  if (differences.length === 0) return [];
  return [
    'Tokens, accounts or passkeys were changed past Certloop, or by an earlier version that ran beside: find out who did it, revoke such ' +
      'tokens ("certloop token revoke"), remove or put such accounts anew, and have their people remove such passkeys (/settings/passkeys).',
  ];
}

/** Of a program that differs in everything, the first lines say enough. */
const mostLines = 20;

async function differing(
  comparison: Comparison,
  programId: string,
  found: string,
): Promise<Outcome<'whole' | 'differs'>> {
  const differences = await comparison.differences(programId).catch((error: unknown) => {
    throw new Error(`${found}, but nothing can be compared with its records: ${reasonOf(error)}`, { cause: error });
  });
  if (differences.length === 0) return { programId, outcome: 'whole', detail: found };
  const more = differences.length > mostLines ? [`and ${differences.length - mostLines} more`] : [];
  const lines = [...differences.slice(0, mostLines), ...more].map((line) => `\n  ${line}`).join('');
  return { programId, outcome: 'differs', detail: `${found}, but DIFFERS beside its chain:${lines}` };
}

const verifying: Telling<'whole' | 'broken' | 'differs'> = {
  counted: [
    ['whole', 'whole'],
    ['broken', 'broken'],
    ['differs', 'different beside the chain'],
    ['failed', 'not readable'],
    ['untried', 'not checked'],
  ],
  left: {
    broken: 'A broken chain: restore the database from a backup made before, and find out who changed it.',
    differs:
      'Rows beside a chain that are not as its records give them: after an upgrade run "certloop rebuild" once, which writes the ' +
      'rows of earlier versions anew, and verify again. Otherwise find out who changed them: rebuild mends read tables, and ' +
      'columns of records come back from a backup.',
    failed: '',
    untried: 'The database went away and did not come back: see that it runs.',
  },
  done: 'found whole',
  nothing: 'nothing to check',
  again: '',
};

/** The files that a program names; says how its chain was found when they cannot be found out. */
async function filesNamed(
  database: Database,
  programId: string,
  isWhole: boolean,
  found: string,
): Promise<NamedFile[]> {
  try {
    return await namedFiles(database, programId, isWhole);
  } catch (error) {
    throw new Error(`${found}, but what it names cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}

/** Gives how many files are not what was taken. */
async function verifyFiles(database: Database, files: NamedFile[], isAll: boolean): Promise<number> {
  const store = await openStore(loadSettings(process.env));
  try {
    let lost = 0;
    for await (const { file, is } of checked(store, files)) {
      if (is === 'whole') continue;
      lost++;
      console.log(told(file, is));
    }
    if (files.length > 0)
      console.log(`${count(files.length, 'file')} read, ${lost === 0 ? 'all whole' : `${lost} missing or changed`}.`);
    const unnamed = isAll ? await countUnnamed(database, store) : 0;
    if (unnamed > 0) {
      console.log(
        `${count(unnamed, 'file')} kept that no program has: of an upload that was cut off, or newer than the database.`,
      );
    }
    return lost;
  } finally {
    store.close();
  }
}

/** `certloop rebuild`: the read tables anew from the records; a program with a broken chain is left as it is. */
export async function rebuildCommand(programs: string[]): Promise<void> {
  await withDatabase(async (database) => {
    const rebuilding = eachOf(database, programs, async (programId) => {
      const { ok, brokenAt } = await database.register.verify(programId);
      if (!ok) {
        const detail = `REFUSED, left as it is: BROKEN at record ${brokenAt?.seq}: ${brokenAt?.reason}`;
        return { programId, outcome: 'broken', detail };
      }
      const { records } = await rebuild(database, programId);
      return { programId, outcome: 'rebuilt', detail: `read tables rebuilt from ${count(records, 'record')}` };
    });
    await tellOutcomes(rebuilding, beingRebuilt, (line) => console.log(line));
  });
}

const beingRebuilt: Telling<'rebuilt' | 'broken'> = {
  counted: [
    ['rebuilt', 'rebuilt'],
    ['broken', 'refused for a broken chain'],
    ['failed', 'failed'],
    ['untried', 'not tried'],
  ],
  left: {
    broken: 'The records of a broken chain cannot be trusted.',
    failed: 'What failed is left as it was.',
    untried: 'The database went away and did not come back: see that it runs.',
  },
  done: 'rebuilt',
  nothing: 'nothing to rebuild',
  again: '',
};

/** All programs, or those named, one after the other. */
async function* eachOf<T extends string>(
  database: Database,
  named: readonly string[],
  work: (programId: string) => Promise<Outcome<T>>,
): AsyncGenerator<Outcome<T>> {
  const known = await database.register.programIds();
  yield* eachProgram<T>({
    programIds: named.length > 0 ? [...new Set(named)] : known,
    atOnce: 1,
    work: (programId) => {
      if (known.includes(programId)) return work(programId);
      throw new Error(`the register holds no such program; it holds ${known.join(', ') || 'none'}`);
    },
    reachable: () => database.ping(),
  });
}

import { rebuild } from '../db/rebuild.ts';
import type { Database } from '../db/types.ts';
import { withDatabase, withNewDatabase } from './run/withDatabase.ts';

/** `certloop migrate`: opening a database migrates it, and makes it where there is none. */
export async function migrateCommand(): Promise<void> {
  await withNewDatabase(async (database) => {
    const programs = await database.register.programIds();
    console.log(`The database is up to date and holds ${count(programs.length, 'program')}.`);
  });
}

/** `certloop verify`: checks the chains; ends with status 1 when one is broken, and says where. */
export async function verifyCommand(programs: string[]): Promise<void> {
  await withDatabase(async (database) => {
    let broken = 0;
    const checked = await chosen(database, programs);
    for (const programId of checked) {
      const { ok, records, brokenAt } = await database.register.verify(programId);
      if (!ok) broken++;
      const found = ok
        ? `${count(records, 'record')}, unbroken`
        : `BROKEN at record ${brokenAt?.seq}: ${brokenAt?.reason}`;
      console.log(`${programId}: ${found}`);
    }
    console.log(`${count(checked.length, 'chain')} checked, ${broken === 0 ? 'all whole' : `${broken} broken`}.`);
    if (broken > 0) {
      throw new Error(
        `${count(broken, 'chain')} broken: restore the database from a backup made before, and find out who changed it.`,
      );
    }
  });
}

/** `certloop rebuild`: the read tables anew from the records; a program with a broken chain is left as it is. */
export async function rebuildCommand(programs: string[]): Promise<void> {
  await withDatabase(async (database) => {
    let refused = 0;
    const asked = await chosen(database, programs);
    for (const programId of asked) {
      const { ok, brokenAt } = await database.register.verify(programId);
      if (ok) {
        const { records } = await rebuild(database, programId);
        console.log(`${programId}: read tables rebuilt from ${count(records, 'record')}`);
      } else {
        refused++;
        console.log(`${programId}: REFUSED, left as it is: BROKEN at record ${brokenAt?.seq}: ${brokenAt?.reason}`);
      }
    }
    console.log(`${asked.length - refused} of ${count(asked.length, 'program')} rebuilt.`);
    if (refused > 0)
      throw new Error(`${count(refused, 'program')} not rebuilt: the records of a broken chain cannot be trusted.`);
  });
}

async function chosen(database: Database, programs: string[]): Promise<string[]> {
  const known = await database.register.programIds();
  const unknown = programs.find((id) => !known.includes(id));
  if (unknown) throw new Error(`The register holds no program ${unknown}; it holds ${known.join(', ') || 'none'}.`);
  return programs.length > 0 ? programs : known;
}

export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

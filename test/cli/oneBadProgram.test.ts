import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { rebuildCommand, verifyCommand } from '../../cli/register.ts';
import { report, restoreAll } from '../../cli/restore.ts';
import { eachProgram, type Outcome } from '../../cli/run/eachProgram.ts';
import { makeCurrent, moveAll, versionOf } from '../../cli/upgrade.ts';
import { tellStory } from '../api/support/story.ts';
import { keys } from '../support/keys.ts';
import { quietRuntime } from '../support/quietRuntime.ts';
import { onTables, rewriteChain } from '../support/rewriteChain.ts';
import { beginningNow } from '../workflows/support/people.ts';
import { openStage, type Stage } from '../workflows/support/stage.ts';
import { said } from './support/said.ts';

let stage: Stage;

beforeAll(async () => {
  quietRuntime('ERROR');
  stage = await openStage({ address: inject('temporalAddress'), bundle: inject('workflowBundle') });
});

afterAll(() => stage?.close());

const ids = ['a-large', 'b-no-json', 'c-newer', 'd-no-fold', 'e-no-row', 'f-no-doc', 'g-whole'] as const;

/** What Temporal keeps is compressed: only chance stays as large as it is. */
const incompressible = randomBytes(3_000_000).toString('base64');

/** One program of each kind that cannot be started, whose chains are whole but for the one without a row; and one that can. */
async function badPrograms(): Promise<Record<(typeof ids)[number], string>> {
  const named = Object.fromEntries(ids.map((id) => [id, `${id}-${stage.taskQueue.slice(-6)}`]));
  for (const id of Object.values(named)) await tellStory(stage.database, { id });
  const rewrite = (id: string, change: (payload: string) => string) =>
    rewriteChain(stage.databaseUrl, named[id]!, (payload, seq) => (seq === 1 ? change(payload) : payload));
  await rewrite('a-large', (payload) => payload.replace('The assistant', incompressible));
  await rewrite('b-no-json', () => 'no JSON');
  await rewrite('c-newer', (payload) => payload.replace('"ProgramStarted"', '"ProgramConceived"'));
  await rewrite('d-no-fold', (payload) => payload.replace('"definition"', '"definitely"'));
  await onTables(stage.databaseUrl, async (tables) => {
    await tables('programs').where({ id: named['e-no-row'] }).delete();
    await tables('programs').where({ id: named['f-no-doc'] }).update({ doc: 'no JSON' });
  });
  return named as Record<(typeof ids)[number], string>;
}

test('restore, verify and rebuild go on past every kind of bad program, and say of each what it is', async () => {
  const named = await badPrograms();
  const folder = stage.databaseUrl.slice('sqlite:'.length, -'/test.db'.length);
  const env = { CERTLOOP_DATA_DIR: folder, CERTLOOP_DATABASE_URL: stage.databaseUrl };

  const lines: string[] = [];
  const restoring = () =>
    report(restoreAll(stage.client, stage.database, keys, stage.taskQueue), (line) => lines.push(line));
  await expect(restoring()).rejects.toThrow(/^5 programs not restored: /);
  const of = (id: keyof typeof named) => lines.find((line) => line.startsWith(named[id]));
  expect(of('a-large')).toMatch(/FAILED: .*(size|large|limit)/i);
  expect(of('b-no-json')).toMatch(/FAILED: .*JSON/);
  expect(of('c-newer')).toContain('FAILED: The first record is ProgramConceived');
  expect(of('d-no-fold')).toContain('FAILED: ');
  expect(of('e-no-row')).toContain('REFUSED: the chain is broken');
  expect(of('f-no-doc')).toContain('restored in gapAssessment');
  expect(of('g-whole')).toContain('restored in gapAssessment');
  expect(lines.at(-1)).toBe('7 programs: 2 restored, 1 refused for a broken chain, 4 failed.');
  // It can be done again.
  await expect(restoring()).rejects.toThrow(/^5 programs not restored: /);
  expect(lines.at(-1)).toBe('7 programs: 2 left alone, for it runs already, 1 refused for a broken chain, 4 failed.');

  const verified = await said(() => verifyCommand([]), env);
  expect(verified.stdout).toContain(`${named['b-no-json']}: FAILED: `);
  expect(verified.stdout).toContain(`${named['e-no-row']}: BROKEN`);
  expect(verified.stdout).toMatch(new RegExp(`${named['g-whole']}: \\d+ records?, unbroken`));
  expect(verified.stdout).toContain(`${named['c-newer']}: FAILED: 1 record, unbroken, but nothing can be compared`);
  expect(verified.stdout).toContain(`${named['f-no-doc']}: 1 record, unbroken, but DIFFERS`);
  expect(verified.stdout).toContain('7 programs: 2 whole, 1 broken, 1 different beside the chain, 3 not readable.');
  expect(verified.stderr).toMatch(/^5 programs not found whole: /);

  const rebuilt = await said(() => rebuildCommand([]), env);
  expect(rebuilt.stdout).toMatch(/7 programs: 3 rebuilt, 1 refused for a broken chain, 3 failed\./);
  expect(rebuilt.stderr).toMatch(/^4 programs not rebuilt: /);
  await onTables(stage.databaseUrl, async (tables) => {
    await tables('records').delete();
    await tables('programs').delete();
  });
}, 60_000);

test('upgrade moves all that can move, past one that was terminated and one that does not answer', async () => {
  const { client, database, taskQueue } = stage;
  await stage.work(database, '1');
  await makeCurrent(client, '1', taskQueue);
  const programs = await Promise.all([1, 2, 3, 4].map(() => stage.start(beginningNow())));
  const [terminated, silent, ...moving] = programs as [(typeof programs)[0], (typeof programs)[0]];
  await terminated.handle.terminate('by somebody');
  await silent.handle.terminate('to be where nobody works');
  for await (const _ of restoreAll(client, { ...database, register: of(silent.id) }, keys, `${taskQueue}-of-nobody`));
  await stage.work(database, '2');
  await makeCurrent(client, '2', taskQueue);

  const results: Record<string, Outcome> = {};
  for await (const one of moveAll(client, database, keys, '2')) results[one.programId] = one;
  expect(results[terminated.id]).toMatchObject({ outcome: 'lost', detail: expect.stringContaining('TERMINATED') });
  expect(results[silent.id]).toMatchObject({ outcome: 'unmanned', detail: expect.stringContaining('no worker') });
  for (const { id } of moving as { id: string }[]) {
    expect(results[id]).toMatchObject({ outcome: 'moved' });
    expect(await versionOf(client, id)).toBe('2');
  }

  function of(id: string) {
    return { ...database.register, programIds: async () => [id] };
  }
}, 90_000);

test('a service that is away for a moment is waited for; one that stays away leaves the rest untried', async () => {
  let away = false;
  let failing = 0;
  const work = async (programId: string): Promise<Outcome<'done'>> => {
    if (programId === 'c' && failing++ === 0) away = true;
    if (away) throw new Error(`no answer for ${programId}`);
    return { programId, outcome: 'done', detail: 'done' };
  };
  const round = (reachable: () => Promise<void>) => ({
    programIds: ['a', 'b', 'c', 'd'],
    atOnce: 1,
    work,
    reachable,
    waitMs: 1_500,
  });
  const all = async (reachable: () => Promise<void>) => {
    const results: string[] = [];
    for await (const { outcome } of eachProgram<'done'>(round(reachable))) results.push(outcome);
    return results;
  };
  let asked = 0;
  const back = async () => {
    if (asked++ === 0) throw new Error('away');
    away = false;
  };
  expect(await all(back)).toEqual(['done', 'done', 'done', 'done']);
  failing = 0;
  expect(await all(() => Promise.reject(new Error('away')))).toEqual(['done', 'done', 'untried', 'untried']);
});

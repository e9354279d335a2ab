import { randomUUID } from 'node:crypto';
import knex, { type Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UserCommand } from '../../domain/registry.ts';
import { behindQuery } from '../../workflows/messages.ts';
import { toGapAssessment } from './support/paths.ts';
import { manager, owner } from './support/people.ts';
import { stageOfFile } from './support/stageOfFile.ts';
import { untilAnswered } from './support/untilAnswered.ts';

// The worker warns of activities that fail.
const stage = stageOfFile('ERROR');
let tables: Knex;

beforeAll(() => {
  const filename = stage.databaseUrl.slice('sqlite:'.length);
  tables = knex({ client: 'sqlite3', connection: { filename }, useNullAsDefault: true });
});
afterAll(() => tables.destroy());

/** Has the database refuse records that hold a text, as a constraint would; gives what ends it. */
async function refusing(text: string): Promise<() => Promise<void>> {
  const name = `refuses_${randomUUID().slice(0, 8)}`;
  const when = `new.payload like '%${text}%'`;
  await tables.raw(
    `create trigger ${name} before insert on records when ${when} begin select raise(abort, 'not this'); end`,
  );
  return async () => {
    await tables.raw(`drop trigger ${name}`);
  };
}

const task = (title: string): UserCommand => ({ type: 'openTask', title, assignee: owner, dueOn: '2032-02-02' });

test('what comes while a table is not there waits for it, and is recorded then', async () => {
  const program = await stage.start();
  await toGapAssessment(program);
  await tables.raw('alter table record_names rename to elsewhere');
  const sent = untilAnswered(() => program.send(manager, task('patient'), 'patient'));
  const lacking = 'The database is not as this version needs it';
  await expect.poll(() => program.handle.query(behindQuery)).toContain(lacking);
  const other = () => program.send(manager, task('told why'));
  await expect(other()).rejects.toMatchObject({ status: 503, message: expect.stringContaining(lacking) });
  await tables.raw('alter table elsewhere rename to record_names');
  expect(await sent).toMatchObject({ firstSeq: expect.any(Number) });
  expect(await untilAnswered(other)).toMatchObject({ firstSeq: expect.any(Number) });
  expect(await program.recordsOf('CommandRejected')).toEqual([]);
});

describe('what the database refuses', () => {
  test('of a command fails that command, which is recorded; the lock is free and the program goes on', async () => {
    const end = await refusing('unspeakable');
    const program = await stage.start();
    await toGapAssessment(program);

    const refusal = await program.refusal(manager, task('unspeakable 1'));
    expect(refusal).toMatchObject({ status: 409, code: 'storage', message: expect.stringContaining('not this') });
    expect(refusal.message).toContain('Nothing of it is recorded');
    await expect(program.bulk(manager, [task('fine'), task('unspeakable 2')])).rejects.toMatchObject({
      code: 'storage',
    });
    await program.signal({ commandId: 'signaled', actor: { email: manager }, command: task('unspeakable 3') });
    await program.send(manager, task('spoken'));

    const noted = await program.recordsOf('CommandRejected');
    expect(noted.map(({ data }) => data.code)).toEqual(['storage', 'storage', 'storage']);
    expect(noted.at(-1)?.data).toMatchObject({ commandId: 'signaled', commandType: 'openTask', sentBy: manager });
    const titles = (await program.recordsOf('TaskOpened')).map(({ data }) => data.task.title);
    expect(titles.filter((title) => title.includes('speak'))).toHaveLength(0);
    expect(titles).toContain('spoken');
    expect(await stage.database.register.verify(program.id)).toMatchObject({ ok: true });
    await end();
  });

  test('of a command and of the record of its refusal alike ends neither the program nor the lock', async () => {
    const program = await stage.start();
    await toGapAssessment(program);
    const end = await refusing(`"actor":"`);
    expect(await program.refusal(manager, task('anything'))).toMatchObject({ code: 'storage' });
    await end();
    expect(await program.send(manager, task('anything'))).toMatchObject({ firstSeq: expect.any(Number) });
  });

  test('of a step of its own is told once and tried again, and commands go on meanwhile', async () => {
    const program = await stage.start();
    await toGapAssessment(program);
    await program.send(manager, { ...task('due'), dueOn: '2030-03-01' } as UserCommand);
    const end = await refusing('"type":"TaskReminded"');
    await program.advanceTo('2030-02-27');
    await program.send(manager, task('meanwhile'));
    await program.send(manager, task('meanwhile too'));

    const noted = await program.recordsOf('CommandRejected');
    expect(noted).toHaveLength(1);
    expect(noted[0]?.data).toMatchObject({ commandType: 'tick', sentBy: 'system', code: 'ownStep' });
    expect((await program.handle.describe()).status.name).toBe('RUNNING');
    expect(await program.recordsOf('TaskReminded')).toEqual([]);

    await end();
    await program.advanceTo('2030-03-04');
    expect(await program.recordsOf('TaskReminded')).not.toEqual([]);
    await program.send(manager, task('after'));
    expect(await program.recordsOf('CommandRejected')).toHaveLength(1);
  });

  test('of a start is told to who starts, and its id can be used again', async () => {
    const end = await refusing('Unstartable');
    const program = stage.program({ name: 'Unstartable' });
    const start = () => stage.gateway.start(program.definition, { email: manager }, randomUUID());
    await expect(start()).rejects.toMatchObject({ status: 409, code: 'storage' });
    await end();
    expect(await start()).toMatchObject({ firstSeq: 1 });
  });
});

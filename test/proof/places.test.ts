import { mkdir, mkdtemp, readdir, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyCommand } from '../../cli/register.ts';
import { makerOf, startCheckpoints } from '../../cli/run/checkpoints.ts';
import { loadSettings } from '../../config/settings.ts';
import { openDatabase } from '../../db/connect.ts';
import type { Database } from '../../db/types.ts';
import { readCheckpoint } from '../../proof/checkpoint.ts';
import { checkpointNow, checkpointWhenDue, writeLeft } from '../../proof/maker.ts';
import { readAgainst } from '../../proof/open.ts';
import { seriesOf } from '../../proof/series.ts';
import { begun, tellStory } from '../api/support/story.ts';
import { said } from '../cli/support/said.ts';
import { type S3Server, startS3 } from '../files/support/s3Server.ts';
import { type MailServer, startMailServer } from '../support/mailServer.ts';

let folder: string;
let database: Database;
let s3: S3Server;
let mail: MailServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certloop-places-'));
  [s3, mail] = await Promise.all([startS3(), startMailServer()]);
});

afterAll(async () => {
  await database?.close();
  await Promise.all([s3?.stop(), mail?.close()]);
  await rm(folder, { recursive: true, force: true });
});

/** The settings of an installation of its own with these places. */
async function installation(name: string, places: string) {
  await database?.close();
  const env = {
    CERTLOOP_DATA_DIR: join(folder, name),
    CERTLOOP_CHECKPOINTS_URL: places,
    CERTLOOP_SMTP_URL: mail.url,
    CERTLOOP_DATABASE_URL: `sqlite:${folder}/${name}/certloop.db`,
  };
  const settings = loadSettings(env);
  database = await openDatabase(settings.databaseUrl);
  await tellStory(database, { id: 'aims' }, begun);
  return { env, settings, maker: (await makerOf(settings, database))! };
}

test('a bucket has each once, and the register is compared with what is in it', async () => {
  // The server takes the request for a lock and does not know the lock itself.
  const place = s3.url.replace('/certloop/files?', '/proofs?lock=3650&');
  const { env, maker } = await installation('bucket', place);
  const first = await checkpointNow(maker, '2030-01-07T14:00:00.000Z');
  await maker.places[0]!.write(first!);
  await checkpointNow(maker, '2030-01-08T14:00:00.000Z');
  expect((await s3.objects()).sort()).toEqual(['certloop-checkpoint-000001.json', 'certloop-checkpoint-000002.json']);
  const against = () => said(() => verifyCommand([], { against: place }), env);
  expect(await against()).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('aims: 4 records as in checkpoint 2'),
  });
  await s3.overwrite('certloop-checkpoint-000002.json', Buffer.from('{}'));
  expect((await against()).stdout).toContain('certloop-checkpoint-000002.json: it is no checkpoint');
  await expect(maker.places[0]!.write((await checkpointOf(2))!)).rejects.toThrow('is not written over');
});

const checkpointOf = async (number: number) => {
  const kept = (await database.checkpoints.all()).find((one) => one.number === number);
  return kept && readCheckpoint(kept.text);
};

test('a mail has it attached, under a Message-ID of its own', async () => {
  const { env, maker } = await installation('mail', 'mailto:auditor@example.org');
  const made = await checkpointNow(maker, '2030-01-07T14:00:00.000Z');
  const [letter] = mail.received;
  expect(letter).toMatchObject({ subject: 'Certloop checkpoint 1', envelopeTo: ['auditor@example.org'] });
  const attached = Buffer.from(letter!.attachments[0]!.content as ArrayBuffer).toString();
  expect(readCheckpoint(attached)).toEqual(made);
  expect(letter!.text).toContain(made!.checkpoint.publicKey);
  expect(letter!.messageId).toContain(`checkpoint-${made!.checkpoint.installation}-1@`);
  const file = join(folder, 'attached.json');
  await writeFile(file, attached);
  expect(await said(() => verifyCommand([], { against: file }), env)).toMatchObject({ status: 0 });
});

test('workers that find one due at the same moment make one, and the next is due when its hours are over', async () => {
  const { settings, maker } = await installation('workers', `file:${folder}/of-workers`);
  const others = await Promise.all([1, 2, 3].map(() => openDatabase(settings.databaseUrl)));
  const makers = [maker, ...others.map(({ checkpoints }) => ({ ...maker, table: checkpoints }))];
  const made = await Promise.all(makers.map((one) => checkpointWhenDue(one, 24)));
  expect(made.filter((one) => one !== undefined)).toHaveLength(1);
  expect(await Promise.all(makers.map((one) => checkpointWhenDue(one, 24)))).toEqual(Array(4).fill(undefined));
  expect(await readdir(`${folder}/of-workers`)).toEqual(['certloop-checkpoint-000001.json']);
  for (const [name, mode] of [
    ['', 0o700],
    ['/certloop-checkpoint-000001.json', 0o600],
  ] as const)
    expect((await stat(`${folder}/of-workers${name}`)).mode & 0o777).toBe(mode);
  expect(await readdir(join(folder, 'workers'))).toContain('checkpoint.key');
  await Promise.all(others.map((one) => one.close()));
});

test('what could not be written is written later, by whichever worker is there', async () => {
  const place = s3.url.replace('/certloop/files?', '/later?');
  const { settings, maker } = await installation(
    'later',
    `file:${folder}/later-folder ${place.replace(/:\d+$/, ':1')}`,
  );
  await expect(checkpointNow(maker, '2030-01-07T14:00:00.000Z')).rejects.toThrow();
  const back = (await makerOf({ ...settings, checkpointsUrl: `file:${folder}/later-folder` }, database))!;
  await expect(checkpointNow(back, '2030-01-07T14:01:00.000Z')).resolves.toBeDefined();
  await writeLeft(back, new Date('2030-01-07T14:10:00.000Z'));
  expect(await database.checkpoints.unwritten('2031-01-01T00:00:00.000Z')).toEqual([]);
});

test('a worker makes the first as it starts, and goes on when it cannot', async () => {
  const { settings } = await installation('worker', `file:${folder}/of-worker`);
  const part = await startCheckpoints(settings, database, pino({ level: 'silent' }));
  await part.stop();
  expect(await readdir(`${folder}/of-worker`)).toEqual(['certloop-checkpoint-000001.json']);
  const nowhere = await startCheckpoints(
    { ...settings, checkpointKeyFile: '/proc/none' },
    database,
    pino({ level: 'silent' }),
  );
  await nowhere.stop();
  expect(
    await startCheckpoints({ ...settings, checkpointsUrl: null }, database, pino({ level: 'silent' })),
  ).toBeDefined();
});

test('what cannot be read in a folder, or is no file, is named, and the others are read', async () => {
  const { maker } = await installation('unread', `file:${folder}/unread-folder`);
  const made = await checkpointNow(maker, '2030-01-07T14:00:00.000Z');
  const at = (number: number) => join(folder, 'unread-folder', `certloop-checkpoint-00000${number}.json`);
  await symlink('/nowhere', at(2));
  await mkdir(at(3));
  await writeFile(at(4), '');
  await truncate(at(4), 3 * 2 ** 30);
  const { found } = await readAgainst(join(folder, 'unread-folder'));
  expect(found.map(({ unread }) => unread)).toEqual([
    undefined,
    expect.stringMatching(/^it cannot be read: ENOENT/),
    'it is no file',
    expect.stringMatching(/^it is no checkpoint: it has \d+ bytes$/),
  ]);
  const { publicKey, installation: of } = made!.checkpoint;
  const { checkpoints, problems } = seriesOf(found, [publicKey], of, true);
  expect(checkpoints).toHaveLength(1);
  expect(problems).toHaveLength(3);
});

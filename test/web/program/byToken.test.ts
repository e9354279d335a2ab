import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProgramRecord } from '../../../domain/registry.ts';
import { startBody } from '../../api/support/story.ts';
import { who } from '../../domain/support.ts';
import { type WebServer, webServer } from '../support/webServer.ts';

let web: WebServer;
const program = '/v1/programs/by-token';

beforeAll(async () => {
  web = await webServer({ 'by-token': 'implementation' }, { live: true });
}, 300_000);

afterAll(() => web?.close());

const asManager = () => web.server.as(who.manager);
const lastOf = async (programId: string) => (await web.server.database.register.records(programId)).at(-1)!;

/** The id of the token with which the manager calls. */
async function tokenId(): Promise<string> {
  const { items } = (await asManager().get('/v1/tokens')).body;
  return items[0].id;
}

test('what came by a token names it, by its id alone: in the record, over the API and on its page', async () => {
  const secret = await asManager().token();
  const task = { title: 'Write it down', assignee: who.owner, dueOn: '2099-07-01' };
  const { body } = await asManager().post(`${program}/tasks`, task);
  const { body: record } = await asManager().get(`${program}/records/${body.firstSeq}`);
  expect(record).toMatchObject({ actor: who.manager, tokenId: await tokenId() });
  expect(JSON.stringify(record)).not.toContain(secret);

  const visitor = await web.signedIn(who.manager);
  await visitor.open(`/programs/by-token/records/${body.firstSeq}`);
  expect(visitor.text).toContain(`By token ${await tokenId()}`);
});

test('each of many commands in one call names it too, and so does the start of a program', async () => {
  const task = { title: 'Write it down', assignee: who.owner, dueOn: '2099-07-01' };
  const commands = [1, 2].map(() => ({ type: 'openTask', ...task }));
  const { status, body } = await asManager().post(`${program}/commands`, { commands });
  expect(status).toBe(200);
  const many = await web.server.database.register.command('by-token', body.commandId);
  expect(many?.map((one) => one.tokenId)).toEqual([await tokenId(), await tokenId()]);

  const start = { ...startBody(), id: 'by-token-started' };
  const manager = start.people.find(({ roles }) => roles.includes('programManager'))!.email;
  expect((await web.server.as(manager).post('/v1/programs', start)).status).toBe(201);
  const [first] = await web.server.database.register.records('by-token-started');
  const { items } = (await web.server.as(manager).get('/v1/tokens')).body;
  expect(first).toMatchObject({ type: 'ProgramStarted', tokenId: items[0].id });
});

test('what came by a page, or by the program itself, names none; and the chain covers the name', async () => {
  const visitor = await web.signedIn(who.manager);
  await visitor.open('/programs/by-token/do/pause');
  await visitor.send('data-command="pause"', { reason: 'A holiday.' });
  const paused = await lastOf('by-token');
  expect(paused).toMatchObject({ type: 'ProgramPaused', actor: who.manager });
  expect(paused).not.toHaveProperty('tokenId');
  await visitor.open(`/programs/by-token/records/${paused.seq}`);
  expect(visitor.text).not.toContain('By token');

  const { register } = web.server.database;
  const own = (await register.records('by-token-started')).filter(({ actor }: ProgramRecord) => actor === 'system');
  expect(own.filter((record) => 'tokenId' in record)).toEqual([]);
  expect(await register.verify('by-token')).toMatchObject({ ok: true });
});

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { withoutAddresses } from '../../cli/run/addresses.ts';
import { fileLog } from '../../cli/run/log.ts';
import { loadSettings } from '../../config/settings.ts';

const made: string[] = [];
afterAll(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));

test.each([
  '{"by":"kim@example.com"}',
  '{"url":"/v1/accounts/kim%40example.com?x=1"}',
  '{"err":{"message":"550 5.1.1 <Kim.O+x@mail.example.com>: no such mailbox"}}',
  '{"msg":"Key (email)=(administrator@localhost) already exists."}',
  '{"to":"jürgen@bücher.example"}',
  '{"by":"kim.o\'kim@example.com"}',
  '{"err":{"message":"550 <\\"kim o\\"@example.com> is not allowed"}}',
  '{"to":"kim@[127.0.0.1]"}',
  '{"url":"/sign-in?to=%2Finstallation%2Faccounts%2Fkim%2540example.com"}',
  '{"to":"kim＠example.com"}',
])('%s is logged without its address', (line) => {
  const logged = withoutAddresses(line);
  expect(logged).not.toMatch(/[@＠]|%40|%2540|kim|jürgen|administrator/i);
  expect(JSON.parse(logged)).toBeInstanceOf(Object);
});

test('the same address has the same name, however it is written; what is none stays', () => {
  const nameOf = (text: string) => withoutAddresses(text);
  expect(nameOf('Kim@Example.com')).toBe(nameOf('kim%40example.com'));
  expect(nameOf('kim%2540example.com')).toBe(nameOf('kim@example.com'));
  expect(nameOf("'kim@example.com")).toBe(nameOf('kim@example.com'));
  expect(nameOf('kim@example.com')).not.toBe(nameOf('kim@example.org'));
  const others = 'node_modules/@fastify/busboy/index.js tick@12 client@1.24.0 postgres://certloop:***@db/certloop';
  expect(withoutAddresses(others)).toBe(others);
});

test('the log of a machine has none, whichever part of it writes', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'certloop-log-'));
  made.push(dataDir);
  const { log, file } = fileLog(loadSettings({}, { dataDir }));
  log.child({ part: 'api' }).info({ by: 'kim@example.com', url: '/programs/x/people/kim%40example.com' }, 'answered');
  log.child({ part: 'courier' }).error({ err: new Error('450 <ada@example.com> greylisted') }, 'Not accepted');
  const written = await readFile(file, 'utf8');
  expect(written).toContain('greylisted');
  expect(written).not.toMatch(/example\.com/);
});

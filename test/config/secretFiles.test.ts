import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadSettings, settingsWarnings } from '../../config/settings.ts';

const home = { HOME: '/nowhere' };

function secret(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'certloop-secrets-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

test('any setting can be in a file, without the line break at its end', () => {
  const settings = loadSettings({
    ...home,
    CERTLOOP_DATABASE_URL_FILE: secret('database-url', 'postgres://certloop:s3cret@postgres/certloop\n'),
    CERTLOOP_SMTP_URL_FILE: secret('smtp-url', 'smtps://u:p@mail.example.org:465\r\n'),
    CERTLOOP_PORT_FILE: secret('port', '8500'),
    TEMPORAL_API_KEY_FILE: secret('key', 'the key\n'),
  });
  expect(settings).toMatchObject({
    databaseUrl: 'postgres://certloop:s3cret@postgres/certloop',
    smtpUrl: 'smtps://u:p@mail.example.org:465',
    port: 8500,
    temporal: { connectionOptions: { apiKey: 'the key' } },
  });
});

test.each([
  ['is not there: check the path', () => '/nowhere/smtp-url'],
  ['is a folder: expected a file', () => tmpdir()],
  ['is empty: write the value into it', () => secret('smtp-url', '\n')],
  ['has more than one line', () => secret('smtp-url', 'smtp://a.example\nsmtp://b.example\n')],
  ['has more than 10000 characters', () => secret('smtp-url', 'x'.repeat(10_001))],
])('a file that %s is named, with its variable', (wrong, make) => {
  const file = make();
  expect(() => loadSettings({ ...home, CERTLOOP_SMTP_URL_FILE: file })).toThrow(
    `CERTLOOP_SMTP_URL_FILE names ${file}, which ${wrong}`,
  );
});

test.skipIf(process.getuid?.() === 0)('a file that may not be read is named', () => {
  const file = secret('smtp-url', 'smtp://a.example');
  chmodSync(file, 0o000);
  expect(() => loadSettings({ ...home, CERTLOOP_SMTP_URL_FILE: file })).toThrow('cannot be read by this user');
});

test('what is in a secret file is never shown, however wrong', () => {
  const file = secret('database-url', 'mysql://root:hunter2@db/certloop');
  expect(() => loadSettings({ ...home, CERTLOOP_DATABASE_URL_FILE: file })).toThrow(
    `CERTLOOP_DATABASE_URL_FILE names ${file}, which holds something else: expected sqlite:<file> or postgres://`,
  );
  expect(() => loadSettings({ ...home, CERTLOOP_DATABASE_URL_FILE: file })).not.toThrow('hunter2');
});

test('a variable and its file together are refused', () => {
  const env = { ...home, CERTLOOP_PORT: '8400', CERTLOOP_PORT_FILE: secret('port', '8500') };
  expect(() => loadSettings(env)).toThrow('CERTLOOP_PORT and CERTLOOP_PORT_FILE are both set: unset one of them.');
});

test.each([
  ['CERTLOOP_DATABSE_URL', 'CERTLOOP_DATABASE_URL'],
  ['CERTLOOP_DATABASEURL', 'CERTLOOP_DATABASE_URL'],
  ['CERTLOOP_SMTP_ULR', 'CERTLOOP_SMTP_URL'],
  ['CERTLOOP_SMTP_URL_FLIE', 'CERTLOOP_SMTP_URL_FILE'],
  ['CERTLOOP_PROT', 'CERTLOOP_PORT'],
  ['CERTLOOP-PUBLIC-URL', 'CERTLOOP_PUBLIC_URL'],
  ['certloop_public_url', 'CERTLOOP_PUBLIC_URL'],
  ['CERTLOP_PORT', 'CERTLOOP_PORT'],
  ['CERLTOOP_SMTP_URL', 'CERTLOOP_SMTP_URL'],
  ['CERTLOOPS_DATABASE_URL', 'CERTLOOP_DATABASE_URL'],
  ['CERT_LOOP_PUBLIC_URL', 'CERTLOOP_PUBLIC_URL'],
  ['CERTLOOPPORT', 'CERTLOOP_PORT'],
])('%s is refused, for %s is meant', (typed, meant) => {
  expect(() => loadSettings({ ...home, [typed]: 'x' })).toThrow(`${typed} is no setting: probably ${meant} is meant.`);
});

test('a variable that is like none may be of a newer version: it is warned of, and nothing is refused', () => {
  const env = { ...home, CERTLOOP_SOMETHING_NEW: 'x', CERTLOOP_PORT: '8400' };
  expect(loadSettings(env).port).toBe(8400);
  expect(settingsWarnings(env)).toEqual([
    'CERTLOOP_SOMETHING_NEW is no setting of this version and does nothing: "certloop settings" lists those that there are.',
  ]);
  expect(settingsWarnings({ ...home, CERTLOOP_PROT: '1' })).toEqual([]);
});

test.each([
  ['TEMPORAL_ADRESS', 'TEMPORAL_ADDRESS'],
  ['TEMPORAL_NAMESPCAE', 'TEMPORAL_NAMESPACE'],
  ['TEMPORAL_APIKEY', 'TEMPORAL_API_KEY'],
  ['TEMPROAL_ADDRESS', 'TEMPORAL_ADDRESS'],
  ['temporal_address', 'TEMPORAL_ADDRESS'],
])('%s may be read by other software: it is warned of, for %s may be meant', (typed, meant) => {
  const env = { ...home, [typed]: 'x' };
  expect(() => loadSettings(env)).not.toThrow();
  expect(settingsWarnings(env)).toEqual([`${typed} does nothing here: is ${meant} meant? Correct it if so.`]);
});

test('what other programs read is left alone, and so is all that Temporal reads', () => {
  const temporal = { TEMPORAL_TLS_CLIENT_CERT_DATA: 'x', TEMPORAL_GRPC_META_TENANT: 'x', TEMPORAL_UI_PORT: '1' };
  const more = { CERT_FILE: 'x', LOOP_PORT: '1', PORT: '1', npm_config_port: '1', CERTLOOP_TEST_LOG: '1' };
  const other = { MY_CERTLOOP_PORT: '1', QA_CERTLOOP_PORT: '1', PI_TEMPORAL_API_KEY_FILE: 'x', EC_TEMPORAL_TLS: 'x' };
  const env = { ...home, ...temporal, ...more, ...other };
  expect(() => loadSettings(env)).not.toThrow('is no setting');
  expect(settingsWarnings(env)).toEqual([]);
  expect(() => loadSettings({ ...home, TEMPORAL_TLS_SERVER_CERT_DATA: 'x', TEMPORAL_NAMESPACES: 'x' })).not.toThrow();
});

test.each([
  ['10.0.0.5', true],
  ['10.0.0.0/8, fd00::/8', true],
  ['loopback,uniquelocal', true],
  ['proxy.example.org', false],
  ['10.0.0.0/33', false],
  ['0.0.0.0/0', false],
  ['true', false],
  ['', true],
])('proxies that are trusted: %j', (value, good) => {
  const load = () => loadSettings({ ...home, CERTLOOP_TRUSTED_PROXIES: value });
  if (good) expect(load().trustedProxies).toBe(value || null);
  else expect(load).toThrow('CERTLOOP_TRUSTED_PROXIES is');
});

import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fields } from '../../config/fields.ts';
import { packageRoot } from '../../config/packageRoot.ts';
import { describeSettings, loadSettings, SettingsError } from '../../config/settings.ts';

/** A home without a configuration file of Temporal's. */
const home = { HOME: '/nowhere' };

test('an empty environment gives the documented defaults', () => {
  expect(loadSettings(home)).toEqual({
    dataDir: resolve('./data'),
    host: '127.0.0.1',
    port: 8400,
    publicUrl: 'http://127.0.0.1:8400',
    trustedProxies: null,
    metricsHost: '127.0.0.1',
    metricsPort: 8401,
    databaseUrl: `sqlite:${resolve('./data')}/certloop.db`,
    filesUrl: `file:${resolve('./data')}/files`,
    maxFileMb: 100,
    clamdUrl: null,
    checkpointsUrl: null,
    checkpointHours: 24,
    checkpointKeyFile: `${resolve('./data')}/checkpoint.key`,
    tsaUrl: null,
    signingKeysFile: `${resolve('./data')}/signing.key`,
    encryptionKeysFile: null,
    encryptionRequired: 'false',
    temporalPort: 7233,
    temporalUiPort: null,
    smtpUrl: null,
    smtpPort: 2525,
    mailFrom: 'Certloop <certloop@localhost>',
    courierSeconds: 2,
    maxCachedWorkflows: null,
    buildId: null,
    answerDays: 30,
    programsPerDay: 100,
    addressesPerDay: 1_000,
    oidcIssuer: null,
    oidcClientId: null,
    oidcClientSecret: null,
    oidcName: 'your organization',
    oidcVerifiedOnly: 'true',
    oidcRoleClaim: null,
    oidcAdministrators: null,
    oidcOperations: null,
    cacheDir: '/nowhere/.cache/certloop',
    logLevel: 'info',
    temporal: { address: null, namespace: 'default', connectionOptions: {} },
  });
});

test('every variable is read', () => {
  const settings = loadSettings({
    ...home,
    CERTLOOP_DATA_DIR: '/var/lib/certloop',
    CERTLOOP_HOST: '0.0.0.0',
    CERTLOOP_PORT: '80',
    CERTLOOP_PUBLIC_URL: 'https://aims.example.org/',
    CERTLOOP_METRICS_HOST: '10.0.0.5',
    CERTLOOP_METRICS_PORT: '9464',
    CERTLOOP_TRUSTED_PROXIES: 'uniquelocal',
    CERTLOOP_DATABASE_URL: 'postgres://certloop:secret@db/certloop',
    CERTLOOP_FILES_URL: 's3://aims-evidence/prod?region=eu-central-1&endpoint=https://minio.example.org',
    CERTLOOP_MAX_FILE_MB: '25',
    CERTLOOP_CLAMD_URL: 'tcp://clamav:3310',
    CERTLOOP_CHECKPOINTS_URL: 's3://proofs/aims?lock=3650&region=eu-central-1 mailto:auditor@example.org',
    CERTLOOP_CHECKPOINT_HOURS: '1',
    CERTLOOP_TSA_URL: 'https://tsa.example.org/tsr',
    CERTLOOP_CHECKPOINT_KEY_FILE: '/run/secrets/checkpoint.key',
    CERTLOOP_SIGNING_KEYS_FILE: '/run/secrets/signing-keys',
    CERTLOOP_ENCRYPTION_KEYS_FILE: '/run/secrets/encryption-keys',
    CERTLOOP_ENCRYPTION_REQUIRED: 'true',
    CERTLOOP_TEMPORAL_PORT: '0',
    CERTLOOP_TEMPORAL_UI_PORT: '9000',
    CERTLOOP_SMTP_URL: 'smtps://u:p@mail.example.org:465',
    CERTLOOP_SMTP_PORT: '25',
    CERTLOOP_MAIL_FROM: 'aims@example.org',
    CERTLOOP_COURIER_SECONDS: '0.5',
    CERTLOOP_MAX_CACHED_WORKFLOWS: '200',
    CERTLOOP_BUILD_ID: '0.2.0',
    CERTLOOP_ANSWER_DAYS: '7',
    CERTLOOP_OIDC_ISSUER: 'https://id.example.org/realm',
    CERTLOOP_OIDC_CLIENT_ID: 'certloop',
    CERTLOOP_OIDC_CLIENT_SECRET: 'secret',
    CERTLOOP_OIDC_NAME: 'Example',
    CERTLOOP_OIDC_VERIFIED_ONLY: 'false',
    CERTLOOP_OIDC_ROLE_CLAIM: 'groups',
    CERTLOOP_OIDC_ADMINISTRATORS: 'aims-admins,root',
    CERTLOOP_OIDC_OPERATIONS: 'sre',
    CERTLOOP_CACHE_DIR: '/var/cache/certloop',
    CERTLOOP_LOG_LEVEL: 'debug',
  });
  expect(settings).toMatchObject({
    dataDir: '/var/lib/certloop',
    host: '0.0.0.0',
    port: 80,
    publicUrl: 'https://aims.example.org',
    trustedProxies: 'uniquelocal',
    databaseUrl: 'postgres://certloop:secret@db/certloop',
    filesUrl: 's3://aims-evidence/prod?region=eu-central-1&endpoint=https://minio.example.org',
    maxFileMb: 25,
    checkpointsUrl: 's3://proofs/aims?lock=3650&region=eu-central-1 mailto:auditor@example.org',
    checkpointHours: 1,
    tsaUrl: 'https://tsa.example.org/tsr',
    checkpointKeyFile: '/run/secrets/checkpoint.key',
    clamdUrl: 'tcp://clamav:3310',
    signingKeysFile: '/run/secrets/signing-keys',
    encryptionKeysFile: '/run/secrets/encryption-keys',
    encryptionRequired: 'true',
    temporalPort: 0,
    temporalUiPort: 9000,
    smtpUrl: 'smtps://u:p@mail.example.org:465',
    smtpPort: 25,
    mailFrom: 'aims@example.org',
    courierSeconds: 0.5,
    maxCachedWorkflows: 200,
    buildId: '0.2.0',
    answerDays: 7,
    oidcIssuer: 'https://id.example.org/realm',
    oidcClientId: 'certloop',
    oidcClientSecret: 'secret',
    oidcName: 'Example',
    oidcVerifiedOnly: 'false',
    oidcRoleClaim: 'groups',
    oidcAdministrators: 'aims-admins,root',
    oidcOperations: 'sre',
    cacheDir: '/var/cache/certloop',
    logLevel: 'debug',
  });
});

test.each([
  ['CERTLOOP_FILES_URL', '/srv/files'],
  ['CERTLOOP_FILES_URL', 's3://'],
  ['CERTLOOP_FILES_URL', 's3://Bucket/files'],
  ['CERTLOOP_FILES_URL', 's3://bucket/files?endpont=https://minio.example.org'],
  ['CERTLOOP_FILES_URL', 's3://bucket/files?endpoint=minio.example.org'],
  ['CERTLOOP_CHECKPOINTS_URL', '/srv/checkpoints'],
  ['CERTLOOP_CHECKPOINTS_URL', 's3://proofs/aims?lock=ten'],
  ['CERTLOOP_CHECKPOINTS_URL', 's3://proofs/aims?locks=10'],
  ['CERTLOOP_CHECKPOINTS_URL', 'file:/srv mailto:nobody'],
  ['CERTLOOP_MAX_FILE_MB', '0'],
  ['CERTLOOP_MAX_FILE_MB', '100 MB'],
  ['CERTLOOP_CLAMD_URL', 'clamav:3310'],
  ['CERTLOOP_CLAMD_URL', 'unix:relative.sock'],
])('%s is not %j', (variable, value) => {
  expect(() => loadSettings({ ...home, [variable]: value })).toThrow(`${variable} is "${value}": expected `);
});

test('defaults follow the settings that they are made of', () => {
  const settings = loadSettings({ ...home, CERTLOOP_DATA_DIR: '/srv/data', CERTLOOP_HOST: '::1', CERTLOOP_PORT: '9' });
  expect(settings.databaseUrl).toBe('sqlite:/srv/data/certloop.db');
  expect(settings.filesUrl).toBe('file:/srv/data/files');
  expect(settings.publicUrl).toBe('http://[::1]:9');
});

test('overrides come before the environment and are checked like it', () => {
  const env = { ...home, CERTLOOP_PORT: '80', CERTLOOP_HOST: 'localhost' };
  expect(loadSettings(env, { port: 81, host: undefined })).toMatchObject({ port: 81, host: 'localhost' });
  expect(() => loadSettings(env, { port: 'http' })).toThrow('CERTLOOP_PORT is "http": expected a port');
});

test('a variable set to nothing counts as unset', () => {
  const env = { ...home, CERTLOOP_SMTP_URL: '', CERTLOOP_PORT: '', TEMPORAL_ADDRESS: '' };
  expect(loadSettings(env)).toEqual(loadSettings(home));
});

test('the cache honors XDG_CACHE_HOME, unless it is relative', () => {
  expect(loadSettings({ ...home, XDG_CACHE_HOME: '/xdg' }).cacheDir).toBe('/xdg/certloop');
  expect(loadSettings({ ...home, XDG_CACHE_HOME: 'xdg' }).cacheDir).toBe('/nowhere/.cache/certloop');
  expect(loadSettings({}).cacheDir).toBe(join(homedir(), '.cache/certloop'));
});

test('one error names every wrong variable, its value and what is expected', () => {
  const wrong = {
    CERTLOOP_PORT: '70000',
    CERTLOOP_TEMPORAL_PORT: '0x10',
    CERTLOOP_SMTP_PORT: '25.5',
    CERTLOOP_DATABASE_URL: 'mysql://root:secret@db/certloop',
    CERTLOOP_SMTP_URL: 'mail.example.org',
    CERTLOOP_PUBLIC_URL: 'aims.example.org',
    CERTLOOP_MAIL_FROM: 'Certloop',
    CERTLOOP_LOG_LEVEL: 'loud',
    CERTLOOP_COURIER_SECONDS: 'often',
    CERTLOOP_MAX_CACHED_WORKFLOWS: '-1',
    TEMPORAL_ADDRESS: 'http://temporal:7233',
    TEMPORAL_TLS: 'maybe',
  };
  const error = errorOf(() => loadSettings({ ...home, ...wrong }));
  expect(error).toBeInstanceOf(SettingsError);
  expect(error.problems).toHaveLength(Object.keys(wrong).length);
  for (const [name, value] of Object.entries(wrong)) {
    const line = error.message.split('\n').find((text) => text.includes(`${name} is`));
    expect(line, name).toMatch(/expected \S+/);
    if (name !== 'CERTLOOP_DATABASE_URL') expect(line).toContain(value);
  }
});

test('an error does not show a password', () => {
  const error = errorOf(() => loadSettings({ ...home, CERTLOOP_DATABASE_URL: 'mysql://root:s@cret@db/certloop' }));
  expect(error.message).toContain('"mysql://root:***@db/certloop"');
  expect(error.message).not.toContain('cret@db');
});

test.each([
  'https://aims.example.org/?tenant=1',
  'https://aims.example.org?',
  'https://aims.example.org/#top',
  'https://ada:s3cret@aims.example.org',
  'https://ada@aims.example.org/',
  'https://aims.example.org/certloop',
  'https://aims.example.org\\certloop',
  'https://',
])('links cannot start with %s', (CERTLOOP_PUBLIC_URL) => {
  const { message } = errorOf(() => loadSettings({ ...home, CERTLOOP_PUBLIC_URL }));
  expect(message).toMatch(/CERTLOOP_PUBLIC_URL is .*expected a URL that starts with/);
  expect(message).not.toContain('s3cret');
});

test.each(['http://[::1]:8400', 'https://bücher.example', 'https://aims.example.org:8443//'])(
  'links can start with %s',
  (CERTLOOP_PUBLIC_URL) => {
    const { publicUrl } = loadSettings({ ...home, CERTLOOP_PUBLIC_URL });
    expect(publicUrl).toBe(CERTLOOP_PUBLIC_URL.replace(/\/+$/, ''));
  },
);

test("Temporal's own variables are read the way Temporal's tools do", () => {
  const { temporal } = loadSettings({
    ...home,
    TEMPORAL_ADDRESS: 'certloop.a2dd6.tmprl.cloud:7233',
    TEMPORAL_NAMESPACE: 'certloop.a2dd6',
    TEMPORAL_API_KEY: 'key',
  });
  expect(temporal.address).toBe('certloop.a2dd6.tmprl.cloud:7233');
  expect(temporal.namespace).toBe('certloop.a2dd6');
  expect(temporal.connectionOptions).toMatchObject({ apiKey: 'key', tls: true });
});

test("a profile of Temporal's configuration file is used", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'certloop-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'temporal.toml');
  await writeFile(file, '[profile.staging]\naddress = "staging:7233"\nnamespace = "aims"\n');
  const env = { ...home, TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'staging' };
  expect(loadSettings(env).temporal).toMatchObject({ address: 'staging:7233', namespace: 'aims' });
});

test("what is wrong with Temporal's own settings stands in the same error", () => {
  const env = {
    ...home,
    CERTLOOP_PORT: 'x',
    TEMPORAL_TLS_CLIENT_CERT_PATH: '/nowhere/cert.pem',
    TEMPORAL_TLS_CLIENT_KEY_PATH: '/nowhere/key.pem',
  };
  const error = errorOf(() => loadSettings(env));
  expect(error.problems).toHaveLength(2);
  expect(error.message).toContain('CERTLOOP_PORT');
  expect(error.message).toMatch(/TEMPORAL_TLS_CLIENT_CERT_PATH.*\/nowhere\/cert\.pem/);
});

test('every setting is described, with its default', () => {
  const descriptions = describeSettings();
  expect(new Set(descriptions.map(({ name }) => name)).size).toBe(descriptions.length);
  expect(descriptions.every(({ name, meaning }) => /^(CERTLOOP|TEMPORAL)_/.test(name) && meaning.endsWith('.'))).toBe(
    true,
  );
  expect(descriptions).toContainEqual(expect.objectContaining({ name: 'CERTLOOP_PORT', default: '8400' }));
  expect(descriptions).toContainEqual(
    expect.objectContaining({ name: 'CERTLOOP_SMTP_URL', default: 'the local mailbox' }),
  );
  expect(descriptions.map(({ name }) => name)).toContain('TEMPORAL_ADDRESS');
});

test('every setting is read somewhere', () => {
  const folders = ['cli', 'worker', 'config'].map((folder) => join(packageRoot(), folder));
  const source = folders
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const isRead = (name: string) =>
    new RegExp(`\\bsettings\\.${name}\\b|\\{[^{}]*\\b${name}\\b[^{}]*\\} = (settings|loadSettings\\()`).test(source);
  expect(Object.keys(fields).filter((name) => !isRead(name))).toEqual([]);
  expect(isRead('evidenceDir')).toBe(false);
});

function errorOf(work: () => unknown): SettingsError {
  try {
    work();
  } catch (error) {
    return error as SettingsError;
  }
  throw new Error('nothing was thrown');
}

test('a provider needs an id, and TLS unless it is on this machine', () => {
  const issuer = (url: string) =>
    loadSettings({ ...home, CERTLOOP_OIDC_ISSUER: url, CERTLOOP_OIDC_CLIENT_ID: 'certloop' });
  expect(issuer('http://localhost:9000').oidcIssuer).toBe('http://localhost:9000');
  expect(() => issuer('http://id.example.org')).toThrow(
    'CERTLOOP_OIDC_ISSUER is "http://id.example.org": expected the https://',
  );
  expect(() => loadSettings({ ...home, CERTLOOP_OIDC_ISSUER: 'https://id.example.org' })).toThrow(
    'CERTLOOP_OIDC_CLIENT_ID is not set',
  );
});

import { isIP } from 'node:net';
import Type, { type Static, type TSchema } from 'typebox';

/** One setting: the variable that holds it, what it may be, and what it is when nobody sets it. */
export interface Field<Schema extends TSchema = TSchema> {
  variable: string;
  schema: Schema;
  /** Completes "expected …" in an error message. */
  expected: string;
  /**
   * The value when the variable is unset, as the environment would give it. `<dataDir>`, `<host>`, `<port>` and
   * `<cacheHome>` stand for the values that these have. `null`: no value, and `standardText` says what that means.
   */
  standard: string | null;
  standardText?: string;
  meaning: string;
}

/** One setting as documentation and `--help` show it. */
export interface SettingDescription {
  name: string;
  /** The default, in words where it depends on other settings. */
  default: string;
  meaning: string;
}

const port = Type.Integer({ minimum: 0, maximum: 65_535 });
const portExpected = 'a port from 1 to 65535, or 0 for any free one';
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const httpUrl = Type.Refine(Type.String({ pattern: '^https?://' }), (text) => URL.canParse(text));
/** Links are made by appending to it, and pages lead to each other from the root: nothing may stand behind the host. */
const siteUrl = Type.Refine(Type.String({ pattern: String.raw`^https?://[^\s/?#@\\]+/*$` }), (text) =>
  URL.canParse(text),
);
const optionalText = Type.Union([Type.String({ minLength: 1, maxLength: 2_000 }), Type.Null()]);
/** A sign-in that anybody on the way could read or change is none: without TLS only on this machine. */
const issuerUrl = Type.Refine(Type.String({ pattern: '^https?://' }), (text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
});
const smtpUrl = Type.Refine(Type.String({ pattern: '^smtps?://' }), (text) => URL.canParse(text));
const databaseUrl = Type.Union([
  Type.String({ pattern: '^sqlite:.+' }),
  Type.Refine(Type.String({ pattern: '^postgres(ql)?://' }), (text) => URL.canParse(text)),
]);

/** Only what is known may stand behind the question mark: a mistyped endpoint would send the files to Amazon. */
function isBucketUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { searchParams } = new URL(text);
  const endpoint = searchParams.get('endpoint');
  const isKnown = [...searchParams.keys()].every((name) => name === 'region' || name === 'endpoint');
  return isKnown && (endpoint === null || (/^https?:\/\//.test(endpoint) && URL.canParse(endpoint)));
}

/** Whatever is in this list can say that it speaks for anybody: everybody (0.0.0.0/0) is not taken. */
function isProxyList(text: string): boolean {
  return text.split(',').every((entry) => {
    const [address = '', bits, ...more] = entry.trim().split('/');
    if (['loopback', 'linklocal', 'uniquelocal'].includes(entry.trim())) return true;
    const most = { 4: 32, 6: 128 }[isIP(address)];
    return (
      most !== undefined && more.length === 0 && (bits === undefined || (/^[1-9]\d*$/.test(bits) && +bits <= most))
    );
  });
}

/** One place of checkpoints or several; what stands behind the question mark is known, as for files. */
function arePlaces(text: string): boolean {
  return text.split(/\s+/).every((url) => {
    if (/^file:.+/.test(url) || /^mailto:[^\s@?,]+@[^\s@?,]+$/.test(url)) return true;
    if (!/^s3:\/\/[a-z0-9]/.test(url) || !URL.canParse(url)) return false;
    const rest = new URL(url);
    const lock = rest.searchParams.get('lock');
    rest.searchParams.delete('lock');
    return (lock === null || /^[1-9]\d{0,4}$/.test(lock)) && isBucketUrl(rest.href);
  });
}

/** Every setting of Certloop's own, in the order in which the documentation shows them. */
export const fields = {
  dataDir: field({
    variable: 'CERTLOOP_DATA_DIR',
    schema: Type.String({ minLength: 1 }),
    expected: 'the path of a folder',
    standard: './data',
    meaning: "Folder of the SQLite databases, the mailbox, the log and the first administrator's token.",
  }),
  host: field({
    variable: 'CERTLOOP_HOST',
    schema: Type.String({ pattern: '^[^\\s/]+$' }),
    expected: 'a host name or an IP address',
    standard: '127.0.0.1',
    meaning: 'Address on which the API and the pages listen.',
  }),
  port: field({
    variable: 'CERTLOOP_PORT',
    schema: port,
    expected: portExpected,
    standard: '8400',
    meaning: 'Port on which the API and the pages listen.',
  }),
  publicUrl: field({
    variable: 'CERTLOOP_PUBLIC_URL',
    schema: siteUrl,
    expected:
      'a URL that starts with http:// or https://, with a host and nothing behind it (no path, query, user or password)',
    standard: 'http://<host>:<port>',
    meaning: 'Address under which people reach Certloop: the links in mails start with it.',
  }),
  metricsHost: field({
    variable: 'CERTLOOP_METRICS_HOST',
    schema: Type.String({ pattern: '^[^\\s/]+$' }),
    expected: 'a host name or an IP address',
    standard: '127.0.0.1',
    meaning: 'Address on which a process answers /metrics, /healthz and /readyz for operations.',
  }),
  metricsPort: field({
    variable: 'CERTLOOP_METRICS_PORT',
    schema: port,
    expected: portExpected,
    standard: '8401',
    meaning:
      'Port of /metrics, /healthz and /readyz; one for each process on a machine. Where it is taken the process works all the ' +
      'same, and its log says so.',
  }),
  trustedProxies: field({
    variable: 'CERTLOOP_TRUSTED_PROXIES',
    schema: Type.Union([Type.Refine(Type.String(), isProxyList), Type.Null()]),
    expected: 'addresses or networks such as 10.0.0.5, 10.0.0.0/8 or uniquelocal, with commas between them',
    standard: null,
    standardText: 'none: whoever connects is who asks',
    meaning:
      'Reverse proxies in front of Certloop, whose X-Forwarded-For is believed: without it, bounds for each address count the ' +
      'proxy as one. loopback, linklocal and uniquelocal (10/8, 172.16/12, 192.168/16, fc00::/7) name networks.',
  }),
  databaseUrl: field({
    variable: 'CERTLOOP_DATABASE_URL',
    schema: databaseUrl,
    expected: 'sqlite:<file> or postgres://<user>:<password>@<host>/<database>',
    standard: 'sqlite:<dataDir>/certloop.db',
    meaning: 'Database of the register.',
  }),
  filesUrl: field({
    variable: 'CERTLOOP_FILES_URL',
    schema: Type.Union([
      Type.String({ pattern: '^file:.+' }),
      Type.Refine(Type.String({ pattern: '^s3://[a-z0-9][a-z0-9.-]+[a-z0-9](/[^?]*)?([?].*)?$' }), isBucketUrl),
    ]),
    expected: 'file:<folder> or s3://<bucket>/<prefix>, with ?region=<region>&endpoint=<https://host> where needed',
    standard: 'file:<dataDir>/files',
    meaning:
      'Where evidence files are kept: a folder that all processes share, or a bucket. Credentials, region and endpoint are ' +
      "otherwise those of the AWS SDK's own environment (AWS_ACCESS_KEY_ID, AWS_REGION, …).",
  }),
  maxFileMb: field({
    variable: 'CERTLOOP_MAX_FILE_MB',
    schema: Type.Integer({ minimum: 1, maximum: 5_000 }),
    expected: 'a whole number of MiB from 1 to 5000',
    standard: '100',
    meaning: 'The most that one evidence file may have, in MiB.',
  }),
  clamdUrl: field({
    variable: 'CERTLOOP_CLAMD_URL',
    schema: Type.Union([Type.String({ pattern: '^(tcp://[^\\s/:]+(:\\d+)?|unix:/.+)$' }), Type.Null()]),
    expected: 'tcp://<host>:<port> or unix:/<path of the socket>',
    standard: null,
    standardText: 'none: files are not scanned',
    meaning: 'The clamd that every uploaded file is scanned by; while it is away no file is taken.',
  }),
  checkpointsUrl: field({
    variable: 'CERTLOOP_CHECKPOINTS_URL',
    schema: Type.Union([Type.Refine(Type.String({ minLength: 1 }), arePlaces), Type.Null()]),
    expected:
      'file:<folder>, s3://<bucket>/<prefix> (with ?lock=<days>, ?region=, ?endpoint= where needed) or mailto:<address>, several ' +
      'with spaces between them',
    standard: null,
    standardText: 'none: no checkpoints are made',
    meaning:
      'Where signed checkpoints over all chains of the register are written, best where whoever runs the database cannot remove them.',
  }),
  checkpointHours: field({
    variable: 'CERTLOOP_CHECKPOINT_HOURS',
    schema: Type.Integer({ minimum: 1, maximum: 720 }),
    expected: 'a whole number of hours from 1 to 720',
    standard: '24',
    meaning: 'How often, in hours, a worker makes a checkpoint, where CERTLOOP_CHECKPOINTS_URL names a place.',
  }),
  checkpointKeyFile: field({
    variable: 'CERTLOOP_CHECKPOINT_KEY_FILE',
    schema: Type.String({ minLength: 1 }),
    expected: 'the path of a file',
    standard: '<dataDir>/checkpoint.key',
    meaning:
      'File of the Ed25519 key (PEM) that signs checkpoints, the same for all workers; made with the first checkpoint where it is missing. ' +
      'Keep it out of the backups of the database.',
  }),
  tsaUrl: field({
    variable: 'CERTLOOP_TSA_URL',
    schema: Type.Union([httpUrl, Type.Null()]),
    expected: 'the http:// or https:// address of a time-stamping authority (RFC 3161)',
    standard: null,
    standardText: 'none: checkpoints are not stamped',
    meaning: 'Time-stamping authority that stamps the hash of each checkpoint; while it is away no checkpoint is made.',
  }),
  signingKeysFile: field({
    variable: 'CERTLOOP_SIGNING_KEYS_FILE',
    schema: Type.String({ minLength: 1 }),
    expected: 'the path of a file',
    standard: '<dataDir>/signing.key',
    meaning:
      'File of the keys that commands to programs are signed with, the same for every api and worker. The first signs, all are ' +
      'taken. In the data folder it is made at the first start.',
  }),
  encryptionKeysFile: field({
    variable: 'CERTLOOP_ENCRYPTION_KEYS_FILE',
    schema: optionalText,
    expected: 'the path of a file',
    standard: null,
    standardText: 'none: Temporal keeps what programs are as it is',
    meaning:
      'File of the keys with which everything that Temporal keeps is encrypted, the same for every process. The first encrypts, all ' +
      'decrypt.',
  }),
  encryptionRequired: field({
    variable: 'CERTLOOP_ENCRYPTION_REQUIRED',
    schema: Type.Enum(['true', 'false']),
    expected: 'true or false',
    standard: 'false',
    meaning:
      'Whether what Temporal hands out unencrypted is refused. Not before every program has begun a run with the encryption keys: what ' +
      'was kept before is refused as well.',
  }),
  temporalPort: field({
    variable: 'CERTLOOP_TEMPORAL_PORT',
    schema: port,
    expected: portExpected,
    standard: '7233',
    meaning: 'Port of the embedded Temporal service; unused when TEMPORAL_ADDRESS is set.',
  }),
  temporalUiPort: field({
    variable: 'CERTLOOP_TEMPORAL_UI_PORT',
    schema: Type.Union([port, Type.Null()]),
    expected: portExpected,
    standard: null,
    standardText: 'none: there are no such pages',
    meaning:
      "Port of the embedded Temporal service's web pages; they ask nobody who they are. Unused when TEMPORAL_ADDRESS is set.",
  }),
  smtpUrl: field({
    variable: 'CERTLOOP_SMTP_URL',
    schema: Type.Union([smtpUrl, Type.Null()]),
    expected: 'smtp://<user>:<password>@<host>:<port>, or smtps://',
    standard: null,
    standardText: 'the local mailbox',
    meaning: 'Mail server that takes what Certloop sends.',
  }),
  smtpPort: field({
    variable: 'CERTLOOP_SMTP_PORT',
    schema: port,
    expected: portExpected,
    standard: '2525',
    meaning: 'Port of the local mailbox; unused when CERTLOOP_SMTP_URL is set.',
  }),
  mailFrom: field({
    variable: 'CERTLOOP_MAIL_FROM',
    schema: Type.String({ pattern: '^([^<>\\r\\n]*<[^\\s<>@]+@[^\\s<>@]+>|[^\\s<>@]+@[^\\s<>@]+)$' }),
    expected: 'an address such as certloop@example.org or Certloop <certloop@example.org>',
    standard: 'Certloop <certloop@localhost>',
    meaning: 'Sender of the mails.',
  }),
  courierSeconds: field({
    variable: 'CERTLOOP_COURIER_SECONDS',
    schema: Type.Number({ minimum: 0.05, maximum: 3600 }),
    expected: 'a number of seconds from 0.05 to 3600',
    standard: '2',
    meaning: 'How often, in seconds, the courier looks for mails to deliver.',
  }),
  maxCachedWorkflows: field({
    variable: 'CERTLOOP_MAX_CACHED_WORKFLOWS',
    schema: Type.Union([Type.Integer({ minimum: 0, maximum: 1_000_000 }), Type.Null()]),
    expected: 'a whole number from 0 to 1000000',
    standard: null,
    standardText: 'as many as half of the memory holds, at 0.4 MiB each; from 50 to 5000',
    meaning: 'Programs that a worker keeps in memory; the others are replayed when something happens to them.',
  }),
  buildId: field({
    variable: 'CERTLOOP_BUILD_ID',
    schema: Type.Union([Type.String({ pattern: '^[A-Za-z0-9._-]{1,100}$' }), Type.Null()]),
    expected: 'up to 100 letters, digits, dots, dashes and underscores',
    standard: null,
    standardText: 'none: all workers are of one version',
    meaning:
      'Version of the worker, such as 0.1.0. With it a program stays with its version until "certloop upgrade" has ' +
      'it move to the next, so that both run beside each other meanwhile.',
  }),
  answerDays: field({
    variable: 'CERTLOOP_ANSWER_DAYS',
    schema: Type.Integer({ minimum: 1, maximum: 3650 }),
    expected: 'a whole number of days from 1 to 3650',
    standard: '30',
    meaning:
      'Days for which the answer to an Idempotency-Key is kept; later the register answers, and refusals are tried again.',
  }),
  oidcIssuer: field({
    variable: 'CERTLOOP_OIDC_ISSUER',
    schema: Type.Union([issuerUrl, Type.Null()]),
    expected: 'the https:// address of the provider, as it names itself (http:// only on this machine)',
    standard: null,
    standardText: 'none: nobody signs in by OpenID Connect',
    meaning: 'Provider of OpenID Connect by which people can sign in, beside the other ways.',
  }),
  oidcClientId: field({
    variable: 'CERTLOOP_OIDC_CLIENT_ID',
    schema: optionalText,
    expected: 'the id under which the provider knows Certloop',
    standard: null,
    standardText: 'none',
    meaning: 'Id of Certloop at the provider; needed with CERTLOOP_OIDC_ISSUER.',
  }),
  oidcClientSecret: field({
    variable: 'CERTLOOP_OIDC_CLIENT_SECRET',
    schema: optionalText,
    expected: 'the secret that the provider gave',
    standard: null,
    standardText: 'none: a public client',
    meaning: 'Secret of Certloop at the provider.',
  }),
  oidcName: field({
    variable: 'CERTLOOP_OIDC_NAME',
    schema: Type.String({ minLength: 1, maxLength: 60 }),
    expected: 'a name of up to 60 characters',
    standard: 'your organization',
    meaning: 'What the button calls the provider: "Sign in with …".',
  }),
  oidcVerifiedOnly: field({
    variable: 'CERTLOOP_OIDC_VERIFIED_ONLY',
    schema: Type.Enum(['true', 'false']),
    expected: 'true or false',
    standard: 'true',
    meaning:
      'Whether only addresses count that the provider calls verified (email_verified). Set it to false only for a provider in ' +
      'which nobody can enter an address of their own choice.',
  }),
  oidcRoleClaim: field({
    variable: 'CERTLOOP_OIDC_ROLE_CLAIM',
    schema: optionalText,
    expected: 'the name of a claim, such as groups',
    standard: null,
    standardText: 'none: the provider gives no roles',
    meaning: 'Claim whose values give roles in the installation; a list of texts, or one text.',
  }),
  oidcAdministrators: field({
    variable: 'CERTLOOP_OIDC_ADMINISTRATORS',
    schema: optionalText,
    expected: 'values of the claim, with commas between them',
    standard: null,
    standardText: 'none',
    meaning: 'Values of the claim that make somebody an administrator.',
  }),
  oidcOperations: field({
    variable: 'CERTLOOP_OIDC_OPERATIONS',
    schema: optionalText,
    expected: 'values of the claim, with commas between them',
    standard: null,
    standardText: 'none',
    meaning: 'Values of the claim that give the role of operations.',
  }),
  programsPerDay: field({
    variable: 'CERTLOOP_PROGRAMS_PER_DAY',
    schema: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    expected: 'a whole number from 1 to 1000000',
    standard: '100',
    meaning: 'Programs that one person may start a day; rehearsals are not counted.',
  }),
  addressesPerDay: field({
    variable: 'CERTLOOP_ADDRESSES_PER_DAY',
    schema: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    expected: 'a whole number from 1 to 1000000',
    standard: '1000',
    meaning:
      'Addresses new to the installation that one person may bring into programs a day: each of them gets mail. Those of ' +
      'rehearsals are not counted.',
  }),
  cacheDir: field({
    variable: 'CERTLOOP_CACHE_DIR',
    schema: Type.String({ minLength: 1 }),
    expected: 'the path of a folder',
    standard: '<cacheHome>/certloop',
    standardText: '$XDG_CACHE_HOME/certloop or ~/.cache/certloop',
    meaning: 'Folder in which a downloaded Temporal program is kept.',
  }),
  logLevel: field({
    variable: 'CERTLOOP_LOG_LEVEL',
    schema: Type.Enum([...logLevels]),
    expected: `one of ${logLevels.join(', ')}`,
    standard: 'info',
    meaning: 'The lowest level of messages that is logged.',
  }),
};

export type Fields = typeof fields;
export type FieldName = keyof Fields;

/** The values of Certloop's own settings. Folders are absolute paths, URLs end without a slash. */
export type FieldValues = { [Name in FieldName]: Static<Fields[Name]['schema']> };

function field<Schema extends TSchema>(definition: Field<Schema>): Field<Schema> {
  return definition;
}

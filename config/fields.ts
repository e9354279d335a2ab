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
const smtpUrl = Type.Refine(Type.String({ pattern: '^smtps?://' }), (text) => URL.canParse(text));
const databaseUrl = Type.Union([
  Type.String({ pattern: '^sqlite:.+' }),
  Type.Refine(Type.String({ pattern: '^postgres(ql)?://' }), (text) => URL.canParse(text)),
]);

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
    meaning: 'Address on which the API listens; its pages are at /docs.',
  }),
  port: field({
    variable: 'CERTLOOP_PORT',
    schema: port,
    expected: portExpected,
    standard: '8400',
    meaning: 'Port on which the API listens.',
  }),
  publicUrl: field({
    variable: 'CERTLOOP_PUBLIC_URL',
    schema: httpUrl,
    expected: 'a URL that starts with http:// or https://',
    standard: 'http://<host>:<port>',
    meaning: 'Address under which people reach Certloop: the links in mails start with it.',
  }),
  databaseUrl: field({
    variable: 'CERTLOOP_DATABASE_URL',
    schema: databaseUrl,
    expected: 'sqlite:<file> or postgres://<user>:<password>@<host>/<database>',
    standard: 'sqlite:<dataDir>/certloop.db',
    meaning: 'Database of the register.',
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
    schema: port,
    expected: portExpected,
    standard: '8233',
    meaning: "Port of the embedded Temporal service's web pages; unused when TEMPORAL_ADDRESS is set.",
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
    schema: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
    expected: 'a whole number from 0 to 1000000',
    standard: '200',
    meaning: 'Programs that a worker keeps in memory, at 1 to 1.5 MB each; the others are replayed when needed.',
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

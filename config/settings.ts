import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import type { TSchema } from 'typebox';
import Value from 'typebox/value';
import { type Field, type FieldName, type FieldValues, fields, type SettingDescription } from './fields.ts';
import { readSecretFiles } from './secretFiles.ts';
import { loadTemporalSettings, type TemporalSettings, temporalVariables } from './temporal.ts';
import { type Unknown, unknownVariables } from './unknownVariables.ts';

/** All settings, complete and checked. */
export interface Settings extends FieldValues {
  temporal: TemporalSettings;
}

/** Values that come before the environment's, such as options of a command line; checked the same way. */
export type SettingsOverrides = Partial<Record<FieldName, string | number>>;

/** Says every variable that is wrong at once: its name, its value, and what is expected. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: string[];

  constructor(problems: string[]) {
    super(`Certloop's settings are wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/**
 * Reads all settings. A variable that is set to nothing counts as unset. Each of Certloop's own, and Temporal's key, can be in a file
 * instead, which the variable with `_FILE` behind its name tells.
 *
 * @param environment - the environment, with Certloop's variables (`CERTLOOP_…`) and Temporal's own (`TEMPORAL_…`).
 * @param overrides - values that come before the environment's; `undefined` leaves the environment's.
 * @throws SettingsError naming every variable that is wrong.
 */
export function loadSettings(environment: NodeJS.ProcessEnv, overrides: SettingsOverrides = {}): Settings {
  const problems = unknownIn(environment).flatMap(slip);
  const { env, files } = readSecretFiles(environment, [...ownVariables(), 'TEMPORAL_API_KEY'], problems);
  const values: Record<string, unknown> = { cacheHome: cacheHome(env) };
  for (const name of Object.keys(fields) as FieldName[]) {
    const given = overrides[name] ?? env[fields[name].variable];
    const file = overrides[name] === undefined ? files.get(fields[name].variable) : undefined;
    values[name] = readField(name, given === '' ? undefined : given, { values, problems, file });
  }
  if (values.oidcIssuer !== null && values.oidcClientId === null) {
    problems.push(
      'CERTLOOP_OIDC_CLIENT_ID is not set: expected the id of Certloop at the provider of CERTLOOP_OIDC_ISSUER.',
    );
  }
  if (values.encryptionRequired === 'true' && values.encryptionKeysFile === null) {
    problems.push(
      'CERTLOOP_ENCRYPTION_KEYS_FILE is not set: expected the keys of the encryption that CERTLOOP_ENCRYPTION_REQUIRED asks for.',
    );
  }
  const temporal = loadTemporalSettings(env, problems);
  if (problems.length > 0) throw new SettingsError(problems);
  const { cacheHome: _, ...settings } = values;
  return { ...(settings as unknown as FieldValues), temporal };
}

/** What to say of variables that no setting has and that may be right elsewhere: one sentence for each, for the log. */
export function settingsWarnings(env: NodeJS.ProcessEnv): string[] {
  return unknownIn(env).flatMap(({ variable, meant, isOurs }) => {
    if (!isOurs) return [`${variable} does nothing here: is ${meant} meant? Correct it if so.`];
    return meant
      ? []
      : [`${variable} is no setting of this version and does nothing: "certloop settings" lists those that there are.`];
  });
}

/** Every setting with its default and its meaning, Temporal's own variables last. */
export function describeSettings(): SettingDescription[] {
  const own = Object.values<Field>(fields).map(({ variable, standard, standardText, meaning }) => ({
    name: variable,
    default: standardText ?? standard ?? '',
    meaning,
  }));
  return [...own, ...temporalVariables];
}

const ownVariables = (): string[] => Object.values<Field>(fields).map(({ variable }) => variable);

const unknownIn = (env: NodeJS.ProcessEnv) => unknownVariables(env, ownVariables());

/** A mistyped setting would be its default, and nobody would notice. */
function slip({ variable, meant, isOurs }: Unknown): string[] {
  return meant && isOurs ? [`${variable} is no setting: probably ${meant} is meant. Correct it, or unset it.`] : [];
}

interface Reading {
  /** The settings read before. */
  values: Record<string, unknown>;
  problems: string[];
  /** Where the value came from, if not from the variable itself. */
  file: string | undefined;
}

function readField(
  name: FieldName,
  given: string | number | undefined,
  { values: known, problems, file }: Reading,
): unknown {
  const { variable, schema, expected, standard }: Field = fields[name];
  const text = given ?? standard?.replace(/<(\w+)>/g, (_, other: string) => inDefault(other, known[other])) ?? null;
  const value = normalized(name, typeof text === 'string' ? numberIfPlain(text, schema) : text);
  // A default can be wrong only because of another setting that is, and that one is named.
  if (given !== undefined && !Value.Check(schema, value)) {
    const found = file
      ? `${variable}_FILE names ${file}, which holds something else`
      : `${variable} is ${shown(String(given))}`;
    problems.push(`${found}: expected ${expected}.`);
  }
  return value;
}

/** IPv6 addresses stand in brackets in a URL. */
function inDefault(name: string, value: unknown): string {
  return name === 'host' && String(value).includes(':') ? `[${value}]` : String(value);
}

/** `Value.Convert` would take `0x10`, `true` and `8400.5` for whole numbers: only plain decimals are numbers here. */
function numberIfPlain(text: string, schema: Field['schema']): string | number {
  return isNumeric(schema) && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** Whether a number is meant, or one or nothing. */
function isNumeric(schema: Field['schema'] & { anyOf?: TSchema[] }): boolean {
  if (schema.anyOf) return schema.anyOf.some(isNumeric);
  return 'type' in schema && (schema.type === 'integer' || schema.type === 'number');
}

function normalized(name: FieldName, value: string | number | null): string | number | null {
  if (typeof value !== 'string') return value;
  if (name === 'dataDir' || name === 'cacheDir' || name === 'signingKeysFile' || name === 'encryptionKeysFile')
    return resolve(value);
  if (name === 'publicUrl') return value.replace(/\/+$/, '');
  return value;
}

/** A password does not belong into an error message. */
function shown(value: string): string {
  return JSON.stringify(value.replace(/(:\/\/[^:@/]*:).*@/, '$1***@'));
}

/** The XDG specification says to ignore a relative path. */
function cacheHome(env: NodeJS.ProcessEnv): string {
  const configured = env.XDG_CACHE_HOME;
  return configured && isAbsolute(configured) ? configured : join(env.HOME || homedir(), '.cache');
}

import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import Value from 'typebox/value';
import { type Field, type FieldName, type FieldValues, fields, type SettingDescription } from './fields.ts';
import { loadTemporalSettings, type TemporalSettings, temporalVariables } from './temporal.ts';

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
 * Reads all settings. A variable that is set to nothing counts as unset.
 *
 * @param env - the environment, with Certloop's variables (`CERTLOOP_…`) and Temporal's own (`TEMPORAL_…`).
 * @param overrides - values that come before the environment's; `undefined` leaves the environment's.
 * @throws SettingsError naming every variable that is wrong.
 */
export function loadSettings(env: NodeJS.ProcessEnv, overrides: SettingsOverrides = {}): Settings {
  const problems: string[] = [];
  const values: Record<string, unknown> = { cacheHome: cacheHome(env) };
  for (const name of Object.keys(fields) as FieldName[]) {
    const given = overrides[name] ?? env[fields[name].variable];
    values[name] = readField(name, given === '' ? undefined : given, values, problems);
  }
  const temporal = loadTemporalSettings(env, problems);
  if (problems.length > 0) throw new SettingsError(problems);
  const { cacheHome: _, ...settings } = values;
  return { ...(settings as unknown as FieldValues), temporal };
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

function readField(
  name: FieldName,
  given: string | number | undefined,
  known: Record<string, unknown>,
  problems: string[],
): unknown {
  const { variable, schema, expected, standard }: Field = fields[name];
  const text = given ?? standard?.replace(/<(\w+)>/g, (_, other: string) => inDefault(other, known[other])) ?? null;
  const value = normalized(name, typeof text === 'string' ? numberIfPlain(text, schema) : text);
  // A default can be wrong only because of another setting that is, and that one is named.
  if (given !== undefined && !Value.Check(schema, value)) {
    problems.push(`${variable} is ${shown(String(given))}: expected ${expected}.`);
  }
  return value;
}

/** IPv6 addresses stand in brackets in a URL. */
function inDefault(name: string, value: unknown): string {
  return name === 'host' && String(value).includes(':') ? `[${value}]` : String(value);
}

/** `Value.Convert` would take `0x10`, `true` and `8400.5` for whole numbers: only plain decimals are numbers here. */
function numberIfPlain(text: string, schema: Field['schema']): string | number {
  const numeric = 'type' in schema && (schema.type === 'integer' || schema.type === 'number');
  return numeric && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function normalized(name: FieldName, value: string | number | null): string | number | null {
  if (typeof value !== 'string') return value;
  if (name === 'dataDir' || name === 'cacheDir') return resolve(value);
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

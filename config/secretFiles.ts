import { readFileSync } from 'node:fs';

/** What is behind a variable's name with this ending: the path of a file with its value, as container secrets are given. */
const ending = '_FILE';

/** Longer than any setting may be: what is read by mistake, such as a log, does not fill the memory. */
const longest = 10_000;

/** The environment as its variables and their files give it. */
export interface Given {
  env: NodeJS.ProcessEnv;
  /** By variable: the file that its value came from. */
  files: Map<string, string>;
}

/**
 * Reads the files that stand in for variables: `CERTLOOP_SMTP_URL_FILE=/run/secrets/smtp-url` gives `CERTLOOP_SMTP_URL` what is in
 * that file, without the line break at its end.
 *
 * @param variables - those that can be given so
 * @param problems - takes what is wrong, one sentence for each problem
 */
export function readSecretFiles(env: NodeJS.ProcessEnv, variables: string[], problems: string[]): Given {
  const given: Given = { env: { ...env }, files: new Map() };
  for (const variable of variables) {
    const path = env[variable + ending];
    if (!path || variables.includes(variable + ending)) continue;
    if (env[variable]) {
      problems.push(`${variable} and ${variable}${ending} are both set: unset one of them.`);
      continue;
    }
    try {
      given.env[variable] = contentOf(path);
      given.files.set(variable, path);
    } catch (error) {
      problems.push(`${variable}${ending} names ${path}, which ${(error as Error).message}`);
    }
  }
  return given;
}

/** A file that is not there or empty is a mistake, and never the default: a secret was meant. */
function contentOf(path: string): string {
  const text = read(path).replace(/\r?\n$/, '');
  if (text.trim() === '') throw new Error('is empty: write the value into it.');
  if (text.length > longest)
    throw new Error(`has more than ${longest} characters: expected one value and nothing else.`);
  if (/[\r\n]/.test(text)) throw new Error('has more than one line: expected one value and nothing else.');
  return text;
}

const remedies: Record<string, string> = {
  ENOENT: 'is not there: check the path, and that the secret is given to this process.',
  EACCES: `cannot be read by this user${process.getuid ? ` (uid ${process.getuid()})` : ''}: change its owner or its mode.`,
  EISDIR: 'is a folder: expected a file with the value.',
};

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new Error(remedies[code] ?? `cannot be read: ${message}.`, { cause: error });
  }
}

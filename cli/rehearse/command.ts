import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Options, Presets, SingleBar } from 'cli-progress';
import { loadSettings, type Settings } from '../../config/settings.ts';
import type { IsoDate } from '../../domain/types/index.ts';
import { type RehearseOptions, rehearse } from './rehearse.ts';
import { reportOf } from './report.ts';

/** The options of `certloop rehearse`. */
export interface RehearseCommandOptions {
  /** A running service; one is started and stopped when absent. */
  url?: string;
  /** An administrator's token of that service. */
  token?: string;
  startsOn?: IsoDate;
}

type Show = Pick<RehearseOptions, 'log' | 'progress'> & { end(): void };

/**
 * Plays TechServe and prints what came of it: on a running service, or on one of its own in a temporary folder.
 *
 * @throws StoryError when something is not as the story tells it
 * @throws Error when only one of `url` and `token` is given
 */
export async function rehearseCommand({ url, token, startsOn }: RehearseCommandOptions): Promise<void> {
  if ((url === undefined) !== (token === undefined)) {
    throw new Error('Give --url and --token together, or neither: then the rehearsal starts a service of its own.');
  }
  const began = performance.now();
  const show = process.stdout.isTTY ? bar() : lines();
  const play = async (service: { url: string; administratorToken: string }) => {
    try {
      return await rehearse({ ...service, startsOn, ...show });
    } finally {
      show.end();
    }
  };
  const result =
    url !== undefined && token !== undefined
      ? await play({ url: url.replace(/\/+$/, ''), administratorToken: token })
      : await withOwnService(play, show.log);
  const seconds = (performance.now() - began) / 1000;
  for (const line of reportOf({ ...result, seconds })) console.log(line);
}

/**
 * Starts a service in a temporary folder, on free ports, for as long as `use` takes. The folder is left when that fails,
 * because the log is in it.
 *
 * @param say - takes what is done to start it
 */
export async function withOwnService<T>(
  use: (service: { url: string; administratorToken: string }) => Promise<T>,
  say: (line: string) => void,
): Promise<T> {
  const { startAll } = await import('../run/startAll.ts');
  const { fileLog } = await import('../run/log.ts');
  const dataDir = await mkdtemp(join(tmpdir(), 'certloop-rehearsal-'));
  const settings = ownSettings(dataDir);
  const service = await startAll(settings, fileLog(settings).log, say);
  try {
    const { url, administratorToken } = service;
    const result = await use({ url, administratorToken: administratorToken as string });
    await service.stop();
    await rm(dataDir, { recursive: true, force: true });
    return result;
  } catch (error) {
    await service.stop();
    say(`The log and the data of the rehearsal are in ${dataDir}.`);
    throw error;
  }
}

/**
 * Settings that share nothing with an installation: where the environment names a Temporal service, a database or a mail
 * server, a rehearsal on its own must not touch them.
 */
function ownSettings(dataDir: string): Settings {
  const { CERTLOOP_CACHE_DIR, XDG_CACHE_HOME, HOME } = process.env;
  const settings = loadSettings(
    { CERTLOOP_CACHE_DIR, XDG_CACHE_HOME, HOME },
    { dataDir, port: 0, temporalPort: 0, temporalUiPort: 0, smtpPort: 0, logLevel: 'warn' },
  );
  const temporal = { address: null, namespace: 'default', connectionOptions: {} };
  return { ...settings, temporal };
}

/** A bar while the story is played; headings would break it. */
function bar(): Show {
  const options: Options = {
    format: '{bar} {percentage}%  {today}  {chapter}',
    hideCursor: true,
    clearOnComplete: true,
  };
  const shown = new SingleBar(options, Presets.shades_classic);
  let chapter = '';
  shown.start(1, 0, { today: '', chapter });
  return {
    log: (line) => {
      chapter = line;
      shown.update({ chapter });
    },
    progress: (done, today) => shown.update(done, { today, chapter }),
    end: () => shown.stop(),
  };
}

function lines(): Show {
  return { log: (line) => console.log(line), progress: () => undefined, end: () => undefined };
}

import { type Options, Presets, SingleBar } from 'cli-progress';
import { isRealDate } from '../domain/calendar.ts';
import { type RehearseOptions, rehearse } from '../examples/techserve/rehearse.ts';
import { reportOf } from '../examples/techserve/report.ts';
import type { Service } from './run/ownService.ts';

/** The options of `certloop rehearse`. */
export interface RehearseCommandOptions {
  /** A running service; one is started and stopped when absent. */
  url?: string;
  /** An administrator's token of that service. */
  token?: string;
  startsOn?: string;
}

type Show = Pick<RehearseOptions, 'log' | 'progress'> & { end(): void };

/**
 * Plays TechServe and prints what came of it: on a running service, or on one of its own in a temporary folder.
 *
 * @throws StoryError when something is not as the story tells it
 * @throws Error when only one of `url` and `token` is given, or `startsOn` is no date; nothing is started then
 */
export async function rehearseCommand({ url, token, startsOn }: RehearseCommandOptions): Promise<void> {
  if (startsOn !== undefined && !isRealDate(startsOn))
    throw new Error(`--starts-on: ${startsOn} is not a date that exists; use YYYY-MM-DD.`);
  const began = performance.now();
  const show = process.stdout.isTTY ? bar() : lines();
  const play = (service: Service) => rehearse({ ...service, startsOn, log: show.log, progress: show.progress });
  try {
    const running = runningService(url, token);
    const result = running ? await play(running) : await onOwnService(play, show.log);
    show.end();
    const seconds = (performance.now() - began) / 1000;
    for (const line of reportOf({ ...result, seconds })) console.log(line);
  } finally {
    show.end();
  }
}

function runningService(url: string | undefined, token: string | undefined): Service | undefined {
  if (url === undefined && token === undefined) return undefined;
  if (url !== undefined && token !== undefined) return { url: url.replace(/\/+$/, ''), administratorToken: token };
  throw new Error('Give --url and --token together, or neither: then the rehearsal starts a service of its own.');
}

/** All of a service is loaded only where one is started. */
async function onOwnService<T>(play: (service: Service) => Promise<T>, say: (line: string) => void): Promise<T> {
  const { withOwnService } = await import('./run/ownService.ts');
  return withOwnService(play, say);
}

/** A bar that the headings stand beside: lines between would break it. */
function bar(): Show {
  const format = '{bar} {percentage}%  {today}  {chapter}';
  const options: Options = { format, hideCursor: true, clearOnComplete: true, stopOnComplete: true };
  const shown = new SingleBar(options, Presets.shades_classic);
  shown.start(1, 0, { today: '', chapter: '' });
  return {
    log: (chapter) => shown.update({ chapter }),
    progress: (done, today) => shown.update(done, { today }),
    end: () => shown.stop(),
  };
}

function lines(): Show {
  return { log: (line) => console.log(line), progress: () => undefined, end: () => undefined };
}

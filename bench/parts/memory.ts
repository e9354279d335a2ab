import { loadSettings } from '../../config/settings.ts';
import { programsInMemory } from '../../worker/cache.ts';
import { type Bed, databaseUrlOf, startCommand } from '../bed.ts';
import { cpuOf, memoryOf } from '../processes.ts';
import { introduce, prepareAll } from '../programs.ts';
import { atMost, type Row, shown, told } from '../report.ts';
import { sizes } from '../sizes.ts';

const openTasks = 25;

/**
 * The memory of a worker that has every program in its cache, and what worker and Temporal service take of a core when
 * nothing happens. Worker and API are processes of their own here, `certloop worker` and `certloop api`.
 */
export async function memory(bed: Bed): Promise<Row[]> {
  if (process.platform !== 'linux') throw new Error('Memory and CPU of processes are read from /proc: Linux only.');
  const worker = await startCommand(bed, 'worker', ({ msg }) => (msg === 'The worker runs' ? true : undefined));
  const api = await startCommand(bed, 'api', ({ msg, url }) =>
    msg === 'The API listens' ? (url as string) : undefined,
  );
  const people = await introduce(api.ready, databaseUrlOf(bed));
  bed.say(`preparing ${sizes.programs} programs with ${openTasks} open tasks each`);
  const startedAt = performance.now();
  const { length: programs } = await prepareAll(people, sizes.programs, openTasks);
  const preparedIn = (performance.now() - startedAt) / 1_000;

  bed.say(`watching idle processes for ${sizes.idleSeconds} s`);
  const [workerCpu, serviceCpu] = await cpuOf([worker.pid, bed.temporal.pid], sizes.idleSeconds);
  const [used, service] = [await memoryOf(worker.pid), await memoryOf(bed.temporal.pid)];
  const cache = loadSettings(bed.env).maxCachedWorkflows ?? programsInMemory();
  const measure = `memory of a worker with ${shown(programs)} open programs, cache for ${shown(cache)}`;
  return [
    // Fewer programs than the target is about say nothing about it.
    programs === 1_000 ? atMost(measure, used.now, 600, 'MiB') : told(measure, shown(used.now, 'MiB')),
    told('  the most it had; Temporal service beside it', `${shown(used.peak, 'MiB')}; ${shown(service.now, 'MiB')}`),
    told('  idle CPU, worker; Temporal service', `${shown(workerCpu!, '%')}; ${shown(serviceCpu!, '%')} of a core`),
    told('  start and gap assessment of a program, programs', shown(programs / preparedIn, 'per s')),
  ];
}

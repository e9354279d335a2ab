import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import proto from '@temporalio/proto';
import { packageRoot } from '../../../config/packageRoot.ts';
import { writeBundle } from '../../../worker/bundle.ts';
import { quietRuntime } from '../../support/quietRuntime.ts';
import { startTestService } from '../../support/service.ts';
import { life } from './life.ts';
import { openStage, type Stage } from './stage.ts';
import type { TestProgram } from './testProgram.ts';

const { History } = proto.temporal.api.history.v1;

/** Where the histories are: a folder for each version, in it a file for each run of a program. */
const root = join(packageRoot(), 'test', 'histories');

/** A history as it was recorded, under the name of its file: `0.1.0/02-implementation`. */
export interface RecordedHistory {
  name: string;
  history: proto.temporal.api.history.v1.History;
}

/** All histories that were ever recorded, in the order of versions and runs. */
export async function recordedHistories(): Promise<RecordedHistory[]> {
  const files = (await readdir(root, { recursive: true })).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (file) => ({
      name: file.slice(0, -'.json'.length),
      history: History.fromObject(JSON.parse(await readFile(join(root, file), 'utf8'))),
    })),
  );
}

/**
 * Records a whole life of a program, in place of what was recorded for this version before. A version that was
 * released is not recorded again: its histories show that programs which run on it go on with the next.
 */
export async function recordHistories(): Promise<void> {
  quietRuntime();
  const scratch = await mkdtemp(join(tmpdir(), 'certloop-histories-'));
  const [service, bundle] = await Promise.all([startTestService(), writeBundle(join(scratch, 'workflows.js'))]);
  const stage = await openStage({ address: service.address, bundle });
  try {
    await stage.work();
    await write(stage, await life(stage));
  } finally {
    await stage.close();
    await service.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function write({ client }: Stage, program: TestProgram): Promise<void> {
  const { version } = JSON.parse(await readFile(join(packageRoot(), 'package.json'), 'utf8'));
  const folder = join(root, version);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [index, { runId, type, events }] of (await program.runs()).entries()) {
    const history = await client.workflow.getHandle(program.handle.workflowId, runId).fetchHistory();
    const file = join(folder, `${String(index + 1).padStart(2, '0')}-${type}.json`);
    const plain = History.toObject(History.fromObject(history), { longs: String, enums: String, bytes: String });
    // By default a worker tells Temporal the machine that it runs on.
    const json = JSON.stringify(plain).replaceAll(`${process.pid}@${hostname()}`, 'worker');
    await writeFile(file, `${json}\n`);
    console.log(`${file}: ${events} events, ${Math.ceil(json.length / 1024)} KiB`);
  }
}

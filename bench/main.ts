import { Parts } from '../cli/run/parts.ts';
import { type Bed, makeBed } from './bed.ts';
import { bulk } from './parts/bulk.ts';
import { carry } from './parts/carry.ts';
import { files } from './parts/files.ts';
import { history } from './parts/history.ts';
import { latency } from './parts/latency.ts';
import { memory } from './parts/memory.ts';
import { pages } from './parts/pages.ts';
import { rehearsal } from './parts/rehearsal.ts';
import { reminders } from './parts/reminders.ts';
import { restore } from './parts/restore.ts';
import { scale } from './parts/scale.ts';
import { starts } from './parts/starts.ts';
import { workers } from './parts/workers.ts';
import { machine, type Row, table, told } from './report.ts';

const benchmarks: Record<string, (bed: Bed) => Promise<Row[]>> = {
  latency,
  bulk,
  rehearsal,
  history,
  carry,
  memory,
  reminders,
  restore,
  starts,
  workers,
  scale,
  pages,
  files,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !benchmarks[name]);
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. Name some of ${Object.keys(benchmarks).join(', ')}.`);
  process.exit(2);
}

/** What runs now; stopped once, by the end of a benchmark or by Ctrl-C. A second Ctrl-C does not wait. */
let parts = new Parts();
let interrupted: Promise<void> | undefined;
process.on('SIGINT', () => {
  if (interrupted) process.exit(130);
  interrupted = parts.stop().finally(() => process.exit(130));
});

console.log(`Machine: ${machine()}\n`);
const results: { name: string; seconds: number; rows: Row[] }[] = [];
for (const name of asked.length > 0 ? asked : Object.keys(benchmarks)) {
  const startedAt = performance.now();
  const rows = await measured(name);
  results.push({ name, seconds: (performance.now() - startedAt) / 1_000, rows });
}
console.log(`\n${table(results)}`);

/** The rows of one benchmark. One that fails is told of and does not keep the others from being measured. */
async function measured(name: string): Promise<Row[]> {
  const say = (line: string) => console.log(`[${name}] ${line}`);
  parts = new Parts();
  try {
    return await benchmarks[name]!(await makeBed(parts, say));
  } catch (error) {
    // What is stopped under a benchmark makes it fail.
    await interrupted;
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
    return [told('not measured', 'see the error above')];
  } finally {
    await (interrupted ?? parts.stop());
  }
}

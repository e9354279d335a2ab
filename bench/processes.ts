import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Clock ticks of the kernel in a second: 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** Memory of a process in MiB: what it has now, and the most it had. Linux only. */
export async function memoryOf(pid: number): Promise<{ now: number; peak: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const mib = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return { now: mib('VmRSS'), peak: mib('VmHWM') };
}

/** The share of one core, in percent, that each process takes over some seconds. Linux only. */
export async function cpuOf(pids: number[], seconds: number): Promise<number[]> {
  const startedAt = performance.now();
  const before = await Promise.all(pids.map(cpuSeconds));
  await sleep(seconds * 1_000);
  const after = await Promise.all(pids.map(cpuSeconds));
  const elapsed = (performance.now() - startedAt) / 1_000;
  return after.map((used, index) => (100 * (used - before[index]!)) / elapsed);
}

async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name, in parentheses, may hold spaces; user and system time are the 12th and 13th field after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lockFile } from '../../db/fileLock.ts';

test('a file is held by one process at a time, and by nobody once that was killed or let it go', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'certloop-lock-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'certloop.lock');
  const script = join(import.meta.dirname, '../fixtures/lock-holder.mjs');
  const holder = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void holder.kill('SIGKILL'));
  const exit = once(holder, 'exit');
  await once(holder.stdout, 'data');

  expect(await lockFile(file)).toBe(undefined);

  holder.kill('SIGKILL');
  await exit;
  const mine = await lockFile(file);
  expect(mine).toBeDefined();
  expect(await lockFile(file)).toBe(undefined);
  await mine?.release();
  const again = await lockFile(file);
  expect(again).toBeDefined();
  await again?.release();
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { packageRoot } from '../../config/packageRoot.ts';
import { type SmallDisk, smallDisk } from '../support/smallDisk.ts';

/** Logs in a process of its own, which ends with 7 when nothing ended it before. What it asks for by a message is answered. */
async function logging(
  script: string,
  env: NodeJS.ProcessEnv = {},
  asked?: () => Promise<void>,
): Promise<{ code: number; stderr: string }> {
  const source = `
    import { loadSettings } from './config/settings.js';
    import { fileLog, processLog } from './cli/run/log.js';
    import { once } from 'node:events';
    const settings = loadSettings(process.env);
    ${script}
    process.exit(7);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    cwd: join(packageRoot(), 'dist'),
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', env.LOG_TO ? (await import('node:fs')).openSync(env.LOG_TO, 'w') : 'ignore', 'pipe', 'ipc'],
  });
  child.once('message', () => asked?.().then(() => child.send('done')));
  const [stderr, [code]] = await Promise.all([text(child.stderr!), once(child, 'exit')]);
  return { code: code as number, stderr };
}

test('a log whose disk is full ends nothing, says so once, and goes on when there is room', async () => {
  const disk: SmallDisk = await smallDisk(2 ** 20);
  try {
    await disk.fill();
    const { code, stderr } = await logging(
      `const { log } = fileLog(settings);
       for (let i = 0; i < 50; i++) log.info({ i }, 'x'.repeat(500));
       process.send('make room');
       await once(process, 'message');
       log.info('room again');`,
      { CERTLOOP_DATA_DIR: disk.folder },
      disk.makeRoom,
    );
    expect({ code, stderr }).toMatchObject({ code: 7 });
    expect(stderr.match(/The log cannot be written: ENOSPC/g)).toHaveLength(1);
    expect(await readFile(join(disk.folder, 'certloop.log'), 'utf8')).toContain('room again');
  } finally {
    await disk.remove();
  }
});

test('nor does a log on a standard output that takes nothing more', {
  skip: process.platform !== 'linux',
}, async () => {
  const { code, stderr } = await logging(
    `const log = processLog(settings); for (let i = 0; i < 9; i++) log.info({ i });`,
    {
      LOG_TO: '/dev/full',
    },
  );
  expect(code).toBe(7);
  expect(stderr).toContain('The log cannot be written: ENOSPC');
});

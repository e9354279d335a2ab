import { Runtime } from '@temporalio/worker';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installRuntime } from '../../worker/runtime.ts';

/** Files share a process: it may be there of one before, and is not to say something here for one after. */
const shutDown = () => Runtime.instance().shutdown();
beforeEach(shutDown);
afterEach(shutDown);

test('what the SDK says has its level, and an error its text', async () => {
  const lines: string[] = [];
  installRuntime(pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }));
  const { logger } = Runtime.instance();

  logger.log('WARN', 'Activity failed', { attempt: 3, error: new Error('The disk is full') });
  logger.error('Worker failed', { error: new Error('Gone') });
  logger.log('INFO', 'Not for operators');

  await expect.poll(() => lines.length).toBe(2);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 40, part: 'temporal', msg: 'Activity failed', attempt: 3, err: { message: 'The disk is full' } },
    { level: 50, msg: 'Worker failed', err: { message: 'Gone' } },
  ]);
});

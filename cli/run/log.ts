import { join } from 'node:path';
import { destination, type Logger, pino } from 'pino';
import type { Settings } from '../../config/settings.ts';
import { ensureDataDir } from './dataDir.ts';

/** The log of a process of its own: JSON lines on standard output, for whatever collects them. */
export function processLog(settings: Settings): Logger {
  return pino({ level: settings.logLevel });
}

/** The log of one machine: JSON lines in `<dataDir>/certloop.log`, so that the terminal stays readable. */
export function fileLog(settings: Settings): { log: Logger; file: string } {
  const file = join(settings.dataDir, 'certloop.log');
  ensureDataDir(settings.dataDir);
  return { log: pino({ level: settings.logLevel }, destination({ dest: file, mkdir: true, sync: true })), file };
}

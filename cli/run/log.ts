import { join } from 'node:path';
import { type DestinationStream, destination, type Logger, pino } from 'pino';
import type { Settings } from '../../config/settings.ts';
import { ownRights } from '../../db/rights.ts';
import { withoutAddresses } from './addresses.ts';
import { ensureDataDir } from './dataDir.ts';

/** The log of a process of its own: JSON lines on standard output, for whatever collects them. */
export function processLog(settings: Settings): Logger {
  return logTo(steady({ dest: 1 }), settings);
}

/** The log of one machine: JSON lines in `<dataDir>/certloop.log`, so that the terminal stays readable. */
export function fileLog(settings: Settings): { log: Logger; file: string } {
  const file = join(settings.dataDir, 'certloop.log');
  ensureDataDir(settings.dataDir);
  return { log: logTo(steady({ dest: file, mkdir: true, mode: ownRights.file }), settings), file };
}

/** Logs are read by more people than registers: nobody's address is in them. */
function logTo(to: DestinationStream, settings: Settings): Logger {
  return pino({ level: settings.logLevel }, { write: (line) => to.write(withoutAddresses(line)) });
}

/** What is kept of a log that cannot be written; the rest is lost. */
const mostKept = 4 * 2 ** 20;
const toldMs = 60_000;

/**
 * A log that goes on when its disk is full: what it could not write it writes once there is room, and says on standard error, once a
 * minute, that it could not. Without a listener the first line that is not written would end the process.
 */
function steady(options: { dest: string | number; mkdir?: boolean; mode?: number }) {
  const stream = destination({ ...options, sync: true, maxLength: mostKept });
  let toldAt = Number.NEGATIVE_INFINITY;
  stream.on('error', (error: Error) => {
    if (performance.now() - toldAt < toldMs) return;
    toldAt = performance.now();
    process.stderr.write(`The log cannot be written: ${error.message}. Certloop goes on without it; make room.\n`);
  });
  return stream;
}

import { join } from 'node:path';
import { TypedSearchAttributes } from '@temporalio/common';
import { searchAttributeKeys } from '../../workflows/searchAttributes.ts';

/** What the embedded service is started with. */
export interface ServerOptions {
  /** Folder of `temporal.db`; null keeps everything in memory, and it is gone when the service stops. */
  dataDir: string | null;
  /** Port of the service. */
  port: number;
  /** Port of Temporal's own pages; null leaves them out. */
  uiPort: number | null;
  /** Whether the clocks of programs can be advanced. */
  rehearsals: boolean;
  namespace: string;
}

/**
 * A run whose tasks failed a few times, because its worker or the service was killed again and again, would be left alone
 * for up to ten minutes, and refuse commands meanwhile.
 */
const patient = { 'history.workflowTaskRetryMaxInterval': '5s' };

/** Says after three failures in a row that a run is stuck, which is well within a minute; five, the service's own, are a minute. */
const outspoken = { 'system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute': 3 };

/**
 * The HTTP port takes a signal from any page that a browser on this machine shows, and cannot be left out. It answers only to
 * a host that there is not: no page has an address under `.invalid`, for no name server knows one.
 */
const closed = { 'frontend.httpAllowedHosts': ['nobody.invalid'] };

/** A rehearsal skips from timer to timer; each of these was measured to matter. */
const rehearsalConfig = {
  // Off by default.
  'frontend.WorkflowTimeSkippingEnabled': true,
  // A skipped timer takes tens of milliseconds instead of more than a second.
  'history.timerProcessorMaxTimeShift': '1ms',
  // Without these, timers and the workflow tasks that follow them are slowed down to 20 a second after the first few.
  'history.timerProcessorMaxPollRPS': 2000,
  'history.timerProcessorMaxPollHostRPS': 2000,
  'history.transferProcessorMaxPollRPS': 2000,
  // Otherwise the first task of a run that continued as new waits for a second, and skipping jumps over it.
  'history.workflowIdReuseMinimalInterval': '0s',
};

/** The command line of `temporal` that starts the embedded service on 127.0.0.1. */
export function serverArguments({ dataDir, port, uiPort, rehearsals, namespace }: ServerOptions): string[] {
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port)],
    ...(uiPort === null ? ['--headless'] : ['--ui-port', String(uiPort), '--ui-disable-news-fetch']),
    ...['--namespace', namespace, '--log-level', 'warn', '--log-format', 'json'],
    ...(dataDir === null ? [] : databaseArguments(dataDir)),
    ...searchAttributeKeys.flatMap(({ name, type }) => [
      '--search-attribute',
      `${name}=${TypedSearchAttributes.toMetadataType(type)}`,
    ]),
    ...Object.entries({ ...patient, ...outspoken, ...closed, ...(rehearsals && rehearsalConfig) }).flatMap(
      ([name, value]) => ['--dynamic-config-value', `${name}=${JSON.stringify(value)}`],
    ),
  ];
}

/** Full synchronization: what the service has confirmed survives a loss of power. */
function databaseArguments(dataDir: string): string[] {
  const pragmas = ['journal_mode=wal', 'synchronous=full'];
  return ['--db-filename', join(dataDir, 'temporal.db'), ...pragmas.flatMap((pragma) => ['--sqlite-pragma', pragma])];
}

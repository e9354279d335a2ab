import { loadSettings } from '../config/settings.ts';
import { oldTimeZoneData } from '../config/timeZoneData.ts';
import { installRuntime } from '../worker/runtime.ts';
import { fileLog } from './run/log.ts';
import { sdkMetricsAddress } from './run/operations.ts';
import { type Installation, startAll } from './run/startAll.ts';
import { untilAskedToStop } from './run/stop.ts';
import { goodFor } from './signIn.ts';

/** `certloop start`: everything on this machine, until Ctrl-C. */
export async function startCommand(): Promise<void> {
  const settings = loadSettings(process.env);
  const { log, file } = fileLog(settings);
  installRuntime(log, await sdkMetricsAddress());
  const asked = untilAskedToStop();
  console.log('Starting Certloop …');
  const old = oldTimeZoneData(process.versions.tz, new Date());
  if (old) {
    log.warn(old);
    console.warn(`  Warning: ${old}`);
  }
  const installation = await startAll(settings, log, (line) => console.log(`  ${line}`));
  console.log(
    [
      '',
      'Certloop is ready.',
      ...waysIn(installation),
      '',
      `  API                  ${installation.url}/v1`,
      `  API documentation    ${installation.url}/docs`,
      `  For operations       ${installation.operationsUrl ?? 'nothing: see the log'}`,
      ...(installation.temporalUiUrl ? [`  Temporal UI          ${installation.temporalUiUrl}`] : []),
      `  Mails go to          ${installation.mailbox}`,
      `  Data folder          ${settings.dataDir}`,
      `  Signing keys         ${settings.signingKeysFile}`,
      `  Log                  ${file}`,
      `  Administrator token  ${tokenLine(installation)}`,
      '',
      'Ctrl-C stops it; every program goes on at the next start.',
    ].join('\n'),
  );
  try {
    await Promise.race([asked, installation.failed]);
    console.log('\nStopping …');
  } finally {
    await installation.stop();
  }
  console.log('Stopped.');
}

/** The token itself at the first start alone: later ones are seen over shoulders, and kept by whatever collects what is printed. */
export function tokenLine({
  administratorToken,
  tokenFile,
  tokenIsNew,
}: Pick<Installation, 'administratorToken' | 'tokenFile' | 'tokenIsNew'>): string {
  if (administratorToken === undefined)
    return `none in ${tokenFile} is good; make one with "certloop token --role administrator"`;
  return tokenIsNew ? `${administratorToken} (shown once; it is kept in ${tokenFile})` : `in ${tokenFile}`;
}

/** What to open first: a link for the administrator until somebody said who that is, the sign-in afterwards. */
export function waysIn({ signInLink, publicUrl }: Pick<Installation, 'signInLink' | 'publicUrl'>): string[] {
  if (!signInLink) return [`  Sign in at           ${publicUrl}`];
  return [
    '',
    'Open this to begin, as its administrator:',
    `  ${signInLink}`,
    `It ${goodFor}. "certloop sign-in <email>" prints another.`,
  ];
}

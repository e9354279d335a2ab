import { loadSettings } from '../config/settings.ts';
import { installRuntime } from '../worker/runtime.ts';
import { fileLog } from './run/log.ts';
import { startAll } from './run/startAll.ts';
import { untilAskedToStop } from './run/stop.ts';

/** `certloop start`: everything on this machine, until Ctrl-C. */
export async function startCommand(): Promise<void> {
  const settings = loadSettings(process.env);
  const { log, file } = fileLog(settings);
  installRuntime(log);
  const asked = untilAskedToStop();
  console.log('Starting Certloop …');
  const installation = await startAll(settings, log, (line) => console.log(`  ${line}`));
  const token =
    installation.administratorToken ??
    `none in ${installation.tokenFile} is good; make one with "certloop token --role administrator"`;
  console.log(
    [
      '',
      'Certloop is ready.',
      `  API                  ${installation.url}/v1`,
      `  API documentation    ${installation.url}/docs`,
      ...(installation.temporalUiUrl ? [`  Temporal UI          ${installation.temporalUiUrl}`] : []),
      `  Mails go to          ${installation.mailbox}`,
      `  Data folder          ${settings.dataDir}`,
      `  Log                  ${file}`,
      `  Administrator token  ${token}`,
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

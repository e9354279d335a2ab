import { loadSettings } from '../../config/settings.ts';
import { type EmbeddedService, startService } from '../../worker/service/embedded.ts';
import { locateProgram } from '../../worker/service/locate.ts';

/** The `temporal` program for tests; says what it does when it has to download. */
export async function testProgram(): Promise<string> {
  const { cacheDir } = loadSettings(process.env);
  const log = (line: string) => {
    if (line.startsWith('Downloading')) console.log(line);
  };
  return (await locateProgram({ cacheDir, env: process.env, log })).program;
}

/** Starts a service in memory on free ports. Stop it when done. */
export async function startTestService(): Promise<EmbeddedService> {
  const program = await testProgram();
  return startService({ program, dataDir: null, port: 0, uiPort: null, rehearsals: true, log: () => undefined });
}

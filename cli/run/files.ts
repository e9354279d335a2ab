import { join } from 'node:path';
import type { Settings } from '../../config/settings.ts';
import { openFileStore } from '../../files/open.ts';
import type { Files } from '../../files/receive.ts';
import { clamd } from '../../files/scan/clamd.ts';
import type { FileStore } from '../../files/store.ts';

/** The place of the files of the settings. */
export function openStore({ filesUrl, dataDir }: Pick<Settings, 'filesUrl' | 'dataDir'>): Promise<FileStore> {
  return openFileStore(filesUrl, join(dataDir, 'incoming'));
}

/** The place of the files of the settings, and what holds for every upload. */
export async function openFiles(
  settings: Pick<Settings, 'filesUrl' | 'dataDir' | 'maxFileMb' | 'clamdUrl'>,
): Promise<Files> {
  const { maxFileMb, clamdUrl } = settings;
  return {
    store: await openStore(settings),
    mostBytes: maxFileMb * 2 ** 20,
    scanner: clamdUrl === null ? undefined : clamd(clamdUrl),
  };
}

import { signingKeysOf } from '../../config/connection.ts';
import type { Settings } from '../../config/settings.ts';
import type { SigningKeys } from '../../signing/keys.ts';
import { ensureDataDir } from './dataDir.ts';

/**
 * The keys that commands are signed with.
 *
 * @param say - takes where they are
 */
export function signingKeys(settings: Settings, say: (line: string) => void): SigningKeys {
  ensureDataDir(settings.dataDir);
  const { keys, made } = signingKeysOf(settings);
  const { signingKeysFile: file } = settings;
  say(
    made
      ? `A signing key (${keys.first.id}) was made in ${file}: every api and worker needs the same`
      : `Commands are signed with key ${keys.first.id} of ${file}`,
  );
  return keys;
}

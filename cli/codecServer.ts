import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { encryptionKeys } from '../config/connection.ts';
import { loadSettings } from '../config/settings.ts';
import { freePort } from '../worker/service/ports.ts';
import { buildCodecServer } from './run/codecServer.ts';
import { untilAskedToStop } from './run/stop.ts';

const host = '127.0.0.1';

/** `certloop codec-server`: reads for Temporal's pages what is encrypted, for whoever has the token, until Ctrl-C. */
export async function codecServerCommand({ port, origin }: { port?: string; origin: string[] }): Promise<void> {
  const settings = loadSettings(process.env);
  const encryption = encryptionKeys(settings);
  if (!encryption)
    throw new Error('CERTLOOP_ENCRYPTION_KEYS_FILE is not set: nothing is encrypted, and nothing to read.');
  const asked = untilAskedToStop();
  const token = randomBytes(24).toString('base64url');
  const server = buildCodecServer({
    encryption: { ...encryption, required: false },
    token,
    origins: origin.map((one) => new URL(one).origin),
  });
  await server.listen({ host, port: await freePort(Number(port ?? 0), '--port', host) });
  const { port: taken } = server.server.address() as AddressInfo;
  console.log(
    [
      'Whoever has this address can read all programs. Enter it in the Temporal UI as its remote codec endpoint:',
      `  http://${host}:${taken}/${token}`,
      'Ctrl-C stops it; the next start has another address.',
    ].join('\n'),
  );
  await asked;
  await server.close();
}

import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';

/** What an installation signs its checkpoints with. */
export interface SigningKey {
  key: KeyObject;
  /** The raw 32 bytes of the public key, in base64url: what others know it by. */
  publicKey: string;
}

/** Reads the key of a file. Undefined when there is none. Throws an error that says what to do when it holds no such key. */
export async function readKey(file: string): Promise<SigningKey | undefined> {
  let pem: string;
  try {
    pem = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(
      `The key of the checkpoints cannot be read (${(error as Error).message}): see CERTLOOP_CHECKPOINT_KEY_FILE.`,
    );
  }
  return signing(privateKeyOf(pem, file));
}

/** Makes a key in a file that only its owner reads. Of several that make it at once, all get the one that is there then. */
export async function makeKey(file: string): Promise<SigningKey> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const partial = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  try {
    await writeFile(partial, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
    await link(partial, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(partial, { force: true });
  }
  return (await readKey(file))!;
}

/**
 * A public key as somebody names it: 43 characters of base64url, or the text of a PEM file.
 *
 * @throws Error that says what is expected
 */
export function publicKeyOf(text: string): string {
  const given = text.trim();
  if (/^[A-Za-z0-9_-]{43}$/.test(given)) return given;
  try {
    return rawOf(createPublicKey(given));
  } catch {
    throw new Error(
      `${JSON.stringify(given.slice(0, 60))} is no public key: give the 43 characters that "certloop checkpoint" prints, or a PEM file.`,
    );
  }
}

function privateKeyOf(pem: string, file: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // As one of another kind.
  }
  throw new Error(
    `${file} holds no Ed25519 key in PEM: make one with "openssl genpkey -algorithm ed25519", or name another file with ` +
      'CERTLOOP_CHECKPOINT_KEY_FILE.',
  );
}

function signing(key: KeyObject): SigningKey {
  return { key, publicKey: rawOf(createPublicKey(key)) };
}

function rawOf(key: KeyObject): string {
  const { crv, x } = key.export({ format: 'jwk' });
  if (crv !== 'Ed25519' || x === undefined) throw new Error('It is no Ed25519 key.');
  return x;
}

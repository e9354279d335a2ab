import { createHash } from 'node:crypto';

/** A secret, known by its id. */
export interface Key {
  /** Tells one key from another, and nothing of its secret: the first hexadecimal digits of the secret's hash. */
  id: string;
  secret: Buffer;
}

/** A key that envelopes are signed with. */
export interface SigningKey extends Key {
  /** The only people in whose name it signs, in lower case; everybody when absent. */
  onlyFor?: readonly string[];
}

/** Keys of an installation: the first is for what is new, all are for what there is. */
export interface Keys<K extends Key = Key> {
  first: K;
  byId: ReadonlyMap<string, K>;
}

export type SigningKeys = Keys<SigningKey>;

const fewestBytes = 32;

/**
 * Reads keys from the text of a file: one a line, at least 32 random bytes in base64, and after it, where a key is for a system
 * of somebody else's, the addresses in whose names alone it signs. Lines that begin with # are left out.
 *
 * @throws Error that names the line which is wrong; never the key itself
 */
export function keysFrom(text: string, file = 'the signing keys'): SigningKeys {
  const keys = text
    .split('\n')
    .map((line, index) => ({
      words: line
        .trim()
        .split(/[\s,]+/)
        .filter(Boolean),
      number: index + 1,
    }))
    .filter(({ words }) => words.length > 0 && !words[0]!.startsWith('#'))
    .map(({ words, number }) => keyFrom(words, `Line ${number} of ${file}`));
  const [first] = keys;
  if (!first) throw new Error(`There is no key in ${file}: put at least 32 random bytes in base64 on a line of it.`);
  if (first.onlyFor) {
    throw new Error(
      `The first key of ${file} signs for Certloop itself, which sends for everybody: name no addresses there.`,
    );
  }
  return { first, byId: new Map(keys.map((key) => [key.id, key])) };
}

/**
 * Reads keys that payloads are encrypted with: one a line, 32 random bytes in base64.
 *
 * @throws Error that names the line which is wrong; never the key itself
 */
export function encryptionKeysFrom(text: string, file = 'the encryption keys'): Keys {
  const keys = keysFrom(text, file);
  const wrong = [...keys.byId.values()].find(({ secret, onlyFor }) => secret.length !== 32 || onlyFor);
  if (wrong)
    throw new Error(
      `Key ${wrong.id} of ${file} encrypts nothing: expected 32 random bytes in base64, and nothing after.`,
    );
  return keys;
}

function keyFrom([encoded, ...people]: string[], where: string): SigningKey {
  const secret = Buffer.from(encoded!, 'base64');
  if (!/^[\w+/-]+=*$/.test(encoded!) || secret.length < fewestBytes)
    throw new Error(`${where} is no key: expected at least ${fewestBytes} random bytes in base64.`);
  const stranger = people.find((person) => !/^[^\s@]+@[^\s@]+$/.test(person));
  if (stranger)
    throw new Error(`${where}: ${JSON.stringify(stranger)} is no address of somebody for whom the key signs.`);
  const id = createHash('sha256').update(secret).digest('hex').slice(0, 12);
  return { id, secret, ...(people.length > 0 && { onlyFor: people.map((person) => person.toLowerCase()) }) };
}

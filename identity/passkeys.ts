import { createHmac } from 'node:crypto';
import { isIP } from 'node:net';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { By } from '../db/installation.ts';
import type { Passkey } from '../db/passkeys.ts';
import type { Database } from '../db/types.ts';
import type { Email, Instant } from '../domain/basics.ts';
import { personOf } from './sessions.ts';

type Store = Pick<Database, 'passkeys' | 'accounts' | 'secrets'>;

/** What passkeys belong to: the installation's address, and the name in it. */
export interface PasskeySite {
  origin: string;
  id: string;
}

/** A passkey could not be added or used; the message is the reason, and what to do. */
export class PasskeyError extends Error {
  override readonly name = 'PasskeyError';
}

/** For how long a challenge waits for its answer, in minutes. */
const challengeMinutes = 5;
/** Passkeys that one person can have. */
const mostPasskeys = 20;

/** The site of an installation; undefined where there can be none, for passkeys belong to a name and an IP address has none. */
export function passkeySite(publicUrl: string): PasskeySite | undefined {
  const { origin, hostname, protocol } = new URL(publicUrl);
  const isNumber = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
  const isSafe = protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost');
  return isNumber || !isSafe ? undefined : { origin, id: hostname };
}

/** What a browser needs to make a passkey for somebody who is signed in. */
export async function askToAdd(
  { passkeys, secrets }: Store,
  site: PasskeySite,
  { email, name }: { email: Email; name: string },
  now: Instant,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const known = await passkeys.of(email);
  if (known.length >= mostPasskeys) {
    throw new PasskeyError(`There are ${mostPasskeys} passkeys already. Remove one that you do not use.`);
  }
  const options = await generateRegistrationOptions({
    rpName: 'Certloop',
    rpID: site.id,
    userID: handleOf(email, await secrets.get('passkeys')),
    userName: email,
    userDisplayName: name,
    attestationType: 'none',
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports: transports as [] })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  await passkeys.ask({ challenge: options.challenge, email, expiresAt: later(now) }, now);
  return options;
}

/**
 * Keeps the passkey that a browser made.
 *
 * @param response what the browser sent, as it came
 * @throws PasskeyError with the reason
 */
export async function addPasskey(
  { passkeys }: Store,
  site: PasskeySite,
  { email, name, response }: { email: Email; name: string; response: unknown },
  now: Instant,
  by: By,
): Promise<Passkey> {
  const { verified, registrationInfo } = await orPasskeyError(site, () =>
    verifyRegistrationResponse({
      response: response as RegistrationResponseJSON,
      expectedChallenge: (challenge) => passkeys.answer(challenge, email, now),
      expectedOrigin: site.origin,
      expectedRPID: site.id,
    }),
  );
  if (!verified) throw new PasskeyError('The device did not prove that it made this passkey. Try again.');
  const { credential, credentialBackedUp: synced } = registrationInfo;
  const passkey: Passkey = {
    id: credential.id,
    email,
    name: name.trim().slice(0, 60) || 'Passkey',
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: credential.transports ?? [],
    synced,
    createdAt: now,
  };
  if (!(await passkeys.add(passkey, by))) throw new PasskeyError('This passkey is known here already.');
  return passkey;
}

/** What a browser needs to let somebody choose a passkey of this site; nobody has said yet who they are. */
export async function askToSignIn(
  { passkeys }: Store,
  site: PasskeySite,
  now: Instant,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const options = await generateAuthenticationOptions({ rpID: site.id, userVerification: 'required' });
  await passkeys.ask({ challenge: options.challenge, expiresAt: later(now) }, now);
  return options;
}

/**
 * Who signs in by a passkey.
 *
 * @param response what the browser sent, as it came
 * @throws PasskeyError with the reason
 */
export async function signInByPasskey(
  store: Store,
  site: PasskeySite,
  response: unknown,
  now: Instant,
): Promise<Email> {
  const { id } = (response ?? {}) as { id?: unknown };
  const passkey = typeof id === 'string' ? await store.passkeys.find(id) : undefined;
  if (!passkey) {
    throw new PasskeyError(
      'This passkey is not known here; it may have been removed. Sign in another way, and add it again.',
    );
  }
  const { verified, authenticationInfo } = await orPasskeyError(site, () =>
    verifyAuthenticationResponse({
      response: response as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
      expectedChallenge: (challenge) => store.passkeys.answer(challenge, undefined, now),
      expectedOrigin: site.origin,
      expectedRPID: site.id,
      // The count is compared as it is written, so that of two answers at once one counts.
      credential: { id: passkey.id, publicKey: Buffer.from(passkey.publicKey, 'base64url'), counter: 0 },
    }),
  );
  if (!verified) throw new PasskeyError('The device did not prove that it has this passkey. Try again.');
  if (!(await store.passkeys.used(passkey.id, authenticationInfo.newCounter, now))) {
    throw new PasskeyError(
      'This passkey was used elsewhere since, so there may be a copy of it. Sign in another way, remove it, and add a new one.',
    );
  }
  if (!(await personOf(store, passkey.email))) {
    throw new PasskeyError('There is nothing here for you anymore. Ask the administrator or the program manager.');
  }
  return passkey.email;
}

/** What the device keeps of a person: always the same, and nothing that tells others who it is. */
function handleOf(email: Email, secret: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHmac('sha256', secret).update(`passkey ${email}`).digest());
}

async function orPasskeyError<T>({ origin }: PasskeySite, verify: () => Promise<T>): Promise<T> {
  try {
    return await verify();
  } catch (error) {
    throw new PasskeyError(reasonOf(error, origin), { cause: error });
  }
}

function reasonOf(error: unknown, origin: string): string {
  const text = error instanceof Error ? error.message : String(error);
  if (/challenge/.test(text)) {
    return `It took longer than ${challengeMinutes} minutes, or was sent twice. Try again.`;
  }
  if (/origin|RP ID/.test(text))
    return `It was made at another address than this installation has. Open ${origin} and try again.`;
  if (/user verification|could not be verified/i.test(text)) {
    return 'The device did not ask who you are. Set up a PIN or a fingerprint on it, and try again.';
  }
  return `The device's answer could not be used: ${text.replace(/\.$/, '')}.`;
}

function later(now: Instant): Instant {
  return new Date(Date.parse(now) + challengeMinutes * 60_000).toISOString() as Instant;
}

import type { CDPSession, Route } from 'playwright-core';
import type { Window } from './page.ts';

/** A device that keeps passkeys, in a window. */
export interface Device {
  /** What it keeps. */
  credentials(): Promise<Credential[]>;
  /** Gives it a copy of what another device keeps. */
  copy(credential: Credential): Promise<void>;
  /** Takes it out of the window. */
  remove(): Promise<void>;
}

type Credential = Awaited<ReturnType<typeof credentialsOf>>[number];

/** Puts a phone or a laptop with a lock into a window; its owner is there and opens it each time. */
export async function deviceIn({ context, page }: Window): Promise<Device> {
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await askThisDeviceOnly(page, () => credentialsOf(session, authenticatorId));
  return {
    credentials: () => credentialsOf(session, authenticatorId),
    copy: (credential) => session.send('WebAuthn.addCredential', { authenticatorId, credential }).then(() => undefined),
    remove: () => session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId }).then(() => undefined),
  };
}

/**
 * A headless Chromium crashes when it looks for phones by Bluetooth, of which it has none. So what the service asks of the
 * browser is narrowed on its way to what this device is and keeps; challenge and answer stay as they are.
 */
async function askThisDeviceOnly(page: Window['page'], kept: () => Promise<Credential[]>): Promise<void> {
  const narrowed = async (route: Route, narrow: (options: object) => object) => {
    const response = await route.fetch();
    if (!response.ok()) return route.fulfill({ response });
    return route.fulfill({ response, json: narrow(await response.json()) });
  };
  await page.route('**/settings/passkeys/options', (route) =>
    narrowed(route, (options) => {
      const { authenticatorSelection } = options as { authenticatorSelection: object };
      return { ...options, authenticatorSelection: { ...authenticatorSelection, authenticatorAttachment: 'platform' } };
    }),
  );
  await page.route('**/sign-in/passkey/options', async (route) => {
    const ids = (await kept()).map(({ credentialId }) => Buffer.from(credentialId, 'base64').toString('base64url'));
    const allowCredentials = ids.map((id) => ({ id, type: 'public-key', transports: ['internal'] }));
    return narrowed(route, (options) => ({ ...options, allowCredentials }));
  });
}

async function credentialsOf(session: CDPSession, authenticatorId: string) {
  const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId });
  return credentials;
}

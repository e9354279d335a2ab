import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkProvider } from '../../identity/oidc/check.ts';
import { createProvider, type OidcSettings, type Provider } from '../../identity/oidc/provider.ts';
import { anyFreePort } from '../../worker/service/ports.ts';
import { type IdProvider, startIdProvider } from './support/idProvider.ts';
import { signInAtProvider } from './support/providerVisit.ts';

const redirectUri = 'http://localhost:8400/sign-in/oidc/callback';
const client = { id: 'certloop', secret: 'a-secret-of-the-test', redirectUri };

let idProvider: IdProvider;
let settings: OidcSettings;

beforeAll(async () => {
  idProvider = await startIdProvider(client, await anyFreePort());
  idProvider.people.kim = { email: 'Kim@Example.com', email_verified: true, name: 'Kim Lee', groups: ['staff'] };
});

beforeEach(() => {
  idProvider.tamper = undefined;
  settings = {
    issuer: idProvider.issuer,
    clientId: client.id,
    clientSecret: client.secret,
    name: 'Example',
    verifiedOnly: true,
    administrators: [],
    operations: [],
    redirectUri,
  };
});

afterAll(() => idProvider.stop());

/** Goes to the provider and signs in there as Kim. */
async function visit(provider: Provider): Promise<{ search: string; kept: string }> {
  const { url, kept } = await provider.depart();
  return { search: await signInAtProvider(url, 'kim', redirectUri), kept };
}

async function arriving(given: Partial<OidcSettings> = {}): Promise<unknown> {
  const provider = createProvider({ ...settings, ...given });
  const { search, kept } = await visit(provider);
  return provider.arrive(search, kept);
}

describe('a sign-in by a provider', () => {
  it('gives what the provider says of the person, also what it tells only when asked again', async () => {
    expect(await arriving()).toMatchObject({
      sub: 'kim',
      email: 'Kim@Example.com',
      name: 'Kim Lee',
      groups: ['staff'],
    });
  });

  it('proves itself by PKCE, state and nonce, which are new each time', async () => {
    const provider = createProvider(settings);
    const departures = await Promise.all([provider.depart(), provider.depart()]);
    const [one, other] = departures.map(({ url }) => new URL(url).searchParams);
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(one!.get(name)).toHaveLength(43);
      expect(one!.get(name)).not.toBe(other!.get(name));
    }
    expect(one!.get('code_challenge_method')).toBe('S256');
    expect(departures[0].url).not.toContain(JSON.parse(departures[0].kept).verifier);
  });

  it('ends only in the browser in which it began', async () => {
    const provider = createProvider(settings);
    const { search, kept } = await visit(provider);
    await expect(provider.arrive(search, undefined)).rejects.toThrow(/not begun in this browser/);
    const { kept: another } = await provider.depart();
    await expect(provider.arrive(search, another)).rejects.toThrow(/belongs to another sign-in/);
    await expect(provider.arrive(search.replace(/state=[^&]*/, ''), kept)).rejects.toThrow(
      /belongs to another sign-in/,
    );
    expect(await provider.arrive(search, kept)).toMatchObject({ sub: 'kim' });
  });

  it('is not taken twice: the provider refuses its code', async () => {
    const provider = createProvider(settings);
    const { search, kept } = await visit(provider);
    await provider.arrive(search, kept);
    await expect(provider.arrive(search, kept)).rejects.toThrow(
      /does not take its code: it was used before.*invalid_grant/,
    );
  });

  it('is refused by a code that was made for the proof of another browser', async () => {
    const provider = createProvider(settings);
    const { search, kept } = await visit(provider);
    const stolen = JSON.stringify({ ...JSON.parse(kept), verifier: 'x'.repeat(43) });
    await expect(provider.arrive(search, stolen)).rejects.toThrow(/does not take its code/);
  });

  it('says when the person or the provider refused', async () => {
    const provider = createProvider(settings);
    const { kept } = await provider.depart();
    const { state } = JSON.parse(kept);
    const search = `?error=access_denied&error_description=Changed+my+mind&state=${state}&iss=${settings.issuer}`;
    await expect(provider.arrive(search, kept)).rejects.toThrow(/or you there, refused.*Changed my mind/);
  });
});

describe('a token', () => {
  it.each([
    [
      'of another sign-in',
      { claims: (claims: object) => ({ ...claims, nonce: 'another' }) },
      /not for this sign-in.*nonce/,
    ],
    [
      'that has expired',
      { claims: (claims: object) => ({ ...claims, exp: 1_000_000 }) },
      /not good now.*Compare the clocks/,
    ],
    [
      'of another issuer',
      { claims: (claims: object) => ({ ...claims, iss: 'https://evil.example' }) },
      /not for this sign-in.*iss/,
    ],
    [
      'for another client',
      { claims: (claims: object) => ({ ...claims, aud: 'another' }) },
      /not for this sign-in.*aud/,
    ],
    ['that another key signed', { strangeKey: true }, /could not be used.*signature/i],
  ])('%s is refused', async (_name, tamper, reason) => {
    idProvider.tamper = tamper;
    await expect(arriving()).rejects.toThrow(reason);
  });
});

describe('what is set wrongly', async () => {
  const silent = `http://localhost:${await anyFreePort()}`;

  it.each([['a secret', { clientSecret: 'wrong' }, /does not take our id and secret: check CERTLOOP_OIDC_CLIENT_ID/]])(
    '%s is named when somebody arrives',
    async (_name, given, reason) => {
      await expect(arriving(given)).rejects.toThrow(reason);
    },
  );

  it.each([
    [
      'a name that nobody has',
      'https://provider.invalid',
      /provider.invalid (cannot be reached: (its name is not known|the DNS)|does not answer within ten seconds)/,
    ],
    ['a port on which nothing answers', silent, /localhost:\d+ cannot be reached: nothing answers on its port/],
    ['https where none is spoken', () => settings.issuer.replace('http:', 'https:'), /it does not speak TLS there/],
    [
      'a path with nothing',
      () => `${settings.issuer}/realm`,
      /answered 404 at .*\/realm\/\.well-known.*CERTLOOP_OIDC_ISSUER/,
    ],
    [
      'another name',
      () => settings.issuer.replace('localhost', '127.0.0.1'),
      /calls itself http:\/\/localhost:\d+: set/,
    ],
  ])('as issuer, %s is named before anybody leaves', async (_name, issuer, reason) => {
    const provider = createProvider({ ...settings, issuer: typeof issuer === 'string' ? issuer : issuer() });
    await expect(provider.depart()).rejects.toThrow(reason);
  });

  it('is told from a site that is no provider', async () => {
    const { server, url } = await site((response) => response.setHeader('content-type', 'text/html').end('<p>Hello'));
    await expect(createProvider({ ...settings, issuer: url }).depart()).rejects.toThrow(
      /is no provider of OpenID Connect/,
    );
    server.close();
  });

  it('is asked for again: a provider that comes back is used without a new start', async () => {
    const port = Number(new URL(idProvider.issuer).port);
    const provider = createProvider(settings);
    await idProvider.stop();
    await expect(provider.depart()).rejects.toThrow(/nothing answers|broke the connection off/);
    const { people } = idProvider;
    idProvider = await startIdProvider(client, port);
    Object.assign(idProvider.people, people);
    expect((await provider.depart()).url).toContain(idProvider.issuer);
  });
});

describe('the check of an administrator', () => {
  it('finds nothing wrong when all is right', async () => {
    const checks = await checkProvider(createProvider(settings));
    expect(checks.map(({ wrong }) => wrong)).toEqual([undefined, undefined, undefined]);
  });

  it('names a wrong secret and an address that is not registered, both at once', async () => {
    const wrong = { clientSecret: 'wrong', redirectUri: 'http://localhost:9/sign-in/oidc/callback' };
    const [reached, secret, address] = await checkProvider(createProvider({ ...settings, ...wrong }));
    expect(reached?.wrong).toBeUndefined();
    expect(secret?.wrong).toMatch(/does not take our id and secret.*invalid_client/);
    expect(address?.wrong).toMatch(/answered 400 \(.*redirect_uri.*\)\. Register http:\/\/localhost:9\/sign-in/);
  });

  it('ends where the provider cannot be reached', async () => {
    const checks = await checkProvider(
      createProvider({ ...settings, issuer: `http://localhost:${await anyFreePort()}` }),
    );
    expect(checks).toEqual([expect.objectContaining({ wrong: expect.stringMatching(/nothing answers on its port/) })]);
  });
});

async function site(
  answer: (response: import('node:http').ServerResponse) => void,
): Promise<{ server: Server; url: string }> {
  const server = createServer((_request, response) => answer(response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { server, url: `http://localhost:${(server.address() as AddressInfo).port}` };
}

import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** What the provider says of one person, beside who it is. */
export type PersonClaims = Record<string, unknown> & { email?: string };

/** A client at the provider. */
export interface TestClient {
  id: string;
  secret: string;
  redirectUri: string;
}

/** A real provider of OpenID Connect, with pages to sign in and to consent. Whoever types a login of `people` is that person. */
export interface IdProvider {
  issuer: string;
  people: Record<string, PersonClaims>;
  /** Changes the claims of the ID tokens from now on; signed again with the provider's own key, or with a strange one. */
  tamper?: { claims?: (claims: Record<string, unknown>) => Record<string, unknown>; strangeKey?: boolean };
  stop(): Promise<void>;
}

const keyOfProvider = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const strangeKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

/** Starts a provider on a port; any free one when 0. */
export async function startIdProvider(client: TestClient, port = 0): Promise<IdProvider> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const people: IdProvider['people'] = {};
  const handle: IdProvider = {
    issuer,
    people,
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
  const provider = makeProvider(issuer, client, people);
  provider.use(async (ctx, next) => {
    await next();
    const body = ctx.body as { id_token?: string } | undefined;
    if (handle.tamper && body?.id_token) body.id_token = tampered(body.id_token, handle.tamper);
  });
  server.on('request', provider.callback());
  return handle;
}

function makeProvider(issuer: string, { id, secret, redirectUri }: TestClient, people: IdProvider['people']): Provider {
  return quietly(
    () =>
      new Provider(issuer, {
        clients: [{ client_id: id, client_secret: secret, redirect_uris: [redirectUri] }],
        claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
        findAccount: (_ctx, login) => ({ accountId: login, claims: () => ({ sub: login, ...people[login] }) }),
        cookies: { keys: ['of a test'] },
        jwks: { keys: [{ ...keyOfProvider.export({ format: 'jwk' }), kid: 'own', use: 'sig', alg: 'RS256' } as never] },
        pkce: { required: () => true },
        ttl: { AccessToken: 600, IdToken: 600, Session: 600, Grant: 600, Interaction: 600, AuthorizationCode: 60 },
      }),
  );
}

function tampered(token: string, { claims, strangeKey: strange }: NonNullable<IdProvider['tamper']>): string {
  const [header = '', payload = ''] = token.split('.');
  const before = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  const after = Buffer.from(JSON.stringify(claims ? claims(before) : before)).toString('base64url');
  return `${header}.${after}.${signatureOf(`${header}.${after}`, strange ? strangeKey : keyOfProvider)}`;
}

function signatureOf(text: string, key: KeyObject): string {
  const pem = key.export({ type: 'pkcs8', format: 'pem' });
  return sign('RSA-SHA256', Buffer.from(text), createPrivateKey(pem)).toString('base64url');
}

/** The provider warns of what is fit for tests only, which this is. */
function quietly<T>(make: () => T): T {
  const { warn, info } = console;
  console.warn = console.info = () => undefined;
  try {
    return make();
  } finally {
    Object.assign(console, { warn, info });
  }
}

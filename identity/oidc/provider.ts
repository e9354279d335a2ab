import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { ProviderError, reasonOf } from './reasons.ts';

/** A provider of OpenID Connect, as the installation's settings describe it. */
export interface OidcSettings {
  issuer: string;
  clientId: string;
  /** Absent for a public client, which proves itself by PKCE alone. */
  clientSecret?: string;
  /** What people call the provider. */
  name: string;
  /** Whether only addresses count that the provider calls verified. */
  verifiedOnly: boolean;
  /** Claim whose values give roles in the installation. */
  roleClaim?: string;
  /** Values of the claim that make an administrator. */
  administrators: readonly string[];
  /** Values of the claim that give the role of operations. */
  operations: readonly string[];
  /** Where the provider sends people back to; it has to be registered there. */
  redirectUri: string;
}

/** What the provider says of a person. */
export type Claims = Readonly<Record<string, unknown>>;

/** A sign-in on its way: where the browser goes, and what it keeps until it comes back. */
export interface Departure {
  url: string;
  kept: string;
}

export interface Provider {
  readonly settings: OidcSettings;
  /** The provider's own description and our place with it; asked for when needed, and kept for an hour. */
  configuration(): Promise<Configuration>;
  /** Begins a sign-in. @throws ProviderError when the provider cannot be asked */
  depart(): Promise<Departure>;
  /**
   * Ends a sign-in: checks what came back, and gives what the provider says of the person.
   *
   * @param search the query with which the browser came back, `?code=…&state=…`
   * @param kept what the browser kept; undefined when it kept nothing
   * @throws ProviderError with the reason
   */
  arrive(search: string, kept: string | undefined): Promise<Claims>;
}

/** Seconds that the provider may take for an answer. */
const patience = 10;
const keptFor = 60 * 60_000;

/**
 * Signs people in by a provider of OpenID Connect: code flow with PKCE, state and nonce. Nothing is asked of the provider
 * until somebody wants to sign in, so that one that is away keeps nobody out who comes another way.
 */
export function createProvider(settings: OidcSettings): Provider {
  let known: { at: number; configuration: Promise<Configuration> } | undefined;

  function configuration(): Promise<Configuration> {
    if (known && Date.now() - known.at < keptFor) return known.configuration;
    const asked = { at: Date.now(), configuration: discover(settings) };
    known = asked;
    asked.configuration.catch(() => {
      if (known === asked) known = undefined;
    });
    return asked.configuration;
  }

  return {
    settings,
    configuration,
    depart: () => orProviderError(settings, async () => depart(settings, await configuration())),
    arrive: (search, kept) =>
      orProviderError(settings, async () => {
        const own = mustBeKept(kept, search);
        return arrive(settings, await configuration(), search, own);
      }),
  };
}

/** Asks the provider what it offers, and takes the way of proving ourselves that it knows. */
async function discover({ issuer, clientId, clientSecret }: OidcSettings): Promise<Configuration> {
  const url = new URL(issuer);
  const execute = url.protocol === 'http:' ? [allowInsecureRequests] : [];
  const found = await discovery(url, clientId, undefined, None(), { timeout: patience, execute });
  const { token_endpoint_auth_methods_supported: methods = ['client_secret_basic'] } = found.serverMetadata();
  const byHeader = methods.includes('client_secret_basic') || !methods.includes('client_secret_post');
  const proof = byHeader ? ClientSecretBasic(clientSecret) : ClientSecretPost(clientSecret);
  const configuration = new Configuration(found.serverMetadata(), clientId, undefined, clientSecret ? proof : None());
  configuration.timeout = patience;
  for (const extension of execute) extension(configuration);
  // The signature of each token is checked, also where TLS alone would be taken for proof.
  enableNonRepudiationChecks(configuration);
  return configuration;
}

interface Kept {
  state: string;
  nonce: string;
  verifier: string;
}

async function depart({ redirectUri }: OidcSettings, configuration: Configuration): Promise<Departure> {
  const kept: Kept = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
  const url = buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: 'openid email profile',
    state: kept.state,
    nonce: kept.nonce,
    code_challenge: await calculatePKCECodeChallenge(kept.verifier),
    code_challenge_method: 'S256',
  });
  return { url: url.href, kept: JSON.stringify(kept) };
}

/** A sign-in that another page or another site began is not this browser's. */
function mustBeKept(kept: string | undefined, search: string): Kept {
  if (kept === undefined) {
    throw new ProviderError('It was not begun in this browser, or more than ten minutes ago. Begin again here.');
  }
  const own = JSON.parse(kept) as Kept;
  if (new URLSearchParams(search).get('state') !== own.state) {
    throw new ProviderError('It belongs to another sign-in than the one begun last in this browser. Begin again here.');
  }
  return own;
}

async function arrive(
  { redirectUri }: OidcSettings,
  configuration: Configuration,
  search: string,
  { state, nonce, verifier }: Kept,
): Promise<Claims> {
  const tokens = await authorizationCodeGrant(configuration, new URL(redirectUri + search), {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  });
  const claims = tokens.claims()!;
  if (!configuration.serverMetadata().userinfo_endpoint) return claims;
  // Many providers give the address and groups only here.
  return { ...(await fetchUserInfo(configuration, tokens.access_token, claims.sub)), ...claims };
}

async function orProviderError<T>(settings: OidcSettings, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ProviderError ? error : new ProviderError(reasonOf(error, settings), { cause: error });
  }
}

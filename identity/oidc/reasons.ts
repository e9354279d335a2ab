import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';

/** A sign-in by the provider did not succeed; the message is the reason, for whoever tried it. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
}

interface Known {
  issuer: string;
  redirectUri: string;
}

/** What network errors mean, by their codes. */
const network: Record<string, string> = {
  ENOTFOUND: 'its name is not known to the DNS',
  EAI_AGAIN: 'the DNS does not answer',
  ECONNREFUSED: 'nothing answers on its port',
  ECONNRESET: 'it broke the connection off',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'there is no way to it in the network',
  ENETUNREACH: 'there is no way to it in the network',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
  UND_ERR_SOCKET: 'it broke the connection off',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed; name its authority in NODE_EXTRA_CA_CERTS',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is of an authority not known here; name it in NODE_EXTRA_CA_CERTS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is of an authority not known here; name it in NODE_EXTRA_CA_CERTS',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its certificate is of an authority not known here; name it in NODE_EXTRA_CA_CERTS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS there',
  EPROTO: 'it does not speak TLS there',
};

/** What a provider means by the errors of OAuth. */
const refusals: Record<string, string> = {
  invalid_client:
    'The provider does not take our id and secret: check CERTLOOP_OIDC_CLIENT_ID and CERTLOOP_OIDC_CLIENT_SECRET.',
  unauthorized_client:
    'The provider does not let this client sign people in: allow it the authorization code flow there.',
  invalid_grant:
    'The provider does not take its code: it was used before, is too old, or was given for another address.',
  access_denied: 'The provider, or you there, refused the sign-in.',
  login_required: 'The provider wants you to sign in there first.',
  consent_required: 'The provider wants your consent first.',
  temporarily_unavailable: 'The provider is overloaded just now. Try again in a minute.',
  server_error: 'The provider had an error of its own.',
};

/** The reason for which something with a provider failed, in words and with the provider's own where it gave some. */
export function reasonOf(error: unknown, { issuer, redirectUri }: Known): string {
  const refused = refusalOf(error);
  if (refused) {
    const words = [refused.error, refused.description].filter(Boolean).join(': ');
    return `${refusals[refused.error] ?? 'The provider refused it.'} (${words})`;
  }
  const code = networkCodeOf(error);
  if (code) return `The provider ${hostOf(issuer)} cannot be reached: ${network[code] ?? code}.`;
  if (error instanceof ClientError) return ofClient(error, issuer, redirectUri);
  return `The provider's answer could not be used: ${textOf(error)}.`;
}

/** The name of an error of OAuth, wherever the provider has written it, and its own words. */
function refusalOf(error: unknown): { error: string; description?: string } | undefined {
  if (error instanceof ResponseBodyError || error instanceof AuthorizationResponseError) {
    return { error: error.error, description: error.error_description };
  }
  if (!(error instanceof WWWAuthenticateChallengeError)) return undefined;
  const [challenge] = error.cause;
  const { error: name = `status ${error.status}`, error_description: description } = challenge?.parameters ?? {};
  return { error: name, description };
}

function ofClient(error: ClientError, issuer: string, redirectUri: string): string {
  const { code, cause } = error;
  if (code === 'OAUTH_TIMEOUT') return `The provider ${hostOf(issuer)} does not answer within ten seconds.`;
  if (code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' && cause instanceof Response) {
    return `The provider answered ${cause.status} at ${cause.url}: check CERTLOOP_OIDC_ISSUER, which is ${issuer}.`;
  }
  if (code === 'OAUTH_RESPONSE_IS_NOT_JSON' || code === 'OAUTH_PARSE_ERROR') {
    return `What answers at ${issuer} is no provider of OpenID Connect: check CERTLOOP_OIDC_ISSUER.`;
  }
  if (code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED') {
    const named = (cause as { body?: { issuer?: string } }).body?.issuer;
    return `The provider calls itself ${named}: set CERTLOOP_OIDC_ISSUER to that, it is ${issuer}.`;
  }
  const details = textOf(cause ?? error);
  if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') {
    return `The provider's token is not good now: ${details}. Compare the clocks of both machines.`;
  }
  if (code === 'OAUTH_JWT_CLAIM_COMPARISON_FAILED') {
    return `The provider's token is not for this sign-in: ${details}. Begin again; our address there is ${redirectUri}.`;
  }
  return `The provider's answer could not be used: ${details}.`;
}

/** The code of a network error, wherever `fetch` has put it. */
function networkCodeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError) return error.errors.map(networkCodeOf).find(Boolean);
  if (!(error instanceof Error)) return undefined;
  const { code } = error as NodeJS.ErrnoException;
  if (code && !code.startsWith('OAUTH_') && !code.startsWith('ERR_INVALID')) return code;
  return networkCodeOf(error.cause);
}

function hostOf(issuer: string): string {
  return new URL(issuer).host;
}

function textOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}

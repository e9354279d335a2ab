import type { Settings } from '../../config/settings.ts';
import type { OidcSettings } from '../../identity/oidc/provider.ts';
import { callbackPath } from '../../web/signIn/oidc.tsx';

/** The provider of OpenID Connect by which people can sign in; undefined when the settings name none. */
export function providerOf(settings: Settings, publicUrl: string): OidcSettings | undefined {
  if (settings.oidcIssuer === null) return undefined;
  return {
    issuer: settings.oidcIssuer,
    // The settings are not whole without it.
    clientId: settings.oidcClientId!,
    clientSecret: settings.oidcClientSecret ?? undefined,
    name: settings.oidcName,
    verifiedOnly: settings.oidcVerifiedOnly === 'true',
    roleClaim: settings.oidcRoleClaim ?? undefined,
    administrators: listed(settings.oidcAdministrators),
    operations: listed(settings.oidcOperations),
    redirectUri: publicUrl + callbackPath,
  };
}

function listed(text: string | null): string[] {
  return (text ?? '')
    .split(',')
    .map((value) => value.trim())
    .filter(Boolean);
}

import type { FastifyPluginAsync } from 'fastify';
import { Problem } from '../../api/problem.ts';
import { checkProvider, type ProviderCheck } from '../../identity/oidc/check.ts';
import { createProvider, type OidcSettings, type Provider } from '../../identity/oidc/provider.ts';
import type { Page } from '../html/layout.tsx';
import { Facts } from '../html/parts.tsx';

const path = '/installation/provider';

/** How sign-ins by the provider are set, and a test of it against the provider itself; for administrators. */
export const providerRoutes: FastifyPluginAsync<{ provider: Provider | undefined }> = async (app, { provider }) => {
  app.addHook('preHandler', async ({ caller }) => {
    if (caller.installationRole !== 'administrator') {
      throw new Problem(404, 'unknown', 'There is nothing at this address, or it is not for you to see.');
    }
  });

  app.get(path, (request, reply) => reply.show(providerPage({ settings: provider?.settings, csrf: request.csrf() })));

  app.post(path, async (request, reply) => {
    // Asked for anew: what was kept since an earlier sign-in would hide a change at the provider.
    const checks = provider && (await checkProvider(createProvider(provider.settings)));
    return reply.show(providerPage({ settings: provider?.settings, csrf: request.csrf(), checks }));
  });
};

interface ProviderPage {
  settings: OidcSettings | undefined;
  csrf: string;
  checks?: readonly ProviderCheck[];
}

function providerPage({ settings, csrf, checks }: ProviderPage): Page {
  return {
    title: 'Sign-in by a provider',
    at: 'installation',
    body: (
      <>
        <h1>Sign-in by a provider</h1>
        {settings ? <Named settings={settings} csrf={csrf} checks={checks} /> : <NotSet />}
      </>
    ),
  };
}

function Named({ settings, csrf, checks }: ProviderPage & { settings: OidcSettings }) {
  const { issuer, clientId, clientSecret, redirectUri, name, verifiedOnly, roleClaim } = settings;
  return (
    <>
      <p>
        People can sign in with {name}, by OpenID Connect. Whoever comes that way for the first time gets an account
        that may do nothing. If the provider is away, codes by mail and passkeys go on working, and so does{' '}
        <code>certloop sign-in</code> on the server.
      </p>
      <Facts
        facts={[
          ['Provider', <code>{issuer}</code>],
          ['Our id there', <code>{clientId}</code>],
          ['Secret', clientSecret ? 'set' : 'none: a public client'],
          ['Our address, to be registered there', <code>{redirectUri}</code>],
          [
            'Addresses',
            verifiedOnly ? 'only those that it calls verified' : 'all, also those that it does not call verified',
          ],
          ['Roles', roleClaim ? <Roles settings={settings} /> : 'it gives none'],
        ]}
      />
      <form method="post" action={path} class="row">
        <input type="hidden" name="_csrf" value={csrf} />
        <button class="primary" type="submit">
          Test it now
        </button>
      </form>
      {checks && <Checks checks={checks} />}
    </>
  );
}

function Roles({ settings: { roleClaim, administrators, operations } }: { settings: OidcSettings }) {
  return (
    <>
      by the claim <code>{roleClaim}</code>: {administrators.join(', ') || 'nothing'} makes an administrator,{' '}
      {operations.join(', ') || 'nothing'} gives the role of operations
    </>
  );
}

function Checks({ checks }: { checks: readonly ProviderCheck[] }) {
  const wrong = checks.filter((check) => check.wrong !== undefined);
  return (
    <section class={wrong.length > 0 ? 'notice bad' : 'notice good'} role="status" aria-labelledby="checks-title">
      <h2 class="notice-title" id="checks-title">
        {wrong.length > 0 ? 'Nobody can sign in this way now' : 'All that can be tested without a person is right'}
      </h2>
      <ul>
        {checks.map(({ what, wrong: reason }) => (
          <li key={what}>
            {what}: {reason ? <strong>no. {reason}</strong> : 'yes.'}
          </li>
        ))}
      </ul>
    </section>
  );
}

function NotSet() {
  return (
    <p>
      None is set. Whoever runs the server can name one with <code>CERTLOOP_OIDC_ISSUER</code>,{' '}
      <code>CERTLOOP_OIDC_CLIENT_ID</code> and <code>CERTLOOP_OIDC_CLIENT_SECRET</code>.
    </p>
  );
}

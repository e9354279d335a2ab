import { type Configuration, genericGrantRequest, ResponseBodyError } from 'openid-client';
import type { Provider } from './provider.ts';
import { reasonOf } from './reasons.ts';

/** One thing that has to be right for sign-ins by the provider, and whether it is. */
export interface ProviderCheck {
  what: string;
  /** Absent when it is right: what is wrong, and what to do. */
  wrong?: string;
}

const patience = 10_000;

/**
 * Tries what an administrator can have set wrongly, against the provider itself: that it is reached and describes itself, that
 * it takes our id and secret, that it knows our address. Ends at the first that keeps the next from being tried.
 */
export async function checkProvider(provider: Provider): Promise<ProviderCheck[]> {
  const { settings } = provider;
  const reached = `${settings.issuer} is reached, and describes itself as a provider`;
  let configuration: Configuration;
  try {
    configuration = await provider.configuration();
  } catch (error) {
    return [{ what: reached, wrong: reasonOf(error, settings) }];
  }
  return [
    { what: reached },
    { what: `It takes the id ${settings.clientId} and its secret`, wrong: await secretWrong(configuration, provider) },
    { what: `It knows our address ${settings.redirectUri}`, wrong: await addressWrong(provider) },
  ];
}

/** A code that was never given has to be refused for that, and not for who asks. */
async function secretWrong(configuration: Configuration, { settings }: Provider): Promise<string | undefined> {
  try {
    const made = {
      code: 'a-code-that-was-never-given',
      redirect_uri: settings.redirectUri,
      code_verifier: 'x'.repeat(43),
    };
    await genericGrantRequest(configuration, 'authorization_code', made);
    return 'It took a code that was never given: this provider cannot be trusted.';
  } catch (error) {
    if (error instanceof ResponseBodyError && error.error === 'invalid_grant') return undefined;
    return reasonOf(error, settings);
  }
}

/** Asks for a sign-in without anybody to sign in: who knows our address sends the answer there, others show an error. */
async function addressWrong(provider: Provider): Promise<string | undefined> {
  const { settings } = provider;
  try {
    const { url } = await provider.depart();
    const silent = new URL(url);
    silent.searchParams.set('prompt', 'none');
    const response = await fetch(silent, { redirect: 'manual', signal: AbortSignal.timeout(patience) });
    if (response.status < 400) return undefined;
    const words = wordsOf(await response.text());
    return `It answered ${response.status}${words && ` (${words})`}. Register ${settings.redirectUri} there as a redirect URI.`;
  } catch (error) {
    return reasonOf(error, settings);
  }
}

/** What a page of the provider says about its error: the name and the words that OAuth has for it. */
function wordsOf(page: string): string {
  const text = page.replace(/<style[\s\S]*?<\/style>|<script[\s\S]*?<\/script>/gi, '').replace(/<[^>]+>/g, ' ');
  const found = /[^.\n]*redirect[_ ]?ur[il][^.\n]*/i.exec(text.replace(/&[a-z#0-9]+;/gi, "'"));
  return (found?.[0] ?? '').replace(/\s+/g, ' ').trim().slice(0, 200);
}

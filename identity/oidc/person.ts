import type { Account } from '../../db/accounts.ts';
import type { By } from '../../db/installation.ts';
import type { Database } from '../../db/types.ts';
import type { Email, InstallationRole, Instant, IsoDate } from '../../domain/basics.ts';
import { asKnown } from '../../domain/registry/address.ts';
import { isAddress } from '../address.ts';
import { changeRights } from '../rights.ts';
import type { Claims, OidcSettings } from './provider.ts';
import { ProviderError } from './reasons.ts';

type Store = Pick<Database, 'accounts' | 'providerRoles' | 'sessions' | 'tokens'>;

/**
 * The person whom a provider signed in. Who is not known here yet gets an account that may do nothing; a role comes from the
 * claim that the settings name, or from an administrator, never from being first.
 *
 * @throws ProviderError when the provider gives no address, or one that it does not call verified
 */
export async function personOfClaims(
  store: Store,
  settings: OidcSettings,
  claims: Claims,
  now: Instant,
): Promise<Email> {
  const email = addressOf(settings, claims);
  const name = nameOf(claims, email);
  const account = await store.accounts.ensure({ email, name, mayStart: false }, now, byProvider);
  await takeRole(store, account, roleOf(settings, claims), now);
  return email;
}

function addressOf({ verifiedOnly }: OidcSettings, claims: Claims): Email {
  const { email, email_verified: verified } = claims;
  if (typeof email !== 'string' || !isAddress(email)) {
    throw new ProviderError(
      'The provider gave no e-mail address of yours: it has to release the scope "email" to Certloop.',
    );
  }
  // Some providers write the claim as text.
  if (verifiedOnly && verified !== true && verified !== 'true') {
    throw new ProviderError(
      `The provider does not call ${email} verified, so it may be somebody else's. Have it verified there, and sign in again.`,
    );
  }
  return asKnown(email) as Email;
}

/** The role that a provider's claims give in the installation; undefined when they give none. */
function roleOf({ roleClaim, administrators, operations }: OidcSettings, claims: Claims): InstallationRole | undefined {
  if (!roleClaim) return undefined;
  const values = [claims[roleClaim]].flat().filter((value) => typeof value === 'string');
  if (values.some((value) => administrators.includes(value))) return 'administrator';
  return values.some((value) => operations.includes(value)) ? 'operations' : undefined;
}

/**
 * What the provider gave it can take again, and nothing else: a role that an administrator gave stays, and so does the last
 * administrator.
 */
async function takeRole(
  store: Store,
  account: Account,
  wanted: InstallationRole | undefined,
  now: Instant,
): Promise<void> {
  const { email, installationRole: present, mayStart } = account;
  const given = await store.providerRoles.of(email);
  const isTheirs = present === undefined || present === given;
  if (wanted === present || !isTheirs) return;
  const today = now.slice(0, 10) as IsoDate;
  const changed = await changeRights(store, email, { installationRole: wanted, mayStart }, today, byProvider);
  if (changed === 'done') await store.providerRoles.put(email, wanted);
}

const byProvider: By = { through: 'provider' };

function nameOf({ name, given_name: given, family_name: family }: Claims, email: Email): string {
  const parts = [given, family].filter((part) => typeof part === 'string' && part.trim() !== '');
  const full = typeof name === 'string' && name.trim() !== '' ? name : parts.join(' ');
  return (full.trim() || email.split('@')[0]!).slice(0, 200);
}

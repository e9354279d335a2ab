import type { Account } from '../../db/accounts.ts';
import { Choices, ErrorSummary, type FormError, TextField } from '../forms/fields.tsx';
import type { Form } from '../forms/form.ts';
import type { Page } from '../html/layout.tsx';
import { Notice } from '../html/parts.tsx';
import { Back } from '../program/parts/links.tsx';

/** What an account may do in the installation, as one choice. */
export const rights = ['nothing', 'start', 'operations', 'administrator'] as const;
export type Right = (typeof rights)[number];

const rightWords: Record<Right, { short: string; long: string }> = {
  nothing: { short: 'takes part in programs', long: 'Nothing: they see the programs that name them' },
  start: { short: 'may start programs', long: 'Start programs' },
  operations: { short: 'operations', long: 'Operations: see that programs run, without what is in them' },
  administrator: { short: 'administrator', long: 'Administrator: all of the installation, and every program' },
};

/** What an account may do. */
export function rightOf({ installationRole, mayStart }: Account): Right {
  return installationRole ?? (mayStart ? 'start' : 'nothing');
}

interface AccountsPage {
  accounts: readonly Account[];
  nextCursor: string | null;
  /** Whether people can sign in by a provider of OpenID Connect. */
  provider: boolean;
  canMail: boolean;
  csrf: string;
  removed: boolean;
  failed?: { form: Form; errors: readonly FormError[] };
}

/** Who has an account, and inviting somebody. */
export function accountsPage(given: AccountsPage): Page {
  const { accounts, nextCursor, provider, canMail, csrf, removed, failed } = given;
  const { form, errors = [] } = failed ?? {};
  return {
    title: 'Accounts',
    at: 'installation',
    body: (
      <>
        {removed && (
          <Notice tone="good" title="The account is removed">
            <p>Its sessions and tokens ended with it. What the person is in programs stays.</p>
          </Notice>
        )}
        <h1>Accounts</h1>
        <p>
          People of programs need none: they come in by their address. An account is for who starts programs or runs the
          installation.
        </p>
        <p>
          When nobody is left who can steer a program, open it from <a href="/programs">all programs</a>, then its
          people, and put others in charge there. It is recorded, and the managers before are told.
        </p>
        <ErrorSummary errors={errors} />
        <ul class="rows">
          {accounts.map((account) => (
            <li key={account.email} class="between">
              <div>
                <a href={`/installation/accounts/${encodeURIComponent(account.email)}`}>{account.name}</a>
                <p class="quiet">{account.email}</p>
              </div>
              <p>{rightWords[rightOf(account)].short}</p>
            </li>
          ))}
        </ul>
        {nextCursor && (
          <p class="row">
            <a href={`/installation?cursor=${encodeURIComponent(nextCursor)}`}>More accounts</a>
          </p>
        )}
        <h2>Invite somebody</h2>
        <p>
          {canMail
            ? 'They get a mail that says how to come in. There is no password.'
            : 'This installation sends no mail: tell them yourself, and print a link with certloop sign-in.'}
        </p>
        <form method="post" action="/installation" class="stack">
          <input type="hidden" name="_csrf" value={csrf} />
          <TextField name="name" label="Name" value={form?.get('name')} errors={errors} required />
          <TextField
            name="email"
            label="E-mail address"
            type="email"
            value={form?.get('email')}
            errors={errors}
            required
          />
          <RightChoice value={(form?.get('right') as Right) || 'start'} errors={errors} />
          <button class="primary" type="submit">
            Invite
          </button>
        </form>
        <h2>What was done here</h2>
        <p>
          Who made tokens, accounts and passkeys, and took them away:{' '}
          <a href="/installation/records">records of the installation</a>
        </p>
        <h2>Sign-in by a provider</h2>
        <p>
          {provider ? 'A provider of OpenID Connect is set.' : 'No provider of OpenID Connect is set.'}{' '}
          <a href="/installation/provider">{provider ? 'Look at it and test it' : 'How to set one'}</a>
        </p>
      </>
    ),
  };
}

interface AccountPage {
  account: Account;
  isOwn: boolean;
  canMail: boolean;
  csrf: string;
  done?: string;
  errors: readonly FormError[];
}

const doneWords: Record<string, string> = {
  invited: 'The invitation is sent',
  rights: 'What they may do is saved',
};

/** One account: what it may do, and its end. */
export function accountPage({ account, isOwn, canMail, csrf, done, errors }: AccountPage): Page {
  const { email, name } = account;
  const action = `/installation/accounts/${encodeURIComponent(email)}`;
  return {
    title: name,
    at: 'installation',
    body: (
      <>
        {done && doneWords[done] && <Notice tone="good" title={doneWords[done]} />}
        {done === 'notSent' && (
          <Notice tone="bad" title="The account is there, but the invitation could not be sent">
            <p>
              Send it again below, or print a link on the server with <code>certloop sign-in {email}</code>.
            </p>
          </Notice>
        )}
        <Back href="/installation">Accounts</Back>
        <h1>{name}</h1>
        <p>
          {email}
          {isOwn && ' – this is you'}
        </p>
        <ErrorSummary errors={errors} />
        <form method="post" action={`${action}/rights`} class="stack">
          <input type="hidden" name="_csrf" value={csrf} />
          <RightChoice value={rightOf(account)} errors={errors} />
          <button type="submit">Save</button>
        </form>
        {canMail && !isOwn && (
          <form method="post" action={`${action}/invite`} class="row">
            <input type="hidden" name="_csrf" value={csrf} />
            <button type="submit">Send the invitation again</button>
          </form>
        )}
        <h2>Remove the account</h2>
        <p>
          Its sessions end at once, and its API tokens with them. Where programs name {isOwn ? 'you' : name}, that
          stays: a program manager changes it.
        </p>
        <form method="post" action={`${action}/remove`} class="stack">
          <input type="hidden" name="_csrf" value={csrf} />
          <Choices
            label="Are you sure?"
            name="sure"
            options={[{ value: 'true', label: `Yes, remove the account of ${name}` }]}
            errors={errors}
            several
            required
          />
          <button type="submit">Remove the account</button>
        </form>
      </>
    ),
  };
}

function RightChoice({ value, errors }: { value: Right; errors: readonly FormError[] }) {
  return (
    <Choices
      label="What they may do here"
      name="right"
      options={rights.map((right) => ({ value: right, label: rightWords[right].long }))}
      values={[value]}
      errors={errors}
      required
    />
  );
}

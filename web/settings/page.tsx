import { today } from '../../api/clock.ts';
import type { Session, SignInMeans } from '../../db/sessions.ts';
import { deviceName } from '../../words/device.ts';
import { ErrorSummary, type FormError, TextField } from '../forms/fields.tsx';
import type { Form } from '../forms/form.ts';
import type { Page } from '../html/layout.tsx';
import { Moment, Notice } from '../html/parts.tsx';
import { MailFields } from './mailChoice.tsx';

/** Which form of the settings was sent and has to be changed. */
export interface FailedSettings {
  form: Form;
  errors: readonly FormError[];
  what: 'name' | 'mails';
}

interface Settings {
  email: string;
  name: string;
  /** Whether the name is that of an account; of others their programs say it. */
  hasAccount: boolean;
  chosen: Form;
  sessions: readonly Session[];
  /** The hash of the session in which this is looked at. */
  own: string;
  passkeys: number;
  tokens: number;
  csrf: string;
  done?: string;
  failed?: FailedSettings;
}

const doneWords: Record<string, string> = {
  name: 'Your name is saved',
  mails: 'What you chose for mails is saved',
  session: 'That device is signed out',
  sessions: 'You are signed out everywhere else',
};

const meansWords: Record<SignInMeans, string> = {
  mail: 'by a code',
  passkey: 'by a passkey',
  oidc: 'by the provider',
  terminal: 'by a link of the server',
};

/** What somebody chose for themselves. */
export function settingsPage(settings: Settings): Page {
  const { email, done, failed, csrf, passkeys, tokens } = settings;
  return {
    title: 'Settings',
    at: 'settings',
    body: (
      <>
        {done && doneWords[done] && <Notice tone="good" title={doneWords[done]} />}
        <h1>Settings</h1>
        <p>
          You are <strong>{settings.name}</strong>, {email}.
        </p>
        <ErrorSummary errors={failed?.errors ?? []} />
        <Name {...settings} />
        <h2>Mails</h2>
        <form method="post" action="/settings/mails" class="stack">
          <input type="hidden" name="_csrf" value={csrf} />
          <MailFields
            chosen={failed?.what === 'mails' ? failed.form : settings.chosen}
            errors={failed?.what === 'mails' ? failed.errors : []}
          />
          <button type="submit">Save</button>
        </form>
        <h2>Where you are signed in</h2>
        <Sessions {...settings} />
        <h2>Passkeys</h2>
        <p>
          {passkeys === 0
            ? 'You have none. With one you sign in by the lock of your device, without a mail.'
            : `You have ${passkeys}.`}{' '}
          <a href="/settings/passkeys">{passkeys === 0 ? 'Add a passkey' : 'Look at your passkeys'}</a>
        </p>
        <h2>API tokens</h2>
        <p>
          {tokens === 0
            ? 'You have none. With one a program of yours works with Certloop as you.'
            : `You have ${tokens}.`}{' '}
          <a href="/settings/tokens">{tokens === 0 ? 'Make a token' : 'Look at your tokens'}</a>
        </p>
      </>
    ),
  };
}

function Name({ hasAccount, name, csrf, failed }: Settings) {
  if (!hasAccount) return <p>The programs in which you take part say your name; their managers can change it.</p>;
  const own = failed?.what === 'name' ? failed : undefined;
  return (
    <form method="post" action="/settings/name" class="stack">
      <input type="hidden" name="_csrf" value={csrf} />
      <TextField
        name="name"
        label="Your name"
        autocomplete="name"
        value={own?.form.get('name') ?? name}
        errors={own?.errors}
        required
      />
      <button type="submit">Save the name</button>
    </form>
  );
}

function Sessions({ sessions, own, csrf }: Settings) {
  return (
    <>
      <ul class="rows">
        {sessions.map(({ hash, device, means, seenAt, beganAt }) => (
          <li key={hash} class="between">
            <div>
              {deviceName(device)}
              {hash === own && <strong> – this one</strong>}
              <p class="quiet">
                Signed in {meansWords[means]} <Moment at={beganAt} timeZone="utc" today={today()} />, last used{' '}
                <Moment at={seenAt} timeZone="utc" today={today()} />
              </p>
            </div>
            {hash !== own && (
              <form method="post" action="/settings/sessions">
                <input type="hidden" name="_csrf" value={csrf} />
                <input type="hidden" name="session" value={hash} />
                <button type="submit">
                  Sign out <span class="hidden-text">{deviceName(device)}</span>
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      <form method="post" action="/settings/sessions" class="row">
        <input type="hidden" name="_csrf" value={csrf} />
        {sessions.length > 1 && (
          <button type="submit" name="which" value="others">
            Sign out everywhere else
          </button>
        )}
        <button type="submit" name="which" value="all">
          Sign out everywhere, here too
        </button>
      </form>
    </>
  );
}

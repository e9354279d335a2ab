import type { Email } from '../../domain/basics.ts';
import { codeMinutes, terminalMinutes } from '../../identity/signIn.ts';
import { ErrorSummary, type FormError, TextField } from '../forms/fields.tsx';
import type { Page } from '../html/layout.tsx';
import { Notice } from '../html/parts.tsx';

/** Where to go once somebody is in, and what they had typed before they had to sign in again. */
export interface Onward {
  to: string;
  /** JSON of `Resumed`. */
  resume?: string;
}

/** A form that was sent while nobody was signed in. */
export interface Resumed {
  url: string;
  fields: Record<string, string[]>;
}

/** Another way in, beside a mailed code. */
export interface OtherWay {
  href: string;
  label: string;
}

interface SignInPage {
  email?: string;
  errors?: FormError[];
  onward: Onward;
  others: readonly OtherWay[];
  canMail: boolean;
}

/** Asks for the address to which a code goes. */
export function signInPage({ email, errors = [], onward, others, canMail }: SignInPage): Page {
  return {
    title: 'Sign in',
    body: (
      <>
        <h1>Sign in</h1>
        {onward.resume && (
          <Notice tone="soon" title="You were signed out meanwhile. Nothing that you typed is lost.">
            <p>Sign in, and send it again with one button.</p>
          </Notice>
        )}
        <ErrorSummary errors={errors} />
        {canMail && (
          <form method="post" action="/sign-in" class="stack">
            <Carried onward={onward} />
            <TextField
              name="email"
              label="Your e-mail address"
              hint="A code is sent to it. There is no password."
              type="email"
              autocomplete="username webauthn"
              value={email}
              errors={errors}
              required
            />
            <button class="primary" type="submit">
              Send a code
            </button>
          </form>
        )}
        {others.length > 0 && (
          <ul class="ways">
            {others.map(({ href, label }) => (
              <li key={href}>
                <a class="button" href={`${href}?to=${encodeURIComponent(onward.to)}`}>
                  {label}
                </a>
              </li>
            ))}
          </ul>
        )}
        <div data-island="passkey-sign-in" data-to={onward.to} hidden>
          <button class="button" type="button">
            Sign in with a passkey
          </button>
          <p class="error" role="alert" hidden />
        </div>
        <p class="aside">
          If something was asked of you by mail, its button answers it without signing in. Somebody who runs the server
          can also sign you in, with <code>certloop sign-in</code> and your address.
        </p>
      </>
    ),
  };
}

/** Asks for the code that was sent. */
export function codePage({ email, errors = [], onward }: { email: Email; errors?: FormError[]; onward: Onward }): Page {
  return {
    title: 'Type the code',
    body: (
      <>
        <h1>Type the code</h1>
        <p>
          If <strong>{email}</strong> is known here, a mail with a code of six digits is on its way. It is good for{' '}
          {codeMinutes} minutes. Its button works too, in this browser.
        </p>
        <ErrorSummary errors={errors} />
        <form method="post" action="/sign-in/code" class="stack">
          <Carried onward={onward} />
          <TextField
            name="code"
            label="Code"
            autocomplete="one-time-code"
            inputMode="numeric"
            errors={errors}
            required
          />
          <button class="primary" type="submit">
            Sign in
          </button>
        </form>
        <p class="aside">
          No mail? Look among the unwanted ones, and check the address: with another one,{' '}
          <a href={`/sign-in?to=${encodeURIComponent(onward.to)}`}>begin again</a>.
        </p>
        <form method="post" action="/sign-in">
          <Carried onward={onward} />
          <input type="hidden" name="email" value={email} />
          <button class="plain" type="submit">
            Send another code
          </button>
        </form>
      </>
    ),
  };
}

/** What a link in a mail shows: opening it changes nothing. */
export function linkPage({ token, email, sameBrowser }: { token: string; email: Email; sameBrowser: boolean }): Page {
  return {
    title: 'Sign in',
    body: sameBrowser ? (
      <>
        <h1>Sign in as {email}</h1>
        <form method="post" action={`/sign-in/link/${token}`}>
          <button class="primary" type="submit">
            Sign in
          </button>
        </form>
      </>
    ) : (
      <>
        <h1>Go on where you began</h1>
        <p>
          This link works in the browser in which the sign-in was asked for. Type the code of the mail there, or{' '}
          <a href="/sign-in">ask for another one here</a>.
        </p>
      </>
    ),
  };
}

/** What cannot be used to come in, and why. */
export function refusedPage(
  outcome: 'unknown' | 'expired' | 'used' | 'tooManyAttempts' | 'otherBrowser' | 'wrongCode',
): Page {
  return {
    title: 'This does not sign you in',
    body: (
      <>
        <h1>This does not sign you in</h1>
        <p>{refusals[outcome]}</p>
        <p>
          <a class="button" href="/sign-in">
            Ask for a new code
          </a>
        </p>
        <p class="aside">
          Somebody who runs the server can also print a link, with <code>certloop sign-in</code> and your address.
        </p>
      </>
    ),
  };
}

/** Why somebody did not come in. */
export const refusals = {
  unknown: 'This link or code is not known here. It may have been cut off on its way.',
  expired: `It is too old: a code is good for ${codeMinutes} minutes, a link of the server for ${terminalMinutes}.`,
  used: 'It was used before, and works once.',
  tooManyAttempts: 'Too many wrong codes were typed, so this one does not count anymore.',
  otherBrowser: 'It works only in the browser in which it was asked for.',
  wrongCode: 'This is not the code of the mail. Check its six digits.',
} as const;

/** What somebody had typed before they had to sign in, to be sent again. */
export function resumePage({ url, fields }: Resumed, csrf: string): Page {
  return {
    title: 'You are signed in again',
    body: (
      <>
        <h1>You are signed in again</h1>
        <p>What you typed is still here. Files have to be chosen again.</p>
        <form method="post" action={url} class="stack">
          <input type="hidden" name="_csrf" value={csrf} />
          {Object.entries(fields).flatMap(([name, values]) =>
            values.map((value, index) => <input type="hidden" name={name} value={value} key={`${name}${index}`} />),
          )}
          <button class="primary" type="submit">
            Send it now
          </button>
          <a href={url.split('?')[0]}>Look at the page first, without it</a>
        </form>
      </>
    ),
  };
}

function Carried({ onward: { to, resume } }: { onward: Onward }) {
  return (
    <>
      <input type="hidden" name="to" value={to} />
      {resume && <input type="hidden" name="resume" value={resume} />}
    </>
  );
}

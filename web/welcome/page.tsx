import { administratorEmail } from '../../api/administrator.ts';
import type { Visitor } from '../../identity/sessions.ts';
import { ErrorSummary, type FormError, TextField } from '../forms/fields.tsx';
import type { Form } from '../forms/form.ts';
import type { Page } from '../html/layout.tsx';
import { Notice } from '../html/parts.tsx';

interface WelcomePage {
  visitor: Pick<Visitor, 'email' | 'name'>;
  csrf: string;
  /** Whether the worked example can be played here. */
  canPlay: boolean;
  /** Whether the local mailbox takes the mails. */
  mailbox: boolean;
  /** What was just done. */
  named?: boolean;
  failed?: { form: Form; errors: readonly FormError[] };
}

/** What an installation can begin with, and who runs it. */
export function welcomePage({ visitor, csrf, canPlay, mailbox, named, failed }: WelcomePage): Page {
  const isNew = visitor.email === administratorEmail;
  return {
    title: 'Welcome',
    body: (
      <>
        {named && (
          <Notice tone="good" title={`You are ${visitor.name} from now on`}>
            <p>Sign in with {visitor.email}. Your API tokens are yours as before.</p>
          </Notice>
        )}
        <h1>Welcome to Certloop</h1>
        <p class="lead">
          It takes an organization to certification of its AI management system, and keeps it there. How do you want to
          begin?
        </p>
        <ErrorSummary errors={failed?.errors ?? []} />
        <ul class="begin">
          <Way
            title="Start a program"
            text="For an organization at the beginning: name it, say who takes part and when it begins. Ten minutes, and nothing is sent before you have seen what will happen."
          >
            <a class="button primary" href="/programs/new">
              Start a program
            </a>
          </Way>
          {canPlay && (
            <Way
              title="Play TechServe before my eyes"
              text="Four years of an invented company in less than a minute: gap assessment, audits, certificate, recertification. All of its pages and mails are there to look at, and no mail leaves."
            >
              <form method="post" action="/example">
                <input type="hidden" name="_csrf" value={csrf} />
                <button type="submit">Play TechServe</button>
              </form>
            </Way>
          )}
          <Way
            title="Take over a program under way"
            text="For an organization that has begun elsewhere, or has its certificate: say where it stands, and what is missing is asked for."
          >
            <a class="button" href="/programs/new?under-way">
              Take over a program
            </a>
          </Way>
        </ul>
        {isNew && <WhoYouAre csrf={csrf} failed={failed} />}
        {mailbox && (
          <p class="aside">
            Mails stay on this machine: they are in the <a href="/mailbox">mailbox</a>, and reach nobody until the
            server is given a mail server with <code>CERTLOOP_SMTP_URL</code>.
          </p>
        )}
      </>
    ),
  };
}

function Way({ title, text, children }: { title: string; text: string; children: preact.ComponentChildren }) {
  return (
    <li>
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </li>
  );
}

function WhoYouAre({ csrf, failed }: Pick<WelcomePage, 'csrf' | 'failed'>) {
  const { form, errors = [] } = failed ?? {};
  return (
    <section aria-labelledby="who">
      <h2 id="who">Tell us who you are</h2>
      <p>
        You are signed in as the administrator of the first start, who has no address of their own. With yours, codes to
        sign in reach you. You can say it once.
      </p>
      <form method="post" action="/welcome" class="stack">
        <input type="hidden" name="_csrf" value={csrf} />
        <TextField
          name="name"
          label="Your name"
          autocomplete="name"
          value={form?.get('name')}
          errors={errors}
          required
        />
        <TextField
          name="email"
          label="Your e-mail address"
          type="email"
          autocomplete="email"
          value={form?.get('email')}
          errors={errors}
          required
        />
        <button type="submit">Save</button>
      </form>
    </section>
  );
}

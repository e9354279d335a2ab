import type { FastifyPluginAsync } from 'fastify';
import { Problem } from '../../api/problem.ts';
import type { Email } from '../../domain/basics.ts';
import { digestChoices, type MailPreferences } from '../../domain/people/mailPreferences.ts';
import { createUnsubscribeLinks } from '../../identity/unsubscribeLinks.ts';
import { inParts } from '../formBodies.ts';
import { ErrorSummary, type FormError } from '../forms/fields.tsx';
import { readForm } from '../forms/read.ts';
import type { Page } from '../html/layout.tsx';
import { Notice } from '../html/parts.tsx';
import { DigestChoice } from '../settings/mailChoice.tsx';

/** Choosing how often digests come by the link of a mail, without signing in. Opening it changes nothing. */
export const unsubscribeRoutes: FastifyPluginAsync = async (app) => {
  const { database } = app.services;
  const links = createUnsubscribeLinks(await database.secrets.get('unsubscribeLinks'));

  app.get<{ Params: { token: string } }>('/unsubscribe/:token', async ({ params: { token } }, reply) => {
    const email = mustRead(token);
    const chosen = await database.mailPreferences.get(email);
    return reply.show(unsubscribePage({ email, token, chosen }), { visiting: true });
  });

  app.post<{ Params: { token: string } }>('/unsubscribe/:token', inParts, async (request, reply) => {
    const { token } = request.params;
    const email = mustRead(token);
    const { form } = await readForm(request, noFiles, () => false);
    const before = await database.mailPreferences.get(email);
    // RFC 8058: a mail program presses the button for its reader, who wants no more of them.
    const asked = form.get('List-Unsubscribe') === 'One-Click' ? 'none' : form.get('digest');
    const digest = digestChoices.find((choice) => choice === asked);
    if (!digest) {
      const errors = [{ field: 'digest', detail: 'Choose one of these.' }];
      return reply.show(unsubscribePage({ email, token, chosen: before, errors }), { status: 422, visiting: true });
    }
    const chosen = { ...before, digest };
    await database.mailPreferences.set(email, chosen);
    return reply.show(unsubscribePage({ email, token, chosen, done: true }), { visiting: true });
  });

  function mustRead(token: string): Email {
    const email = links.read(token);
    if (email) return email;
    throw new Problem(
      404,
      'link',
      'This link is not known here. It may have been cut off on its way: copy the whole address from the mail, or choose in your settings.',
    );
  }
};

async function noFiles(): Promise<never> {
  throw new Problem(422, 'request', 'This form takes no files.');
}

interface Unsubscribe {
  email: Email;
  token: string;
  chosen: MailPreferences;
  errors?: readonly FormError[];
  done?: boolean;
}

const saidWords: Record<MailPreferences['digest'], string> = {
  daily: 'Digests come daily from now on.',
  weekly: 'Digests come once a week from now on.',
  none: 'No more digests come. What is overdue still does.',
};

function unsubscribePage({ email, token, chosen, errors = [], done = false }: Unsubscribe): Page {
  return {
    title: 'Digests',
    body: (
      <>
        {done && <Notice tone="good" title={saidWords[chosen.digest]} />}
        <h1>Digests for {email}</h1>
        <ErrorSummary errors={errors} />
        <form method="post" action={`/unsubscribe/${token}`} class="stack">
          <DigestChoice value={done || chosen.digest !== 'daily' ? chosen.digest : 'weekly'} errors={errors} />
          <button class="primary" type="submit">
            Save
          </button>
        </form>
        <p class="aside">
          Quiet hours and more are in <a href="/settings">your settings</a>.
        </p>
      </>
    ),
  };
}

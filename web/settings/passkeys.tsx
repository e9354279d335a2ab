import type { FastifyPluginAsync } from 'fastify';
import { now, today } from '../../api/clock.ts';
import { Problem } from '../../api/problem.ts';
import { byOf } from '../../api/requests.ts';
import type { Passkey } from '../../db/passkeys.ts';
import { addPasskey, askToAdd, type PasskeySite, passkeySite } from '../../identity/passkeys.ts';
import { Form } from '../forms/form.ts';
import type { Page } from '../html/layout.tsx';
import { Empty, Moment } from '../html/parts.tsx';
import { orDetail } from '../signIn/passkey.ts';

const path = '/settings/passkeys';

/** One's own passkeys: to add, to name, to remove. Adding needs a script; the others do not. */
export const passkeyRoutes: FastifyPluginAsync = async (app) => {
  const { database, settings } = app.services;
  const site = passkeySite(settings.publicUrl);

  app.get(path, async ({ caller: { email }, csrf }, reply) => {
    const passkeys = await database.passkeys.of(email);
    return reply.show(passkeysPage({ passkeys, site, publicUrl: settings.publicUrl, csrf: csrf.call(reply.request) }));
  });

  app.post<{ Params: { id: string } }>(`${path}/:id/rename`, async ({ caller, params, body }, reply) => {
    const name = Form.of(body).get('name').slice(0, 60);
    if (name === '') throw new Problem(422, 'name', 'Type a name for the passkey, such as the device that it is on.');
    if (!(await database.passkeys.rename(caller.email, params.id, name))) throw gone();
    return reply.redirect(path, 303);
  });

  app.post<{ Params: { id: string } }>(`${path}/:id/remove`, async (request, reply) => {
    if (!(await database.passkeys.remove(request.caller.email, request.params.id, byOf(request)))) throw gone();
    return reply.redirect(path, 303);
  });

  if (!site) return;
  app.post(`${path}/options`, ({ caller }, reply) => orDetail(reply, () => askToAdd(database, site, caller, now())));

  app.post(path, async (request, reply) => {
    const { response, name } = request.body as { response?: unknown; name?: unknown };
    const given = { email: request.caller.email, name: typeof name === 'string' ? name : '', response };
    return orDetail(reply, async () => {
      await addPasskey(database, site, given, now(), byOf(request));
      return { to: path };
    });
  });
};

interface PasskeysPage {
  passkeys: readonly Passkey[];
  site: PasskeySite | undefined;
  publicUrl: string;
  csrf: string;
}

function passkeysPage({ passkeys, site, publicUrl, csrf }: PasskeysPage): Page {
  return {
    title: 'Passkeys',
    at: 'settings',
    body: (
      <>
        <h1>Passkeys</h1>
        <p>With a passkey you sign in by the lock of your device: a fingerprint, a face or a PIN. No mail is needed.</p>
        {passkeys.length === 0 && <Empty>You have none yet. What you add will be listed here.</Empty>}
        {passkeys.length > 0 && (
          <ul class="rows">
            {passkeys.map((passkey) => (
              <Row passkey={passkey} csrf={csrf} key={passkey.id} />
            ))}
          </ul>
        )}
        {site ? <Add csrf={csrf} /> : <NoSite publicUrl={publicUrl} />}
        <p class="aside">
          <a href="/settings">Back to your settings</a>
        </p>
      </>
    ),
  };
}

function Row({ passkey: { id, name, createdAt, usedAt, synced }, csrf }: { passkey: Passkey; csrf: string }) {
  const action = `${path}/${encodeURIComponent(id)}`;
  return (
    <li class="passkey">
      <h2>{name}</h2>
      <p>
        Added <Moment at={createdAt} timeZone="utc" today={today()} />
        {usedAt ? (
          <>
            , last used <Moment at={usedAt} timeZone="utc" today={today()} />
          </>
        ) : (
          ', not used yet'
        )}
        . {synced ? 'It is on all your devices with the same account.' : 'It is on one device only.'}
      </p>
      <form method="post" action={`${action}/rename`} class="inline">
        <input type="hidden" name="_csrf" value={csrf} />
        <label for={`name-${id}`}>Name</label>
        <input id={`name-${id}`} name="name" value={name} maxLength={60} required autocomplete="off" />
        <button type="submit">
          Rename <span class="hidden-text">{name}</span>
        </button>
      </form>
      <form method="post" action={`${action}/remove`}>
        <input type="hidden" name="_csrf" value={csrf} />
        <button class="plain" type="submit">
          Remove <span class="hidden-text">{name}</span>
        </button>
      </form>
    </li>
  );
}

function Add({ csrf }: { csrf: string }) {
  return (
    <>
      <form data-island="passkey-add" data-csrf={csrf} class="stack" hidden>
        <div class="field">
          <label for="passkey-name">Name of the new passkey</label>
          <p class="hint" id="passkey-name-hint">
            Such as the device that it is on.
          </p>
          <input
            id="passkey-name"
            name="name"
            maxLength={60}
            required
            aria-describedby="passkey-name-hint"
            autocomplete="off"
          />
        </div>
        <button class="primary" type="submit">
          Add a passkey
        </button>
        <p class="error" role="alert" hidden />
      </form>
      <noscript>
        <p>Adding a passkey needs JavaScript. Without it, a code sent by mail signs you in.</p>
      </noscript>
    </>
  );
}

/** Browsers make passkeys for a name only. */
function NoSite({ publicUrl }: { publicUrl: string }) {
  return (
    <p>
      None can be added here: passkeys need an address with a name and <code>https://</code>, or <code>localhost</code>.
      This installation's address is <code>{publicUrl}</code>; whoever runs the server can change it with{' '}
      <code>CERTLOOP_PUBLIC_URL</code>.
    </p>
  );
}

function gone(): Problem {
  return new Problem(404, 'unknown', 'You have no such passkey; it may have been removed in another window.');
}

import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { today } from '../../api/clock.ts';
import { asProblem } from '../../api/problem.ts';
import { byOf } from '../../api/requests.ts';
import type { RequestCaller } from '../../api/services.ts';
import { tokenFor } from '../../api/tokenFor.ts';
import { readTokenInput, tokenDays } from '../../api/tokenInput.ts';
import type { TokenInfo } from '../../db/types.ts';
import { addDays } from '../../domain/calendar.ts';
import { tokensOf } from '../../identity/rights.ts';
import { capitalized } from '../../words/phrases.ts';
import { Choices, DateField, ErrorSummary, type FormError, type Option, Select } from '../forms/fields.tsx';
import { Form } from '../forms/form.ts';
import type { Page } from '../html/layout.tsx';
import { Day, Empty, Moment, Notice } from '../html/parts.tsx';

const path = '/settings/tokens';

/** For how long a new token waits in the browser for its page, in seconds. */
const shownSeconds = 60;

/** Programs that can be chosen; whoever has more makes a token for all of them, or over the API. */
const mostPrograms = 200;

/** One's own API tokens: made with what they are good for, shown once, taken away. */
export const tokenPageRoutes: FastifyPluginAsync = async (app) => {
  const { database } = app.services;

  app.get(path, async (request, reply) => {
    const made = reply.kept('token');
    if (made !== undefined) reply.keep('token', undefined, 0);
    return show(request, reply, { made });
  });

  app.post(path, async (request, reply) => {
    const form = Form.of(request.body);
    const { caller } = request;
    try {
      const asked = readTokenInput(askedIn(form, caller), today());
      const { token } = await database.tokens.create(await tokenFor(app.services, caller, asked), byOf(request));
      reply.keep('token', token, shownSeconds);
      return reply.redirect(path, 303);
    } catch (error) {
      const problem = asProblem(error);
      if (!problem || problem.status >= 500) throw error;
      const named = problem.errors?.map(({ pointer, detail }) => ({
        field: pointer.slice(1),
        detail: capitalized(detail),
      }));
      return show(request, reply, { form, errors: named ?? [{ detail: problem.message }] });
    }
  });

  app.post<{ Params: { tokenId: string } }>(`${path}/:tokenId/revoke`, async ({ caller, params }, reply) => {
    const own = await database.tokens.get(params.tokenId);
    // Those of others are not told from those that are not there.
    if (own?.email === caller.email) await database.tokens.revoke(own.id, today(), { by: byOf({ caller }) });
    return reply.redirect(`${path}?done=revoked`, 303);
  });

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    { made, form, errors = [] }: { made?: string; form?: Form; errors?: readonly FormError[] },
  ): Promise<FastifyReply> {
    const { email, installationRole } = request.caller;
    const viewer = { email, ...(installationRole && { installationRole }) };
    const [tokens, programs] = await Promise.all([
      tokensOf(database, email),
      database.read.programs(viewer, { limit: mostPrograms }),
    ]);
    const page = tokensPage({
      tokens,
      programs: programs.items.map(({ id, name }) => ({ value: id, label: name })),
      role: installationRole,
      made,
      form: form ?? new Form([]),
      errors,
      done: (request.query as { done?: string }).done,
      csrf: request.csrf(),
    });
    return reply.show(page, { status: errors.length > 0 ? 422 : 200 });
  }
};

/** What a form asks for, as a call of the API would. */
function askedIn(form: Form, { email, name, installationRole }: RequestCaller): object {
  const [programId, expiresOn] = [form.get('programId'), form.get('expiresOn')];
  const access = form.get('access') || 'read';
  const withRole = form.get('withRole') === 'true' && programId === '' && access === 'write';
  return {
    email,
    name,
    ...((programId !== '' || access !== 'write') && { scope: { ...(programId !== '' && { programId }), access } }),
    ...(expiresOn !== '' && { expiresOn }),
    ...(withRole && installationRole && { installationRole }),
  };
}

interface TokensPage {
  tokens: readonly TokenInfo[];
  programs: readonly Option[];
  role: TokenInfo['installationRole'];
  /** A token that was just made: it is shown now, and never again. */
  made: string | undefined;
  form: Form;
  errors: readonly FormError[];
  done: string | undefined;
  csrf: string;
}

function tokensPage({ tokens, programs, role, made, form, errors, done, csrf }: TokensPage): Page {
  return {
    title: 'API tokens',
    at: 'settings',
    body: (
      <>
        {made && (
          <Notice tone="good" title="This is your token. It is shown now, and never again.">
            <code class="secret">{made}</code>
          </Notice>
        )}
        {done === 'revoked' && <Notice tone="good" title="The token is revoked" />}
        <h1>API tokens</h1>
        <p>
          With a token, a program of yours works with Certloop as you: see the{' '}
          <a href="/docs">documentation of the API</a>.
        </p>
        {tokens.length === 0 && <Empty>You have none. Those that you make will be listed here.</Empty>}
        {tokens.length > 0 && (
          <ul class="rows">
            {tokens.map((token) => (
              <Token token={token} programs={programs} csrf={csrf} key={token.id} />
            ))}
          </ul>
        )}
        <MakeToken programs={programs} role={role} form={form} errors={errors} csrf={csrf} />
        <p class="aside">
          <a href="/settings">Back to your settings</a>
        </p>
      </>
    ),
  };
}

type Making = Pick<TokensPage, 'programs' | 'role' | 'form' | 'errors' | 'csrf'>;

function MakeToken({ programs, role, form, errors, csrf }: Making) {
  return (
    <>
      <h2>Make a token</h2>
      <ErrorSummary errors={errors} />
      <form method="post" action={path} class="stack">
        <input type="hidden" name="_csrf" value={csrf} />
        <Select
          label="For which program"
          hint="All of yours when left empty."
          name="programId"
          value={form.get('programId')}
          options={programs}
          errors={errors}
        />
        <Choices
          label="What it may do"
          name="access"
          options={[
            { value: 'read', label: 'Read' },
            { value: 'write', label: 'Read and write: all that you may' },
          ]}
          values={[form.get('access') || 'read']}
          errors={errors}
          required
        />
        {role && (
          <Choices
            label="Your role in the installation"
            name="withRole"
            hint={`A token with it acts as ${role} too. It must be for all programs, and may write.`}
            options={[{ value: 'true', label: `With the role of ${role}` }]}
            values={form.all('withRole')}
            several
          />
        )}
        <DateField
          label="Last day"
          hint="On which it works: 90 days from now when left empty, a year from now at most."
          name="expiresOn"
          value={form.get('expiresOn')}
          min={today()}
          max={addDays(today(), tokenDays.most)}
          errors={errors}
        />
        <button class="primary" type="submit">
          Make the token
        </button>
      </form>
    </>
  );
}

function Token({ token, programs, csrf }: { token: TokenInfo; programs: readonly Option[]; csrf: string }) {
  const { id, scope, installationRole, expiresOn, madeAt, lastUsedAt } = token;
  const named = programs.find(({ value }) => value === scope?.programId)?.label ?? scope?.programId;
  const does = scope?.access === 'read' ? 'Reads' : 'Reads and writes';
  const what = `${does} ${named ?? 'all your programs'}${installationRole ? `, as ${installationRole}` : ''}`;
  const isOver = expiresOn !== undefined && expiresOn < today();
  return (
    <li class="between">
      <div>
        {what}
        <p class="quiet">
          {lastUsedAt ? (
            <>
              Last used <Moment at={lastUsedAt} timeZone="utc" today={today()} />
            </>
          ) : (
            'Not used yet'
          )}
          {madeAt && (
            <>
              , made <Moment at={madeAt} timeZone="utc" today={today()} />
            </>
          )}
          {expiresOn && (
            <>
              , {isOver ? 'ended' : 'good through'} <Day on={expiresOn} today={today()} />
            </>
          )}
        </p>
        {!expiresOn && <p>It has no last day: make another, and revoke this one.</p>}
        <p class="quiet">{id}</p>
      </div>
      <form method="post" action={`${path}/${id}/revoke`}>
        <input type="hidden" name="_csrf" value={csrf} />
        <button type="submit">
          Revoke <span class="hidden-text">{what}</span>
        </button>
      </form>
    </li>
  );
}

import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { commandIdOf } from '../../../api/commandIds.ts';
import { receiveFile } from '../../../api/files.ts';
import { notFound } from '../../../api/problem.ts';
import { commandsWithFiles } from '../../../domain/evidence/carried.ts';
import type { Known } from '../../../domain/offers/asked.ts';
import { type CommandType, isCommandType, type ProgramRecord } from '../../../domain/registry.ts';
import { inParts } from '../../formBodies.ts';
import { act } from '../../forms/act.ts';
import type { Failed } from '../../forms/commandForm.tsx';
import type { FormError } from '../../forms/fields.tsx';
import type { Form } from '../../forms/form.ts';
import { readForm } from '../../forms/read.ts';
import { mustBeOwnForm } from '../../sameSite.ts';
import { withQuery } from '../parts/links.tsx';
import { textsOf } from '../query.ts';
import { type ProgramView, viewOf } from '../reading.ts';
import { beginningOf } from './begin.ts';
import { choicesFor } from './choices.ts';
import { changedMeanwhile, stampField, stampOf } from './meanwhile.ts';
import { actPage, notNowPage } from './page.tsx';
import { previewOf } from './preview.tsx';
import { givenIn, namesUnseen, offerOf } from './subjects.ts';
import { isSeenInRecord, placeOf } from './target.ts';
import { whyNot } from './why.ts';

/** A form of a program: which command, and what its address says. */
interface Asked {
  view: ProgramView;
  command: CommandType;
  given: Known;
}

/** The forms of every command that somebody can send about a program, each on a page of its own. */
export const actRoutes: FastifyPluginAsync = async (app) => {
  app.get('/do/:command', async (request, reply) => {
    const asked = await askedFor(app, request);
    return showForm(reply, asked, 200);
  });

  app.post('/do/:command', inParts, async (request, reply) => {
    const asked = await askedFor(app, request);
    const { view, command, given } = asked;
    const programId = view.state.id;
    const { form, errors } = await readForm(
      request,
      ({ filename, file }) =>
        receiveFile(app.services, { programId, email: view.reader, name: filename, stream: file }),
      (sent) => {
        mustBeOwnForm(request, sent);
        // A file that nothing can name is kept in vain.
        return commandsWithFiles.includes(command) && offerOf(view, command, given) !== undefined;
      },
    );
    const failed = (status: number, wrong: FormError[]) =>
      showForm(reply, asked, status, { type: command, form, errors: wrong });
    if (form.get('_do').startsWith('more:')) return failed(200, []);
    if (errors.length > 0) return failed(422, errors);
    const known = offerOf(view, command, given)?.known;
    if (!known) return showNotNow(reply, asked, form);
    if (form.get('_do') === 'preview') return showPreview(reply, asked, known, form);
    const actor = { ...view.actor, email: view.reader };
    const meanwhile = changedMeanwhile(view, command, given, form);
    // Sent twice, it is what changed it.
    const commandId = commandIdOf({ caller: view.reader, programId, key: form.get('_key') });
    if (meanwhile && !(await app.services.database.register.command(programId, commandId)))
      return failed(409, [{ detail: meanwhile }]);
    const done = await act(app, { programId, type: command, actor, known, form });
    if (!done.ok) return failed(done.status, done.errors);
    const place = isSeenInRecord(command) ? `/records/${done.firstSeq}` : placeOf(command, known);
    return reply.redirect(withQuery(`${view.url}${place}`, { done: command }), 303);
  });
};

async function askedFor(app: FastifyInstance, request: FastifyRequest): Promise<Asked> {
  const { command } = request.params as { command: string };
  if (!isCommandType(command)) throw notFound('What this address asks for');
  const view = await viewOf(app, request);
  const given = givenIn(command, textsOf(request.query));
  if (namesUnseen(view, given)) throw notFound('What this address names');
  return { view, command, given };
}

function showForm(
  reply: FastifyReply,
  asked: Asked,
  status: number,
  failed?: Failed,
  follows?: readonly ProgramRecord[],
): FastifyReply {
  const { view, command, given } = asked;
  const offer = offerOf(view, command, given);
  if (!offer) return showNotNow(reply, asked, failed?.form);
  const { known } = offer;
  const forms = {
    url: withQuery(`${view.url}/do/${command}`, given),
    csrf: view.csrf,
    begin: { [command]: beginningOf(view, command, given) },
    choicesOf: choicesFor(view, command),
    stamp: { name: stampField, value: stampOf(view, command, given) ?? '' },
    ...(failed && { failed }),
  };
  return reply.show(actPage({ view, command, known, forms, follows }), { status });
}

/** The form as it was filled in, with what would follow above it. */
function showPreview(reply: FastifyReply, asked: Asked, known: Known, form: Form): FastifyReply {
  const { view, command } = asked;
  const preview = previewOf(view, command, known, form);
  if (!preview.ok) return showForm(reply, asked, 422, { type: command, form, errors: preview.errors });
  return showForm(reply, asked, 200, { type: command, form, errors: [] }, preview.records);
}

function showNotNow(reply: FastifyReply, { view, command, given }: Asked, form?: Form): FastifyReply {
  const { kind, detail } = whyNot(view, command, given);
  const typed = form
    ? Object.values(form.typed())
        .flat()
        .filter((text) => text.trim() !== '')
        .join('\n')
    : '';
  const page = notNowPage({ view, command, known: given, why: detail, ...(typed && { typed }) });
  return reply.show(page, { status: kind === 'forbidden' ? 403 : 409 });
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { now } from '../../api/clock.ts';
import { receiveFile } from '../../api/files.ts';
import { notFound } from '../../api/problem.ts';
import { commandsWithFiles } from '../../domain/evidence/carried.ts';
import { type CommandType, isCommandType } from '../../domain/registry.ts';
import { act } from '../forms/act.ts';
import { choicesIn } from '../forms/choices.ts';
import { type Failed, isEmpty, sure } from '../forms/commandForm.tsx';
import type { FormError } from '../forms/fields.tsx';
import { Form } from '../forms/form.ts';
import { readForm } from '../forms/read.ts';
import { doneWords } from './happened.ts';
import { type Happened, taskPage } from './page.tsx';
import { actorOf, type Looking, readTask, type TaskReading } from './reading.ts';
import { wordsOf, wordsOfDraft } from './typed.tsx';

/** What a page of a task shows beside the task. */
interface Showing {
  status?: number;
  failed?: Failed;
  happened?: Happened;
  errors?: readonly FormError[];
  /** What was typed into a form that is not there anymore. */
  typed?: string;
}

/** Answers with the page of a task. */
export async function showTask(
  app: FastifyInstance,
  reply: FastifyReply,
  looking: Looking,
  { status = 200, failed, happened, errors, typed }: Showing = {},
): Promise<FastifyReply> {
  const reading = await mustReadTask(app, looking);
  const draft = await app.services.database.drafts.find(draftKey(looking));
  const begin = draft && { submitEvidence: new Form(Object.entries(draft.fields)) };
  const { url, csrf, by } = looking;
  const forms = {
    url,
    csrf,
    failed,
    begin,
    choicesOf: choicesIn(reading.state, { by: looking.email }),
    byLink: by === 'link',
  };
  const isOver = reading.task.status === 'open' && !isOffered(reading, 'submitEvidence');
  const left = isOver ? wordsOfDraft(draft) : '';
  const page = taskPage({ reading, looking, forms, happened, errors, typed, left, draftSaved: draft !== undefined });
  return reply.show(page, { status, visiting: looking.by === 'link' });
}

/** Does what a form of the page of a task asks for. */
export async function actOnTask(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  looking: Looking,
  mayStore: (form: Form) => void,
): Promise<FastifyReply> {
  const { programId, email } = looking;
  const before = await mustReadTask(app, looking);
  const { form, errors } = await readForm(
    request,
    ({ filename, file }) => receiveFile(app.services, { programId, email, name: filename, stream: file }),
    (sent) => {
      mayStore(sent);
      return takesFiles(before, sent.get('_command'));
    },
  );
  const type = form.get('_command');
  if (!isCommandType(type)) throw notFound('What this form asks for');
  const failed = (status: number, wrong: FormError[]) =>
    showTask(app, reply, looking, { status, failed: { type, form, errors: wrong } });
  // A page in a second tab, or of before somebody else was quicker: what is so now, with what was typed.
  const isTooLate = async () => {
    const detail = tooLate(await mustReadTask(app, looking));
    return showTask(app, reply, looking, { status: 409, errors: [{ detail }], typed: wordsOf(form) });
  };
  const what = form.get('_do');
  if (what === 'saveDraft') {
    return isOffered(before, 'submitEvidence') ? saveDraft(app, reply, looking, form, errors) : isTooLate();
  }
  if (what.startsWith('more:')) return failed(200, []);
  if (errors.length > 0) return failed(422, errors);
  const known = knownOf(await mustReadTask(app, looking), type, form);
  if (!known) return isTooLate();
  if (looking.by === 'link' && isEmpty(type, known) && form.get(sure) === '') {
    return failed(422, [{ field: sure, label: 'Are you sure?', detail: 'Say yes if you mean it.' }]);
  }
  const done = await act(app, { programId, type, actor: actorOf(looking), known, form });
  if (!done.ok) {
    // Somebody was quicker by less than it takes to decide: the form that would show the refusal is gone.
    const isGone = knownOf(await mustReadTask(app, looking), type, form) === undefined;
    return isGone ? isTooLate() : failed(done.status, done.errors);
  }
  if (type === 'submitEvidence') await app.services.database.drafts.remove(draftKey(looking));
  return reply.redirect(`${looking.url}?done=${type}`, 303);
}

/** What the page knows of a command that its reader can send now; undefined when they cannot. */
function knownOf({ offers }: TaskReading, type: CommandType, form: Form) {
  return offers.find(({ command, known }) => command === type && isNamed(known, form))?.known;
}

function isOffered({ offers }: TaskReading, type: string): boolean {
  return offers.some(({ command }) => command === type);
}

/** Whether files that come with a form are kept: only where it can be sent now, for a file that nothing names is kept in vain. */
function takesFiles(reading: TaskReading, type: string): boolean {
  return commandsWithFiles.some((one) => one === type) && isOffered(reading, type);
}

async function saveDraft(
  app: FastifyInstance,
  reply: FastifyReply,
  looking: Looking,
  form: Form,
  errors: FormError[],
): Promise<FastifyReply> {
  await app.services.database.drafts.save(draftKey(looking), { savedAt: now(), fields: form.typed() });
  if (errors.length > 0)
    return showTask(app, reply, looking, { status: 422, failed: { type: 'submitEvidence', form, errors } });
  return reply.redirect(`${looking.url}?done=saveDraft`, 303);
}

/** The task of a page. Throws the 404 problem when there is none. */
export async function mustReadTask(app: FastifyInstance, looking: Looking): Promise<TaskReading> {
  const reading = await readTask(app.services, looking);
  if (!reading) throw notFound(`The task ${looking.taskId}`);
  return reading;
}

/** What the page says of what was just done: `?done=submitEvidence`. */
export async function happenedOn(app: FastifyInstance, looking: Looking, done: unknown): Promise<Happened | undefined> {
  if (typeof done !== 'string') return undefined;
  if (done === 'saveDraft') {
    return {
      tone: 'good',
      title: 'The draft is saved',
      text: 'Nobody but you sees it. Submit it when it is complete.',
    };
  }
  return isCommandType(done) ? doneWords(done as CommandType, await mustReadTask(app, looking)) : undefined;
}

function isNamed(known: Readonly<Record<string, string>>, form: Form): boolean {
  return Object.entries(known).every(([name, value]) => form.get(`_known:${name}`) === value);
}

function tooLate({ task, records, nameOf }: TaskReading): string {
  const last = records.at(-1);
  const who = last ? ` The last to change it was ${nameOf(last.actor)}.` : '';
  return `This task is ${task.status} by now, so that is no longer possible.${who} The page shows how it stands.`;
}

/** What somebody saved of their answer and did not submit; empty when there is nothing. */
export async function draftWords(app: FastifyInstance, looking: Looking): Promise<string> {
  return wordsOfDraft(await app.services.database.drafts.find(draftKey(looking)));
}

function draftKey({ programId, taskId, email }: Looking) {
  return { programId, subject: taskId, email };
}

import type { FastifyInstance } from 'fastify';
import type { TObject } from 'typebox';
import Value from 'typebox/value';
import { commandIdOf } from '../../api/commandIds.ts';
import { asProblem, forPeople } from '../../api/problem.ts';
import type { Rejection } from '../../domain/answers.ts';
import type { Actor, Email, IsoDate } from '../../domain/basics.ts';
import { isRealDate } from '../../domain/calendar.ts';
import { inLowerCase } from '../../domain/registry/walk.ts';
import { type CommandType, commands, type UserCommand } from '../../domain/registry.ts';
import { type FieldError, fieldErrors } from '../../words/fieldErrors.ts';
import { commandTitle, fieldLabel } from '../../words/forms/index.ts';
import { capitalized } from '../../words/phrases.ts';
import { longDay } from '../../words/when.ts';
import type { FormError } from './fields.tsx';
import type { Form } from './form.ts';
import { readPayload } from './payload.ts';
import { payloadOf } from './schema.ts';

/** A command as somebody filled it in. */
export interface Filled {
  programId: string;
  type: CommandType;
  actor: Actor & { email: Email };
  /** Fields that the page knows, such as the task. */
  known: Readonly<Record<string, string>>;
  form: Form;
}

/** What became of it: done, with its first record, or what has to be changed, with the status that a page with that says. */
export type Done = { ok: true; firstSeq: number } | { ok: false; status: number; errors: FormError[] };

/**
 * Sends a command that somebody filled in. The form carries a key of its own: sent twice, it is done once. Never throws for
 * what people can do something about, so that what was typed stays.
 */
export async function act(app: FastifyInstance, { programId, type, actor, known, form }: Filled): Promise<Done> {
  const read = commandIn({ type, known, form });
  if (!read.ok) return { ...read, status: 422 };
  const key = form.get('_key');
  const commandId = commandIdOf({ caller: actor.email, programId, key: key || crypto.randomUUID() });
  try {
    const { command } = read;
    const { firstSeq } = await app.services.gateway.command(programId, { commandId, actor, command });
    return { ok: true, firstSeq };
  } catch (error) {
    const problem = asProblem(error);
    if (!problem || problem.status === 500) throw error;
    if (problem.status === 503)
      return { ok: false, status: 503, errors: [{ detail: `${forPeople(problem)} ${kept}` }] };
    const fields = problem.errors?.map((error) => inForm(type, error));
    return { ok: false, status: problem.status, errors: fields ?? [{ detail: inPageWords(type, problem.message) }] };
  }
}

/** The command that a form says, or what has to be changed in the form. */
export function commandIn({
  type,
  known,
  form,
}: Pick<Filled, 'type' | 'known' | 'form'>): { ok: true; command: UserCommand } | { ok: false; errors: FormError[] } {
  const schema: TObject = commands[type].payload;
  const payload = inLowerCase(schema, { ...readPayload(payloadOf(type), form), ...known }) as object;
  // The check makes sure that it is the payload of this command, which the union cannot see.
  if (Value.Check(schema, payload)) return { ok: true, command: { type, ...payload } as UserCommand };
  const errors = fieldErrors(Value.Errors(schema, payload), '').map((error) => inForm(type, error));
  return { ok: false, errors };
}

/** What a refusal says, as the form tells it. */
export function refusedIn(type: CommandType, { detail, field }: Rejection): FormError[] {
  if (!field) return [{ detail: inPageWords(type, detail) }];
  return [inForm(type, { pointer: pointerTo(field), detail: detail.replace(`${field}: `, '') })];
}

/** What a refusal says, in the words of pages: a command is called what its form is called, and days as people say them. */
export function inPageWords(command: CommandType, detail: string): string {
  const named = detail.startsWith(`${command} `) ? `“${commandTitle(command)}”${detail.slice(command.length)}` : detail;
  return named.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => (isRealDate(day) ? longDay(day as IsoDate) : day));
}

/** The form carries its key: whatever became of the first attempt, sent again it is done once. */
const kept =
  'What you typed is still here: wait a moment, and send it again. It is done once, however often you send it.';

/** An error of a payload, as the form that it came from tells it. */
function inForm(type: CommandType, { pointer, detail }: FieldError): FormError {
  const field = fieldAt(pointer);
  const isEmpty = /is missing; send it|must not be empty|at least 1 character/i.test(detail);
  return {
    field,
    label: labelOf(type, field),
    detail: isEmpty ? 'Fill this in.' : inPageWords(type, asSentence(detail)),
  };
}

/** Without the name that the field has for programs; an address keeps its first letter small. */
function asSentence(detail: string): string {
  const said = detail.replace(/^\/\S+ (?=\S)/, '');
  return /^\S+@/.test(said) ? said : capitalized(said);
}

function labelOf(type: CommandType, field: string): string | undefined {
  try {
    return fieldLabel(type, field);
  } catch {
    // An error of the whole, or of a field that no form has.
    return undefined;
  }
}

/** `people[0].email` as a JSON Pointer. */
function pointerTo(field: string): string {
  return `/${field.replace(/\[(\d+)\]/g, '.$1').replaceAll('.', '/')}`;
}

/** The field of a form at a JSON Pointer: `/people/0/email` is `people[0].email`. */
function fieldAt(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part, index) => (/^\d+$/.test(part) ? `[${part}]` : `${index > 0 ? '.' : ''}${part}`))
    .join('')
    .replace(/\[(\d+)\]$/, '');
}

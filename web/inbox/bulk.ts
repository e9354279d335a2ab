import { createHash, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { TObject } from 'typebox';
import Value from 'typebox/value';
import { commandIdOf } from '../../api/commandIds.ts';
import { asProblem, notFound } from '../../api/problem.ts';
import type { BulkAnswer } from '../../domain/answers.ts';
import { bodyRoles, type Email, type Role } from '../../domain/basics.ts';
import { inLowerCase } from '../../domain/registry/walk.ts';
import { type CommandType, commands, type UserCommand } from '../../domain/registry.ts';
import { fieldErrors } from '../../words/fieldErrors.ts';
import { fieldLabel } from '../../words/forms/index.ts';
import { capitalized } from '../../words/phrases.ts';
import type { FormError } from '../forms/fields.tsx';
import type { Form } from '../forms/form.ts';

/** What can be done with many tasks at once, and the command that each of them gets. */
export const commandOfAct = {
  accept: 'reviewEvidence',
  reassign: 'reassignTask',
  extend: 'extendTask',
} as const satisfies Record<string, CommandType>;
export type BulkAct = keyof typeof commandOfAct;

/** The most tasks of one form: what one bulk call takes. */
export const mostAtOnce = 200;

/** How many programs are asked at a time. */
const atOnce = 8;

/** What became of the task of a check box. */
export interface Outcome {
  ref: string;
  /** Why it was not done; absent when it was. */
  refusal?: string;
  /** Of what was refused: 503 when it may work in a minute. */
  status?: number;
}

export function isBulkAct(what: string): what is BulkAct {
  return Object.hasOwn(commandOfAct, what);
}

/** The tasks that were checked, each once; what is no reference of a task is left out. */
export function refsOf(form: Form): string[] {
  return [...new Set(form.all('task'))].filter((ref) => /^[^/]{1,100}\/[^/]{1,100}$/.test(ref));
}

/** What is wrong with a form before anything is sent: nothing is checked, or what it asks for is not filled in. */
export function errorsOf(act: BulkAct, refs: readonly string[], form: Form): FormError[] {
  const errors: FormError[] = [];
  if (refs.length === 0) errors.push({ detail: 'Check at least one task.' });
  if (refs.length > mostAtOnce) errors.push({ detail: `Check ${mostAtOnce} tasks at most.` });
  const type = commandOfAct[act];
  const schema: TObject = commands[type].payload;
  const payload = payloadOf(act, 'T-1', form);
  if (Value.Check(schema, payload)) return errors;
  const wrong = fieldErrors(Value.Errors(schema, payload), '').map(({ pointer, detail }): FormError => {
    const field = pointer.slice(1);
    const isEmpty = form.get(field) === '';
    return { field, label: fieldLabel(type, field), detail: isEmpty ? 'Fill this in.' : capitalized(detail) };
  });
  return [...errors, ...wrong];
}

/**
 * Does one thing with many tasks of many programs: those of a program in one commit, where what is refused refuses nothing
 * else. The same form sent twice is done once. Tells of each task what became of it, in their order.
 */
export async function carryOut(
  app: FastifyInstance,
  email: Email,
  act: BulkAct,
  refs: readonly string[],
  form: Form,
): Promise<Outcome[]> {
  const byProgram = new Map<string, string[]>();
  for (const ref of refs) {
    const [programId = '', taskId = ''] = ref.split('/');
    byProgram.set(programId, [...(byProgram.get(programId) ?? []), taskId]);
  }
  const roles = await app.services.database.read.rolesIn([...byProgram.keys()], email);
  const programs = [...byProgram];
  const outcomes: Outcome[] = [];
  for (let from = 0; from < programs.length; from += atOnce) {
    const portion = programs.slice(from, from + atOnce).map(([programId, taskIds]) => {
      const held = roles.get(programId) ?? [];
      return mayAct(act, held)
        ? inProgram(app, { email, act, form, programId, taskIds })
        : taskIds.map((id) => ({ ref: `${programId}/${id}`, refusal: hidden(id, held), status: 404 }));
    });
    outcomes.push(...(await Promise.all(portion)).flat());
  }
  return refs.map((ref) => outcomes.find((outcome) => outcome.ref === ref)!);
}

interface OfProgram {
  email: Email;
  act: BulkAct;
  form: Form;
  programId: string;
  taskIds: string[];
}

async function inProgram(
  app: FastifyInstance,
  { email, act, form, programId, taskIds }: OfProgram,
): Promise<Outcome[]> {
  const sent = taskIds.map(
    (id): UserCommand => ({ type: commandOfAct[act], ...payloadOf(act, id, form) }) as UserCommand,
  );
  const refOf = (place: number) => `${programId}/${taskIds[place]}`;
  // What is sent belongs to the key: whoever sends the rest of a form once more sends something else.
  const digest = createHash('sha256').update(JSON.stringify(sent)).digest('hex');
  const key = `${form.get('_key') || randomUUID()} ${digest}`;
  const envelope = {
    commandId: commandIdOf({ caller: email, programId, key }),
    actor: { email },
    commands: sent,
    atomic: false,
  };
  try {
    const { results } = await app.services.gateway.bulk(programId, envelope);
    return results.map((result, place) => outcomeOf(refOf(place), result));
  } catch (error) {
    const problem = asProblem(error);
    if (!problem || problem.status === 500) throw error;
    return taskIds.map((_, place) => ({ ref: refOf(place), refusal: problem.message, status: problem.status }));
  }
}

function outcomeOf(ref: string, result: BulkAnswer['results'][number]): Outcome {
  return result.ok ? { ref } : { ref, refusal: capitalized(result.rejection.detail), status: 422 };
}

function payloadOf(act: BulkAct, taskId: string, form: Form): object {
  const given = {
    accept: { taskId, verdict: 'accept', note: form.get('note') },
    reassign: { taskId, to: form.get('to') },
    extend: { taskId, dueOn: form.get('dueOn'), reason: form.get('reason') },
  }[act];
  return inLowerCase(commands[commandOfAct[act]].payload as TObject, given) as object;
}

function mayAct(act: BulkAct, roles: readonly Role[]): boolean {
  const may = commands[commandOfAct[act]].roles;
  return roles.some((role) => may.includes(role)) && !roles.some((role) => bodyRoles.includes(role));
}

/** Whoever takes part knows that there is a program; to others it is not there, and neither is the task. */
function hidden(taskId: string, roles: readonly Role[]): string {
  return roles.length === 0 ? notFound(`The task ${taskId}`).message : 'Your roles in this program do not allow it.';
}

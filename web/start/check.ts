import Value from 'typebox/value';
import { asProblem, Rejected } from '../../api/problem.ts';
import type { RequestCaller } from '../../api/services.ts';
import { defineFor, type StartAsked } from '../../api/startProgram.ts';
import type { Instant } from '../../domain/basics.ts';
import { decideStart } from '../../domain/decide.ts';
import type { ProgramDefinition } from '../../domain/program/definition.ts';
import { programStart } from '../../domain/program/definition.ts';
import { brokenTextIn } from '../../domain/text.ts';
import { type FieldError, fieldErrors } from '../../words/fieldErrors.ts';
import { wordsAt } from '../../words/forms/lookUp.ts';
import { startFields } from '../../words/forms/start.ts';
import { roleLabels } from '../../words/labels.ts';
import { capitalized } from '../../words/phrases.ts';
import { rejectionOf, speak } from '../../words/sayings/index.ts';
import type { FormError } from '../forms/fields.tsx';
import { parts } from './parts.ts';
import type { StartRead } from './read.ts';

/** What a start would come to. */
export interface Foreseen {
  definition: ProgramDefinition;
  /** What is unusual, and allowed. */
  warnings: string[];
}

/** What is wrong with a start, or what it would come to now. */
export function foresee(
  read: StartRead,
  caller: RequestCaller,
  commandId: string,
  now: Instant,
): Foreseen | { errors: FormError[] } {
  const { asked } = read;
  const missing = missingParts(read);
  missing.push(...notAmongManagers(read, caller), ...calledTwice(read));
  const wrong = Value.Check(programStart, asked) ? [] : fieldErrors(Value.Errors(programStart, asked));
  if (wrong.length + missing.length > 0) return { errors: [...missing, ...inForm(wrong, read)] };
  const broken = brokenTextIn(asked);
  if (broken) return { errors: inForm([{ pointer: broken.pointer, detail: brokenWords[broken.problem] }], read) };
  try {
    const definition = defineFor(caller, asked as StartAsked, commandId);
    const decision = decideStart(definition, caller.email, now, speak);
    if (!decision.ok) throw new Rejected(rejectionOf(decision.refusal));
    const warnings = decision.records.flatMap(({ type, data }) => (type === 'WarningNoted' ? [data.text] : []));
    return { definition, warnings };
  } catch (error) {
    return { errors: startErrors(error, read) };
  }
}

/** What a refusal of a start says, at the fields of its form. Throws what is no refusal. */
export function startErrors(error: unknown, read: StartRead): FormError[] {
  const problem = asProblem(error);
  if (!problem || problem.status >= 500) throw error;
  return problem.errors ? inForm(problem.errors, read) : [{ detail: problem.message }];
}

const brokenWords = {
  notWhole: 'It has a character that cannot be kept. Type it anew.',
  notOneLine: 'Type it on one line, without characters that cannot be seen.',
  nothingToSee: 'There is nothing to see in it. Type letters.',
  notAnAddress: 'Type an address that begins with https://, or the path of a document.',
};

/** A program cannot be without some parts: what is missing is named where it is asked for. */
function missingParts({ asked }: StartRead): FormError[] {
  const people = asked.people as { roles: string[] }[];
  return parts.flatMap(({ role, needed }, place) => {
    if (!needed || people.some(({ roles }) => roles.includes(role))) return [];
    const label = capitalized(roleLabels[role]);
    return [
      { field: `people[${place}].email`, label, detail: 'Name who this is; it can be somebody who is named already.' },
    ];
  });
}

/** Who starts a program for others is an administrator; everybody else answers for what they start. */
function notAmongManagers({ asked }: StartRead, { email, installationRole }: RequestCaller): FormError[] {
  const people = asked.people as { email: string; roles: string[] }[];
  if (installationRole === 'administrator') return [];
  if (people.some((one) => one.email === email && one.roles.includes('programManager'))) return [];
  const place = parts.findIndex(({ role }) => role === 'programManager');
  const detail = `You start it, so you are one of its program managers: name ${email}, or ask an administrator to start it.`;
  return [{ field: `people[${place}].email`, label: capitalized(roleLabels.programManager), detail }];
}

/** One person has one name: two of them under one address are two people, one with the address of the other. */
function calledTwice({ twoNames }: StartRead): FormError[] {
  return twoNames.map(({ place, email, names: [first, second] }) => ({
    field: `people[${place}].email`,
    label: second,
    detail: `${email} is the address of ${first} already. Type that of ${second}, or the same name in both places.`,
  }));
}

function inForm(errors: readonly FieldError[], { people, aiSystems }: StartRead): FormError[] {
  return errors.map(({ pointer, detail }) => {
    const path = pointer
      .split('/')
      .slice(1)
      .map((part, index) => (/^\d+$/.test(part) ? `[${part}]` : `${index > 0 ? '.' : ''}${part}`))
      .join('');
    const field = path
      .replace(/^people\[(\d+)\]/, (_, index) => `people[${people[Number(index)]}]`)
      .replace(/^aiSystems\[(\d+)\]\.id$/, (_, index) => `aiSystems[${aiSystems[Number(index)]}].name`)
      .replace(/^aiSystems\[(\d+)\]/, (_, index) => `aiSystems[${aiSystems[Number(index)]}]`)
      .replace(/^adopt\.ratings\[\d+\]\.owner$/, 'adopt.owner');
    return { field, label: wordsAt(startFields, path)?.label, detail: inWords(detail) };
  });
}

/** Forms are filled in, not sent as fields. */
function inWords(detail: string): string {
  if (/^is missing|must not be empty|at least 1 item/.test(detail)) return 'Fill this in.';
  if (/^must be one of/.test(detail)) return 'Choose one.';
  return capitalized(detail);
}

import { requirementsOf } from '../assessment/requirements.ts';
import type { IsoDate } from '../basics.ts';
import { addDays, latest } from '../calendar.ts';
import type { SchemaNode } from '../registry/walk.ts';
import { type CommandType, commands } from '../registry.ts';
import { requirementOutline } from '../standards/outline.ts';
import type { ProgramState } from '../state.ts';
import type { Asked } from './asked.ts';
import { fittingValues } from './fitting.ts';

interface PayloadSchema extends SchemaNode {
  properties: Record<string, PayloadSchema>;
  items: PayloadSchema;
  required?: string[];
  minItems?: number;
  minimum?: number;
}

/**
 * Payloads that somebody could send, each well-formed: what is known, with values that fit the state. First one with the
 * usual value of each field, then one for each other value of a field. If the program refuses all of them, it refuses
 * for the moment or for the sender, not for what somebody would write.
 */
export function* trialsOf(type: CommandType, asked: Asked): Generator<object> {
  // A schema is the JSON that its type describes; what is in it is read as such.
  const { properties, required = [] } = commands[type].payload as unknown as PayloadSchema;
  // The table forgets which values belong to which command.
  const fitting = (fittingValues[type] as ((asked: Asked) => Iterable<object>) | undefined)?.(asked) ?? [{}];
  for (const fit of fitting) {
    const given: Record<string, unknown> = { ...fit, ...asked.known, ...asked.entered };
    const open = required.filter((name) => !(name in given));
    const choices = open.map((name): [string, unknown[]] => [name, valuesOf(name, properties[name], asked)]);
    if (choices.some(([, values]) => values.length === 0)) continue;
    const usual = { ...Object.fromEntries(choices.map(([name, [value]]) => [name, value])), ...given };
    yield usual;
    for (const [name, [, ...others]] of choices) for (const value of others) yield { ...usual, [name]: value };
  }
}

/** Values of a field, the most usual first; none where the program has nothing to name. */
function valuesOf(name: string, schema: PayloadSchema | undefined, asked: Asked): unknown[] {
  if (!schema) return [];
  if (Array.isArray(schema.enum)) return schema.enum;
  if (schema.type === 'boolean') return [true, false];
  if (schema.type === 'number' || schema.type === 'integer') return [schema.minimum ?? 0];
  if (schema.type === 'array') return schema.minItems ? valuesOf(name, schema.items, asked).map((one) => [one]) : [[]];
  if (schema.type === 'object') return [objectOf(schema, asked)];
  if (schema.format === 'email') return peopleOf(asked.state);
  if (schema.format === 'date') return daysOf(asked);
  return namesOf(name, asked.state) ?? ['A text.'];
}

function objectOf({ properties, required = [] }: PayloadSchema, asked: Asked): object {
  return Object.fromEntries(required.map((name) => [name, valuesOf(name, properties[name], asked)[0]]));
}

/** Two people of each set of roles: the others are refused as these are, and one of two may be the one who has it. */
function peopleOf({ people }: ProgramState): string[] {
  const seen = new Map<string, number>();
  return people.flatMap(({ email, roles }) => {
    const key = [...roles].sort().join();
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count <= 2 ? [email] : [];
  });
}

/** Today, and a day that is later than what a task has. */
function daysOf({ state, today, known: { taskId = '' } }: Asked): IsoDate[] {
  const dueOn = Object.hasOwn(state.tasks, taskId) ? state.tasks[taskId]?.dueOn : undefined;
  return [today, addDays(latest(today, dueOn ?? today), 30)];
}

/** What a program has under the name of a field; undefined for a field that names nothing. */
function namesOf(field: string, state: ProgramState): string[] | undefined {
  switch (field) {
    case 'taskId':
      return Object.keys(state.tasks);
    case 'auditId':
      return Object.keys(state.audits).reverse();
    case 'reviewId':
      return state.reviews.map(({ id }) => id).reverse();
    case 'incidentId':
      return numbersOf(state, 'I');
    case 'complaintId':
      return numbersOf(state, 'C');
    case 'findingId':
      return Object.keys(state.findings);
    case 'systemId':
      return Object.values(state.aiSystems).flatMap(({ id, retiredOn }) => (retiredOn ? [] : [id]));
    case 'requirementId':
      return Object.keys(requirementsOf(state));
    case 'controlId':
      return Object.keys(requirementsOf(state)).filter(
        (id) => requirementOutline(state.standard.id, id)?.kind === 'control',
      );
    default:
      return undefined;
  }
}

/** The last of what the state has only counted. */
function numbersOf({ counters }: ProgramState, letter: string): string[] {
  return counters[letter] ? [`${letter}-${counters[letter]}`] : [];
}

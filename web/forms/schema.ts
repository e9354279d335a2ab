import { isCalendarDuration } from '../../domain/calendar.ts';
import { type CommandType, commands } from '../../domain/registry.ts';

/** A schema of a payload as the JSON that it is, as far as a form is made from it. */
export interface FieldSchema {
  type?: string;
  enum?: string[];
  format?: string;
  examples?: unknown[];
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  properties?: Record<string, FieldSchema>;
  required?: string[];
  items?: FieldSchema;
}

/** The longest text that is asked for on one line. */
const longestLine = 300;

/** How a field is asked for. */
export type Control =
  | 'line'
  | 'text'
  | 'date'
  | 'duration'
  | 'email'
  | 'number'
  | 'yesOrNo'
  | 'choice'
  | 'choices'
  | 'lines'
  | 'files'
  | 'group'
  | 'list';

/** The payload of a command, to be walked through. */
export function payloadOf(type: CommandType): FieldSchema {
  return commands[type].payload as unknown as FieldSchema;
}

/** How a field of a schema is asked for. */
export function controlOf(schema: FieldSchema): Control {
  if (schema.enum) return 'choice';
  switch (schema.type) {
    case 'boolean':
      return 'yesOrNo';
    case 'integer':
    case 'number':
      return 'number';
    case 'object':
      return 'group';
    case 'array':
      return listControl(schema.items ?? {});
    default:
      if (schema.format === 'date') return 'date';
      if (schema.format === 'email') return 'email';
      if (schema.examples?.every((one) => typeof one === 'string' && isCalendarDuration(one))) return 'duration';
      return (schema.maxLength ?? 0) > longestLine ? 'text' : 'line';
  }
}

function listControl(items: FieldSchema): Control {
  if (items.enum) return 'choices';
  if (items.type !== 'object') return 'lines';
  return items.properties?.sha256 ? 'files' : 'list';
}

/** The fields of an object, in their order. */
export function fieldsOf(schema: FieldSchema): { name: string; schema: FieldSchema; required: boolean }[] {
  return Object.entries(schema.properties ?? {}).map(([name, each]) => ({
    name,
    schema: each,
    required: schema.required?.includes(name) ?? false,
  }));
}

/** The name of a field within another, as forms and refusals name it: `people[0].email`. */
export function within(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

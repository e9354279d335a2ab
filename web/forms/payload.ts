import { durationOf } from './durations.ts';
import { refsOf } from './fileRefs.ts';
import { type Form, linesOf } from './form.ts';
import { controlOf, type FieldSchema, fieldsOf, within } from './schema.ts';

/**
 * What a form says, as the payload of a command: what was left empty is left out where it may be. Whether it is right the
 * command's own check says.
 */
export function readPayload(schema: FieldSchema, form: Form): Record<string, unknown> {
  return readGroup(schema, form, '') ?? {};
}

/** Undefined when nothing was said at all. */
function readGroup(schema: FieldSchema, form: Form, path: string): Record<string, unknown> | undefined {
  const entries = fieldsOf(schema)
    .map(({ name, schema: each, required }) => [name, read(each, required, form, within(path, name))] as const)
    .filter(([, value]) => value !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function read(schema: FieldSchema, required: boolean, form: Form, path: string): unknown {
  const text = form.get(path);
  switch (controlOf(schema)) {
    case 'group':
      // What may be left out is, unless somebody typed something in it.
      if (!required && !isFilled(form, path)) return undefined;
      return readGroup(schema, form, path) ?? (required ? {} : undefined);
    case 'list':
      return orNothing(readList(schema.items ?? {}, form, path), required);
    case 'files':
      return orNothing(refsOf(form, path), false);
    case 'choices':
      return orNothing(form.all(path).filter(Boolean), required);
    case 'lines':
      return orNothing([...new Set(form.all(path).flatMap(linesOf))], required);
    case 'yesOrNo':
      return text === '' ? undefined : text === 'true';
    case 'number':
      return text === '' ? undefined : numberOf(text);
    case 'duration':
      return text.trim() === '' ? undefined : durationOf(text);
    case 'choice':
    case 'date':
    case 'email':
      return text === '' ? undefined : text;
    default:
      // A text that must be there may be empty where the schema allows it.
      return text === '' && !required ? undefined : text;
  }
}

function readList(items: FieldSchema, form: Form, path: string): unknown[] {
  const places = new Set(
    form
      .names()
      .filter((name) => name.startsWith(`${path}[`))
      .map((name) => Number(/^\[(\d+)\]/.exec(name.slice(path.length))?.[1])),
  );
  return [...places]
    .filter((place) => Number.isInteger(place))
    .sort((a, b) => a - b)
    .filter((place) => isFilled(form, `${path}[${place}]`))
    .map((place) => readGroup(items, form, `${path}[${place}]`) ?? {});
}

/** An entry of a list, or a group, in which nobody typed anything is none. */
function isFilled(form: Form, path: string): boolean {
  return form
    .names()
    .some((name) => name.startsWith(`${path}.`) && form.all(name).some((value) => value.trim() !== ''));
}

function orNothing<T>(values: T[], required: boolean): T[] | undefined {
  return values.length > 0 || required ? values : undefined;
}

/** A text that is no number stays one, for the check to name. */
function numberOf(text: string): number | string {
  const value = Number(text.replace(',', '.'));
  return Number.isFinite(value) ? value : text;
}

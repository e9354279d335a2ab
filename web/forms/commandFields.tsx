import type { ComponentChildren } from 'preact';
import { actOfBody } from '../../domain/registry/told.ts';
import { type CommandType, commands } from '../../domain/registry.ts';
import type { FieldWords } from '../../words/forms/form.ts';
import { fieldWords } from '../../words/forms/index.ts';
import { wordsAt } from '../../words/forms/lookUp.ts';
import {
  Choices,
  type ChoicesOf,
  DateField,
  type FieldProps,
  type FormError,
  type Option,
  Select,
  TextArea,
  TextField,
} from './fields.tsx';
import { FilesField } from './filesField.tsx';
import type { Form } from './form.ts';
import { controlOf, type FieldSchema, fieldsOf, payloadOf, within } from './schema.ts';

/** What the fields of a command, or of another form with words of its own, are made with. */
export interface FieldsContext {
  type: CommandType;
  /** What its fields are called; as the command's words say when absent. */
  words?: Readonly<Record<string, FieldWords>>;
  /** What was typed, or what the page begins with. */
  form: Form;
  errors: readonly FormError[];
  /** Fields that the page knows already, such as the task that is answered; they are not asked for. */
  known: Readonly<Record<string, string>>;
  /** What can be chosen where a field names something of the program. */
  choicesOf?: ChoicesOf;
}

/** How many choices stand open; more are a list to choose from. */
const mostOpen = 6;

/** The fields of a command, made from the schema of its payload. */
export function CommandFields({ context, leaveOut = [] }: { context: FieldsContext; leaveOut?: readonly string[] }) {
  const { known } = context;
  const fields = fieldsOf(payloadOf(context.type)).filter(({ name }) => !(name in known) && !leaveOut.includes(name));
  const shown = (those: typeof fields) =>
    those.map(({ name, schema, required }) => (
      <AnyField key={name} path={name} schema={schema} required={required} context={context} />
    ));
  const told = fields.filter(({ name, required }) => !required && Object.hasOwn(actOfBody, name));
  return (
    <>
      {shown(fields.filter((field) => !told.includes(field)))}
      {told.length > 0 && <Told context={context}>{shown(told)}</Told>}
    </>
  );
}

/**
 * On which day it was, and whose act it is: folded, for mostly it is one's own, of today. Open where only another can have
 * done it, and where something in it was filled in or has to be changed.
 */
function Told({ context, children }: { context: FieldsContext; children: ComponentChildren }) {
  const { type, form, errors, known, choicesOf } = context;
  const names = Object.keys(actOfBody);
  const isIn = (path = '') => names.some((name) => path === name || path.startsWith(`${name}.`));
  const entered = (choicesOf?.('onBehalfOf', known) ?? []).length > 0;
  const isFilled = form.names().some((name) => isIn(name) && form.all(name).some((value) => value !== ''));
  const open = isFilled || errors.some(({ field }) => isIn(field)) || (entered && !managersOwn(type));
  return (
    <details class="told" open={open}>
      <summary>{entered ? 'Told later, or for somebody of the certification body' : 'It was on another day'}</summary>
      <div class="stack">{children}</div>
    </details>
  );
}

function managersOwn(type: CommandType): boolean {
  return commands[type].roles.includes('programManager');
}

/** The field of a command at a path. */
export function AnyField({
  path,
  schema,
  required,
  context,
}: {
  path: string;
  schema: FieldSchema;
  required: boolean;
  context: FieldsContext;
}): ComponentChildren {
  const { form, errors } = context;
  const control = controlOf(schema);
  const { label, hint } = wordsIn(context, path);
  const field: FieldProps = {
    name: path,
    label,
    hint,
    value: form.get(path),
    required: required && !mayBeEmpty(control, schema),
    errors,
  };
  const offered = context.choicesOf?.(path, context.known);
  // Not asked for here.
  if (offered?.length === 0 && !required) return null;
  switch (control) {
    case 'group':
      return <Group path={path} schema={schema} field={field} required={required} context={context} />;
    case 'list':
      return <List path={path} schema={schema} field={field} context={context} />;
    case 'files':
      return <FilesField field={field} form={form} />;
    case 'choice':
    case 'yesOrNo':
      return chosen(field, offered ?? optionsOf(context, path, schema));
    case 'choices':
      return (
        <Choices {...field} options={optionsOf(context, path, schema.items ?? {})} values={form.all(path)} several />
      );
    case 'lines':
      if (offered)
        return (
          <Choices {...field} options={offered} values={form.all(path).flatMap((one) => one.split('\n'))} several />
        );
      return <TextArea {...field} value={form.all(path).join('\n')} rows={3} />;
    case 'date':
      return <DateField {...field} />;
    case 'number':
      return <TextField {...field} type="number" />;
    case 'text':
      return <TextArea {...field} />;
    default:
      if (offered) return <Select {...field} options={offered} />;
      return <TextField {...field} type={control === 'email' ? 'email' : 'text'} />;
  }
}

/** Of a single choice nobody has to think. */
function chosen(field: FieldProps, options: readonly Option[]): ComponentChildren {
  if (options.length > mostOpen) return <Select {...field} options={options} />;
  return (
    <Choices {...field} options={options} values={[field.value || (options.length === 1 ? options[0]!.value : '')]} />
  );
}

interface GroupProps {
  path: string;
  schema: FieldSchema;
  field: FieldProps;
  required: boolean;
  context: FieldsContext;
}

/** Of a group that may be left out, nothing has to be filled in. */
function Group({ path, schema, field, required, context }: GroupProps) {
  return (
    <fieldset class="group">
      <legend>{field.label}</legend>
      {field.hint && <p class="hint">{field.hint}</p>}
      <Inner path={path} schema={schema} required={required} context={context} />
    </fieldset>
  );
}

function Inner({ path, schema, required, context }: Omit<GroupProps, 'field'>) {
  return (
    <>
      {fieldsOf(schema).map(({ name, schema: each, required: needed }) => (
        <AnyField key={name} path={within(path, name)} schema={each} required={required && needed} context={context} />
      ))}
    </>
  );
}

/** Entries of a list, and one more to fill in; what stays empty does not count. */
function List({
  path,
  schema,
  field,
  context,
}: {
  path: string;
  schema: FieldSchema;
  field: FieldProps;
  context: FieldsContext;
}) {
  const places = context.form
    .names()
    .map((name) => (name.startsWith(`${path}[`) ? Number(/^\[(\d+)\]/.exec(name.slice(path.length))?.[1]) : -1))
    .filter((place) => place >= 0);
  const shown = Math.max(0, ...places.map((place) => place + 1)) + 1;
  return (
    <fieldset class="group">
      <legend>{field.label}</legend>
      {field.hint && <p class="hint">{field.hint}</p>}
      {Array.from({ length: shown }, (_, place) => (
        <fieldset class="group" key={`${place}`}>
          <legend>
            {wordsIn(context, path).entry ?? 'Entry'} {place + 1}
          </legend>
          <Inner path={`${path}[${place}]`} schema={schema.items ?? {}} required context={context} />
        </fieldset>
      ))}
      <button class="plain" type="submit" name="_do" value={`more:${context.type}`} formNoValidate>
        Add another
      </button>
    </fieldset>
  );
}

function optionsOf(context: FieldsContext, path: string, schema: FieldSchema): Option[] {
  const values = schema.enum ?? ['true', 'false'];
  const { options = {} } = wordsIn(context, path);
  return values.map((value) => ({ value, label: options[value] ?? value }));
}

function wordsIn({ type, words }: FieldsContext, path: string): FieldWords {
  const found = words && wordsAt(words, path);
  return found ?? fieldWords(type, path);
}

/** A note may be empty although it is always sent. */
function mayBeEmpty(control: string, schema: FieldSchema): boolean {
  if (control === 'lines' || control === 'list' || control === 'choices') return !('minItems' in schema);
  return (control === 'text' || control === 'line') && !('minLength' in schema);
}

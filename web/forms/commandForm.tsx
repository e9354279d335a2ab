import { randomUUID } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import type { Known } from '../../domain/offers/asked.ts';
import type { CommandType } from '../../domain/registry.ts';
import { commandVerb } from '../../words/forms/index.ts';
import { CommandFields } from './commandFields.tsx';
import { Choices, type ChoicesOf, ErrorSummary, type FormError, FormName } from './fields.tsx';
import { Form } from './form.ts';
import { controlOf, type FieldSchema, fieldsOf, payloadOf } from './schema.ts';

/** A form that was sent and has to be changed. */
export interface Failed {
  type: CommandType;
  form: Form;
  errors: readonly FormError[];
}

/** What the forms of one page share. */
export interface FormsContext {
  /** Where they are sent. */
  url: string;
  csrf: string;
  failed?: Failed;
  /** What a form of a command begins with. */
  begin?: Partial<Record<CommandType, Form>>;
  choicesOf?: ChoicesOf;
  /** Stands for what was so when the page was opened, for forms that begin with it. */
  stamp?: { name: string; value: string };
  /** The page was opened by a link of a mail, whose buttons a scanner of mails may press: none does anything by itself. */
  byLink?: boolean;
}

interface CommandFormProps {
  type: CommandType;
  known: Known;
  context: FormsContext;
  /** The one thing to do next of its page. */
  primary?: boolean;
  /** Not the first form of its page: what it asks for goes by its name too, so that each label leads to its own field. */
  apart?: boolean;
  /** In place of its fields and its button. */
  children?: (form: Form, errors: readonly FormError[]) => ComponentChildren;
  buttons?: ComponentChildren;
}

/** The form of a command: its fields, and a button that says what happens. It works without scripts. */
export function CommandForm({ type, known, context, primary = false, apart, children, buttons }: CommandFormProps) {
  const failed = context.failed?.type === type && isSame(known, context.failed.form) ? context.failed : undefined;
  const form = failed?.form ?? context.begin?.[type] ?? new Form([]);
  const errors = failed?.errors ?? [];
  return (
    <FormName.Provider value={apart ? type : ''}>
      <ErrorSummary errors={errors} />
      <form
        method="post"
        action={context.url}
        class="stack"
        data-command={type}
        enctype={hasFiles(payloadOf(type)) ? 'multipart/form-data' : undefined}
      >
        <FormKeys type={type} known={known} csrf={context.csrf} formKey={failed?.form.get('_key')} />
        {context.stamp?.value && <input type="hidden" name={context.stamp.name} value={context.stamp.value} />}
        {children ? (
          children(form, errors)
        ) : (
          <CommandFields context={{ type, form, errors, known, choicesOf: context.choicesOf }} />
        )}
        {context.byLink && isEmpty(type, known) && (
          <Choices
            name={sure}
            label="Are you sure?"
            options={[{ value: 'yes', label: 'Yes' }]}
            errors={errors}
            several
            required
          />
        )}
        {buttons ?? (
          <button class={primary ? 'primary' : undefined} type="submit">
            {commandVerb(type)}
          </button>
        )}
      </form>
    </FormName.Provider>
  );
}

interface FormKeysProps {
  type: CommandType;
  known: Known;
  csrf: string;
  formKey?: string;
}

/** What a form sends beside what was typed: which command it is, for what, and a key by which it is done once. */
export function FormKeys({ type, known, csrf, formKey }: FormKeysProps) {
  return (
    <>
      <input type="hidden" name="_csrf" value={csrf} />
      <input type="hidden" name="_key" value={formKey || randomUUID()} />
      <input type="hidden" name="_command" value={type} />
      {Object.entries(known).map(([name, value]) => (
        <input type="hidden" name={`_known:${name}`} value={value} key={name} />
      ))}
    </>
  );
}

/** The field by which somebody says that they mean it, where there is nothing else to fill in. */
export const sure = '_sure';

/** Whether the form of a command asks for nothing, so that its button alone would send it. */
export function isEmpty(type: CommandType, known: Known): boolean {
  return fieldsOf(payloadOf(type)).every(({ name }) => name in known);
}

/** Which of several forms of one command was sent. */
function isSame(known: Known, form: Form): boolean {
  return Object.entries(known).every(([name, value]) => form.get(`_known:${name}`) === value);
}

function hasFiles(schema: FieldSchema): boolean {
  return fieldsOf(schema).some(({ schema: each }) => {
    const control = controlOf(each);
    return control === 'files' || (control === 'group' && hasFiles(each));
  });
}

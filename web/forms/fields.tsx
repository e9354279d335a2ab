import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** What is wrong with a form: at which field, and what would be right. */
export interface FormError {
  /** The name of the field; absent for what concerns the whole. */
  field?: string;
  /** What the field is called, for the list of errors above the form. */
  label?: string;
  detail: string;
}

/** What a field needs beside its own kind. */
export interface FieldProps {
  name: string;
  label: string;
  hint?: ComponentChildren;
  value?: string;
  required?: boolean;
  errors?: readonly FormError[];
}

/** What tells a form's fields from those of the same name in the other forms of its page; nothing in the first. */
export const FormName = createContext('');

function useIdOf(): (name: string) => string {
  const form = useContext(FormName);
  return (name) => `f-${form && `${form}-`}${name.replace(/[^A-Za-z0-9]+/g, '-')}`;
}

/** All errors of a form, above it, each a link to its field. */
export function ErrorSummary({ errors }: { errors: readonly FormError[] }) {
  const idOf = useIdOf();
  if (errors.length === 0) return null;
  return (
    <section class="notice bad" role="alert" aria-labelledby="errors-title" tabIndex={-1} id="errors">
      <h2 class="notice-title" id="errors-title">
        {errors.length === 1 ? 'One thing needs a change' : `${errors.length} things need a change`}
      </h2>
      <ul>
        {errors.map(({ field, label, detail }) => {
          const text = label ? `${label}: ${detail}` : detail;
          return <li key={`${field} ${detail}`}>{field ? <a href={`#${idOf(field)}`}>{text}</a> : text}</li>;
        })}
      </ul>
    </section>
  );
}

/** A field in its frame: label, hint, and what is wrong with it. */
export function Field({
  name,
  label,
  hint,
  required,
  errors = [],
  children,
}: FieldProps & { children: (given: ControlProps) => ComponentChildren }) {
  const own = errors.filter(({ field }) => field === name);
  const id = useIdOf()(name);
  const describedBy = [hint ? `${id}-hint` : '', own.length > 0 ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div class={own.length > 0 ? 'field wrong' : 'field'}>
      <label for={id}>
        {label}
        {!required && <span class="optional"> (optional)</span>}
      </label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {own.length > 0 && (
        <p class="error" id={`${id}-error`}>
          {own.map(({ detail }) => detail).join(' ')}
        </p>
      )}
      {children({
        id,
        name,
        'aria-describedby': describedBy || undefined,
        'aria-invalid': own.length > 0 ? 'true' : undefined,
      })}
    </div>
  );
}

/** What ties a control to its label, its hint and its error. */
interface ControlProps {
  id: string;
  name: string;
  'aria-describedby': string | undefined;
  'aria-invalid': 'true' | undefined;
}

type InputKind = { type?: 'text' | 'email' | 'number'; autocomplete?: string; inputMode?: 'numeric' };

export function TextField({ type = 'text', autocomplete, inputMode, ...field }: FieldProps & InputKind) {
  return (
    <Field {...field}>
      {(control) => {
        const given = { ...control, value: field.value, autocomplete, inputMode };
        if (type === 'email') return <input {...given} type="email" />;
        return type === 'number' ? <input {...given} type="number" step="any" /> : <input {...given} type="text" />;
      }}
    </Field>
  );
}

export function TextArea({ rows = 4, ...field }: FieldProps & { rows?: number }) {
  return (
    <Field {...field}>
      {(control) => (
        <textarea {...control} rows={rows}>
          {field.value}
        </textarea>
      )}
    </Field>
  );
}

export function DateField(field: FieldProps & { min?: string; max?: string }) {
  return (
    <Field {...field}>
      {(control) => <input {...control} type="date" value={field.value} min={field.min} max={field.max} />}
    </Field>
  );
}

export interface Option {
  value: string;
  label: string;
}

/**
 * What can be chosen for the field at a path, where something stands in the program for it: undefined where it is typed or
 * chosen from what its schema says, nothing where it is not asked for. `known` is what the form is about.
 */
export type ChoicesOf = (path: string, known: Readonly<Record<string, string>>) => Option[] | undefined;

export function Select({ options, ...field }: FieldProps & { options: readonly Option[] }) {
  return (
    <Field {...field}>
      {(control) => (
        <select {...control}>
          {!field.required && <option value="">–</option>}
          {field.required && !options.some(({ value }) => value === field.value) && <option value="">Choose …</option>}
          {options.map(({ value, label }) => (
            <option key={value} value={value} selected={value === field.value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** One of a few, or some of a few: the choices stand open, each with its own label. */
export function Choices({
  name,
  label,
  hint,
  options,
  values = [],
  several = false,
  required,
  errors = [],
}: Omit<FieldProps, 'value'> & { options: readonly Option[]; values?: readonly string[]; several?: boolean }) {
  const own = errors.filter(({ field }) => field === name);
  const id = useIdOf()(name);
  return (
    <fieldset class={own.length > 0 ? 'field wrong' : 'field'} id={id} tabIndex={-1}>
      <legend>
        {label}
        {!required && <span class="optional"> (optional)</span>}
      </legend>
      {hint && <p class="hint">{hint}</p>}
      {own.length > 0 && <p class="error">{own.map(({ detail }) => detail).join(' ')}</p>}
      {options.map((option) => (
        <label class="choice" key={option.value}>
          <input
            type={several ? 'checkbox' : 'radio'}
            name={name}
            value={option.value}
            checked={values.includes(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}

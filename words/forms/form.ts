import type { CommandMap, CommandType } from '../../domain/registry.ts';

/** What people read of one field of a form. */
export interface FieldWords {
  /** What is asked for: `Valid until`. */
  label: string;
  /** How to answer, where the label does not say it all. */
  hint?: string;
  /** What each value is called; `true` and `false` of a choice. */
  options?: Record<string, string>;
  /** The fields within it; of a list, those of each entry. */
  fields?: Record<string, FieldWords>;
  /** Of a list of things with fields of their own, what one is called: `Person`. */
  entry?: string;
}

/** What people read of the form of a command. */
export interface FormWords<P = never> {
  /** The heading of its page: `Submit evidence`. */
  title: string;
  /** Its button, a verb that says what happens: `Submit`. */
  verb: string;
  fields: keyof P extends never ? Record<string, never> : FieldsOf<P>;
}

/** The words of every command's form; a field, a choice or a command without words does not compile. */
export type WordsOfForms = { [T in CommandType]: FormWords<CommandMap[T]> };

/** Words for each field of a payload, and for what is in them. */
export type FieldsOf<P> = { [K in keyof P]-?: FieldOf<NonNullable<P[K]>> };

/** What a field of this type must have beside its label. */
export type FieldOf<V> = { label: string; hint?: string } & Inner<V>;

type Inner<V> = [V] extends [readonly (infer E)[]]
  ? E extends object
    ? { entry: string; fields: FieldsOf<E> }
    : Inner<E>
  : [V] extends [boolean]
    ? { options: Record<'true' | 'false', string> }
    : [V] extends [string]
      ? Choice<V>
      : [V] extends [object]
        ? { fields: FieldsOf<V> }
        : unknown;

/** Values that are written out are chosen from; a text, a date or an address is typed. */
type Choice<V extends string> = Record<never, never> extends Record<V, 1> ? unknown : { options: Record<V, string> };

/** A field that is typed. */
export function field(label: string, hint?: string): { label: string; hint?: string } {
  return hint === undefined ? { label } : { label, hint };
}

/** A field whose value is chosen. */
export function choice<K extends string>(label: string, options: Record<K, string>, hint?: string) {
  return { ...field(label, hint), options };
}

/** A yes or no. */
export function yesOrNo(label: string, hint?: string) {
  return choice(label, { true: 'Yes', false: 'No' }, hint);
}

/** Several fields under one heading. */
export function group<F>(label: string, fields: F, hint?: string) {
  return { ...field(label, hint), fields };
}

/** A list of things that have fields of their own; `entry` is what one is called. */
export function listOf<F>(label: string, entry: string, fields: F, hint?: string) {
  return { ...group(label, fields, hint), entry };
}

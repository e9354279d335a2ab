import type { CommandType } from '../../domain/registry.ts';
import { assessmentForms } from './assessment.ts';
import { auditForms } from './audits.ts';
import { certificateForms } from './certificate.ts';
import { changeForms } from './changes.ts';
import { entryForms } from './entries.ts';
import { fileForms } from './files.ts';
import { findingForms } from './findings.ts';
import type { FieldWords, WordsOfForms } from './form.ts';
import { wordsAt } from './lookUp.ts';
import { peopleForms } from './people.ts';
import { programForms } from './program.ts';
import { taskForms } from './tasks.ts';

const forms: WordsOfForms = {
  ...programForms,
  ...peopleForms,
  ...changeForms,
  ...assessmentForms,
  ...fileForms,
  ...taskForms,
  ...auditForms,
  ...findingForms,
  ...certificateForms,
  ...entryForms,
};

/** The same, as it is looked up: which fields a command has, its own words know. */
const words: Record<CommandType, { title: string; verb: string; fields: Record<string, FieldWords> }> = forms;

/** The heading of the page of a command: `Submit evidence`. */
export function commandTitle(command: CommandType): string {
  return words[command].title;
}

/** What the button of a command says: `Submit`. */
export function commandVerb(command: CommandType): string {
  return words[command].verb;
}

/**
 * What a field of a command is called. `path` is that of docs/commands.md (`people[].email`), of a refusal
 * (`people[0].email`) or a JSON Pointer (`/people/0/email`).
 *
 * @throws Error when the command has no such field
 */
export function fieldLabel(command: CommandType, path: string): string {
  return fieldWords(command, path).label;
}

/** How to answer a field, where its label does not say it all. */
export function fieldHint(command: CommandType, path: string): string | undefined {
  return fieldWords(command, path).hint;
}

/** What one entry of a list is called (`Person`), where its entries have fields of their own. */
export function entryLabel(command: CommandType, path: string): string | undefined {
  return fieldWords(command, path).entry;
}

/** What a value of a field is called; of a yes or no, `true` or `false`. The value itself where it has no name. */
export function optionLabel(command: CommandType, path: string, value: string | boolean): string {
  return fieldWords(command, path).options?.[String(value)] ?? String(value);
}

/** All words of a field. Throws when the command has no such field. */
export function fieldWords(command: CommandType, path: string): FieldWords {
  const found = wordsAt(words[command].fields, path);
  if (!found) throw new Error(`${command} has no field ${path}; its fields are in docs/commands.md.`);
  return found;
}

import type { TSchema } from 'typebox';
import { describe, expect, test } from 'vitest';
import type { SchemaNode } from '../../domain/registry/walk.ts';
import { type CommandType, commands, isCommandType } from '../../domain/registry.ts';
import { commandTitle, commandVerb, entryLabel, fieldHint, fieldLabel, optionLabel } from '../../words/forms/index.ts';

interface FieldAt {
  path: string;
  schema: SchemaNode;
}

const types = Object.keys(commands).filter(isCommandType);

/** All fields of a payload with what is in them, by the paths of docs/commands.md. */
function fieldsOf(schema: SchemaNode, at = ''): FieldAt[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, each]) => {
    const path = `${at}${name}`;
    return [{ path, schema: each }, ...fieldsOf(each.items ?? each, each.items ? `${path}[].` : `${path}.`)];
  });
}

const typed = types.flatMap((type) => {
  const payload: TSchema = commands[type].payload;
  return fieldsOf(payload).map((field) => ({ type, ...field }));
});

describe('every command', () => {
  test.each(types)('%s has a title and a verb', (type) => {
    expect(commandTitle(type)).toMatch(/^[A-Z].*[^.]$/);
    expect(commandVerb(type)).toMatch(/^[A-Z].*[^.]$/);
    expect(commandVerb(type).length).toBeLessThanOrEqual(30);
  });
});

test('every field has a label, and a hint that is a sentence where there is one', () => {
  expect(typed.length).toBeGreaterThan(150);
  for (const { type, path } of typed) {
    expect(fieldLabel(type, path), `${type} ${path}`).toMatch(/^[A-Z][^.]*$/);
    expect(fieldHint(type, path) ?? 'None.', `${type} ${path}`).toMatch(/\.$/);
  }
});

test('every value that is chosen has a label of its own', () => {
  for (const { type, path, schema } of typed) {
    const values = valuesOf(schema);
    const labels = values.map((value) => optionLabel(type, path, value));
    for (const label of labels) expect(label, `${type} ${path}`).toMatch(/^[A-Z]/);
    expect(new Set(labels).size, `${type} ${path}`).toBe(values.length);
  }
});

test('a list of things says what one of them is called', () => {
  const lists = typed.filter(({ schema }) => schema.items?.properties);
  expect(lists.length).toBeGreaterThan(1);
  for (const { type, path } of lists) expect(entryLabel(type, path), `${type} ${path}`).toMatch(/^[A-Z]/);
  expect(entryLabel('setPeople', 'people')).toBe('Person');
  expect(entryLabel('setPeople', 'reason')).toBeUndefined();
});

test('a field is found by the path of the docs, of a refusal and of a pointer', () => {
  for (const path of ['people[].email', 'people[3].email', '/people/3/email']) {
    expect(fieldLabel('setPeople', path)).toBe('E-mail address');
  }
  expect(fieldLabel('reportCorrectiveActionDone', 'evidence.note')).toBe('What was done');
  expect(optionLabel('setPeople', 'people[0].roles', 'leadAuditor')).toBe('Lead auditor');
  expect(optionLabel('setPeople', '/people/0/roles/1', 'leadAuditor')).toBe('Lead auditor');
  expect(optionLabel('verifyFinding', 'effective', false)).toBe('No; another is needed');
});

test('a field that is not there is refused by its name', () => {
  const missing: [CommandType, string][] = [
    ['submitEvidence', 'proof'],
    ['submitEvidence', ''],
    ['submitEvidence', 'note.constructor'],
    ['submitEvidence', 'constructor'],
  ];
  for (const [type, path] of missing) {
    expect(() => fieldLabel(type, path)).toThrow(`${type} has no field ${path}; its fields are in docs/commands.md.`);
  }
});

function valuesOf({ enum: values, type, items }: SchemaNode): string[] {
  if (items) return valuesOf(items);
  if (type === 'boolean') return ['true', 'false'];
  return Array.isArray(values) ? values.map(String) : [];
}

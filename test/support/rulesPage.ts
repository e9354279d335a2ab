import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { packageRoot } from '../../config/packageRoot.ts';
import { defaultProfile } from '../../domain/profile.ts';
import { groups } from '../scenarios/index.ts';
import { codeFolders } from './borders/imports.ts';
import { isUsed, type Sources } from './callers.ts';

interface RuleFunction {
  name: string;
  file: string;
  text: string;
}

const rules = Array.from({ length: 33 }, (_, index) => `R${index + 1}`);

/** The page of rules, made from the code: each rule with the functions that hold it and the tests that show it. */
export function rulesPage(): string {
  const functions = filesIn('domain')
    .filter((file) => file !== 'domain/profile.ts')
    .flatMap(ruleFunctions);
  const tests = filesIn('test')
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap(ruleTests);
  const product = productSources();
  const sections = rules.map((rule) => section(rule, functions, tests, product));
  return [
    '# The rules of the certification cycle',
    '',
    'Made from the code by `npm run docs`; a test fails when it is not up to date. Below each rule are the functions, commands',
    'and records that hold it, with what their comments say of it and where it comes from. The numbers belong to the',
    'certification body: a program is started with a profile of them. `npm run scenarios` plays the scenarios on the real',
    'service and prints them with their dates.',
    '',
    ...sections,
    '## The profile',
    '',
    '| number or choice | default |',
    '|---|---|',
    ...Object.entries(defaultProfile).map(([name, value]) => `| \`${name}\` | ${value} |`),
    '',
  ].join('\n');
}

function section(
  rule: string,
  functions: RuleFunction[],
  tests: { title: string; file: string }[],
  product: Sources,
): string {
  const mentions = new RegExp(`\\b${rule}\\b`);
  const own = functions.filter(({ text }) => mentions.test(text));
  const shown = tests.filter(({ title }) => mentions.test(title));
  const files = [...new Set(shown.map(({ file }) => file))];
  const unused = own.length > 0 && !own.some(({ name, file }) => isUsed(name, file, product));
  const played = groups.flatMap(({ scenarios }) => scenarios).filter((scenario) => scenario.rules.includes(rule));
  return [
    `## ${rule}`,
    '',
    ...(own.length > 0 ? own.map(({ name, file, text }) => `- \`${name}\` (${file}): ${text}`) : ['- Not built yet.']),
    '',
    ...(unused ? ['Not used by the product yet.', ''] : []),
    files.length > 0 ? `Tests: ${files.join(', ')}.` : 'Tests: none that name it.',
    '',
    ...(played.length > 0 ? [`Scenarios: ${played.map(({ title }) => title).join('; ')}.`, ''] : []),
  ].join('\n');
}

function ruleFunctions(file: string): RuleFunction[] {
  const source = readFileSync(join(packageRoot(), file), 'utf8');
  const documented = source.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*?)\*\/\s*(?:export )?(?:function\*?|const) (\w+)/g);
  return [...documented].flatMap(([, comment, name]) => {
    const text = (comment as string)
      .replace(/\n\s*\*/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    return /\bR\d+\b/.test(text) ? [{ name: name as string, file, text }] : [];
  });
}

function ruleTests(file: string): { title: string; file: string }[] {
  const source = readFileSync(join(packageRoot(), file), 'utf8');
  const titles = source.matchAll(
    /\b(?:it|test|describe)(?:\.\w+(?:\([\s\S]*?\))?)?\(\s*(['"`])((?:(?!\1)[\s\S])*?)\1/g,
  );
  return [...titles].map(([, , title]) => ({ title: title as string, file }));
}

/** All that runs where Certloop does: no tests, benchmarks or examples. */
function productSources(): Sources {
  const folders = codeFolders().filter((folder) => !['test', 'bench', 'examples'].includes(folder));
  const files = folders.flatMap(filesIn);
  return new Map(files.map((file) => [file, readFileSync(join(packageRoot(), file), 'utf8')]));
}

function filesIn(folder: string): string[] {
  const root = packageRoot();
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

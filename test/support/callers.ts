import { posix } from 'node:path';

/** Sources of the product: the text of each file, by its path from the top of the project. */
export type Sources = ReadonlyMap<string, string>;

/** Whether something that a file declares is used: in that file beside its declaration, or by a file that imports it. */
export function isUsed(name: string, file: string, sources: Sources): boolean {
  const mentions = codeOf(sources.get(file) ?? '').match(new RegExp(`\\b${name}\\b`, 'g')) ?? [];
  return mentions.length > 1 || [...sources].some(([other, text]) => imports(other, codeOf(text), name, file));
}

/** To pass something on (`export … from`) is no use; what passes it on is an index. */
function imports(importer: string, code: string, name: string, file: string): boolean {
  const statements = code.matchAll(/^import\b([^'";]*?)\bfrom '(\.[^']*)'/gm);
  return [...statements].some(([, names, path]) => {
    const from = posix.join(posix.dirname(importer), path!);
    return new RegExp(`\\b${name}\\b`).test(names!) && (from === file || posix.basename(from) === 'index.ts');
  });
}

function codeOf(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}

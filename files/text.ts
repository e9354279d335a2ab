/** What texts are called by the endings of their names. */
const byEnding: Record<string, string> = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  md: 'text/markdown',
  json: 'application/json',
  xml: 'application/xml',
};

/** Endings of texts that may be in an older encoding than UTF-8, such as a CSV file of a spreadsheet. */
const older = /\.(txt|csv|tsv|md|log|text)$/;

/** Characters of control that texts are laid out with; logs are colored with the last. */
const layout = ['\t', '\n', '\f', '\r', '\u001b'];

/** With what pages begin, as browsers guess. */
const page = /^<(!doctype html|html|head|body|script|iframe|style|title|h1|div|table|a|p|br|font)[\s>]/;

/** The media type of a text; undefined when it is none. `isWhole`: whether the head is all of the file. */
export function textTypeOf(head: Uint8Array, isWhole: boolean, name: string): string | undefined {
  const lower = name.toLowerCase();
  const text = decoded(head, isWhole, older.test(lower));
  if (text === undefined || /\p{Cc}/u.test(layout.reduce((left, each) => left.replaceAll(each, ''), text)))
    return undefined;
  const start = withoutProlog(text.slice(0, 4_096).toLowerCase());
  if (/^<svg[\s>]/.test(start)) return 'image/svg+xml';
  if (page.test(start)) return 'text/html';
  return byEnding[/\.(\w+)$/.exec(lower)?.[1] ?? ''] ?? 'text/plain';
}

/** What comes after the declaration, the comments and the document type with which a document in XML begins. */
function withoutProlog(text: string): string {
  const rest = text.trimStart();
  const [opening, closing] = prolog.find(([each]) => rest.startsWith(each)) ?? [];
  const end = closing ? rest.indexOf(closing, opening?.length) : -1;
  return closing && end >= 0 ? withoutProlog(rest.slice(end + closing.length)) : rest;
}

const prolog = [
  ['<?', '?>'],
  ['<!--', '-->'],
  ['<!doctype svg', '>'],
] as const;

function decoded(head: Uint8Array, isWhole: boolean, mayBeOlder: boolean): string | undefined {
  const encoding =
    head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    // The head may end within a character.
    return new TextDecoder(encoding, { fatal: true }).decode(head, { stream: !isWhole });
  } catch {
    return mayBeOlder ? new TextDecoder('latin1').decode(head).replace(/[\u0080-\u009f]/g, '?') : undefined;
  }
}

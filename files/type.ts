import { fileTypeFromBuffer } from 'file-type';
import { textTypeOf } from './text.ts';
import { zipTypeOf } from './zip.ts';

/** How much of its beginning a file's type is told by. */
export const headBytes = 16 * 1_024;

/** What is known of a file whose type is asked for. */
export interface Sample {
  head: Uint8Array;
  /** Whether the head is all of it. */
  isWhole: boolean;
  /** The type that its sender says it is. */
  declared?: string | undefined;
  name: string;
}

/** What a file is by what is in it, and what is worth saying about that. */
export interface Kind {
  mediaType: string;
  remarks: string[];
}

/** What nothing more is known of, or should be: it is downloaded, never shown. */
const anyBytes = 'application/octet-stream';

/** What a browser or a machine would run. It is kept as `anyBytes`: whoever downloads it decides. */
const active: Record<string, string> = {
  'text/html': 'a web page',
  'image/svg+xml': 'an SVG image, which can hold a script',
  'application/x-msdownload': 'a program for Windows',
  'application/x-ms-shortcut': 'a shortcut of Windows',
  'application/x-msi': 'an installer for Windows',
  'application/x-elf': 'a program for Linux',
  'application/x-mach-binary': 'a program for macOS',
  'application/java-vm': 'a Java program',
  'application/wasm': 'a WebAssembly program',
  'application/x-shockwave-flash': 'a Flash movie',
  'application/x-deb': 'a package of software',
  'application/x-rpm': 'a package of software',
};

/** What senders say when they do not know. */
const unsaid = new Set([
  '',
  anyBytes,
  'binary/octet-stream',
  'application/x-www-form-urlencoded',
  'application/force-download',
]);

/** Types by the endings that claim them. */
const claimed: Record<string, string> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  zip: 'application/zip',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
};

/** The type of a file by what is in it; what its sender and its name say counts for nothing against that. */
export async function kindOf(sample: Sample): Promise<Kind> {
  const found = await contentType(sample);
  const runs = active[found];
  const mediaType = runs ? anyBytes : found;
  const ending = /\.(\w+)$/.exec(sample.name.toLowerCase())?.[1] ?? '';
  const declared = sample.declared?.split(';')[0]?.trim().toLowerCase() ?? '';
  const said = claimed[ending] ?? (unsaid.has(declared) ? undefined : declared);
  if (runs) return { mediaType, remarks: [`The file is ${runs}. It is kept for download only, as ${anyBytes}.`] };
  // Texts are called many things that are all true.
  if (said === undefined || said === found || (isText(said) && isText(found))) return { mediaType, remarks: [] };
  return { mediaType, remarks: [`The file is not what it is called: it says ${said}, and is kept as ${mediaType}.`] };
}

async function contentType({ head, isWhole, name }: Sample): Promise<string> {
  // Before anything that would look inside: archives are never unpacked, not even to learn what they are.
  const archive = archiveType(head, name);
  if (archive) return archive;
  const text = textTypeOf(head, isWhole, name);
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found && (!text || isWritten.test(found.mime)))
    return found.mime === 'application/xml' && text ? text : found.mime;
  return text ?? anyBytes;
}

/** Types that are texts, and say what they are in them; of all others, a text that begins like one is a text. */
const isWritten = /^(text\/|application\/(pdf|rtf|postscript|xml|eps)|image\/svg)/;

function archiveType(head: Uint8Array, name: string): string | undefined {
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5)) return zipTypeOf(head, name);
  return head[0] === 0x1f && head[1] === 0x8b ? 'application/gzip' : undefined;
}

function isText(type: string): boolean {
  return type.startsWith('text/') || type === 'application/json' || type === 'application/xml';
}

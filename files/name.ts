import { isVisible } from '../domain/text.ts';
import { UploadRefused } from './errors.ts';

/** The longest name of a file, in UTF-16 units. */
const longest = 255;

/** Control characters, line and paragraph separators, and what turns the direction of a text: none is part of a name. */
const unwanted = /[\p{Cc}\u2028\u2029\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/gu;

/**
 * The name of a file as it is kept and shown, from what its sender called it: without folders, without characters that
 * cannot be seen or would show another name than it is, in one form of Unicode, and with its ending when it is cut. It is never
 * part of a path.
 *
 * @throws UploadRefused when nothing is left of it
 */
export function fileName(given: string): string {
  const last = given.toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(unwanted, '').normalize('NFC').trim();
  if (!isVisible(clean) || /^\.+$/.test(clean)) {
    throw new UploadRefused('name', 'The file needs a name that people can read, such as policy.pdf.');
  }
  return clean.length <= longest ? clean : shortened(clean);
}

function shortened(name: string): string {
  const ending = /\.[^.\s]{1,10}$/u.exec(name)?.[0] ?? '';
  let start = '';
  // By what people see as one character: half of an emoji is none.
  for (const { segment } of new Intl.Segmenter().segment(name.slice(0, name.length - ending.length))) {
    if (start.length + segment.length + ending.length > longest) break;
    start += segment;
  }
  return start === '' ? name.slice(0, longest).toWellFormed() : start + ending;
}

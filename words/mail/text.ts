import { manyLines, oneLine } from './clean.ts';
import { headline } from './subject.ts';
import type { Action, Detail, Entry, Letter } from './types.ts';

/**
 * A letter as plain text, readable without any formatting. A link has a line of its own, so that it can be pressed. Lines
 * are not wrapped: mail programs do that.
 */
export function asText(letter: Letter): string {
  const blocks = [
    letter.from.map(oneLine),
    [oneLine(letter.state ? `${letter.title}: ${letter.state.text}` : letter.title)],
    ...letter.lead.map(detailLines),
    ...(letter.code ? [[`  ${oneLine(letter.code)}`]] : []),
    ...(letter.button ? [actionLines(letter.button)] : []),
    ...(letter.link ? [actionLines(letter.link)] : []),
    ...letter.details.map(detailLines),
    ...letter.sections.flatMap(({ title, entries }) => [
      ...(title ? [[title.toUpperCase()]] : []),
      ...entries.map(entryLines),
    ]),
    ...(letter.more ? [[oneLine(letter.more.text), ...actionLines(letter.more.action)]] : []),
    ['-- ', ...letter.closing.flatMap((line) => (typeof line === 'string' ? [oneLine(line)] : actionLines(line)))],
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function entryLines(entry: Entry): string[] {
  const lines = [
    ...(entry.program ? [oneLine(entry.program)] : []),
    ...entry.lead.flatMap(detailLines),
    ...(entry.action ? actionLines(entry.action) : []),
    ...entry.details.flatMap(detailLines),
  ];
  return [`* ${headline(entry)}`, ...lines.map((line) => `  ${line}`.trimEnd())];
}

function detailLines({ label, text, list = [], quote, links = [] }: Detail): string[] {
  const said = [label && oneLine(label), text && oneLine(text)].filter(Boolean).join(': ');
  return [
    text ? said : `${said}:`,
    ...(quote ? manyLines(quote).map((line) => `> ${line}`.trimEnd()) : []),
    ...list.map((item) => `- ${oneLine(item)}`),
    ...links.map(oneLine),
  ];
}

function actionLines({ label, url }: Action): string[] {
  return [`${label}:`, url];
}

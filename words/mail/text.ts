import { manyLines, oneLine } from './clean.ts';
import { headline } from './subject.ts';
import type { Detail, Entry, Letter } from './types.ts';

/** A letter as plain text, readable without any formatting. Lines are not wrapped: mail programs do that. */
export function asText(letter: Letter): string {
  const head = [oneLine(letter.title), oneLine(letter.organization)];
  const body = letter.sections.flatMap(({ title, entries }) => [
    ...(title ? ['', title.toUpperCase()] : []),
    ...entries.flatMap((entry) => ['', ...entryLines(entry)]),
  ]);
  return `${[...head, ...body, '', '-- ', ...letter.closing.map(oneLine)].join('\n')}\n`;
}

function entryLines(entry: Entry): string[] {
  return [`* ${headline(entry)}`, ...entry.details.flatMap(detailLines).map((line) => `  ${line}`.trimEnd())];
}

function detailLines(detail: Detail): string[] {
  return [
    detail.text ? `${oneLine(detail.label)}: ${oneLine(detail.text)}` : `${oneLine(detail.label)}:`,
    ...(detail.list ?? []).map((item) => `  - ${oneLine(item)}`),
    ...(detail.quote ? manyLines(detail.quote).map((line) => `  > ${line}`) : []),
    ...(detail.links ?? []).map((link) => `  ${oneLine(link)}`),
    ...(detail.calls ?? []).flatMap(({ method, url, body }) => [`  ${method} ${oneLine(url)}`, `    ${oneLine(body)}`]),
  ];
}

import { isWebLink, manyLines, oneLine } from './clean.ts';
import { html, type Markup } from './markup.ts';
import { headline } from './subject.ts';
import type { Call, Detail, Entry, Letter, Section } from './types.ts';

const none: Markup = { markup: '' };

/** Mail programs drop style sheets, so each element carries its own. Colors are the reader's, light or dark. */
const styles = {
  page: 'margin:0;padding:16px;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif',
  column: 'max-width:640px;margin:0 auto;overflow-wrap:anywhere',
  title: 'font-size:22px;line-height:1.3;margin:0',
  organization: 'margin:4px 0 0;font-size:15px',
  section: 'font-size:18px;line-height:1.3;margin:32px 0 0;padding-bottom:4px;border-bottom:2px solid #767676',
  entry: 'margin:20px 0 0;padding-left:12px;border-left:4px solid #767676',
  overdue: 'margin:20px 0 0;padding-left:12px;border-left:4px solid #c62828',
  headline: 'font-size:16px;line-height:1.4;margin:0',
  detail: 'margin:10px 0 0',
  list: 'margin:2px 0 0;padding-left:20px',
  quote: 'margin:4px 0 0;padding:0 0 0 12px;border-left:2px solid #a0a0a0',
  call: 'margin:4px 0 0;padding:8px 10px;border:1px solid #a0a0a0;border-radius:4px;font-size:13px;line-height:1.5',
  code: 'font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace',
  closing: 'margin:40px 0 0;padding-top:12px;border-top:1px solid #a0a0a0;font-size:14px',
};

/** A letter as one HTML page without images, scripts or anything from elsewhere. */
export function asHtml(letter: Letter): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${oneLine(letter.subject)}</title>
<style>:root{color-scheme:light dark}</style>
</head>
<body style="${styles.page}">
<div style="${styles.column}">
<h1 style="${styles.title}">${oneLine(letter.title)}</h1>
<p style="${styles.organization}">${oneLine(letter.organization)}</p>
${letter.sections.map(section)}
<div style="${styles.closing}">${letter.closing.map((line) => html`<p style="margin:4px 0">${oneLine(line)}</p>`)}</div>
</div>
</body>
</html>
`.markup;
}

function section({ title, entries }: Section): Markup {
  const level = title ? 'h3' : 'h2';
  return html`${title ? html`<h2 style="${styles.section}">${title}</h2>` : none}
${entries.map((entry) => entryMarkup(entry, level))}`;
}

function entryMarkup(entry: Entry, level: 'h2' | 'h3'): Markup {
  return html`<div style="${entry.group === 'overdue' ? styles.overdue : styles.entry}">
<${level} style="${styles.headline}">${headline(entry)}</${level}>
${entry.details.map(detailMarkup)}
</div>
`;
}

function detailMarkup(detail: Detail): Markup {
  return html`<div style="${styles.detail}"><strong>${oneLine(detail.label)}${detail.text ? ':' : ''}</strong> ${oneLine(detail.text ?? '')}${list(
    (detail.list ?? []).map((item) => html`${oneLine(item)}`),
  )}${detail.quote ? quote(detail.quote) : none}${list((detail.links ?? []).map(link))}${(detail.calls ?? []).map(call)}</div>
`;
}

function list(items: Markup[]): Markup {
  if (items.length === 0) return none;
  return html`<ul style="${styles.list}">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

function quote(words: string): Markup {
  const [first = '', ...others] = manyLines(words);
  return html`<blockquote style="${styles.quote}">${first}${others.map((line) => html`<br>${line}`)}</blockquote>`;
}

function link(address: string): Markup {
  const shown = oneLine(address);
  return isWebLink(address) ? html`<a href="${address}">${shown}</a>` : html`${shown}`;
}

function call({ method, url, body }: Call): Markup {
  return html`<div style="${styles.call}"><code style="${styles.code}">${method} ${oneLine(url)}<br>${oneLine(body)}</code></div>`;
}

import { isWebLink, manyLines, oneLine } from './clean.ts';
import { html, type Markup, markup } from './markup.ts';
import { buttonColor, paperColor, styleSheet, styles } from './pageStyles.ts';
import type { Action, Detail, Entry, Letter, Section } from './types.ts';

const none: Markup = { markup: '' };

/** Outlook lays out pages as Word does: it needs a table of a fixed width, and its fonts named again. */
const forOutlook = {
  head: markup(
    '<!--[if mso]><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><style>*{font-family:"Segoe UI",Arial,sans-serif!important}</style><![endif]-->',
  ),
  opens: markup(
    '<!--[if mso]><table role="presentation" width="600" align="center" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->',
  ),
  closes: markup('<!--[if mso]></td></tr></table><![endif]-->'),
};

/** Keeps what follows out of the preview: mail programs would fill it up with the beginning of the page. */
const nothingMore = markup('&#847;&zwnj;&nbsp;'.repeat(60));

/** A letter as one HTML page without images, scripts or anything from elsewhere. */
export function asHtml(letter: Letter): string {
  return html`<!doctype html>
<html lang="en" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<meta name="x-apple-disable-message-reformatting">
<title>${oneLine(letter.subject)}</title>
<style>${markup(styleSheet)}</style>
${forOutlook.head}
</head>
<body class="paper" style="${styles.body}">
<div style="${styles.preview}">${oneLine(letter.preview)}${nothingMore}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="${paperColor}" class="paper"><tr><td align="center" class="paper" style="${styles.paper}">
${forOutlook.opens}<div class="ink" style="${styles.column}">
<p class="quiet" style="${styles.from}">${letter.from.map(oneLine).join(' · ')}</p>
<h1 style="${styles.title}">${oneLine(letter.title)}${letter.state ? html`: ${state(letter.state)}` : none}</h1>
${letter.lead.map(detailMarkup)}${letter.code ? html`<p style="${styles.code}">${oneLine(letter.code)}</p>` : none}${letter.button ? button(letter.button) : none}${letter.link ? action(letter.link) : none}${letter.details.map(detailMarkup)}
${letter.sections.map(section)}${letter.more ? moreThings(letter.more) : none}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:32px 0 0"><tr><td class="line" style="${styles.closing}">${letter.closing.map(closingLine)}</td></tr></table>
</div>${forOutlook.closes}
</td></tr></table>
</body>
</html>
`.markup;
}

function section({ title, entries }: Section): Markup {
  return html`${title ? html`<h2 class="rule" style="${styles.section}">${title}</h2>` : none}
${entries.map(entryMarkup)}`;
}

function entryMarkup(entry: Entry, index: number): Markup {
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="line" style="${index === 0 ? styles.firstEntry : styles.entry}">
<h3 style="${styles.headline}">${oneLine(entry.name)}: ${state({ text: entry.state, late: entry.group === 'overdue' })}</h3>
${entry.program ? html`<p class="quiet" style="${styles.program}">${oneLine(entry.program)}</p>` : none}${entry.lead.map(detailMarkup)}${entry.action ? action(entry.action) : none}${entry.details.map(detailMarkup)}
</td></tr></table>
`;
}

function moreThings({ text, action: to }: NonNullable<Letter['more']>): Markup {
  return html`<p style="${styles.above}">${oneLine(text)}</p>
${action(to)}`;
}

function state({ text, late }: NonNullable<Letter['state']>): Markup {
  return html`<span class="${late ? 'late' : 'quiet'}" style="${late ? styles.late : styles.state}">${oneLine(text)}</span>`;
}

function detailMarkup({ label, text, list = [], quote: said, links = [] }: Detail): Markup {
  const items = [...list.map((item) => html`${oneLine(item)}`), ...links.map(link)];
  const named = label ? html`<strong>${oneLine(label)}${text ? ':' : ''}</strong> ` : none;
  return html`<p style="${said || items.length > 0 ? styles.above : styles.detail}">${named}${oneLine(text ?? '')}</p>
${said ? quote(said) : none}${listMarkup(items)}`;
}

function listMarkup(items: Markup[]): Markup {
  return items.length === 0
    ? none
    : html`<ul style="${styles.list}">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

function quote(words: string): Markup {
  const [first = '', ...others] = manyLines(words);
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="${styles.quote}"><tr><td class="line" style="${styles.quoted}">${first}${others.map((line) => html`<br>${line}`)}</td></tr></table>`;
}

function link(address: string): Markup {
  const shown = oneLine(address);
  if (!isWebLink(address)) return html`${shown}`;
  return html`<a href="${address}" class="accent" style="${styles.link}">${shown}</a>`;
}

/** Outlook takes the padding of a cell and not that of a link, other mail programs make all of it the link. */
function button({ label, url }: Action): Markup {
  return html`<table role="presentation" class="button-table" cellpadding="0" cellspacing="0" border="0" style="${styles.buttonTable}"><tr><td class="button" bgcolor="${buttonColor}" style="${styles.buttonCell}"><a href="${url}" class="on-button" style="${styles.button}">${label}</a></td></tr></table>
`;
}

function action({ label, url }: Action): Markup {
  return html`<p style="${styles.detail}"><strong><a href="${url}" class="accent" style="${styles.link}">${label}</a></strong></p>
`;
}

function closingLine(line: string | Action): Markup {
  const said = typeof line === 'string' ? html`${oneLine(line)}` : closingLink(line);
  return html`<p class="quiet" style="${styles.closingLine}">${said}</p>`;
}

function closingLink({ label, url }: Action): Markup {
  return html`<a href="${url}" class="accent" style="${styles.link}">${label}</a>`;
}

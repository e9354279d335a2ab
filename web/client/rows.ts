import { all } from './dom.ts';
import { addKeys } from './keys.ts';

/** Where the page of a task begins with the answer, for who came to give it. */
const answer = '#answer';

/** Rows of lists: j and k go from one to the next, x checks, e answers; the link of a row opens it by itself. */
export function rowKeys(): void {
  addKeys(
    { keys: 'j', does: 'Next row', fits: hasRows, act: () => go(1) },
    { keys: 'k', does: 'Row before', fits: hasRows, act: () => go(-1) },
    { keys: 'x', does: 'Check the row', fits: () => all('[data-check]').length > 0, act: check },
    { keys: 'e', does: 'Answer', fits: () => hasRows() || firstField() !== undefined, act: openToAnswer },
    { keys: '/', does: 'Filter', fits: () => filter() !== null, act: () => filter()?.select() },
    { keys: 'g i', does: 'Go to the inbox', fits: isSignedIn, act: () => location.assign('/inbox') },
    { keys: 'g p', does: 'Go to the programs', fits: isSignedIn, act: () => location.assign('/programs') },
  );
}

/** Puts who came to answer into the first field. */
export function beginWithAnswer(): void {
  if (location.hash === answer) firstField()?.focus();
}

function rows(): HTMLAnchorElement[] {
  return all<HTMLAnchorElement>('main a[data-row], main a.row-link, main .lines > li > a').filter((row) =>
    row.checkVisibility(),
  );
}

function hasRows(): boolean {
  return rows().length > 0;
}

/** The row in which the focus is. */
function current(): HTMLAnchorElement | undefined {
  const place = document.activeElement?.closest('li, tr');
  return rows().find((row) => row === document.activeElement || (place !== null && row.closest('li, tr') === place));
}

function go(by: 1 | -1): void {
  const among = rows();
  const at = current();
  const next = at ? among[among.indexOf(at) + by] : by > 0 ? among[0] : among.at(-1);
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

function check(): void {
  current()?.closest('li, tr')?.querySelector<HTMLInputElement>('[data-check]')?.click();
}

function openToAnswer(): void {
  const row = current() ?? rows()[0];
  if (row) location.assign(`${row.href}${answer}`);
  else firstField()?.focus();
}

/** Of the first form that answers the task of the page. */
function firstField(): HTMLElement | undefined {
  const fields = 'textarea, select, input:not([type=hidden])';
  return all('main form[data-command]')
    .flatMap((form) => all(fields, form))
    .find((field) => field.checkVisibility());
}

function filter(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>('[data-filter]');
}

function isSignedIn(): boolean {
  return document.body.classList.contains('signed-in');
}

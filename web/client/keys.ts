import { element, say, stored } from './dom.ts';

/** What single keys do. Those of a page are there only where the page has what they act on. */
export interface Key {
  keys: string;
  does: string;
  /** Whether there is something for it on this page. */
  fits(): boolean;
  act(): void;
}

const off = 'certloop.keys';
const known: Key[] = [];
let before = { key: '', at: 0 };

/** Adds keys; the dialog shows them in this order. */
export function addKeys(...keys: Key[]): void {
  known.push(...keys);
}

/**
 * Listens for single keys: never while somebody types, with a modifier or in a dialog, and not for who has switched them off.
 * A button on the page shows them too.
 */
export function listenForKeys(): void {
  addKeys({ keys: '?', does: 'Show the keys', fits: () => true, act: showKeys });
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    // Held down, only moving goes on.
    if (event.repeat && !'jk'.includes(event.key)) return;
    if (event.key.length !== 1 || isTyping(event.target) || document.querySelector('dialog[open]') || isOff()) return;
    const now = performance.now();
    const sequence = now - before.at < 1_000 ? `${before.key} ${event.key}` : event.key;
    before = { key: event.key, at: now };
    const key = find(sequence) ?? find(event.key);
    if (!key) return;
    event.preventDefault();
    before = { key: '', at: 0 };
    key.act();
  });
}

/** Puts the button at the end of the page, unless it is there. */
export function showKeysButton(): void {
  const main = document.querySelector('body.signed-in main');
  if (!main || main.querySelector('.keys-button')) return;
  const button = element('button', { type: 'button', class: 'plain keys-button' }, 'Keyboard shortcuts');
  button.addEventListener('click', showKeys);
  main.append(button);
}

function find(keys: string): Key | undefined {
  return known.find((key) => key.keys.split(', ').includes(keys) && key.fits());
}

function isOff(): boolean {
  return stored(localStorage, off) === 'off';
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches('textarea, select')) return true;
  // Letters mean nothing in these.
  return target.matches('input:not([type=checkbox], [type=radio], [type=file], [type=submit], [type=button])');
}

function showKeys(): void {
  const list = element('dl', {});
  for (const { keys, does } of known.filter((key) => key.fits())) {
    const shown = keys.split(', ').flatMap((one, place) => [...(place > 0 ? [' or '] : []), element('kbd', {}, one)]);
    list.append(element('dt', {}, ...shown), element('dd', {}, does));
  }
  const toggle = element('input', { type: 'checkbox', id: 'keys-on' }) as HTMLInputElement;
  toggle.checked = !isOff();
  toggle.addEventListener('change', () => {
    if (toggle.checked) localStorage.removeItem(off);
    else localStorage.setItem(off, 'off');
    say(toggle.checked ? 'Keys are on.' : 'Keys are off.');
  });
  const close = element('button', { type: 'submit', class: 'primary' }, 'Close');
  const dialog = element(
    'dialog',
    { class: 'keys', 'aria-labelledby': 'keys-title' },
    element('h2', { id: 'keys-title' }, 'Keyboard shortcuts'),
    list,
    element('label', { class: 'choice' }, toggle, element('span', {}, 'Keys are on')),
    element('form', { method: 'dialog' }, close),
  ) as HTMLDialogElement;
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

import { all, element } from './dom.ts';

type Fields = Record<string, string[]>;

/** What was typed into a form, and when. */
interface Typed {
  at: number;
  fields: Fields;
}

const prefix = 'certloop.typed ';
const sent = 'certloop.sent';
const days14 = 14 * 24 * 3_600_000;

/**
 * Keeps what is typed into the form of a command until it was sent, so that a crash or a lost session loses nothing. For who
 * is signed in it is kept in this browser, by person, until they sign out; for who came by a link in a mail, maybe at a computer
 * that others use, only as long as the window is open.
 */
export function keepTyped(): void {
  forgetSent();
  for (const form of all<HTMLFormElement>('form[data-command]')) if (!form.querySelector('.restored')) restore(form);
}

/** Listens once for what is typed, sent and signed out. */
export function listenForTyping(): void {
  const waiting = new Map<HTMLFormElement, ReturnType<typeof setTimeout>>();
  const save = (form: HTMLFormElement) => {
    clearTimeout(waiting.get(form));
    waiting.delete(form);
    keep(form);
  };
  document.addEventListener('input', ({ target }) => {
    const form = target instanceof Element ? target.closest<HTMLFormElement>('form[data-command]') : null;
    if (!form) return;
    clearTimeout(waiting.get(form));
    waiting.set(
      form,
      setTimeout(() => save(form), 300),
    );
  });
  addEventListener('pagehide', () => [...waiting.keys()].forEach(save));
  document.addEventListener(
    'submit',
    ({ target }) => {
      const form = target as HTMLFormElement;
      if (form.getAttribute('action') === '/sign-out') {
        for (const timer of waiting.values()) clearTimeout(timer);
        waiting.clear();
        forget(() => true);
      }
      if (!form.dataset.command) return;
      save(form);
      sessionStorage.setItem(sent, nameOf(form));
    },
    true,
  );
}

function storage(): Storage {
  return document.body.dataset.who ? localStorage : sessionStorage;
}

/** By person, page, command and what the page knows of it. */
function nameOf(form: HTMLFormElement): string {
  const known = all<HTMLInputElement>('input[name^="_known:"]', form).map(({ value }) => value);
  const { who = '' } = document.body.dataset;
  return prefix + JSON.stringify([who, new URL(form.action).pathname, form.dataset.command, ...known]);
}

function keep(form: HTMLFormElement): void {
  const fields = fieldsOf(form);
  try {
    if (isSame(fields, fieldsOf(form, true))) storage().removeItem(nameOf(form));
    else storage().setItem(nameOf(form), JSON.stringify({ at: Date.now(), fields } satisfies Typed));
  } catch {
    // A browser that keeps nothing, or has no room left.
  }
}

/** What was sent and is done needs to be kept no longer. */
function forgetSent(): void {
  const name = sessionStorage.getItem(sent);
  sessionStorage.removeItem(sent);
  if (name && new URLSearchParams(location.search).has('done')) storage().removeItem(name);
  forget(({ at }) => Date.now() - at > days14);
}

function forget(isOver: (typed: Typed) => boolean): void {
  for (const one of [localStorage, sessionStorage])
    for (const name of Object.keys(one).filter((each) => each.startsWith(prefix)))
      if (isOver(JSON.parse(one.getItem(name) ?? '{}'))) one.removeItem(name);
}

function restore(form: HTMLFormElement): void {
  const found = storage().getItem(nameOf(form));
  if (!found) return;
  const { at, fields }: Typed = JSON.parse(found);
  if (isSame(fields, fieldsOf(form))) return;
  for (const control of controlsOf(form)) {
    const values = fields[control.name] ?? [];
    if (isBox(control)) control.checked = values.includes(control.value);
    else control.value = values.shift() ?? '';
    const folded = control.closest('details');
    if (folded && !isDefault(control)) folded.open = true;
  }
  const discard = element('button', { type: 'button', class: 'plain' }, 'Discard');
  const line = element('p', { class: 'restored', role: 'status' }, `Restored what you typed ${momentOf(at)}.`, discard);
  discard.addEventListener('click', () => {
    storage().removeItem(nameOf(form));
    form.reset();
    line.remove();
    controlsOf(form)[0]?.focus();
  });
  form.prepend(line);
  form.dispatchEvent(new Event('input', { bubbles: true }));
}

function momentOf(at: number): string {
  const then = new Date(at);
  const time = then.toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit' });
  if (then.toDateString() === new Date().toDateString()) return `at ${time}`;
  return `on ${then.toLocaleDateString('en-US', { month: 'short', day: 'numeric' })} at ${time}`;
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What people fill in; files cannot be kept, and what the page put in (`_key`) is its own. */
function controlsOf(form: HTMLFormElement): Control[] {
  return all<Control & HTMLElement>('textarea, select, input:not([type=hidden], [type=file])', form).filter(
    ({ name }) => name !== '' && !name.startsWith('_'),
  );
}

function isBox(control: Control): control is HTMLInputElement {
  return control.type === 'checkbox' || control.type === 'radio';
}

function fieldsOf(form: HTMLFormElement, asItCame = false): Fields {
  const controls = controlsOf(form);
  const fields: Fields = Object.fromEntries(controls.map(({ name }) => [name, []]));
  for (const control of controls) {
    const values = fields[control.name] ?? [];
    if (!isBox(control)) values.push(asItCame ? valueItCameWith(control) : control.value);
    else if (asItCame ? control.defaultChecked : control.checked) values.push(control.value);
  }
  return fields;
}

function valueItCameWith(control: Control): string {
  if (!(control instanceof HTMLSelectElement)) return control.defaultValue;
  return ([...control.options].find((option) => option.defaultSelected) ?? control.options[0])?.value ?? '';
}

function isDefault(control: Control): boolean {
  return isBox(control) ? control.checked === control.defaultChecked : control.value === valueItCameWith(control);
}

function isSame(one: Fields, other: Fields): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

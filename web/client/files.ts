import { all, element, say, sizeOf } from './dom.ts';

/** What was chosen for an input so far; the input itself forgets it each time that somebody chooses. */
const chosen = new WeakMap<HTMLInputElement, File[]>();

/** Lets files be dropped and pasted beside being chosen, and shows what will be sent. */
export function files(): void {
  for (const place of all('[data-island="files"]')) {
    const input = place.querySelector<HTMLInputElement>('input[type="file"]');
    if (!input || place.querySelector('.drop')) continue;
    const drop = element('div', { class: 'drop' });
    input.replaceWith(drop);
    const list = element('ul', { class: 'files', 'aria-label': 'Files to be sent' });
    drop.append(input, element('p', { class: 'hint' }, 'Or drop files here, or paste a screenshot.'));
    drop.after(list);
    list.hidden = true;
    input.addEventListener('change', () => add(input, [...(input.files ?? [])]));
    input.form?.addEventListener('reset', () => setTimeout(() => keep(input, [])));
    // Going back, browsers put back what was chosen.
    if (input.files?.length) add(input, [...input.files]);
  }
}

/** Listens once for what is dropped or pasted anywhere on the page. */
export function listenForFiles(): void {
  document.addEventListener('dragover', (event) => over(event, true));
  document.addEventListener('dragleave', (event) => event.relatedTarget === null && over(event, false));
  document.addEventListener('drop', (event) => {
    const input = inputFor(event.target);
    over(event, false);
    if (!input || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    add(input, [...event.dataTransfer.files]);
  });
  document.addEventListener('paste', (event) => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    const input = inputFor(event.target);
    if (!input || pasted.length === 0) return;
    event.preventDefault();
    add(input, pasted.map(named));
  });
  addEventListener('beforeunload', (event) => {
    // What is typed is kept; files cannot be.
    const isLost = all<HTMLInputElement>('input[type="file"]').some(
      (input) => input.files?.length && !input.form?.dataset.sent,
    );
    if (isLost) event.preventDefault();
  });
}

/** The files that a form sends. */
export function filesOf(form: HTMLFormElement): File[] {
  return all<HTMLInputElement>('input[type="file"]', form).flatMap((input) => [...(input.files ?? [])]);
}

/** Shows how far each file is, by how much of a form was sent: its files follow each other. */
export function showProgress(form: HTMLFormElement, sent: number): void {
  let before = 0;
  const bars = all<HTMLProgressElement>('.drop + .files progress', form);
  filesOf(form).forEach(({ size }, place) => {
    const bar = bars[place];
    if (bar) bar.hidden = false;
    if (bar) bar.value = size === 0 ? 1 : Math.min(1, Math.max(0, (sent - before) / size));
    before += size;
  });
}

function over(event: DragEvent, isOver: boolean): void {
  const input = inputFor(event.target);
  if (!input || !event.dataTransfer?.types.includes('Files')) return;
  if (isOver) event.preventDefault();
  input.closest('.drop')?.classList.toggle('over', isOver);
}

/** The input that a file is meant for: that of the form in which it was dropped, or the first of the page. */
function inputFor(target: EventTarget | null): HTMLInputElement | undefined {
  const inputs = all<HTMLInputElement>('.drop input[type="file"]').filter((input) =>
    input.closest('.drop')?.checkVisibility(),
  );
  const form = target instanceof Element ? target.closest('form') : null;
  return inputs.find((input) => form !== null && input.form === form) ?? inputs[0];
}

function add(input: HTMLInputElement, more: File[]): void {
  const before = chosen.get(input) ?? [];
  const isNew = (file: File) =>
    !before.some((one) => one.name === file.name && one.size === file.size && one.lastModified === file.lastModified);
  keep(input, [...before, ...more.filter(isNew)]);
  say(`${more.map(({ name }) => name).join(', ')} added.`);
}

/** Keeps what was chosen, shows it, and gives the input what may be sent of it. */
function keep(input: HTMLInputElement, kept: File[]): void {
  chosen.set(input, kept);
  const transfer = new DataTransfer();
  for (const file of kept) if (!isTooLarge(file)) transfer.items.add(file);
  input.files = transfer.files;
  const list = input.closest('.drop')?.nextElementSibling as HTMLElement | null;
  if (!list) return;
  list.replaceChildren(...kept.map((file) => entry(input, file)));
  list.hidden = kept.length === 0;
}

function entry(input: HTMLInputElement, file: File): HTMLElement {
  const remove = element('button', { type: 'button', class: 'plain' }, 'Remove');
  remove.setAttribute('aria-label', `Remove ${file.name}`);
  remove.addEventListener('click', () => {
    keep(
      input,
      (chosen.get(input) ?? []).filter((one) => one !== file),
    );
    say(`${file.name} removed.`);
    input.focus();
  });
  const size = element('span', { class: 'quiet' }, sizeOf(file.size));
  const bar = element('progress', { max: '1', value: '0', 'aria-label': `${file.name}, sent` });
  bar.hidden = true;
  const shown = [element('span', { class: 'name' }, `${file.name} `, size), ...(isTooLarge(file) ? [] : [bar]), remove];
  if (isTooLarge(file)) {
    const most = Math.floor(mostBytes() / 2 ** 20);
    shown.push(
      element(
        'p',
        { class: 'error', role: 'alert' },
        `It is too large: a file may have ${most} MiB. Remove it before you submit; make it smaller, or give a link to it.`,
      ),
    );
  }
  const made = element('li', {}, ...shown);
  made.toggleAttribute('data-too-large', isTooLarge(file));
  return made;
}

function mostBytes(): number {
  return Number(document.body.dataset.mostBytes) || Number.POSITIVE_INFINITY;
}

function isTooLarge({ size }: File): boolean {
  return size > mostBytes();
}

/** Browsers call every image on the clipboard the same: it gets a name with the time. */
function named(file: File): File {
  const [, extension] = /^image\.(\w+)$/.exec(file.name) ?? [];
  if (!extension) return file;
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('.');
  return new File([file], `Screenshot ${day} ${time}.${extension}`, {
    type: file.type,
    lastModified: file.lastModified,
  });
}

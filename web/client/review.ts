import { all } from './dom.ts';
import { addKeys } from './keys.ts';

/** Reviewing by keys: a first press goes to the button, a second one presses it, so that no slip accepts anything. */
export function reviewKeys(): void {
  addKeys(
    { keys: 'a', does: 'To Accept; once more accepts', fits: () => button('a') !== undefined, act: () => press('a') },
    {
      keys: 'r',
      does: 'To the reasons for sending back; once more sends back',
      fits: () => button('r') !== undefined,
      act: sendBack,
    },
  );
}

/** Reasons that fill the note, each as often as it is pressed in or out. */
export function reasons(): void {
  for (const place of all('[data-island="reasons"]')) {
    const note = noteOf(place);
    if (!note || !place.hidden) continue;
    place.hidden = false;
    const buttons = all<HTMLButtonElement>('button', place);
    const show = () => {
      for (const one of buttons) one.setAttribute('aria-pressed', String(linesOf(note).includes(reasonOf(one))));
    };
    for (const one of buttons) {
      one.addEventListener('click', () => {
        const lines = linesOf(note);
        const reason = reasonOf(one);
        const others = lines.filter((line) => line !== reason);
        note.value = (others.length < lines.length ? others : [...lines.filter(Boolean), reason]).join('\n');
        note.dispatchEvent(new Event('input', { bubbles: true }));
      });
    }
    note.addEventListener('input', show);
    show();
  }
}

function reasonOf({ textContent }: HTMLElement): string {
  return `${textContent}.`;
}

function linesOf({ value }: HTMLTextAreaElement): string[] {
  return value.split('\n').map((line) => line.trim());
}

function noteOf(place: HTMLElement): HTMLTextAreaElement | null {
  return place.closest('form')?.querySelector<HTMLTextAreaElement>('textarea[name="note"]') ?? null;
}

function button(key: string): HTMLButtonElement | undefined {
  return all<HTMLButtonElement>(`[data-key="${key}"]`).find((one) => !one.disabled && one.checkVisibility());
}

function press(key: string): void {
  const found = button(key);
  if (found && document.activeElement === found) found.click();
  else found?.focus();
}

function sendBack(): void {
  const form = button('r')?.form;
  const reason = form?.querySelector<HTMLButtonElement>('[data-island="reasons"] button');
  const note = form?.querySelector<HTMLTextAreaElement>('textarea[name="note"]');
  if (note?.value.trim()) press('r');
  else (reason ?? note)?.focus();
}

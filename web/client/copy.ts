import { all, say } from './dom.ts';

/** Buttons that copy a text: `<button data-copy="…" hidden>`. They are shown where copying works. */
export function copyButtons(): void {
  if (!navigator.clipboard) return;
  for (const button of all<HTMLButtonElement>('button[data-copy][hidden]')) {
    const words = button.textContent;
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.dataset.copy ?? '');
      button.textContent = 'Copied';
      say('Copied.');
      setTimeout(() => {
        button.textContent = words;
      }, 2_000);
    });
  }
}

import { all, element } from './dom.ts';

/** Keeps what can be done with checked rows in sight while some are, says how many, and checks all at once. */
export function bulk(): void {
  const bar = document.querySelector<HTMLElement>('[data-bulk]');
  const count = bar?.querySelector('[data-bulk-count]');
  const boxes = all<HTMLInputElement>('[data-check]');
  if (!bar || !count || boxes.length === 0 || document.querySelector('.check-all')) return;
  const every = element('input', { type: 'checkbox' });
  const show = () => {
    const checked = boxes.filter((box) => box.checked).length;
    bar.classList.toggle('checked', checked > 0);
    bar.hidden = checked === 0;
    count.textContent = `${checked} checked`;
    every.checked = checked === boxes.length;
    every.indeterminate = checked > 0 && checked < boxes.length;
  };
  every.addEventListener('change', () => {
    for (const box of boxes) box.checked = every.checked;
    show();
  });
  for (const box of boxes) box.addEventListener('change', show);
  const label = element(
    'label',
    { class: 'choice check-all' },
    every,
    element('span', {}, boxes.length === 1 ? 'Check the one on this page' : `Check all ${boxes.length} on this page`),
  );
  boxes[0]?.form?.prepend(label);
  // Going back, browsers check again what was checked, after this.
  addEventListener('pageshow', show);
  show();
}

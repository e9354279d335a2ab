/** An element with attributes and what is in it. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** All elements of the page that match. */
export function all<E extends HTMLElement>(selector: string, within: ParentNode = document): E[] {
  return [...within.querySelectorAll<E>(selector)];
}

/** Tells something to who hears the page. */
export function say(text: string): void {
  const place =
    document.querySelector('#said') ??
    element('p', { id: 'said', class: 'hidden-text', role: 'status', 'aria-live': 'polite' });
  if (!place.isConnected) document.body.append(place);
  place.textContent = '';
  // A region that was just added is heard only when its text comes after it.
  setTimeout(() => {
    place.textContent = text;
  }, 50);
}

/** What a browser keeps under a name; nothing where it keeps nothing. */
export function stored(storage: Storage, name: string): string | undefined {
  try {
    return storage.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}

/** A size for people: `2.1 MB`. */
export function sizeOf(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB'];
  let [size, unit] = [bytes, 0];
  for (; size >= 1_000 && unit < units.length - 1; unit++) size /= 1_000;
  return `${unit === 0 || size >= 100 ? Math.round(size) : Math.round(size * 10) / 10} ${units[unit]}`;
}

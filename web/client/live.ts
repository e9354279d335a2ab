/** A page about something that goes on: its part is fetched anew as long as it says so. Scripts off, the page reloads. */
export function keepLooking(): void {
  const part = document.querySelector<HTMLElement>('[data-live]');
  const seconds = Number(part?.dataset.live);
  if (!part || !seconds) return;
  setTimeout(() => look(part).finally(keepLooking), seconds * 1000);
}

async function look(part: HTMLElement): Promise<void> {
  try {
    const response = await fetch(location.href, { headers: { accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const newer = page.querySelector<HTMLElement>('[data-live]');
    // Whoever is about to follow a link keeps it until the next look.
    if (!response.ok || !newer || part.contains(document.activeElement)) return;
    document.title = page.title;
    part.replaceWith(newer);
  } catch {
    // The service is away for a moment: the next look tells.
  }
}

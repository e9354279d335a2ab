import { startAuthentication, startRegistration } from '@simplewebauthn/browser';

/** Shows what has to do with passkeys, where the browser has them. */
export function passkeys(): void {
  // Passkeys belong to a name: there are none at an IP address.
  if (!('PublicKeyCredential' in window) || /^[\d.]+$|:/.test(location.hostname)) return;
  const signIn = document.querySelector<HTMLElement>('[data-island="passkey-sign-in"]');
  if (signIn) {
    signIn.hidden = false;
    signIn.querySelector('button')?.addEventListener('click', () => attempt(signIn, bySignIn));
  }
  const add = document.querySelector<HTMLFormElement>('form[data-island="passkey-add"]');
  if (add) {
    add.hidden = false;
    add.addEventListener('submit', (event) => {
      event.preventDefault();
      attempt(add, byAdding);
    });
  }
}

async function bySignIn({ dataset }: HTMLElement): Promise<Response> {
  const optionsJSON = await asked('/sign-in/passkey/options', {});
  return post('/sign-in/passkey', { response: await startAuthentication({ optionsJSON }), to: dataset.to });
}

async function byAdding(form: HTMLElement): Promise<Response> {
  const _csrf = form.dataset.csrf;
  const optionsJSON = await asked('/settings/passkeys/options', { _csrf });
  const name = form.querySelector('input')?.value;
  return post('/settings/passkeys', { _csrf, name, response: await startRegistration({ optionsJSON }) });
}

/** One at a time; then goes where the answer says, or shows why not. */
async function attempt(place: HTMLElement, act: (place: HTMLElement) => Promise<Response>): Promise<void> {
  const button = place.querySelector('button');
  const shown = place.querySelector<HTMLElement>('.error');
  if (!button || !shown) return;
  button.disabled = true;
  shown.hidden = true;
  try {
    const answer = await detailed(await act(place));
    location.assign(answer.to as string);
  } catch (error) {
    shown.textContent = error instanceof Refusal ? error.message : unfinished(error);
    shown.hidden = false;
    button.disabled = false;
  }
}

class Refusal extends Error {}

// biome-ignore lint/suspicious/noExplicitAny: what a browser takes as options is typed by its library.
async function asked(path: string, body: object): Promise<any> {
  return detailed(await post(path, body));
}

function post(path: string, body: object): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });
}

async function detailed(response: Response): Promise<Record<string, unknown>> {
  if (response.ok) return response.json();
  const { detail } = await response.json().catch(() => ({}));
  throw new Refusal(detail ?? 'This did not work. Open the page again, or sign in with a code.');
}

function unfinished(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'InvalidStateError') return 'There is a passkey on this device already.';
  if (name === 'NotAllowedError') return 'It was not finished. Try again when you are ready.';
  return 'The browser could not do this. Try again, or use a code sent by mail.';
}

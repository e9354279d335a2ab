import { all, element, say } from './dom.ts';
import { filesOf, showProgress } from './files.ts';

/** After so long a form may be sent again; its key makes sure that it is done once. */
const patience = 20_000;

/**
 * A form is sent once, however often its button is pressed. One with files is sent while the page stays, and shows how far it
 * is; the answer is shown as if the browser had sent it.
 *
 * @param begin - what a new page has to have done to it
 */
export function listenForSending(begin: () => void): void {
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.getAttribute('method') !== 'post') return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    const tooLarge = form.querySelector<HTMLElement>('[data-too-large] button');
    if (tooLarge) {
      event.preventDefault();
      tooLarge.focus();
      return;
    }
    form.dataset.sent = 'yes';
    if (filesOf(form).length > 0) {
      event.preventDefault();
      upload(form, event.submitter, begin);
      return;
    }
    // A button that is disabled at once would not be sent along.
    setTimeout(() => able(form, false));
    setTimeout(() => again(form), patience);
  });
  // Also when the browser shows the page as it was left.
  addEventListener('pageshow', () => {
    for (const form of all<HTMLFormElement>('form[data-sent]')) again(form);
  });
}

function able(form: HTMLFormElement, isAble: boolean): void {
  for (const button of all<HTMLButtonElement>('button:not([type="button"])', form)) button.disabled = !isAble;
}

function again(form: HTMLFormElement): void {
  delete form.dataset.sent;
  able(form, true);
}

function upload(form: HTMLFormElement, submitter: HTMLElement | null, begin: () => void): void {
  const { href: url } = new URL(form.getAttribute('action') ?? '', location.href);
  const request = new XMLHttpRequest();
  const shown = sendingOf(form, () => request.abort());
  const data = new FormData(form, submitter);
  able(form, false);
  request.open('POST', url);
  request.setRequestHeader('accept', 'text/html');
  request.upload.addEventListener('progress', ({ loaded, total }) => shown.progress(loaded, total));
  request.addEventListener('load', () => {
    if (request.responseURL === url) replacePage(request.responseText, begin);
    else location.assign(request.responseURL);
  });
  const stopped = (text: string) => () => {
    shown.end(text);
    again(form);
  };
  request.addEventListener('abort', stopped('Cancelled. Nothing was submitted.'));
  request.addEventListener(
    'error',
    stopped('The connection was lost, so this was not submitted. Everything is still here: send it again.'),
  );
  request.send(data);
}

/** How far a form is, below it, with a button that cancels. */
function sendingOf(form: HTMLFormElement, cancel: () => void) {
  for (const before of all('.sending', form)) before.remove();
  const many = filesOf(form).length;
  const what = many === 1 ? 'one file' : `${many} files`;
  const text = element('span', {}, `Sending ${what} …`);
  const bar = element('progress', { max: '1', value: '0', 'aria-label': 'Sent' });
  const button = element('button', { type: 'button' }, 'Cancel');
  button.addEventListener('click', cancel);
  const place = element('div', { class: 'sending' }, bar, text, button);
  form.append(place);
  button.focus();
  say(`Sending ${what}.`);
  return {
    progress(loaded: number, total: number) {
      bar.value = loaded / total;
      showProgress(form, loaded);
      if (loaded < total) text.textContent = `Sending ${what}, ${Math.floor((loaded / total) * 100)} %`;
      else {
        text.textContent = 'Sent. The files are being checked …';
        // By now it may be recorded already.
        button.remove();
      }
    },
    end(words: string) {
      place.replaceChildren(element('p', { class: 'error', role: 'alert' }, words));
      showProgress(form, 0);
      form.querySelector<HTMLElement>('button:not([type="button"])')?.focus();
    },
  };
}

/** Shows a page that came as the answer to a form. */
function replacePage(html: string, begin: () => void): void {
  const page = new DOMParser().parseFromString(html, 'text/html');
  document.title = page.title;
  document.body.replaceWith(page.body);
  begin();
  scrollTo(0, 0);
  document.querySelector<HTMLElement>('#errors, main')?.focus();
}

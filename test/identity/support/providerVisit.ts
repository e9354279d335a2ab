/**
 * Goes through the provider's own pages as a browser would, without one: signs in, consents, and gives the query with which
 * the provider sends the browser back.
 */
export async function signInAtProvider(url: string, login: string, redirectUri: string): Promise<string> {
  const cookies = new Map<string, string>();
  let at = url;
  let form: Record<string, string> | undefined;
  for (let step = 0; step < 12; step++) {
    if (at.startsWith(redirectUri)) return new URL(at).search;
    const response = await fetch(at, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) keep(cookie, cookies);
    form = undefined;
    const next = response.headers.get('location');
    if (next) at = new URL(next, at).href;
    else {
      const page = await response.text();
      const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1];
      const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1];
      if (!action || !prompt) throw new Error(`${at} shows no form: ${response.status} ${page.slice(0, 2000)}`);
      form = { prompt, login, password: 'any' };
      at = new URL(action, at).href;
    }
  }
  throw new Error(`The provider did not send the browser back; it is at ${at}.`);
}

function keep(cookie: string, cookies: Map<string, string>): void {
  const [pair = ''] = cookie.split(';');
  const [name = '', ...value] = pair.split('=');
  if (value.join('=') === '') cookies.delete(name);
  else cookies.set(name, value.join('='));
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { atMachine } from '../../db/installation.ts';
import { askOnServer } from '../../identity/signIn.ts';
import { type WebServer, webServer } from './support/webServer.ts';

const owner = 'owner@example.com';
const manager = 'pm@example.com';

let web: WebServer;

beforeAll(async () => {
  web = await webServer({ aims: 'implementation' });
}, 120_000);

afterAll(async () => {
  await web?.close();
});

const codeIn = (text: string) => /^\s*(\d{3}) ?(\d{3})\s*$/m.exec(text)!.slice(1).join('');
const linkIn = (text: string) => /http:\/\/certloop\.test(\/sign-in\/link\/\S+)/.exec(text)![1]!;

/** Asks for a code, as somebody who opens the page first. */
async function asked(email: string, to = '/programs/aims/tasks/T-2') {
  const visitor = web.visitor();
  await visitor.open(`/sign-in?to=${encodeURIComponent(to)}`);
  await visitor.send('name="email"', { email });
  return { visitor, letter: web.letters.at(-1)! };
}

describe('signing in by mail', () => {
  test('leads to the page that was asked for, by the code of the mail', async () => {
    const { visitor, letter } = await asked(owner.toUpperCase());
    expect(visitor.text).toContain(`If ${owner} is known here`);
    expect(letter.to).toBe(owner);
    await visitor.send('name="code"', { code: codeIn(letter.text) });
    expect(visitor.url).toBe('/programs/aims/tasks/T-2');
    expect(visitor.status).toBe(200);
    expect(visitor.text).toContain('What is asked');
  });

  test('keeps the session in a cookie that scripts and other sites cannot use, and that is signed', async () => {
    const { visitor, letter } = await asked(owner);
    const response = await web.server.app.inject({
      method: 'POST',
      url: '/sign-in/code',
      payload: `code=${codeIn(letter.text)}`,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        cookie: `certloop-sign-in=${visitor.cookie('certloop-sign-in')}`,
      },
    });
    const cookie = response.cookies.find(({ name }) => name === 'certloop')!;
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    const forged = web.visitor();
    forged.setCookie('certloop', encodeURIComponent(cookie.value.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))));
    await forged.open('/programs/aims/tasks/T-2');
    expect(forged.html).toContain('name="email"');
  });

  test('by the link of the mail works in the browser that asked, after a press, and once', async () => {
    const { visitor, letter } = await asked(owner);
    const link = linkIn(letter.text);
    const scanner = web.visitor();
    await scanner.open(link);
    expect(scanner.text).toMatch(/Go on where you began/);
    await scanner.post(link, '');
    expect(scanner.status).toBe(410);
    expect(scanner.cookie('certloop')).toBeUndefined();
    await visitor.open(link);
    expect(visitor.cookie('certloop')).toBeUndefined();
    await visitor.send('/sign-in/link/');
    expect(visitor.cookie('certloop')).toBeDefined();
    const again = web.visitor();
    await again.open(link);
    expect([again.status, again.text]).toEqual([410, expect.stringMatching(/used before/)]);
  });

  test('tells nobody who is known here: a stranger sees the same page, and gets no mail', async () => {
    const before = web.letters.length;
    const known = await asked(owner);
    const { visitor } = await asked('nobody@example.net');
    expect(web.letters.length).toBe(before + 1);
    const neutral = (text: string) => text.replaceAll(owner, '…').replaceAll('nobody@example.net', '…');
    expect(neutral(visitor.text)).toBe(neutral(known.visitor.text));
    await visitor.send('name="code"', { code: '123456' });
    expect(visitor.text).toMatch(/This is not the code/);
  });

  test.each(['', 'kim', 'kim@', '@example.com', 'kim@example.com, mia@example.com', '<script>@x'])(
    'asks for an address in place of %j',
    async (email) => {
      const { visitor } = await asked(email);
      expect(visitor.status).toBe(422);
      expect(visitor.text).toContain('Type your e-mail address');
      expect(visitor.html).not.toContain('<script>@x');
    },
  );

  test('says so when the mail cannot be sent', async () => {
    await web.server.database.accounts.put(
      { email: 'unreachable@example.com', name: 'U', mayStart: false },
      '2030-01-01T00:00:00.000Z',
      atMachine,
    );
    const { visitor } = await asked('unreachable@example.com');
    expect([visitor.status, visitor.text]).toEqual([503, expect.stringMatching(/could not be sent just now/)]);
  });

  test.each(['//evil.example/x', 'https://evil.example', '/\\evil.example', '/\t/evil.example', 'javascript:alert(1)'])(
    'leads nowhere else than here: %j',
    async (to) => {
      const visitor = web.visitor();
      await visitor.open(`/sign-in?to=${encodeURIComponent(to)}`);
      expect(visitor.html).toContain('name="to" value="/"');
    },
  );
});

describe('a link that was printed on the server', () => {
  test('signs in at once, and a browser that looked ahead is in already', async () => {
    const visitor = await web.signedIn(manager);
    await visitor.open('/programs/aims/tasks/T-2');
    expect(visitor.text).toContain('What is asked');
  });

  test('is not used up by what looks at it before its person does, who signs in with it all the same', async () => {
    const token = await askOnServer(web.server.database, manager, new Date().toISOString());
    const link = `/sign-in/link/${token}`;
    for (const method of ['HEAD', 'GET'] as const) {
      const preview = web.visitor();
      await preview.lookAt(link, method);
      expect([preview.status, preview.cookie('certloop')]).toEqual([200, undefined]);
    }
    const ahead = await web.server.app.inject({
      url: link,
      headers: { 'sec-fetch-dest': 'document', 'sec-purpose': 'prefetch' },
    });
    expect(ahead.cookies).toEqual([]);
    const person = await web.visitor().open(link);
    expect(person.cookie('certloop')).toBeDefined();
  });

  test('asks for a press where the browser does not say that it was opened by somebody', async () => {
    const link = `/sign-in/link/${await askOnServer(web.server.database, manager, new Date().toISOString())}`;
    const person = await web.visitor().lookAt(link);
    expect(person.text).toContain(`Sign in as ${manager}`);
    await person.send('/sign-in/link/');
    await person.open('/programs/aims/tasks/T-2');
    expect(person.text).toContain('What is asked');
    expect((await web.visitor().lookAt(link)).text).toMatch(/used before/);
  });
});

describe('signing out', () => {
  test('ends the session on the server too', async () => {
    const visitor = await web.signedIn(manager);
    await visitor.open('/programs/aims/tasks/T-2');
    const stolen = visitor.cookie('certloop')!;
    await visitor.send('action="/sign-out"');
    const thief = web.visitor();
    thief.setCookie('certloop', stolen);
    await thief.open('/programs/aims/tasks/T-2');
    expect(thief.html).toContain('name="email"');
  });
});

describe('a form of another site', () => {
  const body = '_command=submitEvidence&_known%3AtaskId=T-2&note=forged&_key=k';
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  test.each([
    ['says where it comes from', { 'sec-fetch-site': 'cross-site' }],
    ['is of a sister site', { 'sec-fetch-site': 'same-site' }],
    ['has another origin', { origin: 'https://evil.example' }],
    ['has no origin that can be read', { origin: 'null' }],
    ['says nothing, and has no token', {}],
    ['says that it is ours, and has no token', { 'sec-fetch-site': 'same-origin' }],
  ])('is refused when it %s', async (_what, headers) => {
    const visitor = await web.signedIn(manager);
    await visitor.post('/programs/aims/tasks/T-2', body, { ...form, ...headers });
    expect([visitor.status, visitor.text]).toEqual([
      403,
      expect.stringMatching(/was not sent from a page of Certloop/),
    ]);
  });

  test('is refused with the token of another session', async () => {
    const [one, other] = [await web.signedIn(manager), await web.signedIn(manager)];
    await one.open('/programs/aims/tasks/T-2');
    const token = /name="_csrf" value="([^"]+)"/.exec(one.html)![1]!;
    await other.post('/programs/aims/tasks/T-2', `${body}&_csrf=${token}`);
    expect(other.status).toBe(403);
  });
});

const resumeIn = (html: string) => /name="resume" value="([^"]*)"/.exec(html)![1]!.replaceAll('&quot;', '"');

/** Somebody whose session ended while they typed, and who has asked for a code. */
async function interrupted() {
  const visitor = await web.signedIn(manager);
  await visitor.open('/programs/aims/tasks/T-2');
  await web.server.database.sessions.endAll(manager);
  await visitor.send('submitEvidence', { note: 'Three pages of careful words' });
  await visitor.send('name="email"', { email: manager });
  const { text } = web.letters.at(-1)!;
  return { visitor, code: codeIn(text), link: linkIn(text) };
}

describe('a session that ended while somebody typed', () => {
  test('loses nothing: after signing in, one button sends it again', async () => {
    const visitor = await web.signedIn(owner);
    await visitor.open('/programs/aims/tasks/T-2');
    await web.server.database.sessions.endAll(owner);
    await visitor.send('submitEvidence', { note: 'Three pages of careful words' });
    expect(visitor.status).toBe(401);
    expect(visitor.text).toMatch(/Nothing that you typed is lost/);
    await visitor.send('name="email"', { email: owner });
    await visitor.send('name="code"', { code: codeIn(web.letters.at(-1)!.text) });
    expect(visitor.text).toMatch(/What you typed is still here/);
    await visitor.send('Send it now');
    // Temporal is away in this test: the form says so, and keeps what was typed.
    expect(visitor.status).toBe(503);
    expect(visitor.html).toContain('Three pages of careful words');
  });

  test('loses nothing when the button of the mail was pressed meanwhile, and not the code typed', async () => {
    const { visitor, code, link } = await interrupted();
    const codePage = visitor.url;
    const html = visitor.html;
    await visitor.open(link);
    await visitor.send('/sign-in/link/');
    const body = new URLSearchParams({ code, to: '/', resume: resumeIn(html) });
    await visitor.post('/sign-in/code', body.toString());
    expect([codePage, visitor.text]).toEqual(['/sign-in', expect.stringMatching(/What you typed is still here/)]);
  });

  test('loses nothing when the code is of no use anymore: another one is asked for, and then it is sent', async () => {
    const { visitor } = await interrupted();
    for (let wrong = 0; wrong < 6; wrong++) await visitor.send('/sign-in/code', { code: '000000' });
    expect(visitor.text).toMatch(/Too many wrong codes/);
    await visitor.send('name="email"', { email: manager });
    await visitor.send('Send another code');
    await visitor.send('/sign-in/code', { code: codeIn(web.letters.at(-1)!.text) });
    expect(visitor.text).toMatch(/What you typed is still here/);
    expect(visitor.html).toContain('Three pages of careful words');
  });

  test('leads back to pages that were opened, not only sent', async () => {
    const visitor = web.visitor();
    await visitor.open('/programs/aims/tasks/T-2?done=x');
    expect(visitor.url).toBe(`/sign-in?to=${encodeURIComponent('/programs/aims/tasks/T-2?done=x')}`);
  });
});

describe('while Temporal is away', () => {
  test('pages are read, and a form keeps what was typed and says so', async () => {
    const visitor = web.visitor();
    await visitor.open(await web.answerUrl({ programId: 'aims', taskId: 'T-2', email: owner }));
    expect(visitor.status).toBe(200);
    await visitor.send('submitEvidence', { note: 'Kept words', links: 'https://docs.example.com' });
    expect(visitor.status).toBe(503);
    expect(visitor.html).toContain('Kept words');
    expect(visitor.html).toContain('https://docs.example.com');
    expect(visitor.headers['retry-after']).toBe('5');
    expect(visitor.text).toMatch(/did not answer in time\. What you typed is still here/);
  });
});

describe('what is not there', () => {
  test.each([
    '/programs/aims/tasks/T-999',
    '/programs/nowhere/tasks/T-2',
    '/nothing',
    '/programs/aims/tasks/T-2/files',
  ])('%s is a page that says so', async (url) => {
    const visitor = await web.signedIn(manager);
    await visitor.open(url);
    expect([visitor.status, visitor.html]).toEqual([404, expect.stringContaining('<h1>Not found</h1>')]);
  });

  test('a program of others is not there, for people from elsewhere', async () => {
    const visitor = await web.signedIn('lin@elsewhere.example', 'operations');
    await web.server.database.accounts.put(
      { email: 'lin@elsewhere.example', name: 'Lin', mayStart: false },
      '2030-01-01T00:00:00.000Z',
      atMachine,
    );
    await visitor.open('/programs/aims/tasks/T-2');
    expect(visitor.status).toBe(404);
  });

  test('programs that read JSON get a problem document', async () => {
    const { statusCode, headers } = await web.server.app.inject({
      url: '/nothing',
      headers: { accept: 'application/json' },
    });
    expect([statusCode, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8']);
  });
});

test('every page says what it may load, and that nothing of it is kept', async () => {
  const visitor = web.visitor();
  await visitor.open('/sign-in');
  expect(visitor.headers['content-security-policy']).toMatch(/default-src 'none'/);
  expect(visitor.headers['content-security-policy']).not.toMatch(/unsafe/);
  expect(visitor.headers['cache-control']).toBe('no-store');
  expect(visitor.headers['x-content-type-options']).toBe('nosniff');
  expect(visitor.html).not.toMatch(/ style="| on\w+="/);
});

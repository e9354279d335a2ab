import { afterEach, describe, expect, test, vi } from 'vitest';
import { testMailCommand } from '../../cli/testMail.ts';
import { anyFreePort } from '../../worker/service/ports.ts';
import { type MailServer, refusal, startMailServer } from '../support/mailServer.ts';

const open: MailServer[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  for (const server of open.splice(0)) await server.close();
});

async function serverWith(options: Parameters<typeof startMailServer>[0] = {}): Promise<MailServer> {
  const server = await startMailServer(options);
  open.push(server);
  vi.stubEnv('CERTLOOP_SMTP_URL', server.url);
  vi.stubEnv('CERTLOOP_MAIL_FROM', 'Certloop <certloop@bücher.example>');
  vi.stubEnv('CERTLOOP_PUBLIC_URL', 'https://certloop.example.org');
  return server;
}

describe('certloop test-mail', () => {
  test('sends one mail and says that the server took it', async () => {
    const server = await serverWith();
    const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await testMailCommand(' Kim@MÜNCHEN.example ');
    expect(server.received).toHaveLength(1);
    expect(server.received[0]).toMatchObject({
      subject: 'Certloop can send mail',
      envelopeTo: ['kim@münchen.example'],
    });
    expect(server.received[0]!.messageId).toMatch(/@xn--bcher-kva\.example>$/);
    expect(server.received[0]!.text).toContain('https://certloop.example.org');
    expect(said.mock.calls.join()).toMatch(/took a mail from .* to kim@münchen\.example/);
  });

  test.each([
    [550, '5.1.1 No such user', /No such user.*Check the address/],
    [554, '5.7.1 Relay access denied', /Relay access denied.*take mail from this machine/],
    [552, '5.2.2 Mailbox full', /Mailbox full.*The mailbox of the receiver is full/],
    [452, '4.2.2 Over quota', /Over quota.*The mailbox of the receiver is full/],
    [552, 'Exceeded storage allocation', /The mailbox of the receiver is full/],
    [552, '5.3.4 Message too big', /take mail from this machine/],
    [451, '4.7.1 Greylisted', /Greylisted.*try again in some minutes/],
  ])('says what the server answered, and what to do: %i %s', async (code, words, says) => {
    await serverWith({ onRcptTo: (_address, _session, done) => done(refusal(code, words)) });
    await expect(testMailCommand('kim@example.com')).rejects.toThrow(says);
  });

  test('reaches the server without a mail, when no address is named', async () => {
    const server = await serverWith();
    const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await testMailCommand();
    expect(said.mock.calls.join()).toMatch(/The mail server smtp:\/\/127\.0\.0\.1:\d+ answers\./);
    expect(server.received).toHaveLength(0);
  });

  test.each([
    [
      'sender',
      { onMailFrom: (_a: unknown, _s: unknown, done: (e: Error) => void) => done(refusal(550, '5.7.1 Not yours')) },
      /Not yours.*CERTLOOP_MAIL_FROM/,
    ],
    [
      'sign-in',
      {
        disabledCommands: ['STARTTLS'],
        onAuth: (_a: unknown, _s: unknown, done: (e: Error) => void) => done(refusal(535, '5.7.8 Wrong')),
      },
      /Wrong.*check them in CERTLOOP_SMTP_URL/,
    ],
  ])('says what to do about a refused %s', async (_, options, says) => {
    const server = await serverWith(options as never);
    if (_ === 'sign-in') vi.stubEnv('CERTLOOP_SMTP_URL', server.url.replace('//', '//courier:s3cret@'));
    await expect(testMailCommand('kim@example.com')).rejects.toThrow(says);
    if (_ === 'sign-in') await expect(testMailCommand()).rejects.toThrow(says);
  });

  test('says that a port wants no TLS from the start', async () => {
    const server = await serverWith();
    vi.stubEnv('CERTLOOP_SMTP_URL', server.url.replace('smtp:', 'smtps:'));
    await expect(testMailCommand()).rejects.toThrow(/TLS|smtp:\/\//);
  });

  test('names the setting when nobody answers, without its password', async () => {
    vi.stubEnv('CERTLOOP_SMTP_URL', `smtp://courier:s3cret@127.0.0.1:${await anyFreePort()}`);
    const failure = await testMailCommand('kim@example.com').catch((error: Error) => error.message);
    expect(failure).toMatch(/ECONNREFUSED.*CERTLOOP_SMTP_URL/);
    expect(failure).not.toContain('s3cret');
  });

  test('says where mails go while no server is set, and refuses what is no address', async () => {
    vi.stubEnv('CERTLOOP_SMTP_URL', '');
    vi.stubEnv('CERTLOOP_SMTP_PORT', String(await anyFreePort()));
    await expect(testMailCommand('kim@example.com')).rejects.toThrow(/No mail server is set/);
    await expect(testMailCommand('kim')).rejects.toThrow('is not an e-mail address');
    await expect(testMailCommand('kim\u0001@example.com')).rejects.toThrow('is not an e-mail address');
  });
});

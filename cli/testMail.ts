import { randomUUID } from 'node:crypto';
import { createSmtpTransport, domainOf, type Failure, failureOf, reasonOf } from '../activities/smtpTransport.ts';
import { loadSettings, type Settings } from '../config/settings.ts';
import { asKnown } from '../domain/registry/address.ts';
import { isAddress } from '../identity/address.ts';
import { testMail } from '../words/mail/testMail.ts';
import { smtpUrlOf } from './run/postman.ts';

const patienceMs = 60_000;

/** What to do about a mail server that did not take a mail. */
const remedies: Record<Failure, string> = {
  away: 'Check host and port in CERTLOOP_SMTP_URL, and that this machine may reach it.',
  broken: 'It broke the conversation off. Check whether the port wants TLS from the start: write smtps:// then.',
  refused: 'It takes no mail for this address. Check the address, or try another one.',
  rejected: 'It refuses the mail itself. Its log says why; often it is the sender, CERTLOOP_MAIL_FROM.',
  setUp: 'It refuses because of how it is set up: let it take mail from this machine, or give user and password.',
  later: 'It puts the mail off. That is usual the first time (greylisting): try again in some minutes.',
};

const full = 'The mailbox of the receiver is full: let them make room in it, or try another address.';

/** What to do by nodemailer's code of what went wrong, where that says more. */
const remediesByCode: Record<string, string> = {
  EAUTH: 'It refuses user and password: check them in CERTLOOP_SMTP_URL; characters such as @ are written as %40.',
  ENOAUTH: 'It asks for user and password: write smtps://user:password@host in CERTLOOP_SMTP_URL.',
  EDNS: 'There is no such host: check its name in CERTLOOP_SMTP_URL, and the name server of this machine.',
  ETLS: 'TLS failed: check the certificate of the server and its name in CERTLOOP_SMTP_URL.',
};

/** What to do about an error: by its code, by the step that failed, or by what it means for mails. */
function remedyOf(error: unknown): string {
  const { code = '', command = '', message } = error as { code?: string; command?: string; message: string };
  if (command === 'RCPT TO' && isFull(error)) return full;
  if (command === 'MAIL FROM') return 'It refuses the sender: set CERTLOOP_MAIL_FROM to an address it sends for.';
  if (/certificate|altnames|self.signed|wrong version number|ssl|tls/i.test(message) && code !== 'EAUTH') {
    return /wrong version number/i.test(message)
      ? 'This port does not want TLS from the start: write smtp:// in CERTLOOP_SMTP_URL, or take the port for smtps (465).'
      : remediesByCode.ETLS!;
  }
  return remediesByCode[code] || remedies[failureOf(error)];
}

/** By the code that says so (RFC 3463), or that of a server which has no such codes (RFC 5321). */
function isFull(error: unknown): boolean {
  const { responseCode, response = '' } = error as { responseCode?: number; response?: string };
  const [, extended] = /^\d{3}[ -](\d\.\d+\.\d+)/.exec(response) ?? [];
  return extended === undefined ? responseCode === 552 : /^[45]\.2\.2$/.test(extended);
}

/**
 * `certloop test-mail`: sends one mail by the mail server of the settings, at once and past the outbox, and says what the
 * server answered; without an address it connects and signs in, and sends none.
 *
 * @throws Error that says what it answered and what to do, when it did not take the mail
 */
export async function testMailCommand(to?: string): Promise<void> {
  const settings = loadSettings(process.env);
  if (to === undefined) return probe(settings);
  const email = asKnown(to.trim());
  if (!isAddress(email)) throw new Error(`"${to}" is not an e-mail address; write one such as kim@example.com.`);
  const server = shown(smtpUrlOf(settings));
  const transport = createSmtpTransport(smtpUrlOf(settings), settings.mailFrom, 1);
  const messageId = `${randomUUID()}@${domainOf(settings.mailFrom)}`;
  try {
    await transport.send({ ...testMail(settings.publicUrl), to: email, messageId }, AbortSignal.timeout(patienceMs));
  } catch (error) {
    const remedy = settings.smtpUrl ? remedyOf(error) : noServer;
    throw new Error(`${server} did not take a mail to ${email}: ${reasonOf(error)} ${remedy}`, { cause: error });
  } finally {
    transport.close();
  }
  if (!settings.smtpUrl) console.log(`The local mailbox has it. ${noServer}`);
  else console.log(`${server} took a mail from ${settings.mailFrom} to ${email}, with the Message-ID <${messageId}>.`);
}

/** Connects, greets and signs in, as a courier does before it offers mails to a server that was away. */
async function probe(settings: Settings): Promise<void> {
  const server = shown(smtpUrlOf(settings));
  const transport = createSmtpTransport(smtpUrlOf(settings), settings.mailFrom, 1);
  try {
    await transport.verify();
  } catch (error) {
    const remedy = settings.smtpUrl ? remedyOf(error) : noServer;
    throw new Error(`${server} cannot be used: ${reasonOf(error)} ${remedy}`, { cause: error });
  } finally {
    transport.close();
  }
  console.log(`${server} answers${new URL(smtpUrlOf(settings)).username ? ', and takes user and password' : ''}.`);
}

const noServer =
  'No mail server is set (CERTLOOP_SMTP_URL): mails go into the local mailbox that "certloop start" runs, and reach nobody outside of this machine.';

/** A password does not belong on a screen. */
function shown(url: string): string {
  const { protocol, host } = new URL(url);
  return `The mail server ${protocol}//${host}`;
}

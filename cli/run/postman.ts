import { randomUUID } from 'node:crypto';
import { createSmtpTransport, domainOf } from '../../activities/smtpTransport.ts';
import type { Settings } from '../../config/settings.ts';
import type { Postman } from '../../identity/postman.ts';

/** Somebody waits in front of a page: rather an error soon than a mail late. */
const patienceMs = 20_000;
const connections = 2;

/** Takes mails to the mail server of the settings at once, past the outbox. Close it when done. */
export function createPostman(settings: Settings): Postman & { close(): void } {
  const transport = createSmtpTransport(smtpUrlOf(settings), settings.mailFrom, connections);
  const domain = domainOf(settings.mailFrom);
  return {
    async send(letter) {
      const messageId = `${randomUUID()}@${domain}`;
      await transport.send({ ...letter, messageId }, AbortSignal.timeout(patienceMs));
    },
    close: () => transport.close(),
  };
}

/** The mail server of the settings; without one, the local mailbox of this machine. */
export function smtpUrlOf({ smtpUrl, smtpPort }: Settings): string {
  return smtpUrl ?? `smtp://127.0.0.1:${smtpPort}`;
}

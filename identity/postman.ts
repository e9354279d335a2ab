import type { Email } from '../domain/basics.ts';

/** A mail that somebody waits for in front of a page, such as a sign-in code. */
export interface Letter {
  to: Email;
  subject: string;
  text: string;
  html: string;
}

/**
 * Takes mails that are of no use later, past the outbox: the page says at once when one could not be sent.
 */
export interface Postman {
  /** Rejects when the mail server does not take it. */
  send(letter: Letter): Promise<void>;
}

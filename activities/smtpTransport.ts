import { createTransport } from 'nodemailer';
import { oneLine } from '../words/mail/clean.ts';
import type { RenderedMail } from '../words/mail/types.ts';

/** A mail as it is handed to the server. */
export interface Parcel extends RenderedMail {
  to: string;
  messageId: string;
  programId: string;
}

export interface SmtpTransport {
  /**
   * Resolves when the server has taken the mail; rejects with nodemailer's error. With the signal the conversation is broken
   * off at once.
   */
  send(parcel: Parcel, signal: AbortSignal): Promise<void>;
  /** Closes the connections once they are idle. */
  close(): void;
}

/**
 * What an attempt failed of. `away`: the server cannot be used, whatever the mail; `broken`: it went away in the
 * middle, perhaps over this mail; `refused`: it will never take mail for this recipient; `later`: it did not take
 * this mail this time.
 */
export type Failure = 'away' | 'broken' | 'refused' | 'later';

/**
 * How long each step may take. A server that scans a mail before it takes it can be silent for a while: giving up
 * on it too early would send the mail twice.
 */
const timeouts = { dnsTimeout: 10_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 120_000 };

/** A connection that is closed in the middle of a mail must not say another word. */
const socketCloseTimeout = 0;

/**
 * One pool of connections to the mail server of a URL such as `smtps://user:password@mail.example.com`.
 *
 * @param connections - at most this many at a time
 */
export function createSmtpTransport(smtpUrl: string, from: string, connections: number): SmtpTransport {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: connections,
    // Only what was not begun is put on another connection; the courier decides when a mail is tried again.
    maxRequeues: 2,
    idleTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    socketCloseTimeout,
    ...timeouts,
  });
  return {
    async send({ to, messageId, programId, subject, text, html }, signal) {
      await transport.sendMail({
        signal,
        from,
        // As an object, an address with a comma or a line break in it cannot become two.
        to: { name: '', address: to },
        subject,
        text,
        html,
        messageId: `<${messageId.replace(/^<|>$/g, '')}>`,
        headers: { 'X-Certloop-Program': oneLine(programId), 'Auto-Submitted': 'auto-generated' },
      });
    },
    close: () => transport.close(),
  };
}

/** What an error of `send` says; of an attempt that was broken off, why it was. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, cause } = error as SmtpError & { cause?: unknown };
  return code === brokenOff && cause instanceof Error ? cause.message : error.message;
}

/** Tells what an error of `send` means for the mail and for those behind it. */
export function failureOf(error: unknown): Failure {
  const failure = error as SmtpError;
  const { code = '', command = '', responseCode = 0 } = failure;
  if (code === 'EENVELOPE' && command === 'API') return 'refused';
  if (command === 'RCPT TO' && responseCode >= 500) return concernsRecipient(failure) ? 'refused' : 'later';
  if (command === 'MAIL FROM' && responseCode >= 400 && responseCode !== tooLarge) return 'away';
  if (unusable.has(code) || (unconnected.has(code) && neverConnected(failure))) return 'away';
  return unconnected.has(code) || code === brokenOff || responseCode === closing ? 'broken' : 'later';
}

interface SmtpError {
  code?: string;
  originalCode?: string;
  command?: string;
  timeoutType?: string;
  responseCode?: number;
  response?: string;
}

const tooLarge = 552;
const closing = 421;

/** Nodemailer's codes of failures that every mail would meet. */
const unusable = new Set(['EDNS', 'ETLS', 'EPROXY', 'EPROTOCOL', 'EAUTH', 'ENOAUTH', 'EOAUTH2', 'ECONFIG']);

/** Its codes of failures of the connection, at its beginning or later. */
const unconnected = new Set(['ECONNECTION', 'ETIMEDOUT', 'ESOCKET']);

/** Its code of an attempt that we broke off. */
const brokenOff = 'EABORT';

const unreachable = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EACCES', 'EPERM']);
const beforeMail = new Set(['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT']);

/** Without a command, the pool has given up on a server that closes each connection before its greeting. */
function neverConnected({ originalCode = '', timeoutType = '', command }: SmtpError): boolean {
  return unreachable.has(originalCode) || beforeMail.has(timeoutType) || !command;
}

/** "Authentication required" and "relaying denied" are said of a recipient, but mean how the server is set up. */
function concernsRecipient({ responseCode, response = '' }: SmtpError): boolean {
  return responseCode !== 530 && responseCode !== 503 && !/^\d{3}[ -]5\.7\./.test(response) && !/relay/i.test(response);
}

import { domainToASCII } from 'node:url';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { createTransport } from 'nodemailer';
import { tracer } from '../db/tracing.ts';
import { oneLine } from '../words/mail/clean.ts';
import type { RenderedMail } from '../words/mail/types.ts';

/** A mail as it is handed to the server. */
export interface Parcel extends RenderedMail {
  to: string;
  messageId: string;
  /** The programs that it is about; none for a mail about the installation, such as a sign-in code. */
  programIds?: readonly string[];
  /** Where its recipient ends mails of its kind, without signing in (RFC 8058). */
  unsubscribe?: string;
  attachments?: readonly { filename: string; content: string; contentType: string }[];
}

export interface SmtpTransport {
  /**
   * Resolves when the server has taken the mail; rejects with nodemailer's error. With the signal the conversation is broken
   * off at once.
   */
  send(parcel: Parcel, signal: AbortSignal): Promise<void>;
  /** Connects, greets and signs in as a mail would, on a connection of its own, without one. Rejects as `send` does. */
  verify(): Promise<void>;
  /** Closes the connections once they are idle. */
  close(): void;
}

/**
 * What an attempt failed of. `away`: the server cannot be used, whatever the mail; `broken`: it went away in the
 * middle, perhaps over this mail; `refused`: it will never take mail for this recipient; `rejected`: it refuses this mail
 * for good; `setUp`: it refuses for good, but because of how it is set up; `later`: it did not take this mail this time.
 */
export type Failure = 'away' | 'broken' | 'refused' | 'rejected' | 'setUp' | 'later';

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
    send: ({ to, messageId, programIds = [], unsubscribe, attachments = [], subject, text, html }, signal) =>
      traced(smtpUrl, async () => {
        await transport.sendMail({
          signal,
          from,
          // As an object, an address with a comma or a line break in it cannot become two.
          to: { name: '', address: to },
          subject,
          text,
          html,
          attachments: [...attachments],
          messageId: `<${messageId.replace(/^<|>$/g, '')}>`,
          headers: {
            'Auto-Submitted': 'auto-generated',
            ...(programIds.length > 0 && { 'X-Certloop-Program': programIds.map(oneLine).join(', ') }),
            ...(unsubscribe !== undefined && unsubscribing(unsubscribe)),
          },
        });
      }),
    async verify() {
      await transport.verify();
    },
    close: () => transport.close(),
  };
}

/** Talks to the mail server as a span, which names the server and nobody else. */
async function traced(smtpUrl: string, talk: () => Promise<void>): Promise<void> {
  const { hostname, port } = new URL(smtpUrl);
  const attributes = { 'server.address': hostname, ...(port && { 'server.port': Number(port) }) };
  const span = tracer().startSpan('smtp send', { kind: SpanKind.CLIENT, attributes });
  try {
    await talk();
  } catch (error) {
    const { responseCode, code } = error as SmtpError;
    span.setStatus({ code: SpanStatusCode.ERROR, message: String(responseCode ?? code ?? 'failed') });
    throw error;
  } finally {
    span.end();
  }
}

/** What stands after the `@` of a sender, as a Message-ID names it: in ASCII (RFC 5891). */
export function domainOf(from: string): string {
  const written = /@([^\s<>@]+)>?\s*$/.exec(from)?.[1] ?? '';
  return domainToASCII(written) || 'certloop';
}

/** With one click where the page can be trusted to be ours, which RFC 8058 asks for; else by the page alone. */
function unsubscribing(url: string): Record<string, string> {
  const page = { 'List-Unsubscribe': `<${url}>` };
  return url.startsWith('https://') ? { ...page, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : page;
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
  if (command === 'RCPT TO' && responseCode >= 500) return refusalOf(failure);
  if (command === 'MAIL FROM' && responseCode >= 400 && responseCode !== tooLarge) return 'away';
  if (unusable.has(code) || (unconnected.has(code) && neverConnected(failure))) return 'away';
  if (unconnected.has(code) || code === brokenOff || responseCode === closing) return 'broken';
  return responseCode >= 500 ? 'rejected' : 'later';
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

/**
 * "Authentication required" and "relaying denied" are said of a recipient, but mean how the server is set up; a mailbox that
 * is full can be emptied.
 */
function refusalOf({ responseCode, response = '' }: SmtpError): Failure {
  if (responseCode === 530 || responseCode === 503 || /^\d{3}[ -]5\.7\./.test(response) || /relay/i.test(response)) {
    return 'setUp';
  }
  return responseCode === tooLarge || /^\d{3}[ -]5\.2\.2/.test(response) ? 'setUp' : 'refused';
}

import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

export interface MailboxOptions {
  /** 0 for any free port. */
  port: number;
  /** `127.0.0.1` when absent: the mailbox asks nobody who they are. */
  host?: string;
  /** Where messages are kept, one `.eml` file each, readable by their owner only. */
  dir: string;
}

export interface Mailbox {
  port: number;
  /** Different messages that are kept. */
  count(): number;
  /** How often a message came that was there already. */
  duplicates(): number;
  stop(): Promise<void>;
}

const largestMessage = 10 * 1024 * 1024;

/**
 * The local mailbox: a mail server for one machine, which keeps what it gets as files that any mail program opens.
 * A message with a Message-ID that is there already is written over the first, so that one sent twice shows once.
 *
 * @throws Error naming `CERTLOOP_SMTP_PORT` when the port is taken or not allowed
 */
export async function startMailbox({ port, host = '127.0.0.1', dir }: MailboxOptions): Promise<Mailbox> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const kept = new Set((await readdir(dir)).filter((name) => name.endsWith('.eml')));
  let duplicates = 0;

  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: largestMessage,
    // Half a minute otherwise, for a connection that somebody left open.
    closeTimeout: 1_000,
    onData(stream, _session, done) {
      receive(stream).then(() => done(), done);
    },
  });

  async function receive(stream: SMTPServerDataStream): Promise<void> {
    const message = await buffer(stream);
    if (stream.sizeExceeded) throw tooLarge();
    const name = fileName(message);
    await writeAtomically(dir, name, message);
    if (kept.has(name)) duplicates++;
    kept.add(name);
  }

  // A connection that breaks is the sender's to report.
  server.on('error', () => undefined);
  await listen(server, port, host);
  return {
    port: (server.server.address() as AddressInfo).port,
    count: () => kept.size,
    duplicates: () => duplicates,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function listen(server: SMTPServer, port: number, host: string): Promise<void> {
  server.listen(port, host);
  try {
    await once(server.server, 'listening');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'EADDRINUSE' ? 'another program uses it' : message;
    throw new Error(
      `The local mailbox cannot listen on ${host}:${port}: ${reason}. Set CERTLOOP_SMTP_PORT to a free port, or CERTLOOP_SMTP_URL to a mail server.`,
      { cause: error },
    );
  }
}

/** Written beside and then moved, so that a reader never sees half a message. */
async function writeAtomically(dir: string, name: string, message: Buffer): Promise<void> {
  const beside = join(dir, `.${randomUUID()}.part`);
  try {
    await writeFile(beside, message, { mode: 0o600 });
    await rename(beside, join(dir, name));
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** The Message-ID where it can be a file's name as it is; a hash of it, or of the message, where not. */
function fileName(message: Buffer): string {
  const id = messageId(message);
  if (id && /^[A-Za-z0-9][A-Za-z0-9._@+=-]{0,190}$/.test(id)) return `${id}.eml`;
  return `${createHash('sha256')
    .update(id ?? message)
    .digest('hex')}.eml`;
}

function messageId(message: Buffer): string | undefined {
  const end = message.indexOf('\r\n\r\n');
  const headers = message.toString('latin1', 0, end < 0 ? message.length : end).replace(/\r\n[ \t]+/g, ' ');
  return /^message-id:\s*<?([^<>\s]+)>?\s*$/im.exec(headers)?.[1];
}

function tooLarge(): Error {
  const error = new Error(`Message is larger than ${largestMessage} bytes`);
  return Object.assign(error, { responseCode: 552 });
}

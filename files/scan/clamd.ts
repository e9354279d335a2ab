import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { ScannerError, UploadRefused } from '../errors.ts';

/** Looks for viruses in what is uploaded. */
export interface Scanner {
  /** Begins to scan one file. Throws `ScannerError` when nobody can. */
  begin(): Promise<Scan>;
}

/** One file being scanned. */
export interface Scan {
  take(chunk: Uint8Array): Promise<void>;
  /**
   * Once all of it was given: answers when it is clean.
   *
   * @throws UploadRefused when it is infected, with the name of what was found
   * @throws ScannerError when that could not be found out
   */
  verdict(): Promise<void>;
  /** Lets go of the scanner, whatever came of it. */
  stop(): void;
}

const connectMs = 5_000;

/** A large file takes its time after its last byte. */
const answerMs = 120_000;

/** A scanner that is clamd, at `tcp://host:port` or `unix:/path/of/socket`, by its command INSTREAM. */
export function clamd(url: string): Scanner {
  return {
    async begin() {
      const scan = new ClamdScan(url, connectTo(url));
      await scan.connected();
      return scan;
    },
  };
}

function connectTo(url: string): Socket {
  if (url.startsWith('unix:')) return connect({ path: url.slice('unix:'.length) });
  const { hostname, port } = new URL(url);
  return connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 3310) });
}

class ClamdScan implements Scan {
  private answer = '';
  private failure: Error | undefined;
  private readonly url: string;
  private readonly socket: Socket;
  private readonly ended: Promise<void>;

  constructor(url: string, socket: Socket) {
    this.url = url;
    this.socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      this.answer += text;
    });
    socket.on('error', (error) => {
      this.failure = error;
    });
    socket.on('timeout', () => socket.destroy(new Error('it does not answer')));
    this.ended = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  async connected(): Promise<void> {
    this.socket.setTimeout(connectMs);
    await Promise.race([once(this.socket, 'connect').catch(() => undefined), this.ended]);
    if (this.socket.destroyed) throw this.away();
    this.socket.setTimeout(answerMs);
    await this.write(Buffer.from('zINSTREAM\0'));
  }

  async take(chunk: Uint8Array): Promise<void> {
    // It stops listening once it has something to say, such as that the file is larger than it takes.
    if (this.answer !== '' || this.socket.destroyed) {
      this.judge();
      throw this.away('it answered before the end of the file');
    }
    const size = Buffer.alloc(4);
    size.writeUInt32BE(chunk.length);
    await this.write(size);
    await this.write(chunk);
  }

  async verdict(): Promise<void> {
    await this.write(Buffer.alloc(4));
    await this.ended;
    this.judge();
  }

  stop(): void {
    this.socket.destroy();
  }

  private async write(bytes: Uint8Array): Promise<void> {
    if (this.socket.destroyed || this.socket.write(bytes)) return;
    await Promise.race([once(this.socket, 'drain').catch(() => undefined), this.ended]);
  }

  /** Returns when it said that the file is clean, and only then. */
  private judge(): void {
    const said = this.answer.replace(/\0.*$/s, '').trim();
    if (said === 'stream: OK') return;
    const [, found] = /^stream: (.+) FOUND$/.exec(said) ?? [];
    if (found) {
      const message = `The virus scanner found ${found} in the file; nothing of it was kept.`;
      throw new UploadRefused('infected', message);
    }
    if (/size limit exceeded/i.test(said)) {
      throw new ScannerError(
        'The virus scanner takes no file of this size, and nothing is kept unscanned: an administrator has to raise ' +
          'StreamMaxLength of clamd to CERTLOOP_MAX_FILE_MB.',
      );
    }
    throw this.away(said);
  }

  private away(said = ''): ScannerError {
    const why = said || this.failure?.message || 'it ended the connection';
    const message = `The virus scanner at ${this.url} cannot be asked (${why}), and nothing is kept unscanned. Try again later.`;
    return new ScannerError(message, { cause: this.failure });
  }
}

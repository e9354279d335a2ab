import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** What stands in for clamd, which no registry of packages has: it speaks the protocol of INSTREAM. */
export interface ClamdServer {
  url: string;
  /** All that it was given to scan, one for each file. */
  scanned: Buffer[];
  stop(): Promise<void>;
}

/** What every scanner finds, and nothing is infected by; split, so that no scanner finds it here. */
export const eicar = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''),
);

/**
 * Starts a server on a port, or on a socket of the file system.
 *
 * @param mostBytes what it takes, as `StreamMaxLength` of clamd says
 * @param answer what it says in place of a verdict; nothing at all when it is empty
 */
export async function startClamd({
  path,
  mostBytes = Number.POSITIVE_INFINITY,
  answer,
}: {
  path?: string;
  mostBytes?: number;
  answer?: string;
} = {}): Promise<ClamdServer> {
  const scanned: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    void serve(socket, { mostBytes, answer, scanned });
  });
  if (path === undefined) server.listen(0, '127.0.0.1');
  else server.listen(path);
  await once(server, 'listening');
  const url = path === undefined ? `tcp://127.0.0.1:${(server.address() as AddressInfo).port}` : `unix:${path}`;
  return {
    url,
    scanned,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function serve(
  socket: Socket,
  { mostBytes, answer, scanned }: { mostBytes: number; answer?: string | undefined; scanned: Buffer[] },
): Promise<void> {
  const input = new Input(socket);
  if ((await input.take(10)).toString() !== 'zINSTREAM\0') return void socket.end('UNKNOWN COMMAND\0');
  const pieces: Buffer[] = [];
  for (let total = 0; ; ) {
    const size = (await input.take(4)).readUInt32BE();
    if (size === 0) break;
    total += size;
    if (total > mostBytes) return void socket.end('INSTREAM size limit exceeded. ERROR\0');
    pieces.push(await input.take(size));
  }
  const file = Buffer.concat(pieces);
  scanned.push(file);
  if (answer === '') return;
  const verdict = file.includes(eicar) ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK';
  socket.end(`${answer ?? verdict}\0`);
}

/** What comes in, taken in portions of a size. */
class Input {
  private held = Buffer.alloc(0);
  private readonly chunks: AsyncIterator<Buffer>;

  constructor(socket: Socket) {
    this.chunks = socket[Symbol.asyncIterator]();
  }

  async take(bytes: number): Promise<Buffer> {
    while (this.held.length < bytes) {
      const { value, done } = await this.chunks.next();
      if (done) return new Promise(() => undefined);
      this.held = Buffer.concat([this.held, value]);
    }
    const taken = this.held.subarray(0, bytes);
    this.held = this.held.subarray(bytes);
    return taken;
  }
}

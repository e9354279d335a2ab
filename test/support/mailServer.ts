import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';

export interface MailServer {
  port: number;
  url: string;
  /** Parsed, in the order in which they came. */
  received: (Email & { envelopeTo: string[]; raw: string })[];
  /** How many connections were opened. */
  connections: number;
  /** The connection of a session, as long as it is open. */
  socketOf(session: SMTPServerSession): Socket | undefined;
  /** Drops the connection of a session without a word. */
  hangUp(session: SMTPServerSession): void;
  close(): Promise<void>;
}

/** A mail server on a free port, or on one that was free before; `options` are smtp-server's own. */
export async function startMailServer(options: SMTPServerOptions = {}, port = 0): Promise<MailServer> {
  const received: MailServer['received'] = [];
  const sockets = new Set<Socket>();
  async function receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const raw = await buffer(stream);
    const envelopeTo = session.envelope.rcptTo.map(({ address }) => address);
    received.push({ ...(await PostalMime.parse(raw)), envelopeTo, raw: raw.toString() });
  }
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    onConnect(_session, done) {
      handle.connections++;
      done();
    },
    onData(stream, session, done) {
      receive(stream, session).then(() => done(), done);
    },
    ...options,
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  const bound = (server.server.address() as AddressInfo).port;
  const handle: MailServer = {
    port: bound,
    url: `smtp://127.0.0.1:${bound}`,
    received,
    connections: 0,
    socketOf: ({ remotePort }) => [...sockets].find((socket) => socket.remotePort === remotePort),
    hangUp: (session) => void handle.socketOf(session)?.destroy(),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return handle;
}

/** The reply by which a server refuses: `refusal(550, '5.1.1 No such user')`. */
export function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between a client and a server, on 127.0.0.1, and does what networks and machines do. */
export interface TcpProxy {
  port: number;
  /** Where new connections lead from now on. */
  target: number;
  /** Holds what is sent in both directions, as a network that says nothing. */
  silent: boolean;
  /** Cuts the connection over which the client sends this: before it arrives, or after it did and before the answer. */
  cut: { text: string; when: 'before' | 'after' } | undefined;
  /** How often that was done. */
  cuts: number;
  /** Ends all connections. */
  drop(): void;
  close(): Promise<void>;
}

/** Starts a proxy before a server that listens on a port of this machine. */
export async function tcpProxy(target: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const onward = connect(proxy.target, '127.0.0.1');
    for (const socket of [client, onward]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    const end = () => {
      client.destroy();
      onward.destroy();
    };
    client.on('close', end);
    onward.on('close', end);
    onward.on('data', (data) => {
      // The server answers what it has carried out.
      if (isCut) return end();
      if (!proxy.silent) client.write(data);
    });
    let isCut = false;
    client.on('data', (data) => {
      if (proxy.silent || isCut) return;
      isCut = proxy.cut !== undefined && data.includes(proxy.cut.text);
      if (!isCut) return void onward.write(data);
      proxy.cuts++;
      if (proxy.cut?.when === 'before') return end();
      onward.write(data);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  const proxy: TcpProxy = {
    port: (server.address() as AddressInfo).port,
    target,
    silent: false,
    cut: undefined,
    cuts: 0,
    drop,
    async close() {
      drop();
      server.close();
    },
  };
  return proxy;
}

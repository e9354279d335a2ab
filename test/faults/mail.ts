import { type MailServer, startMailServer } from '../support/mailServer.ts';
import type { Mortal } from './mortal.ts';

/** A mail server that can be away and comes back at the same address; what it got until then is kept. */
export interface MortalMail {
  url: string;
  /** All that arrived, in the order in which it came. */
  received(): MailServer['received'];
  mortal: Mortal;
  close(): Promise<void>;
}

/** Starts it on a free port. */
export async function startMortalMail(): Promise<MortalMail> {
  let server = await startMailServer();
  const { url, port } = server;
  const before: MailServer['received'] = [];
  return {
    url,
    received: () => [...before, ...server.received],
    mortal: {
      kill: () => server.close(),
      async start() {
        before.push(...server.received);
        server = await startMailServer({}, port);
      },
    },
    close: () => server.close(),
  };
}

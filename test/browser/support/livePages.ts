import type { AddressInfo } from 'node:net';
import type { Email } from '../../../domain/basics.ts';
import type { SampleMoment } from '../../../domain/registry/command.ts';
import { askOnServer } from '../../../identity/signIn.ts';
import type { Driver } from '../../domain/support.ts';
import { type WebServer, webServer } from '../../web/support/webServer.ts';
import type { Window } from './page.ts';

/** Pages of sample programs that run on Temporal, for browsers. */
export interface LivePages extends WebServer {
  url: string;
  /** Signs somebody in in a window. */
  signIn(window: Window, email: Email): Promise<void>;
}

/** Starts the pages on a free port. */
export async function startLivePages(programs: Record<string, SampleMoment | (() => Driver)>): Promise<LivePages> {
  const web = await webServer(programs, { live: true });
  const { app, database } = web.server;
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    ...web,
    url: `http://localhost:${port}`,
    async signIn({ page }, email) {
      await page.goto(`/sign-in/link/${await askOnServer(database, email, new Date().toISOString())}`);
    },
  };
}

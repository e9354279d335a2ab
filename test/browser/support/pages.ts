import { now } from '../../../api/clock.ts';
import type { Account } from '../../../db/accounts.ts';
import { atMachine } from '../../../db/installation.ts';
import { askOnServer } from '../../../identity/signIn.ts';
import type { PagesOptions } from '../../../web/pages.tsx';
import { anyFreePort } from '../../../worker/service/ports.ts';
import { type TestServer, testServer } from '../../api/support/testServer.ts';
import type { Window } from './page.ts';

/** The pages on an empty database, without Temporal: for what has nothing to do with programs. */
export interface TestPages {
  url: string;
  database: TestServer['database'];
  /** Makes an account. */
  account(account: Partial<Account> & Pick<Account, 'email'>): Promise<void>;
  /** Signs somebody in in a window, by a link of the server. */
  signIn(window: Window, email: Account['email']): Promise<void>;
  close(): Promise<void>;
}

/** Starts the pages on a free port, under a name that browsers make passkeys for. */
export async function startPages(options: (url: string) => PagesOptions = () => ({})): Promise<TestPages> {
  const port = await anyFreePort();
  const url = `http://localhost:${port}`;
  const { app, database, close } = await testServer({ settings: { publicUrl: url }, pages: options(url) });
  await app.listen({ host: '127.0.0.1', port });
  return {
    url,
    database,
    account: ({ email, name = email, mayStart = false, ...rest }) =>
      database.accounts.put({ email, name, mayStart, ...rest }, now(), atMachine),
    async signIn({ page }, email) {
      await page.goto(`/sign-in/link/${await askOnServer(database, email, now())}`);
    },
    close,
  };
}

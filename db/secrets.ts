import { randomBytes } from 'node:crypto';
import type { Connection } from './connection.ts';

/** What the installation signs with; each secret is made when it is first asked for, and the same in every process. */
export interface Secrets {
  /** 32 random bytes. */
  get(name: string): Promise<Buffer>;
}

/** The secrets of an installation. They are in its backups: whoever has one can sign as the installation does. */
export function createSecrets({ reader, write }: Connection): Secrets {
  const known = new Map<string, Buffer>();

  async function load(name: string): Promise<string | undefined> {
    const row: { value: string } | undefined = await reader('secrets').where({ name }).first('value');
    return row?.value;
  }

  return {
    async get(name) {
      const before = known.get(name);
      if (before) return before;
      if ((await load(name)) === undefined) {
        const value = randomBytes(32).toString('base64url');
        await write((trx) => trx('secrets').insert({ name, value }).onConflict('name').ignore());
      }
      const secret = Buffer.from((await load(name))!, 'base64url');
      known.set(name, secret);
      return secret;
    },
  };
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Email, IsoDate } from '../domain/basics.ts';

/** What a link in a mail lets its reader do: answer one task, as the one person to whom it was sent. */
export interface TaskLink {
  programId: string;
  taskId: string;
  email: Email;
  /** The last day on which it works. */
  expiresOn: IsoDate;
}

export interface TaskLinks {
  issue(link: TaskLink): string;
  /** What a token says, expired or not; undefined when it was not issued here. */
  read(token: string): TaskLink | undefined;
}

const longestToken = 1_000;

/**
 * Links for one task and one person. Nothing of them is kept: they are signed, and what they open is asked of the
 * program at each use, so that they end with the task, with its reassignment, and with the person's part in it.
 *
 * @param secret 32 random bytes, the same in every process (`database.secrets.get('taskLinks')`)
 */
export function createTaskLinks(secret: Buffer): TaskLinks {
  const signatureOf = (body: string) => createHmac('sha256', secret).update(`task ${body}`).digest();
  return {
    issue({ programId, taskId, email, expiresOn }) {
      const body = Buffer.from(JSON.stringify([programId, taskId, email, expiresOn])).toString('base64url');
      // 16 bytes of the signature: nobody finds one by trying, and the address stays short.
      return `${body}.${signatureOf(body).subarray(0, 16).toString('base64url')}`;
    },
    read(token) {
      const [body = '', signature = '', ...more] = token.length > longestToken ? [] : token.split('.');
      const given = Buffer.from(signature, 'base64url');
      if (more.length > 0 || given.length !== 16) return undefined;
      if (!timingSafeEqual(given, signatureOf(body).subarray(0, 16))) return undefined;
      const [programId, taskId, email, expiresOn] = JSON.parse(Buffer.from(body, 'base64url').toString());
      return { programId, taskId, email, expiresOn };
    },
  };
}

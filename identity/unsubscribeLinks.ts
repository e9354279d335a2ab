import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Email } from '../domain/basics.ts';

export interface UnsubscribeLinks {
  issue(email: Email): string;
  /** Whose token it is; undefined when it was not issued here. */
  read(token: string): Email | undefined;
}

const longestToken = 500;

/**
 * Links by which somebody says how often digests come, without signing in. Nothing of them is kept, and they never expire:
 * who does not want a mail must always be able to say so. All that one can do is change that choice.
 *
 * @param secret 32 random bytes, the same in every process (`database.secrets.get('unsubscribeLinks')`)
 */
export function createUnsubscribeLinks(secret: Buffer): UnsubscribeLinks {
  const signatureOf = (body: string) =>
    createHmac('sha256', secret).update(`unsubscribe ${body}`).digest().subarray(0, 16);
  return {
    issue(email) {
      const body = Buffer.from(email).toString('base64url');
      return `${body}.${signatureOf(body).toString('base64url')}`;
    },
    read(token) {
      const [body = '', signature = '', ...more] = token.length > longestToken ? [] : token.split('.');
      const given = Buffer.from(signature, 'base64url');
      if (more.length > 0 || given.length !== 16 || !timingSafeEqual(given, signatureOf(body))) return undefined;
      // Only addresses are signed.
      return Buffer.from(body, 'base64url').toString() as Email;
    },
  };
}

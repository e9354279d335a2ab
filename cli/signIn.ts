import { now } from '../api/clock.ts';
import { loadSettings } from '../config/settings.ts';
import type { Database } from '../db/types.ts';
import { asKnown } from '../domain/registry/address.ts';
import { isAddress } from '../identity/address.ts';
import { personOf } from '../identity/sessions.ts';
import { askOnServer, terminalMinutes } from '../identity/signIn.ts';
import { withDatabase } from './run/withDatabase.ts';

/** How long a printed link is good, as it is said wherever one is printed. */
export const goodFor = `works once, within ${terminalMinutes} minutes`;

/** `certloop sign-in`: prints a link that signs somebody in; the link alone goes to standard output. */
export async function signInCommand(email: string): Promise<void> {
  const { publicUrl } = loadSettings(process.env);
  await withDatabase(async (database) => {
    const { link, name } = await linkFor(database, email, publicUrl);
    console.log(link);
    console.error(`It signs in ${name} and ${goodFor}. Give it to nobody else.`);
  });
}

/**
 * A link that signs somebody in once.
 *
 * @throws Error when the text is no address, or nobody here has it
 */
export async function linkFor(
  database: Pick<Database, 'signIns' | 'accounts'>,
  text: string,
  publicUrl: string,
): Promise<{ link: string; name: string }> {
  const email = asKnown(text.trim());
  if (!isAddress(email)) throw new Error(`"${text}" is not an e-mail address; write one such as kim@example.com.`);
  const person = await personOf(database, email);
  if (!person) {
    throw new Error(
      `Nobody here has the address ${email}: it has no account, and no program names it among its people. An administrator ` +
        'invites people at /installation, and a program manager adds them to a program.',
    );
  }
  const token = await askOnServer(database, email, now());
  return { link: `${publicUrl}/sign-in/link/${token}`, name: person.name };
}

import { wrongWithDate } from '../domain/calendar.ts';
import { type InstallationRole, installationRoles } from '../domain/types/index.ts';
import { withDatabase } from './run/withDatabase.ts';

/** `certloop token`: makes a token where the database is at hand; printed once, on standard output alone. */
export async function tokenCommand(options: {
  email: string;
  name: string;
  expiresOn?: string;
  role?: string;
}): Promise<void> {
  const { email, name, expiresOn, role } = options;
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new Error(`--email: ${email} is not an e-mail address.`);
  const problem = expiresOn && wrongWithDate(expiresOn);
  if (problem) throw new Error(`--expires-on: ${problem}.`);
  if (role && !installationRoles.includes(role as InstallationRole)) {
    throw new Error(`--role: ${role} is not ${installationRoles.join(' or ')}.`);
  }
  await withDatabase(async ({ tokens }) => {
    const { token } = await tokens.create({
      email: email.toLowerCase(),
      name,
      ...(expiresOn ? { expiresOn } : {}),
      ...(role ? { installationRole: role as InstallationRole } : {}),
    });
    console.log(token);
  });
}

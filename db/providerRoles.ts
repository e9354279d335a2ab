import type { Email, InstallationRole } from '../domain/basics.ts';
import type { Connection } from './connection.ts';

/** Roles in the installation that a provider of OpenID Connect gave, so that it can take them again, and no others. */
export interface ProviderRoles {
  of(email: Email): Promise<InstallationRole | undefined>;
  /** `undefined` when the provider gives none anymore. */
  put(email: Email, role: InstallationRole | undefined): Promise<void>;
}

/** The roles that a provider gave, by e-mail address. */
export function createProviderRoles({ reader, write }: Connection): ProviderRoles {
  return {
    async of(email) {
      const row: { role: InstallationRole } | undefined = await reader('provider_roles').where({ email }).first('role');
      return row?.role;
    },
    async put(email, role) {
      await write(async (trx) => {
        if (role) await trx('provider_roles').insert({ email, role }).onConflict('email').merge();
        else await trx('provider_roles').where({ email }).delete();
      });
    },
  };
}

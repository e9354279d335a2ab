import type { InstallationRole, Role } from '../basics.ts';

/** Whether somebody may read a program: everybody with a role in it, and the people who run the installation. */
export function mayRead(roles: readonly Role[], installationRole?: InstallationRole): boolean {
  return roles.length > 0 || installationRole !== undefined;
}

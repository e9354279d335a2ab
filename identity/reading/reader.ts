import { bodyRoles, type Email, type InstallationRole, type Role } from '../../domain/basics.ts';

/** Somebody who reads a program: their address, their roles in it and in the installation. */
export interface Reader {
  email: Email;
  roles: readonly Role[];
  installationRole?: InstallationRole | undefined;
}

/** How people stand to a program as its readers: the columns of the table. */
export const standings = {
  manager: 'program managers',
  steering: 'sponsor, top management, consultants, viewers',
  internalAuditor: 'internal auditors',
  owner: 'owners',
  body: "the body's people",
  administrator: 'administrators',
  operations: 'operations',
} as const;
export type Standing = keyof typeof standings;

const standingOf: Record<Role, Standing> = {
  programManager: 'manager',
  sponsor: 'steering',
  topManagement: 'steering',
  consultant: 'steering',
  viewer: 'steering',
  internalAuditor: 'internalAuditor',
  owner: 'owner',
  leadAuditor: 'body',
  auditor: 'body',
  decisionMaker: 'body',
};

/**
 * The standings of a reader, each once; none for a stranger. Whoever is of the certification body reads as its people do,
 * whatever other role they were given: the two sides keep apart.
 */
export function standingsOf({ roles, installationRole }: Reader): Standing[] {
  const held = roles.some((role) => bodyRoles.includes(role))
    ? ['body' as const]
    : roles.map((role) => standingOf[role]);
  return [...new Set([...held, ...(installationRole ? [installationRole] : [])])];
}

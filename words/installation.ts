import type { InstallationRole, IsoDate } from '../domain/basics.ts';
import { capitalized } from './phrases.ts';
import { writtenDay } from './when.ts';

interface Rights {
  installationRole?: InstallationRole;
  mayStart: boolean;
}

/** Something of the installation in words: what happened, and what is to be known of it. */
export interface Happened {
  what: string;
  more?: string;
}

/** By which way something came. */
export const throughWords = {
  page: 'on a page',
  api: 'over the API',
  provider: 'as the provider of sign-ins says',
  machine: 'on a machine that reaches the database',
} as const;

/** What somebody may do in the installation. */
export function rightsWords({ installationRole, mayStart }: Rights): string {
  return installationRole ?? (mayStart ? 'may start programs' : 'nothing of the installation');
}

/** A token that was made. */
export function tokenMade(token: {
  email: string;
  installationRole?: InstallationRole;
  scope?: { programId?: string; access: 'read' | 'write' };
  expiresOn?: IsoDate;
}): Happened {
  const { email, installationRole, scope, expiresOn } = token;
  const does = scope?.access === 'read' ? 'Reads' : 'Reads and writes';
  const of = scope?.programId ?? 'all of their programs';
  const role = installationRole ? `, as ${installationRole}` : '';
  const good = expiresOn ? `Good through ${writtenDay(expiresOn)}.` : 'Without a last day.';
  return { what: `Token made for ${email}`, more: `${does} ${of}${role}. ${good}` };
}

/** An account that was made or changed. */
export function accountPut(
  account: { email: string; name: string; before?: Rights & { name: string } } & Rights,
): Happened {
  const { email, name, before } = account;
  const may = rightsWords(account);
  if (!before) return { what: `Account made for ${name} (${email})`, more: `${capitalized(may)}.` };
  const changes = [
    before.name !== name ? `called ${name} instead of ${before.name}` : undefined,
    rightsWords(before) !== may ? `${may} instead of ${rightsWords(before)}` : undefined,
  ].filter((change) => change !== undefined);
  return { what: `Account of ${email} changed`, more: `${capitalized(changes.join('; ') || may)}.` };
}

/** One that was there when the chain of the installation began. */
export function knownFromBefore({ what, more }: Happened): Happened {
  return { what: what.replace(/ made for /, ' of '), more: `Known from before these records. ${more ?? ''}`.trim() };
}

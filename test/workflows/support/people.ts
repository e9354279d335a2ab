import type { IsoDate } from '../../../domain/basics.ts';
import type { DefinitionInput } from '../../../domain/program/definition.ts';

/** Who takes part in the programs of these tests. */
export const manager = 'mia@example.org';
export const sponsor = 'sue@example.org';
export const topManagement = 'tom@example.org';
export const owner = 'olu@example.org';
export const internalAuditor = 'ira@example.org';
export const leadAuditor = 'lea@body.example';
export const decisionMaker = 'dan@body.example';

/** The Monday on which programs begin that say nothing else. */
export const firstDay = '2030-01-07';

/** A small program with all its people, in New York, without public holidays. */
export function programOf(id: string, overrides: Partial<DefinitionInput> = {}): DefinitionInput {
  return {
    id,
    name: 'AI management',
    organization: 'Example Ltd',
    standard: 'iso-42001-2023',
    scope: { statement: 'The assistant that customers talk to.' },
    aiSystems: [{ id: 'assistant', name: 'Assistant', role: 'provider', risk: 'high' }],
    people: [
      { email: manager, name: 'Mia', roles: ['programManager'] },
      { email: sponsor, name: 'Sue', roles: ['sponsor'] },
      { email: topManagement, name: 'Tom', roles: ['topManagement'] },
      { email: owner, name: 'Olu', roles: ['owner'] },
      { email: internalAuditor, name: 'Ira', roles: ['internalAuditor'] },
      { email: leadAuditor, name: 'Lea', roles: ['leadAuditor'] },
      { email: decisionMaker, name: 'Dan', roles: ['decisionMaker'] },
    ],
    plan: { startsOn: firstDay },
    calendar: { timeZone: 'America/New_York' },
    certificationBody: { name: 'Example Body' },
    rehearsal: true,
    ...overrides,
  };
}

/**
 * What makes a program begin at once by our own clock: its first day is today, in a zone where it is about noon, so that
 * neither the morning nor midnight is near.
 */
export function beginningNow(): Pick<DefinitionInput, 'plan' | 'calendar' | 'rehearsal'> {
  const now = new Date();
  const ahead = 12 - now.getUTCHours();
  const today = new Date(now.getTime() + ahead * 3_600_000).toISOString().slice(0, 10) as IsoDate;
  // The signs of these names are the other way round: Etc/GMT-2 is two hours ahead of Greenwich.
  const timeZone = ahead === 0 ? 'Etc/UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
  return { plan: { startsOn: today }, calendar: { timeZone }, rehearsal: false };
}

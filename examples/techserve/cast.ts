import type { Email } from '../../domain/basics.ts';
import type { Person } from '../../domain/people/person.ts';
import type { AiSystem } from '../../domain/systems/aiSystem.ts';

/** The people of the story, all of them invented. */
export const cast = {
  sponsor: 'maria.alvarez@example.com',
  chief: 'david.okafor@example.com',
  manager: 'priya.nair@example.com',
  dataScience: 'tom.becker@example.com',
  engineering: 'grace.lin@example.com',
  operations: 'samuel.osei@example.com',
  training: 'hannah.weiss@example.com',
  product: 'jorge.medina@example.com',
  consultant: 'claire.dubois@example.com',
  quality: 'ingrid.solberg@example.com',
  leadAuditor: 'robert.hale@northgate.example.com',
  auditor: 'aisha.rahman@northgate.example.com',
  decisionMaker: 'margaret.stone@northgate.example.com',
} satisfies Record<string, Email>;

/** The decision maker who never audits stands before the auditor who may decide elsewhere: she is asked to decide. */
export const people: Person[] = [
  { email: cast.sponsor, name: 'Maria Alvarez', roles: ['sponsor'] },
  { email: cast.chief, name: 'David Okafor', roles: ['topManagement'] },
  { email: cast.manager, name: 'Priya Nair', roles: ['programManager'] },
  { email: cast.dataScience, name: 'Tom Becker', roles: ['owner'] },
  { email: cast.engineering, name: 'Grace Lin', roles: ['owner'] },
  { email: cast.operations, name: 'Samuel Osei', roles: ['owner'] },
  { email: cast.training, name: 'Hannah Weiss', roles: ['owner'] },
  { email: cast.product, name: 'Jorge Medina', roles: ['owner'] },
  { email: cast.consultant, name: 'Claire Dubois', roles: ['consultant'] },
  { email: cast.quality, name: 'Ingrid Solberg', roles: ['internalAuditor'] },
  { email: cast.leadAuditor, name: 'Robert Hale', roles: ['leadAuditor'] },
  { email: cast.decisionMaker, name: 'Margaret Stone', roles: ['decisionMaker'] },
  { email: cast.auditor, name: 'Aisha Rahman', roles: ['auditor', 'decisionMaker'] },
];

/** The products with AI in them: the first scores people, and is the one of high risk. */
export const aiSystems: AiSystem[] = [
  { id: 'credit-signals', name: 'Credit Signals', role: 'provider', risk: 'high' },
  { id: 'insights', name: 'Insights Analytics', role: 'provider', risk: 'medium' },
  { id: 'forecast', name: 'Demand Forecast', role: 'provider', risk: 'medium' },
  { id: 'assistant', name: 'Support Assistant', role: 'producer', risk: 'low' },
];

/** Gives the name by which people know somebody. */
export function nameOf(email: Email): string {
  return people.find((person) => person.email === email)?.name ?? email;
}

/** The part in the story that somebody plays, in a few words. */
export function partOf(email: Email): string {
  const roles = people.find((person) => person.email === email)?.roles ?? [];
  return roles.map((role) => role.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)).join(', ');
}

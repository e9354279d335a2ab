import type { AdoptedAudit, AdoptedCertificate, AdoptedFinding, Adoption } from '../../domain/adoption/adoption.ts';
import { decideStart } from '../../domain/decide.ts';
import { defineProgram } from '../../domain/program/define.ts';
import type { DefinitionInput } from '../../domain/program/definition.ts';
import { standardOutline } from '../../domain/standards/outline.ts';
import { speak } from '../../words/sayings/index.ts';
import { plan } from './journey.ts';
import { asAnswered, Driver, definitionInput, local, type Refused, standard, who } from './support.ts';

/** Programs under way, taken over on this day. */
export const today = '2030-06-05' as const;

/** Granted on 12 February 2029: in its second year. */
export const certificate: AdoptedCertificate = {
  number: 'C-7',
  status: 'valid',
  decidedOn: '2029-02-12',
  lastDay: '2032-02-11',
  cycle: 1,
  scopeStatement: 'The assistant.',
};
export const surveillance: AdoptedAudit = {
  kind: 'surveillance',
  startsOn: '2030-01-20',
  endsOn: '2030-01-21',
  result: 'maintained',
  team: [who.lead],
};
export const stage1: AdoptedAudit = {
  ...surveillance,
  kind: 'stage1',
  startsOn: '2030-04-08',
  endsOn: '2030-04-09',
  result: 'ready',
};
export const stage2: AdoptedAudit = {
  ...stage1,
  kind: 'stage2',
  startsOn: '2030-05-13',
  endsOn: '2030-05-15',
  result: 'completed',
};
export const minor: AdoptedFinding = {
  raisedIn: 'surveillance',
  raisedOn: '2030-01-21',
  requirementId: '7.2',
  grade: 'minor',
  statement: 'Records of training are missing.',
  status: 'planAccepted',
  plan: { ...plan, dueOn: '2030-07-01' },
};

export const ratings: NonNullable<Adoption['ratings']> = standardOutline(standard).requirements.map(
  ({ id: requirementId }) => ({
    requirementId,
    status: 'conforms',
    priority: 'low',
    gap: '',
    effortDays: 0,
    owner: who.owner,
  }),
);

/** Everything that is asked of a certified program. */
export const known: Adoption = {
  phase: 'surveillanceCycle',
  certificate,
  audits: [surveillance],
  internalAuditOn: '2029-11-20',
  managementReviewOn: '2030-05-02',
  ratings,
  impactAssessments: [{ systemId: 'assistant', assessedOn: '2029-10-01' }],
};

function input(adopt: Adoption, overrides: Partial<DefinitionInput> = {}): DefinitionInput {
  return definitionInput({ plan: { startsOn: '2028-05-08' }, adopt, ...overrides });
}

export function adopted(adopt: Adoption, overrides: Partial<DefinitionInput> = {}): Driver {
  const driver = new Driver(input(adopt, overrides), local(today, '09:00', 'Etc/UTC'));
  driver.settle();
  return driver;
}

/** Why it cannot be taken over; asked as the API asks before anything is started. */
export function refusal(adopt: Adoption, overrides: Partial<DefinitionInput> = {}): Refused {
  const decision = decideStart(
    defineProgram(input(adopt, overrides)),
    who.manager,
    local(today, '09:00', 'Etc/UTC'),
    speak,
  );
  if (decision.ok) throw new Error('It was not refused.');
  return asAnswered(decision.refusal);
}

export const withCertificate = (changes: Partial<AdoptedCertificate>): Adoption => ({
  ...known,
  certificate: { ...certificate, ...changes },
});
export const withFinding = (changes: Partial<AdoptedFinding>): Adoption => ({
  ...known,
  openFindings: [{ ...minor, ...changes }],
});

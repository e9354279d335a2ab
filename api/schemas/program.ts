import { type Static, Type } from 'typebox';
import type { DefinitionInput } from '../../domain/definition.ts';
import { aiRoles, systemRisks } from '../../domain/types/index.ts';
import { adoption } from './adoption.ts';
import { date, duration, email, id, name, role, strict, text } from './basics.ts';

export const scope = Type.Object({ statement: text, exclusions: Type.Optional(text) }, strict);

export const aiSystem = Type.Object({ id, name, role: Type.Enum(aiRoles), risk: Type.Enum(systemRisks) }, strict);

export const person = Type.Object({ email, name, roles: Type.Array(role, { minItems: 1, maxItems: 10 }) }, strict);

const everyMonths = Type.Optional(Type.Integer({ minimum: 1, maximum: 36 }));

/** Months from one time to the next. */
export const cadences = Type.Object(
  {
    managementReview: everyMonths,
    internalAudit: everyMonths,
    riskAssessment: everyMonths,
    impactAssessment: everyMonths,
    policyReview: everyMonths,
    objectivesReview: everyMonths,
    improvementReview: everyMonths,
  },
  { ...strict, description: 'Months from one time to the next of what comes round' },
);

const plan = Type.Object(
  {
    startsOn: date,
    phases: Type.Optional(
      Type.Object(
        {
          gapAssessment: Type.Optional(duration),
          implementation: Type.Optional(duration),
          internalAudit: Type.Optional(duration),
          certificationAudit: Type.Optional(duration),
        },
        strict,
      ),
    ),
    cadences: Type.Optional(cadences),
  },
  strict,
);

const calendar = Type.Object(
  {
    timeZone: Type.String({ minLength: 1, maxLength: 100, examples: ['America/New_York'] }),
    country: Type.Optional(Type.String({ minLength: 2, maxLength: 20, examples: ['US', 'DE-BY'] })),
    holidays: Type.Optional(Type.Array(date, { maxItems: 1_000 })),
  },
  strict,
);

const months = Type.Optional(Type.Number({ minimum: 0, maximum: 120 }));
const days = Type.Optional(Type.Integer({ minimum: 0, maximum: 3_650 }));

/** The numbers of a certification body. */
export const rules = Type.Object(
  {
    stage1ToStage2Months: months,
    majorVerificationMonths: months,
    planDays: days,
    majorVerifiedDays: days,
    firstSurveillanceMonths: months,
    initialYearOwesSurveillance: Type.Optional(Type.Boolean()),
    surveillanceLeadMonths: months,
    validityYears: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })),
    openMinorIsRaised: Type.Optional(Type.Boolean()),
    recertificationPreparationMonths: months,
    recertificationAuditMonths: months,
    stage1AtRecertification: Type.Optional(Type.Boolean()),
    restorationMonths: months,
    stage1AfterLapse: Type.Optional(Type.Boolean()),
    suspensionMonths: months,
    operatingEvidenceMonths: months,
    toldOfChanges: Type.Optional(Type.Boolean()),
    toldOfIncidents: Type.Optional(Type.Boolean()),
    toldOfComplaints: Type.Optional(Type.Boolean()),
  },
  { ...strict, description: "The numbers of the certification body's rules; those not given have their defaults." },
);

const escalation = Type.Object(
  {
    reminderDays: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 365 }), { maxItems: 10 })),
    escalations: Type.Optional(
      Type.Array(Type.Object({ workingDays: Type.Integer({ minimum: 0, maximum: 260 }), to: role }, strict), {
        maxItems: 10,
      }),
    ),
  },
  strict,
);

/** The body of `POST /v1/programs`. */
export const programStart = Type.Object(
  {
    id: Type.Optional(
      Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$', description: 'Made from the name when not given.' }),
    ),
    name,
    organization: name,
    standard: Type.String({ minLength: 1, maxLength: 100, examples: ['iso-42001-2023'] }),
    scope,
    aiSystems: Type.Array(aiSystem, { maxItems: 200 }),
    people: Type.Array(person, { minItems: 1, maxItems: 500 }),
    plan,
    calendar,
    certificationBody: Type.Object({ name, rules: Type.Optional(rules) }, strict),
    escalation: Type.Optional(escalation),
    rehearsal: Type.Optional(Type.Boolean({ default: false })),
    adopt: Type.Optional(adoption),
  },
  strict,
);

type Assignable<T extends U, U> = T;

/** Compiles only while what the schema lets through is what the domain takes. */
export type StartIsThatOfTheDomain = Assignable<Static<typeof programStart> & { id: string }, DefinitionInput>;

import { type Static, Type } from 'typebox';
import { adoption } from '../adoption/adoption.ts';
import { weekdays } from '../basics.ts';
import { bodyProfile, bodyRules } from '../certificate/bodyProfile.ts';
import { person } from '../people/person.ts';
import { plan, someCadences, somePhaseLengths } from '../plan/plan.ts';
import { date, id, name, strict } from '../registry/fields.ts';
import { aiSystem } from '../systems/aiSystem.ts';
import { ladderSpec } from '../tasks/ladderSpec.ts';
import { scope } from './scope.ts';

/** The edition of a standard that a program is held against, pinned by the hash of its catalogue. */
export const standardPin = Type.Object({ id, edition: Type.String(), sha256: Type.String() });
export type StandardPin = Static<typeof standardPin>;

export const timeZone = Type.String({ minLength: 1, maxLength: 100, examples: ['America/New_York'] });

export const country = Type.String({
  minLength: 2,
  maxLength: 20,
  examples: ['US', 'DE-BY'],
  description: 'ISO 3166 code, optionally with a region',
});

export const weekend = Type.Array(Type.Enum(weekdays), {
  maxItems: 7,
  description: 'The days of each week that are off; those of the country when left out',
});

/** Whose time a program keeps, and which days are off there. */
export const calendarSpec = Type.Object({
  timeZone,
  country: Type.Optional(country),
  weekend: Type.Optional(weekend),
  holidays: Type.Array(date, { maxItems: 1_000, description: 'Days off beside those of the country' }),
});
export type CalendarSpec = Static<typeof calendarSpec>;

/** What starting a program takes; what is left out gets the documented default. */
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
    plan: Type.Object(
      { startsOn: date, phases: Type.Optional(somePhaseLengths), cadences: Type.Optional(someCadences) },
      strict,
    ),
    calendar: Type.Object(
      { ...calendarSpec.properties, holidays: Type.Optional(calendarSpec.properties.holidays) },
      strict,
    ),
    certificationBody: Type.Object({ name, rules: Type.Optional(bodyRules) }, strict),
    escalation: Type.Optional(Type.Partial(ladderSpec, strict)),
    rehearsal: Type.Optional(Type.Boolean({ default: false })),
    adopt: Type.Optional(adoption),
  },
  strict,
);

/** What starting a program takes, once it has its id. */
export type DefinitionInput = Omit<Static<typeof programStart>, 'id'> & { id: string };

/** The same, complete and with the defaults filled in. `adopt`: of a program that was under way before the register began. */
export const programDefinition = Type.Object({
  id: Type.String(),
  name,
  organization: name,
  standard: standardPin,
  scope,
  aiSystems: Type.Array(aiSystem),
  people: Type.Array(person),
  plan,
  calendar: calendarSpec,
  certificationBody: Type.Object({ name, profile: bodyProfile }),
  ladder: ladderSpec,
  rehearsal: Type.Boolean(),
  adopt: Type.Optional(adoption),
});
export type ProgramDefinition = Static<typeof programDefinition>;

import { isCalendarDuration, isTimeZone, lastDate, wrongWithDate } from './calendar.ts';
import { defaultLadder } from './ladder.ts';
import { isOfBody } from './people.ts';
import { defaultCadences, defaultProfile, longestCadence } from './profile.ts';
import { wrong } from './rejection.ts';
import { planned } from './rules/plan.ts';
import { standardOutline } from './standards/outline.ts';
import {
  type Adoption,
  type AiSystem,
  type BodyProfile,
  type CadenceName,
  cadenceNames,
  type LadderSpec,
  type Person,
  type Plan,
  type PlannedPhase,
  type ProgramDefinition,
  type Role,
  type Scope,
} from './types/index.ts';

/** What starting a program takes; what is left out gets the documented default. */
export interface DefinitionInput {
  id: string;
  name: string;
  organization: string;
  standard: string;
  scope: Scope;
  aiSystems: AiSystem[];
  people: Person[];
  plan: {
    startsOn: string;
    phases?: Partial<Record<PlannedPhase, string>>;
    cadences?: Partial<Record<CadenceName, number>>;
  };
  calendar: { timeZone: string; country?: string; holidays?: string[] };
  certificationBody: { name: string; rules?: Partial<BodyProfile> };
  escalation?: Partial<LadderSpec>;
  rehearsal?: boolean;
  /** What is known of a program that is under way already. */
  adopt?: Adoption;
}

/** Ten months from the start to the certificate, as in most first implementations of some maturity. */
export const defaultPhases: Plan['phases'] = {
  gapAssessment: 'P2M',
  implementation: 'P4M',
  internalAudit: 'P2M',
  certificationAudit: 'P2M',
};

/**
 * A complete definition from what was asked for, checked in itself. Whether the start lies in the past is checked when
 * the program starts, by its own clock. Throws `Rejected` (422) that names the field and what to write in its place.
 */
export function defineProgram(input: DefinitionInput): ProgramDefinition {
  const { id: standardId, edition, sha256 } = standardOutline(input.standard);
  mustHavePeople(input.people);
  mustBeUnique(
    input.aiSystems.map((system) => system.id),
    'aiSystems',
    'id',
  );
  return {
    id: input.id,
    name: input.name,
    organization: input.organization,
    standard: { id: standardId, edition, sha256 },
    scope: input.scope,
    aiSystems: input.aiSystems,
    people: input.people,
    plan: definePlan(input.plan),
    calendar: defineCalendar(input.calendar),
    certificationBody: {
      name: input.certificationBody.name,
      profile: defineProfile(input.certificationBody.rules ?? {}),
    },
    ladder: defineLadder({ ...defaultLadder, ...input.escalation }),
    rehearsal: input.rehearsal ?? false,
    ...(input.adopt ? { adopt: input.adopt } : {}),
  };
}

/** The roles that somebody must hold at all times: without them a ladder or a review has nowhere to go. */
const neededRoles: readonly Role[] = ['programManager', 'sponsor', 'topManagement'];

/**
 * Refuses a list of people without a program manager, a sponsor and top management (one person may be all three), with
 * an e-mail twice, or with somebody who stands on both sides of the certification.
 */
export function mustHavePeople(people: Person[]): void {
  mustBeUnique(
    people.map((person) => person.email),
    'people',
    'email',
  );
  for (const { email, roles } of people) mustBeUnique(roles, `people, ${email}, roles`, 'role');
  for (const role of neededRoles) {
    if (!people.some((person) => person.roles.includes(role)))
      wrong('people', `people: nobody has the role ${role}; name one.`);
  }
  const both = people.find((person) => isOfBody(person) && person.roles.some((role) => !bodyOnly.includes(role)));
  if (both) {
    wrong(
      'independence',
      `people: ${both.email} is of the certification body and cannot hold a role of the organization.`,
    );
  }
}

const bodyOnly: readonly Role[] = ['leadAuditor', 'auditor', 'decisionMaker', 'viewer'];

function definePlan(plan: DefinitionInput['plan']): Plan {
  mustBeDate(plan.startsOn, 'plan.startsOn');
  const phases = { ...defaultPhases, ...plan.phases };
  for (const [phase, duration] of Object.entries(phases)) {
    if (!isCalendarDuration(duration)) {
      wrong(
        'dates',
        `plan.phases.${phase}: ${duration} is not a duration of years, months, weeks or days above zero, such as P2M.`,
      );
    }
  }
  const cadences = { ...defaultCadences, ...plan.cadences };
  mustBeCadences(cadences, 'plan.cadences');
  mustEndInTime({ startsOn: plan.startsOn, phases, cadences }, 'plan.phases');
  return { startsOn: plan.startsOn, phases, cadences };
}

/** Refuses a plan that ends after the last date that there can be. */
export function mustEndInTime(plan: Plan, field: string): void {
  const { endsOn } = planned(plan).certificationAudit;
  if (endsOn > lastDate)
    wrong('dates', `${field}: the plan would end on ${endsOn}, after ${lastDate}; make it shorter.`);
}

function mustBeDate(on: string, field: string): void {
  const problem = wrongWithDate(on);
  if (problem) wrong('dates', `${field}: ${problem}.`);
}

/** Refuses months between two rounds that are none: what the standard asks for at planned intervals is not left out. */
export function mustBeCadences(cadences: Partial<Record<CadenceName, number>>, field: string): void {
  for (const [name, months] of Object.entries(cadences)) {
    if (!cadenceNames.some((known) => known === name)) {
      wrong('cadence', `${field}.${name}: there is no such cadence; there are ${cadenceNames.join(', ')}.`);
    }
    if (!Number.isInteger(months) || months < 1 || months > longestCadence) {
      wrong('cadence', `${field}.${name}: ${months} is not a whole number of months from 1 to ${longestCadence}.`);
    }
  }
}

function defineCalendar({
  timeZone,
  country,
  holidays = [],
}: DefinitionInput['calendar']): ProgramDefinition['calendar'] {
  if (!isTimeZone(timeZone)) {
    wrong('timeZone', `calendar.timeZone: ${timeZone} is not an IANA time zone; write for example Europe/Berlin.`);
  }
  for (const holiday of holidays) {
    mustBeDate(holiday, 'calendar.holidays');
  }
  return { timeZone, ...(country ? { country } : {}), holidays: [...new Set(holidays)].sort() };
}

/** The profile of a body: its own numbers, and the defaults for those not given. `field` is where they were written. */
export function defineProfile(rules: Partial<BodyProfile>, field = 'certificationBody.rules'): BodyProfile {
  const profile = { ...defaultProfile, ...rules };
  for (const [name, value] of Object.entries(profile)) {
    if (typeof value === 'number' && (!Number.isInteger(value) || value < 0)) {
      wrong('profile', `${field}.${name}: ${value} is not a whole number of 0 or more.`);
    }
  }
  if (profile.validityYears < 1) wrong('profile', `${field}.validityYears: at least 1.`);
  return profile;
}

function defineLadder(ladder: LadderSpec): LadderSpec {
  const days = ladder.reminderDays;
  if (
    days.some((day, index) => !Number.isInteger(day) || day <= 0 || (index > 0 && day >= (days[index - 1] as number)))
  ) {
    wrong('escalation', 'escalation.reminderDays: whole days before the due date, most first, for example [14, 7, 1].');
  }
  const steps = ladder.escalations;
  if (
    steps.some(
      (step, index) => !Number.isInteger(step.workingDays) || step.workingDays <= (steps[index - 1]?.workingDays ?? 0),
    )
  ) {
    wrong('escalation', 'escalation.escalations: whole workingDays rise from step to step and begin above 0.');
  }
  return ladder;
}

/** Refuses a list in which something stands twice, and names it. */
export function mustBeUnique(values: string[], field: string, key: string): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) wrong('unique', `${field}: ${twice} stands there twice; each ${key} once.`);
}

import { cadenceNames, entriesOf } from '../basics.ts';
import { isCalendarDuration, lastDate } from '../calendar.ts';
import type { BodyProfile } from '../certificate/bodyProfile.ts';
import { mustBeDate, mustBeUnique } from '../checks.ts';
import { mustHavePeople } from '../people/mustHavePeople.ts';
import type { Plan } from '../plan/plan.ts';
import { defaultCadences, defaultProfile, longestCadence } from '../profile.ts';
import { wrong } from '../refusal.ts';
import { planned } from '../rules/plan.ts';
import { standardOutline } from '../standards/outline.ts';
import { defaultLadder } from '../tasks/ladder.ts';
import type { LadderSpec } from '../tasks/ladderSpec.ts';
import { weekendOf } from '../weekends.ts';
import { inOrderOfWeek, mustBeTimeZone, mustLeaveWorkingDays } from './calendarChecks.ts';
import type { CalendarSpec, DefinitionInput, ProgramDefinition } from './definition.ts';

/** Ten months from the start to the certificate, as in most first implementations of some maturity. */
export const defaultPhases: Plan['phases'] = {
  gapAssessment: 'P2M',
  implementation: 'P4M',
  internalAudit: 'P2M',
  certificationAudit: 'P2M',
};

/**
 * A complete definition from what was asked for, checked in itself. Whether the start lies in the past is checked when
 * the program starts, by its own clock. Throws `Refused` that names the field and what to write in its place.
 */
export function defineProgram(input: DefinitionInput): ProgramDefinition {
  const { id, name, organization, scope, aiSystems, people, certificationBody, adopt } = input;
  const { id: standardId, edition, sha256 } = standardOutline(input.standard);
  mustHavePeople(people);
  mustBeUnique(
    aiSystems.map((system) => system.id),
    'aiSystems',
    'id',
  );
  return {
    id,
    name,
    organization,
    standard: { id: standardId, edition, sha256 },
    scope,
    aiSystems,
    people,
    plan: definePlan(input.plan),
    calendar: defineCalendar(input.calendar),
    certificationBody: { name: certificationBody.name, profile: defineProfile(certificationBody.rules ?? {}) },
    ladder: defineLadder({ ...defaultLadder, ...input.escalation }),
    rehearsal: input.rehearsal ?? false,
    ...(adopt ? { adopt } : {}),
  };
}

/** Refuses a plan that ends after the last date that there can be. */
export function mustEndInTime(plan: Plan, field: string): void {
  const { endsOn } = planned(plan).certificationAudit;
  if (endsOn > lastDate) wrong('dates', 'planEndsTooLate', { endsOn, last: lastDate }, field);
}

/** Refuses months between two rounds that are none: what the standard asks for at planned intervals is not left out. */
export function mustBeCadences(cadences: Partial<Plan['cadences']>, field: string): void {
  for (const [name, months] of entriesOf(cadences)) {
    if (!cadenceNames.includes(name))
      wrong('cadence', 'noSuchCadence', { known: [...cadenceNames] }, `${field}.${name}`);
    if (!Number.isInteger(months) || months < 1 || months > longestCadence) {
      wrong('cadence', 'notMonths', { months, most: longestCadence }, `${field}.${name}`);
    }
  }
}

/** The profile of a body: its own numbers, and the defaults for those not given. `field` is where they were written. */
export function defineProfile(rules: Partial<BodyProfile>, field = 'certificationBody.rules'): BodyProfile {
  const profile = { ...defaultProfile, ...rules };
  for (const [name, value] of Object.entries(profile)) {
    if (typeof value === 'number' && (!Number.isInteger(value) || value < 0)) {
      wrong('profile', 'notAWholeNumber', { value }, `${field}.${name}`);
    }
  }
  if (profile.validityYears < 1) wrong('profile', 'tooSmall', { least: 1 }, `${field}.validityYears`);
  return profile;
}

function definePlan({ startsOn, ...given }: DefinitionInput['plan']): Plan {
  mustBeDate(startsOn, 'plan.startsOn');
  const phases = { ...defaultPhases, ...given.phases };
  for (const [phase, duration] of entriesOf(phases)) {
    if (!isCalendarDuration(duration)) wrong('dates', 'notADuration', { duration }, `plan.phases.${phase}`);
  }
  const cadences = { ...defaultCadences, ...given.cadences };
  mustBeCadences(cadences, 'plan.cadences');
  const plan = { startsOn, phases, cadences };
  mustEndInTime(plan, 'plan.phases');
  return plan;
}

function defineCalendar({
  timeZone,
  country,
  weekend = weekendOf(country),
  holidays = [],
}: DefinitionInput['calendar']): CalendarSpec {
  mustBeTimeZone(timeZone, 'calendar.timeZone');
  mustLeaveWorkingDays(weekend, 'calendar.weekend');
  for (const holiday of holidays) mustBeDate(holiday, 'calendar.holidays');
  return {
    timeZone,
    ...(country ? { country } : {}),
    weekend: inOrderOfWeek(weekend),
    holidays: [...new Set(holidays)].sort(),
  };
}

function defineLadder(ladder: LadderSpec): LadderSpec {
  const days = ladder.reminderDays;
  if (!days.every((day, index) => Number.isInteger(day) && day > 0 && day < (days[index - 1] ?? Infinity))) {
    wrong('escalation', 'remindersOutOfOrder', {}, 'escalation.reminderDays');
  }
  const steps = ladder.escalations.map(({ workingDays }) => workingDays);
  if (!steps.every((step, index) => Number.isInteger(step) && step > (steps[index - 1] ?? 0))) {
    wrong('escalation', 'escalationsOutOfOrder', {}, 'escalation.escalations');
  }
  return ladder;
}

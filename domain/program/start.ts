import { standardOutline } from '../standards/outline.ts';
import type { ProgramState } from '../state.ts';
import type { ProgramDefinition } from './definition.ts';

/** The state of a program of which nothing is recorded but what it is. */
export function emptyState(definition: ProgramDefinition): ProgramState {
  const { certificationBody, aiSystems, calendar, adopt: _, ...rest } = definition;
  const { requirements } = standardOutline(definition.standard.id);
  return {
    ...rest,
    calendar: calendar.holidays.length > 0 ? { ...calendar, ownHolidays: calendar.holidays } : calendar,
    body: certificationBody,
    aiSystems: Object.fromEntries(aiSystems.map((system) => [system.id, system])),
    status: 'planned',
    phase: 'gapAssessment',
    phaseStartedOn: definition.plan.startsOn,
    phasePlanned: false,
    auditsFrom: 0,
    formerPlans: [],
    pauses: [],
    waivedRounds: {},
    requirements: { [definition.standard.id]: Object.fromEntries(requirements.map(({ id }) => [id, {}])) },
    applicability: {},
    soaVersion: 0,
    tasks: {},
    audits: {},
    findings: {},
    reviews: [],
    counters: {},
    seq: 0,
  };
}

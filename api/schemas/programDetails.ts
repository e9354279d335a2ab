import { Type } from 'typebox';
import { plannedPhases } from '../../domain/basics.ts';
import { bodyProfile } from '../../domain/certificate/bodyProfile.ts';
import { certificate } from '../../domain/certificate/certificate.ts';
import { absence } from '../../domain/people/absence.ts';
import { person } from '../../domain/people/person.ts';
import { formerPlan, plan } from '../../domain/plan/plan.ts';
import { calendarSpec, standardPin, weekend } from '../../domain/program/definition.ts';
import { scope } from '../../domain/program/scope.ts';
import { date, id, instant } from '../../domain/registry/fields.ts';
import { knownAiSystem } from '../../domain/systems/aiSystem.ts';
import { ladderSpec } from '../../domain/tasks/ladderSpec.ts';
import { programSummary } from './answers.ts';

/** The plan of a program, the days that it gives each phase, and the plans before it. */
export const planDetails = Type.Object({
  plan,
  phases: Type.Array(Type.Object({ phase: Type.Enum(plannedPhases), startsOn: date, endsOn: date })),
  former: Type.Array(formerPlan, { description: 'The plans that were replaced, oldest first' }),
});

const met = { met: Type.Integer(), applicable: Type.Integer() };

/** A program in full; what the caller does not read is not there, nor counted. */
export const programDetails = Type.Object({
  ...programSummary.properties,
  standardPin,
  scope: Type.Optional(scope),
  people: Type.Array(person),
  absences: Type.Optional(Type.Array(absence, { description: 'Who is away or will be, with their deputies' })),
  aiSystems: Type.Optional(Type.Array(knownAiSystem)),
  plan: Type.Optional(plan),
  calendar: Type.Object({
    ...calendarSpec.properties,
    weekend,
    holidays: Type.Array(date, {
      description: 'Days off beside the weekend: public holidays and those of the organization',
    }),
    holidaysThrough: Type.Optional(Type.Integer({ description: 'The last year whose public holidays are known.' })),
    ownHolidays: Type.Optional(
      Type.Array(date, { description: 'Of the holidays, those that the organization named.' }),
    ),
    workingDays: Type.Optional(
      Type.Array(date, { description: 'Days that are worked although they are on a weekend or a holiday.' }),
    ),
    notBefore: Type.Optional(date),
  }),
  certificationBody: Type.Object({ name: Type.String(), rules: Type.Optional(bodyProfile) }),
  escalation: Type.Optional(ladderSpec),
  certificate: Type.Optional(certificate),
  readinessDetails: Type.Optional(
    Type.Object({
      ...met,
      sections: Type.Array(Type.Object({ section: Type.String(), ...met })),
      lacking: Type.Array(Type.Object({ requirementId: id, why: Type.String() })),
    }),
  ),
  counts: Type.Object({
    tasks: Type.Object({
      open: Type.Integer({ description: 'Not submitted.' }),
      overdue: Type.Integer({ description: 'Of these, past the due date and waiting for no other task.' }),
      waiting: Type.Integer({ description: 'Of these, waiting for other tasks.' }),
      submitted: Type.Integer(),
    }),
    audits: Type.Object({ ahead: Type.Integer() }),
    findings: Type.Object({ open: Type.Integer() }),
  }),
  warnings: Type.Optional(Type.Array(Type.Object({ at: instant, code: Type.String(), text: Type.String() }))),
  seq: Type.Optional(Type.Integer()),
});

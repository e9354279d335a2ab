import { Type } from 'typebox';
import { plannedPhases } from '../../domain/basics.ts';
import { bodyProfile } from '../../domain/certificate/bodyProfile.ts';
import { certificate } from '../../domain/certificate/certificate.ts';
import { person } from '../../domain/people/person.ts';
import { formerPlan, plan } from '../../domain/plan/plan.ts';
import { calendarSpec, standardPin } from '../../domain/program/definition.ts';
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

/** A program in full. */
export const programDetails = Type.Object({
  ...programSummary.properties,
  standardPin,
  scope,
  people: Type.Array(person),
  aiSystems: Type.Array(knownAiSystem),
  plan,
  calendar: Type.Object({ ...calendarSpec.properties, holidaysThrough: Type.Optional(Type.Integer()) }),
  certificationBody: Type.Object({ name: Type.String(), rules: bodyProfile }),
  escalation: ladderSpec,
  certificate: Type.Optional(certificate),
  readinessDetails: Type.Object({
    ...met,
    sections: Type.Array(Type.Object({ section: Type.String(), ...met })),
    lacking: Type.Array(Type.Object({ requirementId: id, why: Type.String() })),
  }),
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
  warnings: Type.Array(Type.Object({ at: instant, code: Type.String(), text: Type.String() })),
  seq: Type.Integer(),
});

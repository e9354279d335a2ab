import { Type } from 'typebox';
import { type BodyProfile, plannedPhases } from '../../domain/types/index.ts';
import { certificate, programSummary } from './answers.ts';
import { date, duration, id, instant, role } from './basics.ts';
import { aiSystem, person, scope } from './program.ts';

const plan = Type.Object({
  startsOn: date,
  phases: Type.Record(Type.String(), duration),
  cadences: Type.Record(Type.String(), Type.Integer()),
});

/** The plan of a program, the days that it gives each phase, and the plans before it. */
export const planDetails = Type.Object({
  plan,
  phases: Type.Array(Type.Object({ phase: Type.Enum(plannedPhases), startsOn: date, endsOn: date })),
  former: Type.Array(Type.Object({ plan, replacedOn: date, by: Type.String(), reason: Type.String() }), {
    description: 'The plans that were replaced, oldest first',
  }),
});

const met = { met: Type.Integer(), applicable: Type.Integer() };

/** A program in full. */
export const programDetails = Type.Object({
  ...programSummary.properties,
  standardPin: Type.Object({ id, edition: Type.String(), sha256: Type.String() }),
  scope,
  people: Type.Array(person),
  aiSystems: Type.Array(
    Type.Object({ ...aiSystem.properties, retiredOn: Type.Optional(date), assessedOn: Type.Optional(date) }),
  ),
  plan,
  calendar: Type.Object({
    timeZone: Type.String(),
    country: Type.Optional(Type.String()),
    holidays: Type.Array(date),
    holidaysThrough: Type.Optional(Type.Integer()),
  }),
  certificationBody: Type.Object({
    name: Type.String(),
    rules: Type.Unsafe<BodyProfile>(Type.Record(Type.String(), Type.Union([Type.Number(), Type.Boolean()]))),
  }),
  escalation: Type.Object({
    reminderDays: Type.Array(Type.Integer()),
    escalations: Type.Array(Type.Object({ workingDays: Type.Integer(), to: role })),
  }),
  certificate: Type.Optional(certificate),
  readinessDetails: Type.Object({
    ...met,
    sections: Type.Array(Type.Object({ section: Type.String(), ...met })),
    lacking: Type.Array(Type.Object({ requirementId: id, why: Type.String() })),
  }),
  counts: Type.Object({
    tasks: Type.Object({
      open: Type.Integer({ description: 'Not handed in.' }),
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

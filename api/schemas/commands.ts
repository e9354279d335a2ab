import { type Static, type TObject, Type } from 'typebox';
import {
  auditKinds,
  type CommandMap,
  grades,
  implementationStatuses,
  occasions,
  priorities,
  requirementStatuses,
  surveillanceTopicIds,
  suspensionGrounds,
} from '../../domain/types/index.ts';
import { date, duration, email, id, links, name, note, reason, strict, text } from './basics.ts';
import { aiSystem, cadences, person, rules, scope } from './program.ts';

const verdict = Type.Enum(['accept', 'reject']);
const severity = Type.Enum(['high', 'medium', 'low']);
const taskIds = Type.Array(id, { maxItems: 50, description: 'Tasks that come before it' });
const onlyReason = Type.Object({ reason }, strict);

const rating = {
  status: Type.Enum(requirementStatuses),
  priority: Type.Enum(priorities),
  gap: note,
  effortDays: Type.Number({ minimum: 0, maximum: 10_000 }),
  owner: email,
};

/** What each command carries beside its type. The types at the end keep it in step with the domain. */
export const commandPayloads = {
  changePlan: Type.Object(
    {
      startsOn: Type.Optional(date),
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
      reason,
    },
    strict,
  ),
  changeScope: Type.Object({ ...scope.properties, reason }, strict),
  pause: onlyReason,
  resume: onlyReason,
  cancel: onlyReason,
  setPeople: Type.Object(
    { people: Type.Array(person, { minItems: 1, maxItems: 500 }), reason: Type.Optional(reason) },
    strict,
  ),
  putAiSystem: aiSystem,
  retireAiSystem: Type.Object({ systemId: id, reason: Type.Optional(reason) }, strict),
  reportIncident: Type.Object({ occurredOn: date, systemId: Type.Optional(id), severity, description: text }, strict),
  reportSignificantChange: Type.Object({ description: text }, strict),
  reportComplaint: Type.Object(
    { receivedOn: date, from: name, systemId: Type.Optional(id), description: text },
    strict,
  ),

  rateRequirement: Type.Object({ requirementId: id, ...rating }, strict),
  completeGapAssessment: Type.Object({}, strict),
  setApplicability: Type.Object(
    {
      controlId: id,
      applicable: Type.Boolean(),
      justification: text,
      implementation: Type.Enum(implementationStatuses),
    },
    strict,
  ),

  openTask: Type.Object(
    {
      title: name,
      assignee: email,
      dueOn: date,
      requirementId: Type.Optional(id),
      systemId: Type.Optional(id),
      dependsOn: Type.Optional(taskIds),
    },
    strict,
  ),
  setDependencies: Type.Object({ taskId: id, dependsOn: taskIds }, strict),
  submitEvidence: Type.Object({ taskId: id, links, note, validUntil: Type.Optional(date) }, strict),
  reviewEvidence: Type.Object({ taskId: id, verdict, note }, strict),
  reassignTask: Type.Object({ taskId: id, to: email }, strict),
  extendTask: Type.Object({ taskId: id, dueOn: date, reason }, strict),
  acknowledgeTask: Type.Object({ taskId: id, expectedOn: date }, strict),
  waiveTask: Type.Object({ taskId: id, reason }, strict),

  planAudit: Type.Object(
    {
      kind: Type.Enum(auditKinds),
      targetOn: date,
      reason: Type.Optional(reason),
      occasion: Type.Optional(Type.Enum(occasions)),
      scope: Type.Optional(scope),
    },
    strict,
  ),
  scheduleAudit: Type.Object(
    {
      auditId: id,
      startsOn: date,
      endsOn: date,
      team: Type.Array(email, { minItems: 1, maxItems: 50 }),
      criteria: Type.Optional(Type.Array(id, { minItems: 1, maxItems: 200 })),
    },
    strict,
  ),
  recordEarlierAudit: Type.Object(
    { startsOn: date, endsOn: date, team: Type.Array(email, { minItems: 1, maxItems: 50 }) },
    strict,
  ),
  raiseFinding: Type.Object({ auditId: id, requirementId: id, grade: Type.Enum(grades), statement: text }, strict),
  recordOutcome: Type.Object(
    {
      auditId: id,
      result: Type.Enum(['ready', 'notReady', 'completed', 'maintained', 'suspend', 'withdraw']),
      note,
      covered: Type.Optional(
        Type.Array(Type.Enum(surveillanceTopicIds), {
          maxItems: 50,
          description: 'Of a surveillance only: what it covered (R13). What is left out is recorded as a warning.',
        }),
      ),
    },
    strict,
  ),

  planCorrectiveAction: Type.Object(
    {
      findingId: id,
      correction: text,
      rootCause: text,
      similarCases: text,
      action: text,
      dueOn: date,
      effectivenessOn: Type.Optional(date),
    },
    strict,
  ),
  reviewCorrectiveActionPlan: Type.Object({ findingId: id, verdict, note }, strict),
  reportCorrectiveActionDone: Type.Object({ findingId: id, evidence: Type.Object({ links, note }, strict) }, strict),
  verifyFinding: Type.Object({ findingId: id, effective: Type.Boolean(), note }, strict),
  raiseToMajor: Type.Object(
    { findingId: id, reason, together: Type.Optional(Type.Array(id, { minItems: 1, maxItems: 100 })) },
    strict,
  ),

  holdManagementReview: Type.Object(
    {
      heldOn: date,
      attendees: Type.Array(name, { minItems: 1, maxItems: 200 }),
      inputs: text,
      decisions: text,
      actions: Type.Array(Type.Object({ title: name, assignee: email, dueOn: date }, strict), { maxItems: 100 }),
    },
    strict,
  ),

  recordDecision: Type.Object(
    {
      auditId: id,
      decision: Type.Enum(['granted', 'grantedWithCorrectiveAction', 'delayed', 'refused']),
      certificateNumber: Type.Optional(name),
      basis: text,
    },
    strict,
  ),
  suspendCertificate: Type.Object({ reason, ground: Type.Optional(Type.Enum(suspensionGrounds)) }, strict),
  reinstateCertificate: onlyReason,
  reduceScope: Type.Object({ statement: text, exclusions: text, reason }, strict),
  transferCertificate: Type.Object(
    {
      to: Type.Object({ name, rules: Type.Optional(rules) }, strict),
      on: date,
      reason,
      certificateNumber: Type.Optional(name),
    },
    strict,
  ),
  withdrawCertificate: onlyReason,
  restoreCertificate: Type.Object({ auditId: id, reason }, strict),
} satisfies Record<keyof CommandMap, TObject>;

type Payloads = { [T in keyof typeof commandPayloads]: Static<(typeof commandPayloads)[T]> };

type Same<A, B> = [A, keyof A] extends [B, keyof B] ? ([B, keyof B] extends [A, keyof A] ? true : false) : false;
type AllTrue<T extends Record<keyof T, true>> = T;

/** Compiles only while each schema and the domain's type of the same command take the same values. */
export type PayloadsAreThoseOfTheDomain = AllTrue<{ [T in keyof CommandMap]: Same<Payloads[T], CommandMap[T]> }>;

import { type TProperties, Type } from 'typebox';
import type { Answer } from '../../domain/answers.ts';
import { phases, programStatuses } from '../../domain/basics.ts';
import type { CertificateStatus } from '../../domain/certificate/certificate.ts';
import { actorEmail, date, id, instant, name } from '../../domain/registry/fields.ts';
import type { ProgramRecord } from '../../domain/registry.ts';

/**
 * What the API answers with beside the things of a program, for its contract. Answers are not checked against it in
 * service; tests do that.
 */

export const problemSchema = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String({ description: 'What was wrong, where, and what to do.' }),
  instance: Type.String(),
  code: Type.String({ description: "A rule's name (`R8`) or a short word." }),
  errors: Type.Optional(
    Type.Array(
      Type.Object({ pointer: Type.String({ description: 'JSON Pointer into the body' }), detail: Type.String() }),
    ),
  ),
});

export const rejection = Type.Object({
  status: Type.Enum([403, 404, 409, 422]),
  code: Type.String(),
  detail: Type.String(),
});

const certificateStatuses: CertificateStatus[] = ['none', 'valid', 'suspended', 'lapsed', 'withdrawn'];

export const programSummary = Type.Object({
  id,
  name,
  organization: name,
  standard: Type.String(),
  phase: Type.Enum(phases),
  status: Type.Enum(programStatuses),
  certificateStatus: Type.Enum(certificateStatuses),
  certificateLastDay: Type.Optional(date),
  rehearsal: Type.Boolean(),
  clock: Type.Object({ now: instant }),
  atRisk: Type.Optional(Type.Boolean()),
  nextDue: Type.Union([Type.Object({ at: instant, title: Type.String() }), Type.Null()]),
  readiness: Type.Optional(
    Type.Number({ description: 'Percent of the applicable requirements that are met with evidence' }),
  ),
});

const ids = Type.Record(Type.String(), Type.String(), { description: 'What was created, for example { taskId }' });
const warnings = Type.Array(Type.String());

export const answer = Type.Object({
  commandId: Type.String(),
  at: Type.Unsafe<Answer['at']>(instant),
  firstSeq: Type.Integer(),
  lastSeq: Type.Integer({ description: 'The last record; 0 like firstSeq when nothing had to be recorded' }),
  ids,
  warnings,
});

export const bulkAnswer = Type.Object({
  ...answer.properties,
  results: Type.Array(
    Type.Union([
      Type.Object({ ok: Type.Literal(true), ids, warnings }),
      Type.Object({ ok: Type.Literal(false), rejection }),
    ]),
  ),
});

export const record = Type.Unsafe<ProgramRecord>(
  Type.Object({
    seq: Type.Integer(),
    type: Type.String({ examples: ['TaskOpened'] }),
    at: instant,
    actor: actorEmail,
    tokenId: Type.Optional(
      Type.String({ description: 'The token by which its command came; absent for what came by a page' }),
    ),
    commandId: Type.String(),
    item: Type.Integer({ description: 'Position of the command within a bulk call' }),
    version: Type.Optional(Type.Integer({ description: 'That of the shape of its data; 1 when absent' })),
    data: Type.Record(Type.String(), Type.Unknown()),
  }),
);

/** A body that a command answers: the answer, and what it changed under its name. */
export function answerWith<T extends TProperties>(changed: T) {
  return Type.Object({ ...answer.properties, ...changed });
}

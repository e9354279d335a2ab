import { type Static, Type } from 'typebox';
import type { Instant } from '../domain/basics.ts';
import { endOfDay, startOfDay } from '../domain/calendar.ts';
import { mustBeDate, mustEndAfterStart } from '../domain/checks.ts';
import { date, email, id } from '../domain/registry/fields.ts';
import { isRecordType, type ProgramRecord } from '../domain/registry.ts';
import type { Ties } from '../identity/reading/ties.ts';
import { wrongField } from './problem.ts';

/** What records are about and when they were recorded: everything that is said holds of each. */
export const recordFilter = Type.Object({
  requirement: Type.Optional({ ...id, description: 'Of a requirement, its tasks and findings' }),
  task: Type.Optional({ ...id, description: 'Of a task' }),
  audit: Type.Optional({ ...id, description: 'Of an audit, its tasks and findings' }),
  finding: Type.Optional({ ...id, description: 'Of a finding and its tasks' }),
  system: Type.Optional({ ...id, description: 'Of an AI system and its tasks' }),
  person: Type.Optional({ ...email, description: 'By this person, or naming them' }),
  type: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 2_000,
      description: 'Of a type, or of some: `AuditPlanned,AuditScheduled`',
    }),
  ),
  from: Type.Optional({ ...date, description: 'Recorded on this day of the program’s time zone or later' }),
  to: Type.Optional({ ...date, description: 'Recorded on this day or earlier' }),
});
export type RecordFilter = Static<typeof recordFilter>;

/** What is looked for: records with one of each list of names, recorded between two instants. */
export interface Wanted {
  names: string[][];
  from?: Instant;
  before?: Instant;
}

/** What a filter looks for. Throws the 422 problem for a type or a day that there is not, and for days in the wrong order. */
export function wantedBy(filter: RecordFilter, ties: Ties, timeZone: string): Wanted {
  const { requirement, task, audit, finding, system, person, type, from, to } = filter;
  if (from !== undefined) mustBeDate(from, 'from');
  if (to !== undefined) mustBeDate(to, 'to');
  if (from !== undefined && to !== undefined) mustEndAfterStart(from, to, 'to');
  const about = [
    ...(requirement ? [{ requirement }] : []),
    ...(audit ? [{ audit }] : []),
    ...(finding ? [{ finding }] : []),
    ...(system ? [{ system }] : []),
  ];
  return {
    names: [
      ...about.map((one) => namesAbout(one, ties)),
      ...(task ? [[task]] : []),
      ...(person ? [[person]] : []),
      ...(type ? [typesIn(type)] : []),
    ],
    ...(from !== undefined && { from: startOfDay(from, timeZone) }),
    ...(to !== undefined && { before: endOfDay(to, timeZone) }),
  };
}

/** Whether a record was recorded when it is looked for. */
export function isWithin({ at }: ProgramRecord, { from, before }: Wanted): boolean {
  return (from === undefined || at >= from) && (before === undefined || at < before);
}

/** One thing that records are about. */
type About = { requirement: string } | { audit: string } | { finding: string } | { system: string };

/** The names under which records concern a thing: its own, and those of its tasks and findings, now and before. */
export function namesAbout(about: About, { tasks, findings }: Ties): string[] {
  if ('system' in about) return [about.system, ...idsOf(tasks, ({ systemId }) => systemId === about.system)];
  if ('finding' in about) return [about.finding, ...idsOf(tasks, ({ findingId }) => findingId === about.finding)];
  const raised = idsOf(findings, ({ auditId, requirementId }) =>
    'audit' in about ? auditId === about.audit : requirementId === about.requirement,
  );
  const asked = idsOf(tasks, ({ auditId, requirementId, findingId = '' }) =>
    raised.includes(findingId)
      ? true
      : 'audit' in about
        ? auditId === about.audit
        : requirementId === about.requirement,
  );
  return ['audit' in about ? about.audit : about.requirement, ...asked, ...raised];
}

function idsOf<T>(ties: ReadonlyMap<string, T>, isOf: (tie: T) => boolean): string[] {
  return [...ties].flatMap(([id, tie]) => (isOf(tie) ? [id] : []));
}

function typesIn(text: string): string[] {
  const types = text.split(',').map((one) => one.trim());
  const unknown = types.find((one) => !isRecordType(one));
  if (unknown === undefined) return types;
  throw wrongField(
    'type',
    'type',
    `there is no type of record called ${unknown.slice(0, 80)}; records tell theirs, such as EvidenceAccepted.`,
  );
}

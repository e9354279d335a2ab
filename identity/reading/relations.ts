import { bodyRoles, type Email } from '../../domain/basics.ts';
import type { Topic } from './subjects.ts';
import type { AuditTie, Ties } from './ties.ts';

interface RelationSpec {
  /** What it takes, as it completes "what is …". */
  says: string;
  holds(reader: Email, topic: Topic, ties: Ties): boolean;
}

/** How something of a program can concern a person. */
export const relations = {
  asked: {
    says: 'theirs, or that of who they stand in for: they were asked for it or submitted it, now or before',
    holds: wasAsked,
  },
  answers: {
    says: 'of a requirement that they, or who they stand in for, own',
    holds: (reader, { requirement, task, finding, submission }, ties) => {
      const of = task ?? ties.submissions.get(submission ?? 0)?.taskId;
      const id =
        requirement ?? ties.findings.get(finding ?? '')?.requirementId ?? ties.tasks.get(of ?? '')?.requirementId;
      const owner = id === undefined ? undefined : ties.requirements.get(id)?.owner;
      return owner !== undefined && isOrStandsFor(reader, owner, ties);
    },
  },
  team: {
    says: 'of an audit on whose team they are, whose outcome was asked of them, or that a decision of theirs rests on',
    holds: (reader, topic, ties) => {
      const audit = auditOf(topic, ties);
      return audit !== undefined && isTheirs(reader, audit, ties);
    },
  },
  internal: {
    says: 'of an internal audit',
    holds: (_, topic, ties) => auditOf(topic, ties)?.kind === 'internal',
  },
  by: { says: 'recorded or saved by themselves', holds: (reader, { by }) => by === reader },
  told: { says: 'addressed to them', holds: (reader, { to = [] }) => to.includes(reader) },
  contact: {
    says: 'about themselves, people of the body, and program managers',
    holds: (reader, { person }) =>
      person !== undefined &&
      (person.email === reader || person.roles.some((role) => role === 'programManager' || isOfBody(role))),
  },
} as const satisfies Record<string, RelationSpec>;

export type Relation = keyof typeof relations;

/** Looks at the narrowest thing that is named: of a submission it matters who submitted it, not whose task it was. */
function wasAsked(reader: Email, topic: Topic, ties: Ties): boolean {
  const { submission, task, finding, requirement, system, command } = topic;
  if (submission !== undefined) {
    const submitted = ties.submissions.get(submission);
    return (
      submitted !== undefined && [submitted.by, submitted.assignee].some((one) => isOrStandsFor(reader, one, ties))
    );
  }
  const found =
    ties.tasks.get(task ?? '') ??
    ties.findings.get(finding ?? '') ??
    ties.requirements.get(requirement ?? '') ??
    ties.systems.get(system ?? '') ??
    ties.occurrences.get(command ?? '');
  return found?.people.some((one) => isOrStandsFor(reader, one, ties)) ?? false;
}

/** A deputy answers for who is away, and reads what that takes. */
function isOrStandsFor(reader: Email, person: Email, { deputies }: Ties): boolean {
  return person === reader || deputies.get(person) === reader;
}

/** The audit that something belongs to. A task of an audit is the organization's, unless it is one of a finding. */
function auditOf({ audit, finding, task, submission }: Topic, ties: Ties): AuditTie | undefined {
  if (audit !== undefined) return ties.audits.get(audit);
  const of = task ?? ties.submissions.get(submission ?? 0)?.taskId;
  const raised = finding ?? ties.tasks.get(of ?? '')?.findingId;
  return ties.audits.get(ties.findings.get(raised ?? '')?.auditId ?? '');
}

/** Whether an audit is a person's, or a decision that is theirs rests on it: one of the body in the same cycle. */
function isTheirs(reader: Email, audit: AuditTie, ties: Ties): boolean {
  if (audit.people.includes(reader)) return true;
  if (audit.kind === 'internal') return false;
  return [...ties.audits.values()].some(({ cycle, deciders }) => cycle === audit.cycle && deciders.includes(reader));
}

function isOfBody(role: string): boolean {
  return (bodyRoles as readonly string[]).includes(role);
}

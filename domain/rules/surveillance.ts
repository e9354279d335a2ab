import { standardOutline } from '../standards/outline.ts';
import { type IsoDate, type ProgramState, type SurveillanceTopicId, surveillanceTopicIds } from '../types/index.ts';
import { isExternal, isOpen } from './findings.ts';

/** One of the things that a surveillance looks at, and what the program has for it. */
export interface SurveillanceTopic {
  id: SurveillanceTopicId;
  topic: string;
  /** What there is, each in a few words; empty when there is nothing to show yet. */
  has: string[];
}

/**
 * R13: what a surveillance covers, in one table: each topic in words, and what the program has for it.
 * Source: ISO/IEC 17021-1, 9.6.2.2.
 */
export const surveillanceCoverage: Record<
  SurveillanceTopicId,
  { topic: string; has: (state: ProgramState) => string[] }
> = {
  internalAuditAndReview: {
    topic: 'internal audit and management review',
    has: (state) => [...internalAudit(state), ...managementReview(state)],
  },
  earlierNonconformities: { topic: 'actions on earlier nonconformities', has: nonconformities },
  complaints: { topic: 'complaints', has: complaints },
  objectives: { topic: 'objectives', has: (state) => evidence(state, '6.2', '9.1') },
  improvement: { topic: 'planned improvement', has: (state) => evidence(state, '10.1') },
  operationalControl: { topic: 'operational control', has: (state) => evidence(state, '8') },
  changes: { topic: 'changes', has: (state) => [...evidence(state, '6.3'), ...systems(state)] },
  marks: {
    topic: 'use of marks',
    has: ({ certificate }) => (certificate ? [`certificate ${certificate.number}, ${certificate.status}`] : []),
  },
};

/** R13: the topics of a surveillance, with what the program has for each. */
export function surveillanceTopics(state: ProgramState): SurveillanceTopic[] {
  return surveillanceTopicIds.map((id) => {
    const { topic, has } = surveillanceCoverage[id];
    return { id, topic, has: has(state) };
  });
}

/** R13: the topics, in words, that a surveillance does not name as covered; all when it names none. */
export function notCovered(covered: readonly SurveillanceTopicId[] = []): string[] {
  return surveillanceTopicIds.filter((id) => !covered.includes(id)).map((id) => surveillanceCoverage[id].topic);
}

/** R13 in words, for the readiness checklist: each topic with what there is, or that nothing is recorded. */
export function surveillanceChecklist(state: ProgramState): string {
  return surveillanceTopics(state)
    .map(({ topic, has }) => `${topic} (${has.join(', ') || 'nothing recorded yet'})`)
    .join('; ');
}

function internalAudit(state: ProgramState): string[] {
  const held = Object.values(state.audits).filter(({ kind, status }) => kind === 'internal' && status === 'held');
  const last = held.sort((a, b) => ((a.endsOn as IsoDate) < (b.endsOn as IsoDate) ? -1 : 1)).at(-1);
  return last ? [`internal audit ${last.id} of ${last.endsOn}`] : [];
}

function managementReview({ reviews }: ProgramState): string[] {
  const last = reviews.at(-1);
  return last ? [`management review ${last.id} of ${last.heldOn}`] : [];
}

/** Those of the body that are open or were verified; of internal audits those that are open. */
function nonconformities({ findings, audits }: ProgramState): string[] {
  return Object.values(findings)
    .filter((finding) => !finding.partOf)
    .filter(
      (finding) => isOpen(finding) || (finding.closedOn && isExternal(audits[finding.auditId]?.kind ?? 'internal')),
    )
    .map(({ id, grade, closedOn }) => `${grade} ${id} ${closedOn ? `verified on ${closedOn}` : 'open'}`);
}

function complaints({ tasks }: ProgramState): string[] {
  return Object.values(tasks)
    .filter(({ kind }) => kind === 'complaint')
    .map(({ id, closedOn }) => `${id} ${closedOn ? `answered on ${closedOn}` : 'open'}`);
}

/** The last accepted evidence of the requirements with these numbers, or of whole sections. */
function evidence({ standard, requirements }: ProgramState, ...of: string[]): string[] {
  return standardOutline(standard.id)
    .requirements.filter(({ id, section }) => of.includes(id) || of.includes(section))
    .flatMap(({ id }) => {
      const accepted = requirements[id]?.evidence?.acceptedOn;
      return accepted ? [`${id} of ${accepted}`] : [];
    });
}

function systems({ aiSystems }: ProgramState): string[] {
  return Object.values(aiSystems).map(({ name, retiredOn, assessedOn }) => {
    if (retiredOn) return `${name} retired on ${retiredOn}`;
    return `${name} ${assessedOn ? `assessed on ${assessedOn}` : 'not assessed yet'}`;
  });
}

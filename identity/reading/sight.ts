import type { Moment } from '../../domain/agenda/moment.ts';
import type { ProgramRecord } from '../../domain/registry.ts';
import { topicOfMoment } from './moments.ts';
import { type Reader, standingsOf } from './reader.ts';
import { topicOfRecord } from './records.ts';
import { type Relation, relations } from './relations.ts';
import type { Subject, Topic } from './subjects.ts';
import { type Extent, reads } from './table.ts';
import type { Ties } from './ties.ts';
import { submissionTopic, taskTopic } from './topics.ts';

/** What one person sees of one program. */
export interface Sight {
  /** Whether they read all of a subject. */
  all(subject: Subject): boolean;
  /** Whether they read something. */
  sees(topic: Topic): boolean;
  task(taskId: string): boolean;
  /** What was submitted for a task: last, or with the record of that number. */
  evidence(taskId: string, seq?: number): boolean;
  audit(auditId: string): boolean;
  auditResult(auditId: string): boolean;
  finding(findingId: string): boolean;
  requirement(subject: 'gapAssessment' | 'applicability' | 'acceptedEvidence', requirementId: string): boolean;
  record(record: ProgramRecord): boolean;
  moment(moment: Pick<Moment, 'kind' | 'ref'>): boolean;
  /** Whether a file stands in anything that they read; ties of the program are needed for everybody. */
  file(sha256: string): boolean;
}

/** What somebody sees of a program, by the table of readers. */
export function sightOf(reader: Reader, ties: Ties): Sight {
  const standings = standingsOf(reader);
  const extents = (subject: Subject) => standings.map((standing) => reads[subject][standing]);
  const all = (subject: Subject) => extents(subject).includes('all');
  const sees = (topic: Topic) =>
    extents(topic.subject).some(
      (extent) => extent === 'all' || (extent !== 'none' && relates(reader, extent, topic, ties)),
    );
  return {
    all,
    sees,
    task: (taskId) => sees(taskTopic(taskId, ties)),
    evidence: (taskId, seq) => sees(submissionTopic(seq, taskId, ties)),
    audit: (audit) => sees({ subject: 'audit', audit }),
    auditResult: (audit) => sees({ subject: 'auditResult', audit }),
    finding: (finding) => sees({ subject: 'finding', finding }),
    requirement: (subject, requirement) => sees({ subject, requirement }),
    record: (record) => sees(topicOfRecord(record, ties)),
    moment: (moment) => sees(topicOfMoment(moment, ties)),
    file: (sha256) => (ties.files.get(sha256) ?? []).some((use) => sees(topicOfRecord(use as ProgramRecord, ties))),
  };
}

/** Whether somebody sees every day that a program has to keep. */
export function seesEveryDay(sight: Sight): boolean {
  return sight.all('task') && sight.all('incident') && sight.all('complaint') && sight.all('audit');
}

/**
 * Whether what somebody sees depends on how they are tied to what is in a program: not for those who read everything of it
 * but what is addressed to others.
 */
export function needsTies(reader: Reader): boolean {
  const standings = standingsOf(reader);
  const isFree = (extent: Extent) => extent === 'all' || (extent !== 'none' && extent.every(isPlain));
  return !Object.values(reads).every((rule) => standings.some((standing) => isFree(rule[standing])));
}

/** Relations that are seen from the thing itself. */
function isPlain(relation: Relation): boolean {
  return relation === 'by' || relation === 'told';
}

function relates({ email }: Reader, extent: readonly Relation[], topic: Topic, ties: Ties): boolean {
  return extent.some((relation) => relations[relation].holds(email, topic, ties));
}

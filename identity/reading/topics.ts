import type { Person } from '../../domain/people/person.ts';
import type { TaskKind } from '../../domain/tasks/task.ts';
import type { Topic } from './subjects.ts';
import type { Ties } from './ties.ts';

/** Tasks that tell of an incident or a complaint, which not everybody reads who sees tasks. */
const telling: Partial<Record<TaskKind, 'incident' | 'complaint'>> = { incident: 'incident', complaint: 'complaint' };

/** Tasks whose accepted evidence shows that a requirement is met, or a system assessed. */
const showing: readonly TaskKind[] = ['evidence', 'impactAssessment', 'applicabilityReview'];

/** Whether what was accepted for a task shows that a requirement is met, or a system assessed. */
export function shows(taskId: string, ties: Ties): boolean {
  const kind = ties.tasks.get(taskId)?.kind;
  return kind !== undefined && showing.includes(kind);
}

/** A task, as what it is about. */
export function taskTopic(taskId: string, ties: Ties): Topic {
  const kind = ties.tasks.get(taskId)?.kind;
  return { subject: (kind && telling[kind]) ?? 'task', task: taskId };
}

/** What happened to a task. */
export function historyTopic(taskId: string, ties: Ties): Topic {
  const topic = taskTopic(taskId, ties);
  return topic.subject === 'task' ? { ...topic, subject: 'taskHistory' } : topic;
}

/** What was submitted for a task, by the record of it; the last when none is given. */
export function submissionTopic(seq: number | undefined, taskId: string, ties: Ties): Topic {
  const submission = seq ?? ties.tasks.get(taskId)?.submission;
  const kind = ties.tasks.get(taskId)?.kind;
  if (kind && telling[kind]) return { subject: telling[kind], submission };
  const isShown = submission !== undefined && ties.submissions.get(submission)?.accepted === true;
  return { subject: isShown && shows(taskId, ties) ? 'acceptedEvidence' : 'submission', submission };
}

/** A person of the program. */
export function personTopic({ email, roles }: Person): Topic {
  return { subject: 'people', person: { email, roles } };
}

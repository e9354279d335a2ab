import { reviewers } from '../../domain/people/people.ts';
import type { CommandType } from '../../domain/registry.ts';
import { list } from '../../words/phrases.ts';
import type { Happened } from './page.tsx';
import type { TaskReading } from './reading.ts';

/** What the page of a task says when something was done on it: that it was, and what happens now. */
export function doneWords(done: CommandType, reading: TaskReading): Happened {
  const { task, nameOf, state } = reading;
  const good = (title: string, text?: string): Happened => ({ tone: 'good', title, text });
  switch (done) {
    case 'submitEvidence': {
      if (task.status !== 'submitted') return good('Submitted');
      const able = reviewers(state).filter((email) => email !== task.evidence.by);
      const who = able.length > 0 ? list(able.slice(0, 3).map(nameOf), 'or') : 'Somebody who may review';
      return good(
        'Submitted',
        `${who} reviews it next. If something is missing, you get a mail that says what. You can close this page.`,
      );
    }
    case 'reviewEvidence':
      return task.status === 'accepted'
        ? good('Accepted', `${nameOf(reading.evidence?.by ?? task.assignee)} is told in the next digest.`)
        : good('Sent back', `${nameOf(task.assignee)} gets a mail with your words.`);
    case 'acknowledgeTask':
      return good('Noted', 'The escalation waits until then, once. The due date stays.');
    case 'declineTask':
      return good('The program managers are told', 'It stays with you until one of them reassigns it.');
    case 'takeBackEvidence':
      return good('Taken back', 'The task is open again, with nothing submitted.');
    case 'reassignTask':
      return good(`Now with ${nameOf(task.assignee)}`, 'They get a mail.');
    default:
      return good('Done', 'It is recorded.');
  }
}

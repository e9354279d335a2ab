import type { SearchAttributeUpdatePair } from '@temporalio/common';
import type { ProgramState } from '../domain/state.ts';
import { openTasks } from '../domain/tasks/queries.ts';
import { isWaiting } from '../domain/tasks/task.ts';
import { nextDue } from '../domain/views.ts';
import { phaseLabels, statusLabels } from '../words/labels.ts';
import { wordsOf } from '../words/sayings/index.ts';
import {
  nextDueAttribute,
  organizationAttribute,
  phaseAttribute,
  rehearsalAttribute,
  statusAttribute,
} from './searchAttributes.ts';

/** The search attributes of a program. The next due date counts by the day: with every hour the history would grow. */
export function searchAttributesOf(state: ProgramState): SearchAttributeUpdatePair[] {
  const due = nextDue(state);
  return [
    { key: phaseAttribute, value: state.phase },
    { key: statusAttribute, value: state.status },
    { key: organizationAttribute, value: state.organization },
    { key: rehearsalAttribute, value: state.rehearsal },
    { key: nextDueAttribute, value: due ? new Date(`${due.at.slice(0, 10)}T00:00:00.000Z`) : null },
  ];
}

/** Where the program stands, for people who look at it in the Temporal UI. */
export function details(state: ProgramState): string {
  const due = nextDue(state);
  const { certificate } = state;
  const open = openTasks(state);
  const waiting = open.filter(isWaiting).length;
  return [
    `**${state.name}** (${state.organization}): ${statusLabels[state.status]}, ${phaseLabels[state.phase]}`,
    `Open tasks: ${open.length}${waiting > 0 ? `, ${waiting} of them waiting for others` : ''}`,
    certificate
      ? `Certificate ${certificate.number}: ${certificate.status}, valid until ${certificate.lastDay}`
      : 'No certificate yet',
    due ? `Next due: ${due.at} ${wordsOf(due.title)}` : 'Nothing is due',
  ].join('\n\n');
}

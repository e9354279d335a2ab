import { Type } from 'typebox';
import { changeTask } from '../changing.ts';
import { mustNotBePast, mustSay } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { hasRole, nameOf } from '../people/people.ts';
import { forbidden, refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { date, id, links, note } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { organization } from '../registry/roles.ts';
import { takesEvidence } from './answering.ts';
import { mustBeOpen } from './opened.ts';
import { warnOfNoReviewer } from './review.ts';
import { evidence } from './task.ts';

export const submitEvidence = command('submitEvidence', {
  summary: 'Submit evidence',
  payload: { taskId: id, links, note, validUntil: Type.Optional(date) },
  roles: organization,
  address: { does: 'act', path: '/tasks/:taskId/evidence', gives: 'task' },
  example: {
    at: 'implementation',
    by: 'owner',
    payload: { taskId: 'T-2', links: ['https://docs.example.com/ai-policy'], note: 'Approved by the board.' },
  },
  decide(draft, { taskId, links: addresses, note: said, validUntil }) {
    const task = mustBeOpen(draft, taskId);
    const by = draft.sender;
    if (!takesEvidence(task.kind)) refuse('state', 'notAnsweredWithEvidence', { taskId, kind: task.kind });
    if (task.assignee !== by && !isManager(draft))
      forbidden('anothersTask', { taskId, name: nameOf(draft.state, task.assignee) });
    if (addresses.length === 0) mustSay(said, 'note');
    if (validUntil) mustNotBePast(draft, validUntil, 'validUntil');
    const given = { links: addresses, note: said, ...(validUntil ? { validUntil } : {}), by, at: draft.now };
    draft.emit(EvidenceSubmitted, { taskId, evidence: given });
    warnOfNoReviewer(draft, taskId, by);
  },
});

export const EvidenceSubmitted = record('EvidenceSubmitted', {
  data: { taskId: Type.String(), evidence },
  leavesTask: 'submitted',
  apply: (state, { taskId, evidence: given }) =>
    changeTask(state, taskId, (task) =>
      task.status === 'open' ? { ...task, status: 'submitted', evidence: given, reviewReminders: 0 } : task,
    ),
});

function isManager(draft: Draft): boolean {
  return hasRole(draft.state, draft.sender, 'programManager');
}

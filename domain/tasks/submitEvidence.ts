import { Type } from 'typebox';
import { changeTask } from '../changing.ts';
import { mustBeDate, mustEndAfterStart, mustNotBePast } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { mustShow, withFiles } from '../evidence/showing.ts';
import { mayAnswerFor } from '../people/absence.ts';
import { hasRole, nameOf } from '../people/people.ts';
import { withWork } from '../people/work.ts';
import { forbidden, refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { date, files, id, links, note } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { organization } from '../registry/roles.ts';
import { takesEvidence } from './answering.ts';
import { mustBeOpen } from './opened.ts';
import { warnOfNoReviewer } from './review.ts';
import { evidence } from './task.ts';

export const submitEvidence = command('submitEvidence', {
  summary: 'Submit evidence',
  payload: {
    taskId: id,
    links,
    files: Type.Optional(files),
    note,
    effectiveOn: Type.Optional(date),
    validUntil: Type.Optional(date),
  },
  roles: organization,
  address: { does: 'act', path: '/tasks/:taskId/evidence', gives: 'task' },
  example: {
    at: 'implementation',
    by: 'owner',
    payload: { taskId: 'T-2', links: ['https://docs.example.com/ai-policy'], note: 'Approved by the board.' },
  },
  decide(draft, { taskId, links: addresses, files: uploaded, note: said, effectiveOn, validUntil }) {
    const task = mustBeOpen(draft, taskId);
    const by = draft.sender;
    if (!takesEvidence(task.kind)) refuse('state', 'notAnsweredWithEvidence', { taskId, kind: task.kind });
    if (!mayAnswerFor(draft.state, by, task.assignee, draft.today) && !isManager(draft))
      forbidden('anothersTask', { taskId, name: nameOf(draft.state, task.assignee) });
    mustShow({ links: addresses, files: uploaded, note: said }, '');
    if (effectiveOn) mustBeDate(effectiveOn, 'effectiveOn');
    if (validUntil) mustNotBePast(draft, validUntil, 'validUntil');
    if (effectiveOn && validUntil) mustEndAfterStart(effectiveOn, validUntil, 'validUntil');
    const dates = { ...(effectiveOn ? { effectiveOn } : {}), ...(validUntil ? { validUntil } : {}) };
    const given = { links: addresses, ...withFiles(uploaded), note: said, ...dates, by, at: draft.now };
    draft.emit(EvidenceSubmitted, { taskId, evidence: given });
    warnOfNoReviewer(draft, taskId, by);
  },
});

export const EvidenceSubmitted = record('EvidenceSubmitted', {
  data: { taskId: Type.String(), evidence },
  leavesTask: 'submitted',
  apply(state, { taskId, evidence: given }, { today }) {
    const submitted = changeTask(state, taskId, (task) =>
      task.status === 'open' ? { ...task, status: 'submitted', evidence: given, reviewReminders: 0 } : task,
    );
    return withWork(submitted, given.by, [state.tasks[taskId]?.requirementId], today);
  },
});

function isManager(draft: Draft): boolean {
  return hasRole(draft.state, draft.sender, 'programManager');
}

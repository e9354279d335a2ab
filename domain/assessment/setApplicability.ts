import { Type } from 'typebox';
import { mustBeRequirement, mustHaveBegun, mustSay } from '../checks.ts';
import { wrong } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { id } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { assessors } from '../registry/roles.ts';
import { say } from '../say.ts';
import { TaskCancelled } from '../tasks/TaskCancelled.ts';
import { askForControl } from './planImplementation.ts';
import { isControl } from './rating.ts';
import { applicabilityFields } from './requirement.ts';

export const setApplicability = command('setApplicability', {
  summary: 'Say whether a control applies',
  payload: { controlId: id, ...applicabilityFields },
  roles: assessors,
  address: { does: 'replace', path: '/applicability/:controlId' },
  example: {
    at: 'implementation',
    by: 'consultant',
    payload: {
      controlId: 'A.10.3',
      applicable: false,
      justification: 'No supplier delivers AI components: the models are built in house.',
      implementation: 'notApplicable',
    },
  },
  decide(draft, { controlId, applicable, justification, implementation }) {
    mustHaveBegun(draft.state);
    mustBeRequirement(draft.state, controlId, 'controlId');
    if (!isControl(draft, controlId)) wrong('applicability', 'notAControl', { requirementId: controlId });
    mustSay(justification, 'justification');
    if (applicable === (implementation === 'notApplicable')) {
      wrong('applicability', 'implementationContradicts', {}, 'implementation');
    }
    const wasRuledOut = draft.state.applicability[controlId]?.applicable === false;
    draft.emit(ApplicabilitySet, { controlId, applicable, justification, implementation });
    if (applicable) {
      // What its being ruled out cancelled is asked for again.
      if (wasRuledOut) askForControl(draft, controlId);
      return;
    }
    const reason = say('controlRuledOut', { controlId });
    for (const { id: taskId } of draft.openTasksOf('evidence', { requirementId: controlId }))
      draft.emit(TaskCancelled, { taskId, reason: draft.words(reason) });
  },
});

export const ApplicabilitySet = record('ApplicabilitySet', {
  data: { controlId: Type.String(), ...applicabilityFields },
  leavesTask: false,
  apply: (state, { controlId, ...entry }) => ({
    ...state,
    applicability: { ...state.applicability, [controlId]: entry },
  }),
});

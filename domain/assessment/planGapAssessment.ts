import { addDays, addDuration } from '../calendar.ts';
import { holders, manager } from '../people/people.ts';
import { PhasePlanned } from '../program/PhasePlanned.ts';
import { step } from '../registry/command.ts';
import { say } from '../say.ts';

/** The gap assessment begins: a consultant is asked to carry it out, or the manager. */
export const planGapAssessment = step()('planGapAssessment', (draft) => {
  const assignee = holders(draft.state, 'consultant')[0] ?? manager(draft.state);
  const dueOn = addDays(addDuration(draft.today, draft.state.plan.phases.gapAssessment), -1);
  draft.openTask(
    { kind: 'gapAssessment', title: say('rateEveryRequirement', {}), assignee, dueOn, priority: 'high' },
    say('gapAssessmentBegins', {}),
  );
  draft.emit(PhasePlanned, { phase: 'gapAssessment' });
});

import { addDays, addWorkingDays, latest } from '../calendar.ts';
import { manager } from '../people.ts';
import { comingAudit, heldAudit, heldOn, outdatedStage2 } from '../progress.ts';
import { surveillancesLeft } from '../rules/adoption.ts';
import { gateToStage1, isInternallyAudited, reviewPrecedesInternalAudit } from '../rules/audits.ts';
import { planCycleAudits } from '../rules/cycle.ts';
import { planned, plannedStages } from '../rules/plan.ts';
import type { Certificate, IsoDate, ProgramState } from '../types/index.ts';
import { cancelAudits, planAudit } from './audits.ts';
import type { Draft } from './draft.ts';
import type { Deciders } from './handler.ts';
import { planRecertificationStage1 } from './recertification.ts';

/** Days after which a Stage 2 is meant to be that no plan foresaw: one done again, or one after a lapse. */
const unforeseenDays = 30;

/** The steps of the story: a phase begins, and its work is laid out. */
export const phaseDeciders: Deciders<'enterPhase' | 'planInternalAudit' | 'planStage1' | 'planStage2' | 'planCycle'> = {
  enterPhase(draft, { phase, why }) {
    if (phase === 'closed') draft.cancelTasks({}, why);
    for (const task of draft.openTasksOf('decision', {})) {
      draft.emit({ type: 'TaskCancelled', data: { taskId: task.id, reason: why } });
    }
    const ofBody = Object.values(draft.state.audits).filter((audit) => audit.kind !== 'internal');
    cancelAudits(draft, ofBody, why);
    draft.emit({ type: 'PhaseStarted', data: { phase, why } });
  },

  planInternalAudit(draft) {
    const dueBefore = latest(draft.today, addDays(planned(draft.state.plan).internalAudit.endsOn, -30));
    if (!comingAudit(draft.state, 'internal') && !isInternallyAudited(draft.state)) {
      planAudit(draft, 'internal', { targetOn: dueBefore }, 'Before Stage 1, an internal audit of all requirements.');
    }
    if (draft.state.reviews.length === 0) askForReview(draft, addWorkingDays(draft.today, 30, draft.state.calendar));
    draft.emit({ type: 'PhasePlanned', data: { phase: 'internalAudit' } });
  },

  planStage1(draft) {
    const targetOn = latest(plannedStages(draft.state.plan).stage1On, draft.today);
    planAudit(draft, 'stage1', { targetOn }, 'The gate to Stage 1 is passed.');
    draft.emit({ type: 'PhasePlanned', data: { phase: 'certificationAudit' } });
  },

  planStage2(draft) {
    const { targetOn, why } = nextStage2(draft);
    planAudit(draft, 'stage2', { targetOn }, why);
    // No Stage 1 was planned in this phase: after a lapse, or where it was held before the program was taken over.
    if (!draft.state.phasePlanned) draft.emit({ type: 'PhasePlanned', data: { phase: 'certificationAudit' } });
  },

  planCycle,
};

/**
 * R2: warns, with what opens the gate to Stage 1, when the management review was held before the internal audit ended.
 * The last step of every command; `before` is the state that it found, undefined when the program begins with it.
 */
export function warnAtGate(draft: Draft, before: ProgramState | undefined): void {
  const isOpen = (state?: ProgramState) => state?.phase === 'internalAudit' && gateToStage1(state).length === 0;
  if (!isOpen(draft.state) || isOpen(before) || !reviewPrecedesInternalAudit(draft.state)) return;
  const text = 'The management review was held before the internal audit ended: its results were not an input (R2).';
  draft.emit({ type: 'WarningNoted', data: { code: 'R2', text } });
}

function nextStage2({ state, today }: Draft): { targetOn: IsoDate; why: string } {
  const soon = addDays(today, unforeseenDays);
  if (outdatedStage2(state)) {
    const why = 'A major of Stage 2 was not verified in time: Stage 2 is done again before a decision (R6).';
    return { targetOn: soon, why };
  }
  if (heldAudit(state, 'stage1')) {
    return { targetOn: latest(plannedStages(state.plan).stage2On, addDays(today, 1)), why: 'Stage 1 ended ready.' };
  }
  const why = 'The certificate lapsed and was not restored in time: a Stage 2 is enough to earn it anew (R17).';
  return { targetOn: soon, why };
}

/** R1: plans the audits that a cycle owes, on its first day or on the one on which it is taken over. */
export function planCycle(draft: Draft): void {
  const certificate = draft.state.certificate as Certificate;
  const { surveillances, recertification } = planCycleAudits(certificate, draft.state.body.profile);
  const { owed } = surveillancesLeft(surveillances, heldOn(draft.state, 'surveillance'), certificate, draft.today);
  for (const surveillance of owed) planAudit(draft, 'surveillance', surveillance, '', false);
  if (!heldAudit(draft.state, 'recertification')) {
    const targetOn = latest(recertification.targetOn, draft.today);
    planAudit(draft, 'recertification', { ...recertification, targetOn }, '', false);
    planRecertificationStage1(draft, 'The certification body begins a recertification with a Stage 1 (R15).');
  }
  draft.emit({ type: 'PhasePlanned', data: { phase: 'surveillanceCycle' } });
}

const holdReview = 'Hold a management review and record its decisions and actions';

/** Asks for a management review, after what it looks at, unless one is asked for already. */
export function askForReview(draft: Draft, dueOn: IsoDate, dependsOn: string[] = [], title = holdReview): void {
  if (draft.openTasksOf('managementReview', {}).length > 0) return;
  draft.openTask(
    {
      kind: 'managementReview',
      title,
      assignee: manager(draft.state),
      dueOn,
      requirementId: '9.3.1',
      priority: 'high',
      dependsOn,
    },
    'Top management reviews the AI management system at planned intervals.',
  );
}

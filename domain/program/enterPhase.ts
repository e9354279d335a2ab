import { Type } from 'typebox';
import { isExternal } from '../audits/audit.ts';
import { cancelAudits } from '../audits/planning.ts';
import { type IsoDate, type Phase, phases } from '../basics.ts';
import { step } from '../registry/command.ts';
import { record } from '../registry/record.ts';
import { say } from '../say.ts';
import type { ProgramState } from '../state.ts';
import type { PhaseReason } from './phaseReason.ts';

export type { PhaseReason } from './phaseReason.ts';

/** Leaves the present phase for another, and gives up what was asked for the certification that ends with it. */
export const enterPhase = step<{ phase: Exclude<Phase, 'gapAssessment'>; why: PhaseReason }>()(
  'enterPhase',
  (draft, { phase, why }) => {
    const reason = say('phaseEntered', { why });
    draft.cancelTasks({}, reason, phase === 'closed' ? undefined : 'decision');
    const ofBody = Object.values(draft.state.audits).filter(({ kind }) => isExternal(kind));
    cancelAudits(draft, ofBody, reason);
    draft.emit(PhaseStarted, { phase, why: draft.words(reason) });
  },
);

export const PhaseStarted = record('PhaseStarted', {
  data: { phase: Type.Enum(phases), why: Type.String() },
  leavesTask: false,
  apply: (state, { phase }, { today }) => ({
    ...state,
    phase,
    phaseStartedOn: today,
    phasePlanned: false,
    ...implemented(state, phase, today),
    beforePlans: {},
    auditsFrom: phase === 'certificationAudit' ? (state.counters.A ?? 0) : state.auditsFrom,
    status: phase === 'closed' ? 'closed' : state.status,
  }),
});

/** The implementation is first complete as the phase after it begins, or a later one in a program that was taken over. */
function implemented({ implementedOn }: ProgramState, phase: Phase, today: IsoDate): { implementedOn?: IsoDate } {
  const before = phase === 'gapAssessment' || phase === 'implementation';
  return implementedOn || before ? {} : { implementedOn: today };
}

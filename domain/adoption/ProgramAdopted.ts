import { type Static, Type } from 'typebox';
import { requirementState, withRequirements } from '../assessment/requirements.ts';
import { own } from '../basics.ts';
import { counted } from '../changing.ts';
import { type Meta, record } from '../registry/record.ts';
import type { ProgramState } from '../state.ts';
import { adoptedState } from './adoption.ts';

const data = Type.Object(adoptedState);
type Adopted = Static<typeof data>;

/** A program under way was taken over; its audits, findings and ratings are records of their own. */
export const ProgramAdopted = record('ProgramAdopted', {
  data: adoptedState,
  leavesTask: false,
  apply: (state, adopted, meta) => adoptedInto(state, adopted, meta),
});

/** A program under way begins here in the phase that it is in, with what is known of it. */
function adoptedInto(state: ProgramState, adopted: Adopted, { at, today }: Meta): ProgramState {
  const { phase, certificate, managementReviewOn, scopeStatement } = adopted;
  const [firstEvidenceOn] = adopted.evidence.map(({ acceptedOn }) => acceptedOn).sort();
  return {
    ...withRequirements(state, shownEvidence(state, adopted)),
    status: 'active',
    adoptedAt: at,
    phase,
    phaseStartedOn: today,
    ...(firstEvidenceOn ? { firstEvidenceOn } : {}),
    aiSystems: { ...state.aiSystems, ...assessedSystems(state, adopted) },
    unasked: { scopeStatement: scopeStatement !== undefined },
    ...(certificate ? { certificate } : {}),
    ...(managementReviewOn
      ? { reviews: [{ id: 'R-1', heldOn: managementReviewOn }], counters: counted(state, 'R-1') }
      : {}),
  };
}

function shownEvidence(state: ProgramState, adopted: Adopted): Parameters<typeof withRequirements>[1] {
  return Object.fromEntries(
    adopted.evidence.map(({ requirementId, ...evidence }) => [
      requirementId,
      { ...requirementState(state, requirementId), evidence },
    ]),
  );
}

function assessedSystems(state: ProgramState, { impactAssessments }: Adopted): ProgramState['aiSystems'] {
  return Object.fromEntries(
    impactAssessments.flatMap(({ systemId, assessedOn }) => {
      const system = own(state.aiSystems, systemId);
      return system ? [[systemId, { ...system, assessedOn }]] : [];
    }),
  );
}

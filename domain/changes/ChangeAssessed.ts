import { Type } from 'typebox';
import { requirementState, withRequirements } from '../assessment/requirements.ts';
import { email } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { changeKinds } from './change.ts';

/** What a change touches: evidence and impact assessments that are asked for again, and who of the body is told. */
export const ChangeAssessed = record('ChangeAssessed', {
  data: {
    change: Type.Enum(changeKinds),
    what: Type.String(),
    evidence: Type.Array(Type.String(), { description: 'Requirements whose accepted evidence it makes stale.' }),
    systems: Type.Array(Type.String(), { description: 'Systems whose impact is assessed again.' }),
    applicability: Type.Boolean({ description: 'Whether the statement of applicability is reviewed.' }),
    to: Type.Array(email),
  },
  leavesTask: false,
  apply(state, { evidence: requirementIds }, { today }) {
    const stale = requirementIds.flatMap((id) => {
      const requirement = requirementState(state, id);
      if (!requirement?.evidence) return [];
      return [[id, { ...requirement, evidence: { ...requirement.evidence, staleSince: today } }] as const];
    });
    return stale.length > 0 ? withRequirements(state, Object.fromEntries(stale)) : state;
  },
});

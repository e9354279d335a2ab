import { Type } from 'typebox';
import { requirementsOf, withRequirements } from '../assessment/requirements.ts';
import { email } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { withFormerOwners, withWork } from './work.ts';

/** Another person answers for the requirements of somebody who left; how they were rated stays. */
export const RequirementsHandedOver = record('RequirementsHandedOver', {
  data: { from: email, to: email, requirements: Type.Array(Type.String()) },
  leavesTask: false,
  apply(state, { to, requirements }, { today }) {
    const known = requirementsOf(state);
    const changed = requirements.flatMap((id) => {
      const one = known[id];
      return one?.rating ? [[id, { ...one, rating: { ...one.rating, owner: to } }] as const] : [];
    });
    const handed = withFormerOwners(withRequirements(state, Object.fromEntries(changed)), state, today);
    // R9: it is theirs from this day on, also where they are to audit it by then.
    return withWork(handed, to, requirements, today);
  },
});

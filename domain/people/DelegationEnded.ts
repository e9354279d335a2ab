import { Type } from 'typebox';
import { email } from '../registry/fields.ts';
import { record } from '../registry/record.ts';

/** An absence is over: its last day went by, somebody ended it early, or one of the two cannot answer anymore. */
export const DelegationEnded = record('DelegationEnded', {
  data: { email, deputy: email, why: Type.Enum(['over', 'early', 'left'] as const) },
  leavesTask: false,
  apply: ({ absences = [], ...state }, { email: away }) => {
    const rest = absences.filter((one) => one.email !== away);
    return rest.length > 0 ? { ...state, absences: rest } : state;
  },
});

import { Type } from 'typebox';
import { addWorkingDays } from '../calendar.ts';
import { mustSay } from '../checks.ts';
import { manager, nameOf } from '../people/people.ts';
import { notThere, refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { email, id, text } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { say } from '../say.ts';

/** Working days in which an objection is cleared up. */
const clearingDays = 5;

/** R30: who of the certification body did not do what was entered for them says so. Source: practice. */
export const objectToEntry = command('objectToEntry', {
  summary: 'Object to what was entered for you (R30)',
  payload: { entryId: id, statement: text },
  roles: ['leadAuditor', 'auditor', 'decisionMaker'],
  address: { does: 'act', path: '/entries/:entryId/object' },
  example: {
    at: 'enteredOnBehalf',
    by: 'leadAuditor',
    payload: {
      entryId: 'E-1',
      statement: 'The finding is an observation in our report, not a minor nonconformity.',
    },
  },
  decide(draft, { entryId, statement }) {
    mustSay(statement, 'statement');
    const { sender: by, state, today } = draft;
    const entry = state.entries?.find((one) => one.id === entryId && one.of === by);
    if (!entry) notThere('noEntryOfTheirs', { entryId });
    if (entry.objected) refuse('state', 'objectedBefore', { entryId });
    const { seq } = entry;
    draft.emit(EntryObjectedTo, { entryId, seq, by, statement });
    draft.openTask(
      {
        kind: 'manual',
        title: say('clearUpObjection', { name: nameOf(state, by), seq }),
        assignee: manager(state),
        dueOn: addWorkingDays(today, clearingDays, state.calendar),
        priority: 'high',
      },
      statement,
    );
  },
});

export const EntryObjectedTo = record('EntryObjectedTo', {
  data: { entryId: Type.String(), seq: Type.Integer(), by: email, statement: Type.String() },
  leavesTask: false,
  apply: (state, { entryId }) => ({
    ...state,
    entries: (state.entries ?? []).map((one) => (one.id === entryId ? { ...one, objected: true } : one)),
  }),
});

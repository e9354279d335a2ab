import { Type } from 'typebox';
import { addWorkingDays } from '../calendar.ts';
import { counted } from '../changing.ts';
import { mustHaveBegun, mustNotBeAhead, mustSay } from '../checks.ts';
import { manager } from '../people/people.ts';
import { command } from '../registry/command.ts';
import { date, id, name, text } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { bodyAuditors, organization } from '../registry/roles.ts';
import { say } from '../say.ts';
import { assess, mustBeSystem } from './assessing.ts';

/** Working days in which a complaint is answered. */
const reactionDays = 5;

export const reportComplaint = command('reportComplaint', {
  summary: 'Report a complaint',
  payload: { receivedOn: date, from: name, systemId: Type.Optional(id), description: text },
  roles: [...organization, ...bodyAuditors, 'decisionMaker'],
  address: { does: 'create', path: '/complaints' },
  example: {
    at: 'implementation',
    by: 'owner',
    payload: {
      receivedOn: '2030-01-07',
      from: 'Dana Reyes, customer',
      systemId: 'assistant',
      description: 'The assistant refused to hand the conversation over to a person.',
    },
  },
  decide(draft, { receivedOn, from, systemId, description }) {
    mustHaveBegun(draft.state);
    mustNotBeAhead(draft, receivedOn, 'receivedOn');
    mustSay(description, 'description');
    mustBeSystem(draft, systemId);
    const complaintId = draft.newId('C');
    const of = systemId ? { systemId } : {};
    draft.emit(ComplaintReceived, { id: complaintId, receivedOn, from, ...of, description });
    draft.openTask(
      {
        kind: 'complaint',
        title: say('answerComplaint', { complaintId, from }),
        assignee: manager(draft.state),
        dueOn: addWorkingDays(draft.today, reactionDays, draft.state.calendar),
        ...of,
      },
      description,
    );
    assess(draft, { change: 'complaint', what: say('complaintCame', { complaintId, from, description }), ...of });
  },
});

export const ComplaintReceived = record('ComplaintReceived', {
  data: {
    id: Type.String(),
    receivedOn: date,
    from: Type.String(),
    systemId: Type.Optional(Type.String()),
    description: Type.String(),
  },
  leavesTask: false,
  creates: ({ id: complaintId }) => ({ complaintId }),
  apply: (state, { id: complaintId }) => ({ ...state, counters: counted(state, complaintId) }),
});

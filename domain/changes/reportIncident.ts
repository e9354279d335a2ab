import { Type } from 'typebox';
import { addWorkingDays } from '../calendar.ts';
import { counted } from '../changing.ts';
import { mustHaveBegun, mustNotBeAhead, mustSay } from '../checks.ts';
import { manager } from '../people/people.ts';
import { command } from '../registry/command.ts';
import { date, id, severity, text } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { organization } from '../registry/roles.ts';
import { say } from '../say.ts';
import { slotOf } from '../standards/slots.ts';
import { assess, mustBeSystem } from './assessing.ts';

/** Working days in which an incident is dealt with. */
const reactionDays = { high: 2, medium: 5, low: 10 };

export const reportIncident = command('reportIncident', {
  summary: 'Report an incident',
  payload: { occurredOn: date, systemId: Type.Optional(id), severity, description: text },
  roles: organization,
  address: { does: 'create', path: '/incidents' },
  example: {
    at: 'implementation',
    by: 'owner',
    payload: {
      occurredOn: '2030-01-07',
      systemId: 'assistant',
      severity: 'high',
      description: 'The assistant showed a customer the order of another.',
    },
  },
  decide(draft, { occurredOn, systemId, severity: severe, description }) {
    mustHaveBegun(draft.state);
    mustNotBeAhead(draft, occurredOn, 'occurredOn');
    mustSay(description, 'description');
    mustBeSystem(draft, systemId);
    const incidentId = draft.newId('I');
    const of = systemId ? { systemId } : {};
    draft.emit(IncidentReported, { id: incidentId, occurredOn, ...of, severity: severe, description });
    const requirementId = slotOf(draft.state, 'correctiveAction');
    draft.openTask(
      {
        kind: 'incident',
        title: say('dealWithIncident', { incidentId }),
        assignee: manager(draft.state),
        dueOn: addWorkingDays(draft.today, reactionDays[severe], draft.state.calendar),
        ...of,
        ...(requirementId ? { requirementId } : {}),
      },
      description,
    );
    const what = say('incidentHappened', { incidentId, severity: severe, description });
    assess(draft, { change: 'incident', what, ...of, severity: severe });
  },
});

export const IncidentReported = record('IncidentReported', {
  data: {
    id: Type.String(),
    occurredOn: date,
    systemId: Type.Optional(Type.String()),
    severity,
    description: Type.String(),
  },
  leavesTask: false,
  creates: ({ id: incidentId }) => ({ incidentId }),
  apply: (state, { id: incidentId }) => ({ ...state, counters: counted(state, incidentId) }),
});

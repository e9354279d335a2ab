import { Type } from 'typebox';
import { mustNotBeAhead, mustSay } from '../checks.ts';
import { command } from '../registry/command.ts';
import { date, id, reason, text } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { steering } from '../registry/roles.ts';
import { mustBeReported, mustCorrect } from './reported.ts';

/** What of an incident can be another than was told. How severe it is has been acted on: what is severer is reported as such. */
const corrected = { occurredOn: Type.Optional(date), description: Type.Optional(text) };

export const correctIncident = command('correctIncident', {
  summary: 'Put an incident right: its day, what happened',
  payload: { incidentId: id, ...corrected, reason },
  roles: steering,
  address: { does: 'act', path: '/incidents/:incidentId/correct' },
  example: {
    at: 'incidentReported',
    by: 'programManager',
    payload: { incidentId: 'I-1', occurredOn: '2030-01-06', reason: 'It began the evening before.' },
  },
  decide(draft, { incidentId, reason: why, ...given }) {
    mustBeReported(draft, 'incident', incidentId);
    mustCorrect(given, incidentId, 'occurredOn');
    if (given.occurredOn) mustNotBeAhead(draft, given.occurredOn, 'occurredOn');
    if (given.description !== undefined) mustSay(given.description, 'description');
    mustSay(why, 'reason');
    draft.emit(IncidentCorrected, { incidentId, ...given, reason: why });
  },
});

/** What was told first stays readable in the record of the incident. Nothing is counted from its day. */
export const IncidentCorrected = record('IncidentCorrected', {
  data: { incidentId: Type.String(), ...corrected, reason: Type.String() },
  leavesTask: false,
  apply: (state) => state,
});

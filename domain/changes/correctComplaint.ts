import { Type } from 'typebox';
import { mustNotBeAhead, mustSay } from '../checks.ts';
import { command } from '../registry/command.ts';
import { date, id, name, reason, text } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { steering } from '../registry/roles.ts';
import { mustBeReported, mustCorrect } from './reported.ts';

/** What of a complaint can be another than was told. */
const corrected = { receivedOn: Type.Optional(date), from: Type.Optional(name), description: Type.Optional(text) };

export const correctComplaint = command('correctComplaint', {
  summary: 'Put a complaint right: its day, who complained, of what',
  payload: { complaintId: id, ...corrected, reason },
  roles: steering,
  address: { does: 'act', path: '/complaints/:complaintId/correct' },
  example: {
    at: 'incidentReported',
    by: 'programManager',
    payload: { complaintId: 'C-1', receivedOn: '2030-01-07', reason: 'It lay in the shared mailbox for a day.' },
  },
  decide(draft, { complaintId, reason: why, ...given }) {
    mustBeReported(draft, 'complaint', complaintId);
    mustCorrect(given, complaintId, 'receivedOn');
    if (given.receivedOn) mustNotBeAhead(draft, given.receivedOn, 'receivedOn');
    if (given.description !== undefined) mustSay(given.description, 'description');
    mustSay(why, 'reason');
    draft.emit(ComplaintCorrected, { complaintId, ...given, reason: why });
  },
});

/** What was told first stays readable in the record of the complaint. Nothing is counted from its day. */
export const ComplaintCorrected = record('ComplaintCorrected', {
  data: { complaintId: Type.String(), ...corrected, reason: Type.String() },
  leavesTask: false,
  apply: (state) => state,
});

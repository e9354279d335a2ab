import { Type } from 'typebox';
import { command } from '../registry/command.ts';
import { criteria, date, id, reason, team } from '../registry/fields.ts';
import { manager } from '../registry/roles.ts';
import { actOfBody } from '../registry/told.ts';
import { mustBeTheirs, schedule } from './scheduling.ts';

export const scheduleAudit = command('scheduleAudit', {
  summary: 'Give it its days and its team',
  payload: {
    auditId: id,
    startsOn: date,
    endsOn: date,
    team,
    criteria: Type.Optional(criteria),
    reason: Type.Optional(
      Type.Unsafe<string>({ ...reason, description: 'Why its days or its team are others than was agreed.' }),
    ),
    ...actOfBody,
  },
  roles: [...manager, 'leadAuditor', 'internalAuditor'],
  address: { does: 'act', path: '/audits/:auditId/schedule', gives: 'audit' },
  example: {
    at: 'stage1Planned',
    by: 'programManager',
    payload: { auditId: 'A-2', startsOn: '2030-02-11', endsOn: '2030-02-12', team: ['lead@body.example'] },
  },
  decide(draft, agreed) {
    mustBeTheirs(draft, draft.audit(agreed.auditId));
    schedule(draft, agreed);
  },
});

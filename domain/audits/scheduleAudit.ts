import { Type } from 'typebox';
import { command } from '../registry/command.ts';
import { criteria, date, id, team } from '../registry/fields.ts';
import { manager } from '../registry/roles.ts';
import { schedule } from './scheduling.ts';

export const scheduleAudit = command('scheduleAudit', {
  summary: 'Give it its days and its team',
  payload: { auditId: id, startsOn: date, endsOn: date, team, criteria: Type.Optional(criteria) },
  roles: [...manager, 'leadAuditor', 'internalAuditor'],
  address: { does: 'act', path: '/audits/:auditId/schedule', gives: 'audit' },
  example: {
    at: 'stage1Planned',
    by: 'programManager',
    payload: { auditId: 'A-2', startsOn: '2030-02-11', endsOn: '2030-02-12', team: ['lead@body.example'] },
  },
  decide: schedule,
});

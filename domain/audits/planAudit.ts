import { Type } from 'typebox';
import { planSpecial } from '../certificate/scope.ts';
import { mustHaveBegun, mustNotBePast } from '../checks.ts';
import { hasRole } from '../people/people.ts';
import { scope } from '../program/scope.ts';
import { forbidden, refuse, wrong } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { date, reason } from '../registry/fields.ts';
import { manager } from '../registry/roles.ts';
import { actOfBody } from '../registry/told.ts';
import { recertificationDates } from '../rules/cycle.ts';
import { say } from '../say.ts';
import { auditKinds, occasions } from './audit.ts';
import { planAuditOf } from './planning.ts';
import { recertificationRefused } from './queries.ts';
import { planRecertificationStage1 } from './recertification.ts';

export const planAudit = command('planAudit', {
  summary: 'Plan an audit beside those that the cycle plans',
  payload: {
    kind: Type.Enum(auditKinds),
    targetOn: date,
    reason: Type.Optional(reason),
    occasion: Type.Optional(Type.Enum(occasions)),
    scope: Type.Optional(scope),
    ...actOfBody,
  },
  roles: [...manager, 'leadAuditor', 'decisionMaker'],
  address: { does: 'create', path: '/audits', gives: 'audit' },
  example: {
    at: 'certified',
    by: 'programManager',
    payload: { kind: 'internal', targetOn: '2030-09-16', reason: 'A new team has taken over the assistant.' },
  },
  decide(draft, payload) {
    const { kind, targetOn, reason: why, occasion, scope: applied } = payload;
    const { state } = draft;
    mustHaveBegun(state);
    if (kind === 'special') {
      planSpecial(draft, payload);
      return;
    }
    mustNotBePast(draft, targetOn, 'targetOn');
    if (occasion || applied) wrong('R19', 'onlySpecialAuditHasIt', {}, occasion ? 'occasion' : 'scope');
    if (!hasRole(state, draft.sender, 'programManager', 'leadAuditor')) forbidden('notTheirsToPlan', {});
    if (kind === 'recertification' && state.certificate && recertificationRefused(state)) {
      const { latestOn, latestRule } = recertificationDates(state.certificate, state.body.profile);
      planAuditOf(
        draft,
        kind,
        { targetOn, latestOn, latestRule },
        why ?? say('recertificationWasRefused', {}),
        true,
        draft.told,
      );
      // A Stage 1 that is owed and was never held, as in a program that was taken over, comes before it.
      planRecertificationStage1(draft, say('bodyBeginsWithStage1', {}));
      return;
    }
    if (kind !== 'internal') refuse('R1', 'plannedByCycle', { kind });
    planAuditOf(draft, kind, { targetOn }, why ?? say('plannedByHand', {}), true, draft.told);
  },
});

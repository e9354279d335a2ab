import { Type } from 'typebox';
import { mustSay } from '../checks.ts';
import { scope } from '../program/scope.ts';
import { refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { reason } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { manager } from '../registry/roles.ts';
import { withScopeAudited } from '../rules/decision.ts';
import { say } from '../say.ts';
import { assess } from './assessing.ts';

export const changeScope = command('changeScope', {
  summary: 'Change the scope',
  payload: { ...scope.properties, reason },
  roles: manager,
  address: { does: 'replace', path: '/scope', gives: 'program' },
  example: {
    at: 'implementation',
    by: 'programManager',
    payload: {
      statement: 'The assistant that customers talk to, and the service that translates for it.',
      exclusions: 'Translations that people make.',
      reason: 'The translation service is ours now.',
    },
  },
  decide(draft, { reason: why, statement, exclusions }) {
    const { scope: previous } = draft.state;
    mustSay(why, 'reason');
    mustSay(statement, 'statement');
    if (statement === previous.statement && (exclusions ?? '') === (previous.exclusions ?? ''))
      refuse('state', 'scopeUnchanged', {});
    const changed = { statement, ...(exclusions ? { exclusions } : {}) };
    draft.emit(ScopeChanged, { scope: changed, previous, reason: why });
    assess(draft, { change: 'scope', what: say('scopeChanged', { reason: why }) });
  },
});

export const ScopeChanged = record('ScopeChanged', {
  data: { scope, previous: scope, reason: Type.String() },
  leavesTask: false,
  apply: (state, { scope: changed, previous }, { today }) => ({
    ...state,
    scope: changed,
    audits: withScopeAudited(state.audits, previous, today),
  }),
});

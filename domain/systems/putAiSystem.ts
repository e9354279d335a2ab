import { Type } from 'typebox';
import { own } from '../basics.ts';
import { assess } from '../changes/assessing.ts';
import { mustSay } from '../checks.ts';
import { refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { record } from '../registry/record.ts';
import { manager } from '../registry/roles.ts';
import { say } from '../say.ts';
import { aiSystem } from './aiSystem.ts';

export const putAiSystem = command('putAiSystem', {
  summary: 'Add or change an AI system; this opens its impact assessment',
  payload: aiSystem.properties,
  roles: [...manager, 'owner'],
  address: { does: 'replace', path: '/ai-systems/:systemId', renamed: { id: 'systemId' }, gives: 'program' },
  example: {
    at: 'implementation',
    by: 'owner',
    payload: { id: 'screening', name: 'Screening of job applications', role: 'user', risk: 'high' },
  },
  decide(draft, { id, name, role, risk }) {
    mustSay(name, 'name');
    const before = own(draft.state.aiSystems, id);
    const inUse = before !== undefined && !before.retiredOn;
    if (inUse && before.name === name && before.role === role && before.risk === risk)
      refuse('state', 'systemUnchanged', { systemId: id });
    draft.emit(AiSystemPut, { system: { id, name, role, risk }, change: before ? 'changed' : 'added' });
    const how = before && !inUse ? 'usedAgain' : before ? 'changed' : 'added';
    const change = inUse ? 'systemChanged' : 'systemAdded';
    assess(draft, { change, what: say('systemPut', { name, how }), systemId: id });
  },
});

export const AiSystemPut = record('AiSystemPut', {
  data: { system: aiSystem, change: Type.Enum(['added', 'changed'] as const) },
  leavesTask: false,
  apply: (state, { system }) => ({ ...state, aiSystems: { ...state.aiSystems, [system.id]: system } }),
});

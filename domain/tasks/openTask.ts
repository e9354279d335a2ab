import { Type } from 'typebox';
import { own } from '../basics.ts';
import { mustBeRequirement, mustNotBePast, mustSay } from '../checks.ts';
import { mustBeOfOrganization, nameOf } from '../people/people.ts';
import { wrong } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { date, email, id, name } from '../registry/fields.ts';
import { assessors } from '../registry/roles.ts';
import { say } from '../say.ts';
import { mustBeThere, warnOfOrder } from './waiting.ts';

export const openTask = command('openTask', {
  summary: 'Open a task by hand',
  payload: {
    title: name,
    assignee: email,
    dueOn: date,
    requirementId: Type.Optional(id),
    systemId: Type.Optional(id),
    dependsOn: Type.Optional(Type.Array(id, { maxItems: 50, description: 'Tasks that come before it' })),
  },
  roles: [...assessors, 'internalAuditor'],
  address: { does: 'create', path: '/tasks', gives: 'task' },
  example: {
    at: 'implementation',
    by: 'programManager',
    payload: { title: 'Publish the AI policy on the intranet', assignee: 'owner@example.com', dueOn: '2030-04-30' },
  },
  decide(draft, { title, assignee, dueOn, requirementId, systemId, dependsOn = [] }) {
    mustSay(title, 'title');
    mustNotBePast(draft, dueOn, 'dueOn');
    mustBeOfOrganization(draft.state, assignee, 'assignee');
    if (requirementId) mustBeRequirement(draft.state, requirementId, 'requirementId');
    if (systemId && !own(draft.state.aiSystems, systemId)) wrong('unknown', 'noSuchSystem', { systemId }, 'systemId');
    const of = { ...(requirementId ? { requirementId } : {}), ...(systemId ? { systemId } : {}) };
    const before = mustBeThere(draft, dependsOn);
    const taskId = draft.openTask(
      { kind: 'manual', title, assignee, dueOn, ...of, dependsOn: before },
      say('askedForBy', { name: nameOf(draft.state, draft.actor.email) }),
    );
    warnOfOrder(draft, taskId, dueOn, before);
  },
});

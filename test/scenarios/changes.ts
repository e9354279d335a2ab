import type { UserCommand } from '../../domain/registry.ts';
import { leadAuditor, manager, owner } from '../workflows/support/people.ts';
import { does, holds, on, tries, verifies } from './support/acts.ts';
import {
  asked,
  certificateIs,
  findingIs,
  happens,
  never,
  nothingAsked,
  refused,
  taskIs,
} from './support/expectations.ts';
import { certificate } from './support/givens.ts';
import type { Group } from './support/scenario.ts';

const plan: Omit<Extract<UserCommand, { type: 'planCorrectiveAction' }>, 'similarCases'> = {
  type: 'planCorrectiveAction',
  findingId: 'F-1',
  correction: 'Trained',
  rootCause: 'Nobody knew',
  action: 'Train every newcomer',
  dueOn: '2031-01-03',
  effectivenessOn: '2031-06-02',
};

/** What changes in the system, and what it touches. */
export const changes: Group = {
  name: 'The system changes',
  scenarios: [
    {
      rules: [],
      title: 'an AI system that is changed is assessed again, with what rests on it, and the body is told',
      given: certificate(),
      when: [
        on(
          '2031-04-07',
          does(owner, 'changes the assistant', {
            type: 'putAiSystem',
            id: 'assistant',
            name: 'Assistant',
            role: 'provider',
            risk: 'medium',
          }),
        ),
      ],
      follows: [
        happens(
          '2031-04-07',
          'ChangeAssessed',
          'the change touches the assistant and the risks (8.2); the lead auditor is told',
          {
            change: 'systemChanged',
            systems: ['assistant'],
            evidence: ['8.2'],
            to: [leadAuditor],
          },
        ),
        asked('2031-04-07', 'impactAssessment', { systemId: 'assistant', dueOn: '2031-05-05' }),
        asked('2031-04-07', 'evidence', { requirementId: '8.2', dueOn: '2031-05-05' }),
        asked('2031-04-07', 'applicabilityReview', { dueOn: '2031-05-05' }),
        certificateIs('2031-04-07', { status: 'valid' }),
      ],
    },
    {
      rules: [],
      title: 'an AI system comes and goes: its impact is assessed, and no longer once it is retired',
      given: certificate(),
      when: [
        on(
          '2031-04-07',
          does(owner, 'puts the chat to use', {
            type: 'putAiSystem',
            id: 'chat',
            name: 'Chat',
            role: 'provider',
            risk: 'low',
          }),
        ),
        on(
          '2031-04-28',
          does(owner, 'retires the chat', { type: 'retireAiSystem', systemId: 'chat', reason: 'Unused' }),
        ),
      ],
      follows: [
        asked('2031-04-07', 'impactAssessment', { systemId: 'chat', dueOn: '2031-05-05' }),
        happens('2031-04-28', 'ChangeAssessed', 'the lead auditor is told that it is retired', {
          change: 'systemRetired',
          to: [leadAuditor],
        }),
        nothingAsked('2031-04-28', 'impactAssessment'),
      ],
    },
    {
      rules: [],
      title: 'the scope changes, and who is in charge: what describes it is asked for again, of whoever is there',
      given: certificate(),
      when: [
        on(
          '2031-04-07',
          does(manager, 'changes the scope', {
            type: 'changeScope',
            statement: 'The assistant, in all languages.',
            reason: 'We grew',
          }),
        ),
        on(
          '2031-04-14',
          does(manager, 'takes the owner out of the program', ({ people }) => ({
            type: 'setPeople',
            people: people.filter(({ email }) => email !== owner),
            reason: 'Olu left',
          })),
        ),
      ],
      follows: [
        happens(
          '2031-04-07',
          'ChangeAssessed',
          'scope (4.3), risks (8.2) and the assistant are touched; the lead auditor is told',
          { change: 'scope', evidence: ['4.3', '8.2'], systems: ['assistant'], to: [leadAuditor] },
        ),
        asked('2031-04-07', 'evidence', { assignee: owner, requirementId: '4.3', dueOn: '2031-05-05' }),
        taskIs('2031-04-14', '4.3', { status: 'open', assignee: manager, dueOn: '2031-05-05' }),
        happens('2031-04-14', 'ChangeAssessed', 'the lead auditor is told that others are in charge', {
          change: 'people',
          to: [leadAuditor],
        }),
      ],
    },
    {
      rules: [],
      title:
        'an incident of high severity is reacted to in two working days, and the body is told; of a complaint it is not',
      given: certificate(),
      when: [
        on(
          '2031-04-04',
          does(owner, 'reports an incident with the assistant', {
            type: 'reportIncident',
            occurredOn: '2031-04-03',
            systemId: 'assistant',
            severity: 'high',
            description: 'It gave bad advice',
          }),
          does(manager, 'reports a complaint', {
            type: 'reportComplaint',
            receivedOn: '2031-04-04',
            from: 'A customer',
            systemId: 'assistant',
            description: 'It was unfair',
          }),
        ),
      ],
      follows: [
        asked('2031-04-04', 'incident', { assignee: manager, dueOn: '2031-04-08' }),
        asked('2031-04-04', 'complaint', { assignee: manager, dueOn: '2031-04-11' }),
        asked('2031-04-04', 'impactAssessment', { systemId: 'assistant', dueOn: '2031-05-02' }),
        happens('2031-04-04', 'ChangeAssessed', 'the lead auditor is told of the incident', {
          change: 'incident',
          to: [leadAuditor],
        }),
        never('ChangeAssessed', 'the body is told of the complaint', { change: 'complaint', to: [leadAuditor] }),
      ],
    },
    {
      rules: [],
      title: 'a corrective action that is not effective on the day it is checked reopens the nonconformity',
      given: certificate(),
      when: [
        on('2030-12-10', holds('surveillance', { findings: [{ requirementId: '7.2', grade: 'minor' }] })),
        on(
          '2030-12-20',
          tries(owner, 'plan without a word on similar cases', { ...plan, similarCases: ' ' }),
          tries(owner, 'leave similar cases empty', { ...plan, similarCases: '' }),
          does(owner, 'plans, with a check on 2031-06-02', { ...plan, similarCases: 'None in other teams' }),
          does(leadAuditor, 'accepts the plan', {
            type: 'reviewCorrectiveActionPlan',
            findingId: 'F-1',
            verdict: 'accept',
            note: '',
          }),
        ),
        on(
          '2031-01-03',
          does(owner, 'reports it done', {
            type: 'reportCorrectiveActionDone',
            findingId: 'F-1',
            evidence: { links: [], note: 'Trained' },
          }),
          verifies('F-1'),
        ),
        on(
          '2031-06-05',
          does(leadAuditor, 'finds it ineffective', {
            type: 'verifyFinding',
            findingId: 'F-1',
            effective: false,
            note: 'The newcomers of May know nothing',
          }),
        ),
      ],
      follows: [
        refused('2030-12-20', 'empty', 'similarCases'),
        refused('2030-12-20', 'validation', '/similarCases'),
        findingIs('2031-01-03', 'F-1', { status: 'verified', reopened: 0 }),
        asked('2031-06-02', 'effectivenessCheck', { assignee: leadAuditor, dueOn: '2031-06-16' }),
        findingIs('2031-06-05', 'F-1', { status: 'open', reopened: 1 }),
        asked('2031-06-05', 'correctiveActionPlan', { assignee: owner, dueOn: '2031-07-05' }),
      ],
    },
  ],
};

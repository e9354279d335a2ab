import { internalAuditor, leadAuditor, manager, owner, sponsor } from '../workflows/support/people.ts';
import { administers, does, knowing, on, opens, taskId, tries } from './support/acts.ts';
import { happens, refused, taskIs } from './support/expectations.ts';
import { implementing } from './support/givens.ts';
import type { Group } from './support/scenario.ts';

const policy = 'Write the policy';

/** Who comes, who goes, and who answers for whom. */
export const comings: Group = {
  name: 'People come, go and are away',
  scenarios: [
    {
      rules: [],
      title: 'while somebody is away, their deputy submits for them and reviews nothing of it; it ends by itself',
      given: implementing(),
      when: [
        on(
          '2030-02-04',
          opens(policy, owner, '2030-03-01'),
          does(owner, 'names Ira as deputy from February 11 through 15', {
            type: 'delegate',
            deputy: internalAuditor,
            startsOn: '2030-02-11',
            endsOn: '2030-02-15',
          }),
          tries(internalAuditor, 'submit before that', (state) => ({
            type: 'submitEvidence',
            taskId: taskId(state, policy),
            links: [],
            note: 'Done',
          })),
        ),
        on(
          '2030-02-15',
          does(internalAuditor, 'submits the policy for Olu', (state) => ({
            type: 'submitEvidence',
            taskId: taskId(state, policy),
            links: [],
            note: 'Done',
          })),
          tries(internalAuditor, 'accept it', (state) => ({
            type: 'reviewEvidence',
            taskId: taskId(state, policy),
            verdict: 'accept',
            note: '',
          })),
        ),
        on('2030-02-16'),
      ],
      follows: [
        refused('2030-02-04', 'role', 'Olu'),
        happens('2030-02-15', 'EvidenceSubmitted', 'the record says that Ira submitted it', {
          evidence: { by: internalAuditor },
        }),
        refused('2030-02-15', 'fourEyes', 'can review it'),
        taskIs('2030-02-15', policy, { status: 'submitted', assignee: owner }),
        happens('2030-02-16', 'DelegationEnded', 'the absence is over', { email: owner, why: 'over' }),
      ],
    },
    {
      rules: [],
      title: 'what somebody had who left goes to whom the manager names, if they can have it',
      given: implementing(),
      when: [
        on(
          '2030-02-04',
          opens(policy, owner, '2030-03-01'),
          tries(manager, 'hand it to the body', { type: 'removePerson', email: owner, handTo: leadAuditor }),
          does(manager, 'hands it to the sponsor', {
            type: 'removePerson',
            email: owner,
            handTo: sponsor,
            reason: 'Olu left',
          }),
        ),
      ],
      follows: [
        refused('2030-02-04', 'independence', 'certification body'),
        happens('2030-02-04', 'PersonRemoved', 'Olu has no part anymore', { email: owner }),
        happens('2030-02-04', 'RequirementsHandedOver', 'the sponsor owns what was hers', { from: owner, to: sponsor }),
        taskIs('2030-02-04', policy, { status: 'open', assignee: sponsor }),
      ],
    },
    {
      rules: ['R8', 'R9', 'R26'],
      title: 'who owns requirements in one program and decides in another of the same organization is warned of',
      given: implementing(),
      when: [
        on(
          '2030-02-04',
          knowing(
            manager,
            'adds as decision maker Dora, who owns requirements in the program Security',
            { type: 'addPerson', email: 'dora@body.example', name: 'Dora', roles: ['decisionMaker'] },
            [{ email: 'dora@body.example', program: 'Security', roles: ['owner'], owns: 3 }],
          ),
        ),
      ],
      follows: [
        happens('2030-02-04', 'PersonAdded', 'she is added', { email: 'dora@body.example' }),
        happens('2030-02-04', 'WarningNoted', 'that is warned of, and recorded', { code: 'independence' }),
      ],
    },
    {
      rules: [],
      title:
        'when nobody is left who can steer, an administrator puts others in charge, and needs no token in anybody’s name',
      given: implementing(),
      when: [
        on(
          '2030-02-04',
          opens(policy, manager, '2030-03-01'),
          administers('puts Nia in charge, in place of Mia who left', {
            type: 'putInCharge',
            people: [{ email: 'nia@example.org', name: 'Nia', roles: ['programManager'] }],
            leave: [manager],
            reason: 'Mia left, and her address is closed',
          }),
          tries(manager, 'take part', { type: 'addPerson', email: 'new@example.org', name: 'New', roles: ['owner'] }),
          does('nia@example.org', 'adds a person', {
            type: 'addPerson',
            email: 'new@example.org',
            name: 'New',
            roles: ['owner'],
          }),
        ),
      ],
      follows: [
        happens('2030-02-04', 'PutInCharge', 'the record says who did it, who was in charge before, and why', {
          by: 'adam@example.org',
          before: [manager],
          reason: 'Mia left, and her address is closed',
        }),
        taskIs('2030-02-04', policy, { status: 'open', assignee: 'nia@example.org' }),
        refused('2030-02-04', 'role', 'addPerson'),
        happens('2030-02-04', 'PersonAdded', 'the new program manager steers', { email: 'new@example.org' }),
      ],
    },
  ],
};

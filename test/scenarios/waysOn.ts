import type { AuditKind } from '../../domain/audits/audit.ts';
import { comingAudit } from '../../domain/audits/queries.ts';
import type { Email, IsoDate } from '../../domain/basics.ts';
import type { CommandMap } from '../../domain/registry.ts';
import { standardOutline } from '../../domain/standards/outline.ts';
import { assessment, deliverEvidence } from '../workflows/support/paths.ts';
import { internalAuditor, leadAuditor, manager, owner } from '../workflows/support/people.ts';
import { decides, does, holds, on, taskId, tries } from './support/acts.ts';
import {
  asked,
  certificateIs,
  count,
  findingIs,
  happens,
  never,
  nothingAsked,
  phaseIs,
  plans,
  refused,
  taskIs,
} from './support/expectations.ts';
import { begun, certificate, implementing, internalAuditAhead, stage1Ready } from './support/givens.ts';
import type { Act, Group, Said } from './support/scenario.ts';

const newcomer = 'neo@body.example';
const document = { title: 'Audit report', links: ['https://body.example/report'] };

/** Dates for the coming audit of a kind, or for the one that is named. */
function agree(kind: AuditKind, startsOn: IsoDate, rest: Partial<CommandMap['scheduleAudit']> = {}): Said {
  return (state) => ({
    type: 'scheduleAudit',
    auditId: comingAudit(state, kind)?.id ?? 'none',
    startsOn,
    endsOn: startsOn,
    team: [kind === 'internal' ? internalAuditor : leadAuditor],
    ...rest,
  });
}

const outcome = (person: Email, auditId: string, rest: Partial<CommandMap['recordOutcome']> = {}): Act =>
  does(person, `records the outcome of ${auditId}`, {
    type: 'recordOutcome',
    auditId,
    result: 'completed',
    note: '',
    ...rest,
  });

const lacksOne: Act = {
  says: 'the gap assessment finds A.2.2 missing, and all the rest conforming',
  does: async ({ program }) => {
    const ratings = await assessment(program);
    const missing = { status: 'missing', gap: 'There is none' } as const;
    await program.bulk(
      manager,
      ratings.map((one) =>
        one.type === 'rateRequirement' && one.requirementId === 'A.2.2' ? { ...one, ...missing } : one,
      ),
    );
    await program.settle();
  },
};

const deliversAll: Act = {
  says: 'all evidence is handed in and accepted',
  does: ({ program }) => deliverEvidence(program),
};

/** No state of a program is without a way on: what did not take place, who is gone, what was told late. */
export const waysOn: Group = {
  name: 'There is always a way on',
  scenarios: [
    {
      rules: ['R2'],
      title: 'an internal audit agreed again without criteria audits everything',
      given: internalAuditAhead(),
      when: [
        on(
          '2030-01-14',
          does(manager, 'schedules it for clause 4.1 alone', agree('internal', '2030-01-15', { criteria: ['4.1'] })),
          does(manager, 'schedules it again, without criteria', agree('internal', '2030-01-15')),
        ),
        on('2030-01-15', outcome(internalAuditor, 'A-1'), review()),
      ],
      follows: [phaseIs('2030-01-15', 'certificationAudit')],
    },
    {
      rules: ['R2', 'R13'],
      title: 'internal audits of some requirements add up, and what is left is said and planned',
      given: internalAuditAhead(),
      when: [
        on(
          '2030-01-14',
          review(),
          does(manager, 'schedules all but clause 4.1', agree('internal', '2030-01-15', { criteria: allBut('4.1') })),
        ),
        on('2030-01-15', outcome(internalAuditor, 'A-1')),
        on('2030-02-04', does(manager, 'schedules the rest', agree('internal', '2030-02-05', { criteria: ['4.1'] }))),
        on('2030-02-05', outcome(internalAuditor, 'A-2')),
      ],
      follows: [
        phaseIs('2030-01-15', 'internalAudit'),
        plans('2030-01-15', 'internal'),
        happens('2030-01-15', 'TaskOpened', 'the manager is told what is still to be audited', {
          why: 'Stage 1 comes after an internal audit of all requirements; still to be audited: 4.1.',
        }),
        phaseIs('2030-02-05', 'certificationAudit'),
      ],
    },
    {
      rules: ['R3'],
      title: 'a Stage 2 that is agreed twice is recorded once; called off, other days are asked for',
      given: stage1Ready('2030-01-09'),
      when: [
        on(
          '2030-06-03',
          does(leadAuditor, 'schedules Stage 2 for 2030-07-01', agree('stage2', '2030-07-01')),
          does(leadAuditor, 'sends the same once more', agree('stage2', '2030-07-01')),
          does(manager, 'calls it off', { type: 'callOffAudit', auditId: 'A-3', reason: 'The team is snowed in' }),
        ),
        on('2030-07-02', holds('stage2')),
        on('2030-07-15', decides('granted')),
      ],
      follows: [
        count(1, 'AuditScheduled', 'it is scheduled for 2030-07-01', { auditId: 'A-3', startsOn: '2030-07-01' }),
        happens('2030-06-03', 'AuditCalledOff', 'it is called off', { auditId: 'A-3' }),
        asked('2030-06-03', 'auditSchedule', { assignee: manager, dueOn: '2030-06-17' }),
        certificateIs('2030-07-15', { status: 'valid', decidedOn: '2030-07-15' }),
      ],
    },
    {
      rules: ['R3'],
      title: 'a Stage 2 that had dates in time does not take place: Stage 1 is held again',
      given: stage1Ready('2030-01-09'),
      when: [
        on('2030-06-03', does(leadAuditor, 'schedules Stage 2 for 2030-07-01', agree('stage2', '2030-07-01'))),
        on('2030-07-20', holds('stage1', { result: 'ready' })),
        on('2030-08-05', holds('stage2')),
        on('2030-08-12', decides('granted')),
      ],
      follows: [
        happens('2030-07-10', 'AuditMissed', 'Stage 2 is missed (R3)', { auditId: 'A-3', latestOn: '2030-07-09' }),
        plans('2030-07-10', 'stage1'),
        asked('2030-07-10', 'auditSchedule', { assignee: manager }),
        happens('2030-07-20', 'AuditCancelled', 'with the new Stage 1 the missed Stage 2 is given up', {
          auditId: 'A-3',
        }),
        certificateIs('2030-08-12', { status: 'valid', decidedOn: '2030-08-12' }),
      ],
    },
    {
      rules: ['R3', 'R28'],
      title: 'a Stage 2 that was held in time counts when its outcome is told late',
      given: stage1Ready('2030-01-09'),
      when: [
        on('2030-06-03', does(leadAuditor, 'schedules Stage 2 for 2030-07-01', agree('stage2', '2030-07-01'))),
        on('2030-07-15', outcome(leadAuditor, 'A-3', { on: '2030-07-02' })),
        on('2030-07-16', decides('granted')),
      ],
      follows: [
        happens('2030-07-10', 'AuditMissed', 'Stage 2 is missed (R3)', { auditId: 'A-3' }),
        happens('2030-07-15', 'MissedAuditTakenBack', 'that is taken back', { auditId: 'A-3', startsOn: '2030-07-01' }),
        happens('2030-07-15', 'AuditCancelled', 'Stage 1 is not held again', { auditId: 'A-4' }),
        certificateIs('2030-07-16', { status: 'valid' }),
      ],
    },
    {
      rules: ['R10'],
      title: 'a surveillance with dates in time that nobody says was held is missed; its outcome takes that back',
      given: certificate(),
      when: [
        on('2030-12-02', does(manager, 'schedules it for 2030-12-10', agree('surveillance', '2030-12-10'))),
        on('2031-01-20', outcome(leadAuditor, 'A-4', { result: 'maintained' })),
      ],
      follows: [
        happens('2031-01-11', 'AuditMissed', 'it is missed (R10)', { auditId: 'A-4', latestOn: '2031-01-10' }),
        asked('2031-01-11', 'missedAudit', { assignee: manager }),
        happens('2031-01-20', 'MissedAuditTakenBack', 'it was held in time', { auditId: 'A-4', endsOn: '2030-12-10' }),
        nothingAsked('2031-01-20', 'missedAudit'),
      ],
    },
    {
      rules: ['R11'],
      title: 'two surveillances in one calendar year do not serve the next',
      given: certificate({ rules: { initialYearOwesSurveillance: true } }),
      when: [
        on('2030-12-10', holds('surveillance')),
        on(
          '2030-12-12',
          tries(manager, 'agree on the second for the same year', agree('surveillance', '2030-12-20')),
          does(manager, 'agrees on it for its own year', agree('surveillance', '2031-06-02')),
        ),
      ],
      follows: [
        refused('2030-12-12', 'R11', 'would leave that calendar year without one'),
        happens('2030-12-12', 'AuditScheduled', 'it has dates in 2031', { startsOn: '2031-06-02' }),
      ],
    },
    {
      rules: ['R9'],
      title: 'an internal auditor who handed in evidence does not audit it',
      given: implementing(),
      when: [
        on(
          '2030-01-08',
          does(manager, 'hands the evidence of 8.2 to the internal auditor', (state) => ({
            type: 'reassignTask',
            taskId: taskId(state, '8.2'),
            to: internalAuditor,
          })),
          does(internalAuditor, 'submits it', (state) => ({
            type: 'submitEvidence',
            taskId: taskId(state, '8.2'),
            links: [],
            note: 'Done',
          })),
          does(manager, 'plans an internal audit', { type: 'planAudit', kind: 'internal', targetOn: '2030-02-04' }),
          tries(manager, 'send them to audit everything', agree('internal', '2030-02-04')),
          does(manager, 'sends them to audit 7.2', agree('internal', '2030-02-04', { criteria: ['7.2'] })),
        ),
      ],
      follows: [refused('2030-01-08', 'R9', 'owned, answered or reviewed 8.2 until 2030-01-08')],
    },
    {
      rules: ['R26'],
      title:
        'the owner becomes a lead auditor of the body: what was theirs is handed over, and they do not audit for two years',
      given: certificate(),
      when: [
        on(
          '2030-02-04',
          does(manager, 'has the owner change sides', { type: 'changePerson', email: owner, roles: ['leadAuditor'] }),
          tries(manager, 'put them on the team', agree('surveillance', '2030-12-10', { team: [leadAuditor, owner] })),
        ),
      ],
      follows: [
        happens('2030-02-04', 'RequirementsHandedOver', 'the manager owns what was theirs', {
          from: owner,
          to: manager,
        }),
        happens('2030-02-04', 'WarningNoted', 'the answer names it', { code: 'people' }),
        refused('2030-02-04', 'R26', 'before 2032-02-04'),
      ],
    },
    {
      rules: [],
      title: 'the lead auditor leaves after the last day, and another of the body tells the outcome',
      given: certificate(),
      when: [
        on('2030-12-02', does(manager, 'schedules it for 2030-12-10', agree('surveillance', '2030-12-10'))),
        on(
          '2030-12-11',
          does(manager, 'removes the lead auditor', { type: 'removePerson', email: leadAuditor }),
          does(manager, 'adds another', { type: 'addPerson', email: newcomer, name: 'Neo', roles: ['leadAuditor'] }),
          outcome(newcomer, 'A-4', { result: 'maintained' }),
        ),
      ],
      follows: [
        taskIs('2030-12-11', 'Record the outcome of the surveillance audit A-4', {
          assignee: newcomer,
          status: 'accepted',
        }),
        never('AuditMissed', 'it is missed'),
      ],
    },
    {
      rules: [],
      title: 'a control that is ruled out is not asked for, also after a refused certification',
      given: begun(),
      when: [
        on('2030-01-07', lacksOne),
        on(
          '2030-01-08',
          does(manager, 'rules A.2.2 out', {
            type: 'setApplicability',
            controlId: 'A.2.2',
            applicable: false,
            justification: 'There is a policy of the group',
            implementation: 'notApplicable',
          }),
          deliversAll,
        ),
        on('2030-01-14', holds('internal'), review()),
        on('2030-01-21', holds('stage1', { result: 'ready' })),
        on('2030-02-04', holds('stage2'), decides('refused')),
        on('2030-02-05'),
      ],
      follows: [
        happens('2030-01-08', 'TaskCancelled', 'what asked for it is cancelled', {
          reason: 'A.2.2 does not apply, as the statement of applicability says: no evidence of it is needed.',
        }),
        happens('2030-02-04', 'PhaseStarted', 'the implementation begins again', { phase: 'implementation' }),
        count(1, 'TaskOpened', 'evidence of A.2.2 is asked for', { task: { requirementId: 'A.2.2' } }),
      ],
    },
    {
      rules: [],
      title: 'a waived task of a change moves no yearly round',
      given: certificate({ cadences: { riskAssessment: 12 } }),
      when: [
        on(
          '2030-11-04',
          does(manager, 'changes the scope', { type: 'changeScope', statement: 'All of it', reason: 'We grew' }),
          does(manager, 'waives the risk assessment that it asks for', (state) => ({
            type: 'waiveTask',
            taskId: taskId(state, '8.2'),
            reason: 'Nothing new',
          })),
        ),
        on('2030-12-09'),
      ],
      follows: [asked('2030-12-08', 'evidence', { assignee: owner, requirementId: '8.2', dueOn: '2031-01-07' })],
    },
    {
      rules: ['R7'],
      title: 'the last day of an audit moves, and what its findings owe moves with it',
      given: certificate(),
      when: [
        on('2030-12-02', does(manager, 'schedules it for 2030-12-10', agree('surveillance', '2030-12-10'))),
        on(
          '2030-12-10',
          does(leadAuditor, 'raises a major', {
            type: 'raiseFinding',
            auditId: 'A-4',
            requirementId: '7.2',
            grade: 'major',
            statement: 'Nobody is trained',
          }),
          does(leadAuditor, 'needs two days more', agree('surveillance', '2030-12-10', { endsOn: '2030-12-12' })),
        ),
      ],
      follows: [
        findingIs('2030-12-10', 'F-1', { planDueOn: '2031-01-11', verifyDueOn: '2031-03-12' }),
        happens('2030-12-10', 'TaskExtended', 'the task for its plan is due two days later', {
          previousDueOn: '2031-01-09',
          dueOn: '2031-01-11',
        }),
      ],
    },
    {
      rules: ['R28', 'R30'],
      title: 'an audit of the body that nobody entered is entered on its behalf, with its days',
      given: certificate(),
      when: [
        on(
          '2031-01-14',
          tries(manager, 'enter it without a document', agree('surveillance', '2031-01-06')),
          does(
            manager,
            'enters it on behalf of the lead auditor',
            agree('surveillance', '2031-01-06', { onBehalfOf: leadAuditor, document }),
          ),
          outcome(manager, 'A-4', { result: 'maintained', on: '2031-01-07', onBehalfOf: leadAuditor, document }),
        ),
      ],
      follows: [
        refused('2031-01-14', 'dates', 'has passed'),
        happens('2031-01-14', 'AuditScheduled', 'the record names whose act it is', { onBehalfOf: leadAuditor }),
        happens('2031-01-14', 'MissedAuditTakenBack', 'it was held in time (R10)', { auditId: 'A-4' }),
      ],
    },
    {
      rules: [],
      title: 'each side schedules its own audits',
      given: certificate(),
      when: [
        on('2030-12-02', tries(internalAuditor, 'schedule the surveillance', agree('surveillance', '2030-12-10'))),
      ],
      follows: [refused('2030-12-02', 'role', 'a lead auditor')],
    },
  ],
};

function allBut(one: string): string[] {
  return standardOutline('iso-42001-2023').requirements.flatMap(({ id }) => (id === one ? [] : [id]));
}

function review(): Act {
  return {
    says: 'a management review is held',
    does: async ({ program, send }) =>
      send(manager, {
        type: 'holdManagementReview',
        heldOn: await program.today(),
        attendees: ['Tom'],
        inputs: 'Results',
        decisions: 'Go on',
        actions: [],
      }),
  };
}

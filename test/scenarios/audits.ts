import type { AuditKind } from '../../domain/audits/audit.ts';
import { comingAudit } from '../../domain/audits/queries.ts';
import type { Email, IsoDate, Role } from '../../domain/basics.ts';
import { addDays } from '../../domain/calendar.ts';
import type { CommandMap } from '../../domain/registry.ts';
import type { ProgramState } from '../../domain/state.ts';
import { decisionMaker, internalAuditor, leadAuditor, manager, owner, sponsor } from '../workflows/support/people.ts';
import {
  corrects,
  decides,
  delivers,
  does,
  holds,
  on,
  taskId,
  tries,
  triesToDecide,
  triesToSchedule,
  verifies,
} from './support/acts.ts';
import {
  asked,
  certificateIs,
  count,
  findingIs,
  happens,
  misses,
  never,
  nothingAsked,
  phaseIs,
  plans,
  refused,
} from './support/expectations.ts';
import { certificate, internalAuditAhead, stage1Ahead, stage1Ready } from './support/givens.ts';
import type { Act, Group } from './support/scenario.ts';

const major = [{ requirementId: '6.1.2', grade: 'major' as const }];
const minor = [{ requirementId: '7.2', grade: 'minor' as const }];
const action: Omit<CommandMap['planCorrectiveAction'], 'findingId'> = {
  correction: 'Trained',
  rootCause: 'Nobody knew',
  similarCases: 'None',
  action: 'Train every newcomer',
  dueOn: '2030-02-01',
};

const stage2With = (team: Email[]) =>
  ({ type: 'scheduleAudit', auditId: 'A-3', startsOn: '2030-01-10', endsOn: '2030-01-10', team }) as const;

/** From Stage 1 to the decision, and the surveillances after it. */
export const auditsGoneWrong: Group = {
  name: 'The audit goes wrong',
  scenarios: [
    {
      rules: ['R9'],
      title: 'nobody audits internally what they own, nor judges what was found in it',
      given: internalAuditAhead(),
      when: [
        on(
          '2030-01-14',
          does(manager, 'makes the owner an internal auditor too', (state) => ({
            type: 'setPeople',
            people: also(state, owner, 'internalAuditor'),
          })),
          tries(manager, 'send the owner to audit everything', (state) => ({
            type: 'scheduleAudit',
            auditId: coming(state, 'internal'),
            startsOn: '2030-01-15',
            endsOn: '2030-01-15',
            team: [owner],
          })),
        ),
        on('2030-01-15', holds('internal', { findings: minor })),
        on(
          '2030-01-16',
          does(manager, 'plans the corrective action', { type: 'planCorrectiveAction', findingId: 'F-1', ...action }),
          tries(owner, 'accept the plan for what they own', {
            type: 'reviewCorrectiveActionPlan',
            findingId: 'F-1',
            verdict: 'accept',
            note: '',
          }),
          does(internalAuditor, 'accepts it', {
            type: 'reviewCorrectiveActionPlan',
            findingId: 'F-1',
            verdict: 'accept',
            note: '',
          }),
        ),
      ],
      follows: [
        refused('2030-01-14', 'R9', 'Olu owns'),
        never('AuditScheduled', 'the owner is on the team', { team: [owner] }),
        refused('2030-01-16', 'R9', 'another internal auditor has to'),
        findingIs('2030-01-16', 'F-1', { grade: 'minor', status: 'planAccepted' }),
      ],
    },
    {
      rules: ['R23'],
      title: 'Stage 2 comes before three months of operating evidence, and is warned of',
      given: stage1Ready('2030-01-09'),
      when: [
        on('2030-01-10', schedulesStage2('2030-04-06')),
        on('2030-01-11', schedulesStage2('2030-04-07')),
        on('2030-04-07', holds('stage2'), decides('granted')),
      ],
      follows: [
        happens('2030-01-07', 'EvidenceAccepted', 'the first evidence is accepted'),
        happens('2030-01-10', 'WarningNoted', 'a day less than three months later is too early (R23)', { code: 'R23' }),
        count(1, 'WarningNoted', 'it is warned of little evidence (R23)', { code: 'R23' }),
        certificateIs('2030-04-07', { status: 'valid', lastDay: '2033-04-06' }),
      ],
    },
    {
      rules: ['R3'],
      title: 'Stage 1 is too old for Stage 2, and is repeated',
      given: stage1Ready('2030-01-09'),
      when: [
        on('2030-06-03', triesToSchedule('stage2', '2030-07-10')),
        on('2030-07-20', holds('stage1', { result: 'ready' })),
        on('2030-08-05', holds('stage2')),
        on('2030-08-12', decides('granted')),
      ],
      follows: [
        refused('2030-06-03', 'R3', 'Stage 2 can begin no later than 2030-07-09'),
        happens('2030-07-10', 'AuditCancelled', 'Stage 2, planned as A-3, is given up', { auditId: 'A-3' }),
        plans('2030-07-10', 'stage1'),
        asked('2030-07-10', 'auditSchedule', { assignee: manager }),
        certificateIs('2030-08-12', { status: 'valid', decidedOn: '2030-08-12', lastDay: '2033-08-11' }),
      ],
    },
    {
      rules: ['R3'],
      title: 'a pause does not hold the time between the stages',
      given: stage1Ready('2030-01-09'),
      when: [
        on('2030-02-04', does(sponsor, 'pauses the program', { type: 'pause', reason: 'A merger' })),
        on(
          '2030-07-10',
          tries(leadAuditor, 'schedule Stage 2 a day too late', {
            type: 'scheduleAudit',
            auditId: 'A-3',
            startsOn: '2030-07-10',
            endsOn: '2030-07-10',
            team: [leadAuditor],
          }),
        ),
        on('2030-07-15', does(sponsor, 'resumes it', { type: 'resume', reason: 'It is over' })),
      ],
      follows: [
        happens('2030-07-10', 'AuditCancelled', 'in the pause, Stage 2 is given up', { auditId: 'A-3' }),
        refused('2030-07-10', 'state', 'cancelled'),
        plans('2030-07-10', 'stage1'),
      ],
    },
    {
      rules: ['R2'],
      title: 'Stage 1 is not ready: its concern is answered, and it is held again',
      given: stage1Ahead('2030-01-08'),
      when: [
        on(
          '2030-01-14',
          holds('stage1', { result: 'notReady', findings: [{ requirementId: '8.1', grade: 'concern' }] }),
        ),
        on('2030-02-04', delivers('8.1')),
        on('2030-02-11', holds('stage1', { result: 'ready' })),
      ],
      follows: [
        asked('2030-01-14', 'concern', { assignee: owner, requirementId: '8.1', dueOn: '2030-02-13' }),
        nothingAsked('2030-02-03', 'auditSchedule'),
        plans('2030-02-04', 'stage1'),
        plans('2030-02-11', 'stage2'),
      ],
    },
    {
      rules: ['R4', 'R5'],
      title: 'three related minors are raised to one major, which is answered again and holds the decision up',
      given: stage1Ready('2030-01-09'),
      when: [
        on(
          '2030-01-10',
          holds('stage2', {
            findings: [...minor, { requirementId: '7.3', grade: 'minor' }, { requirementId: '7.4', grade: 'minor' }],
          }),
        ),
        on(
          '2030-01-21',
          does(leadAuditor, 'raises F-1, together with F-2 and F-3, to a major', {
            type: 'raiseToMajor',
            findingId: 'F-1',
            together: ['F-2', 'F-3'],
            reason: 'Nobody is trained for anything',
          }),
          triesToDecide('granted'),
        ),
      ],
      follows: [
        findingIs('2030-01-20', 'F-1', { grade: 'minor', planDueOn: '2030-02-09' }),
        findingIs('2030-01-21', 'F-1', { grade: 'major', planDueOn: '2030-02-20', verifyDueOn: '2030-04-21' }),
        findingIs('2030-01-21', 'F-2', { partOf: 'F-1' }),
        findingIs('2030-01-21', 'F-3', { partOf: 'F-1' }),
        asked('2030-01-21', 'correctiveActionPlan', { assignee: owner, dueOn: '2030-02-20', findingId: 'F-1' }),
        refused('2030-01-21', 'R5', 'The decision cannot be "granted":'),
      ],
    },
    {
      rules: ['R5'],
      title: 'with a minor, the certificate is granted once the plan for it is accepted',
      given: stage1Ready('2030-01-09'),
      when: [
        on('2030-01-10', holds('stage2', { findings: minor }), triesToDecide('grantedWithCorrectiveAction')),
        on('2030-01-20', corrects('F-1'), triesToDecide('granted')),
        on('2030-01-21', decides('grantedWithCorrectiveAction')),
      ],
      follows: [
        refused('2030-01-10', 'R5', 'The decision cannot be "granted with corrective action":'),
        refused('2030-01-20', 'R5', 'The decision cannot be "granted":'),
        certificateIs('2030-01-21', { status: 'valid', lastDay: '2033-01-20' }),
      ],
    },
    {
      rules: ['R5'],
      title: 'with a major the decision is delayed, and asked for again when the major is verified',
      given: stage1Ready('2030-01-09'),
      when: [
        on('2030-01-10', holds('stage2', { findings: major }), triesToDecide('granted'), decides('delayed')),
        on('2030-02-20', corrects('F-1'), verifies('F-1')),
        on('2030-02-21', decides('granted')),
      ],
      follows: [
        refused('2030-01-10', 'R5', 'The decision cannot be "granted":'),
        nothingAsked('2030-01-10', 'decision'),
        asked('2030-02-20', 'decision', { assignee: decisionMaker, dueOn: '2030-03-22' }),
        certificateIs('2030-02-21', { status: 'valid', lastDay: '2033-02-20' }),
      ],
    },
    {
      rules: ['R5'],
      title: 'refused, the program goes back to its implementation and comes again',
      given: stage1Ready('2030-01-09'),
      when: [
        on('2030-01-10', holds('stage2', { findings: major }), decides('refused')),
        on('2030-03-01', corrects('F-1'), verifies('F-1')),
        on('2030-03-04', holds('stage1', { result: 'ready' })),
        on('2030-03-11', holds('stage2'), decides('granted')),
      ],
      follows: [
        phaseIs('2030-01-10', 'implementation'),
        phaseIs('2030-03-01', 'certificationAudit'),
        certificateIs('2030-03-11', { status: 'valid', cycle: 1, lastDay: '2033-03-10' }),
      ],
    },
    {
      rules: ['R6'],
      title:
        'a major that was verified in time counts as that, though its effectiveness is checked after the six months',
      given: stage1Ready('2030-01-09'),
      when: [
        on('2030-01-10', holds('stage2', { findings: major })),
        on(
          '2030-02-01',
          does(manager, 'plans the correction of F-1, to be checked on 2030-08-01', {
            type: 'planCorrectiveAction',
            findingId: 'F-1',
            ...action,
            effectivenessOn: '2030-08-01',
          }),
          does(leadAuditor, 'accepts it', {
            type: 'reviewCorrectiveActionPlan',
            findingId: 'F-1',
            verdict: 'accept',
            note: '',
          }),
          does(manager, 'reports it done', {
            type: 'reportCorrectiveActionDone',
            findingId: 'F-1',
            evidence: { links: [], note: 'Done' },
          }),
          verifies('F-1'),
        ),
        on('2030-08-01', verifies('F-1')),
        on('2030-08-05', decides('granted')),
      ],
      follows: [
        findingIs('2030-08-01', 'F-1', { status: 'closed' }),
        never('AuditOutdated', 'Stage 2 is outdated'),
        certificateIs('2030-08-05', { status: 'valid', lastDay: '2033-08-04' }),
      ],
    },
    {
      rules: ['R8'],
      title: 'nobody decides who was on the team before it was changed; the manager is asked to name somebody',
      given: stage1Ready('2030-01-09'),
      when: [
        on(
          '2030-01-10',
          does(manager, 'makes the decision maker a lead auditor too', (state) => ({
            type: 'setPeople',
            people: also(state, decisionMaker, 'leadAuditor'),
          })),
          does(manager, 'schedules Stage 2 with the decision maker', stage2With([decisionMaker])),
          does(decisionMaker, 'raises an observation', {
            type: 'raiseFinding',
            auditId: 'A-3',
            requirementId: '6.1.2',
            grade: 'observation',
            statement: 'It could be clearer',
          }),
          does(manager, 'changes the team', stage2With([leadAuditor])),
          does(leadAuditor, 'ends Stage 2', { type: 'recordOutcome', auditId: 'A-3', result: 'completed', note: '' }),
          triesToDecide('granted'),
        ),
      ],
      follows: [
        refused('2030-01-10', 'R8', 'was on the team of the Stage 2 audit A-3'),
        asked('2030-01-10', 'deciderNeeded', { assignee: manager, auditId: 'A-3' }),
        nothingAsked('2030-01-10', 'decision'),
      ],
    },
    {
      rules: ['R8'],
      title: 'nobody decides who was on the team of the audit',
      given: stage1Ready('2030-01-09'),
      when: [
        on(
          '2030-01-10',
          does(manager, 'makes the decision maker an auditor too', (state) => ({
            type: 'setPeople',
            people: also(state, decisionMaker, 'auditor'),
          })),
          holds('stage2', { beside: [decisionMaker] }),
          triesToDecide('granted'),
        ),
      ],
      follows: [
        refused('2030-01-10', 'R8', 'was on the team of the Stage 2 audit A-3'),
        never('DecisionRecorded', 'a decision is recorded'),
      ],
    },
    {
      rules: ['R6'],
      title: 'a major is not verified in six months: Stage 2 is held again, and the decision rests on the second',
      given: stage1Ready('2030-01-09'),
      when: [
        on('2030-01-10', holds('stage2', { findings: major }), decides('delayed')),
        on('2030-07-11', triesToDecide('granted')),
        on('2030-08-01', corrects('F-1'), verifies('F-1')),
        on('2030-08-10', holds('stage2')),
        on('2030-08-12', decides('granted')),
      ],
      follows: [
        happens(
          '2030-07-11',
          'AuditOutdated',
          'no decision can rest on A-3 any more, since F-1 was not verified until 2030-07-10',
          {
            auditId: 'A-3',
            untilOn: '2030-07-10',
            findings: ['F-1'],
          },
        ),
        plans('2030-07-11', 'stage2', { targetOn: '2030-08-10' }),
        refused('2030-07-11', 'R6', 'Stage 2 is held again'),
        certificateIs('2030-08-12', { status: 'valid', decidedOn: '2030-08-12', lastDay: '2033-08-11' }),
      ],
    },
    {
      rules: ['R7', 'R18'],
      title: 'a missed plan is told to the sponsor and the body, and a missed verification suspends the certificate',
      given: certificate(),
      when: [on('2030-12-10', holds('surveillance', { findings: major })), on('2031-03-11')],
      follows: [
        asked('2030-12-10', 'correctiveActionPlan', { assignee: owner, dueOn: '2031-01-09', bodyDeadline: true }),
        findingIs('2031-01-09', 'F-1', { grade: 'major', status: 'open', missed: [] }),
        misses('2031-01-10', 'F-1', 'plan', [manager, sponsor, leadAuditor]),
        certificateIs('2031-03-10', { status: 'valid' }),
        misses('2031-03-11', 'F-1', 'verification', [manager, sponsor, leadAuditor]),
        certificateIs('2031-03-11', { status: 'suspended' }),
        asked('2031-03-11', 'suspension', { assignee: manager, dueOn: '2031-09-11', bodyDeadline: true }),
      ],
    },
    {
      rules: ['R7'],
      title: 'a deadline of the body is not the organization’s to move, nor does a pause hold it',
      given: certificate(),
      when: [
        on('2030-12-10', holds('surveillance', { findings: minor })),
        on(
          '2030-12-20',
          tries(manager, 'extend the time for the plan', (state) => ({
            type: 'extendTask',
            taskId: taskId(state, '7.2'),
            dueOn: '2031-02-10',
            reason: 'A merger',
          })),
          does(sponsor, 'pauses the program', { type: 'pause', reason: 'A merger' }),
        ),
        on('2031-02-03', does(sponsor, 'resumes it', { type: 'resume', reason: 'It is over' })),
      ],
      follows: [
        refused('2030-12-20', 'R7', 'only the body can move it'),
        misses('2031-01-10', 'F-1', 'plan', [manager, sponsor, leadAuditor]),
        findingIs('2031-02-03', 'F-1', { grade: 'minor', status: 'open', planDueOn: '2031-01-09', missed: ['plan'] }),
      ],
    },
    {
      rules: ['R10'],
      title: 'the first surveillance is missed a year after the decision',
      given: certificate(),
      when: [on('2030-12-20', triesToSchedule('surveillance', '2031-01-11')), on('2031-02-03', holds('surveillance'))],
      follows: [
        refused('2030-12-20', 'R10', 'must be held by 2031-01-10'),
        happens('2031-01-11', 'AuditMissed', 'the surveillance audit is missed (R10)', {
          rule: 'R10',
          latestOn: '2031-01-10',
        }),
        asked('2031-01-11', 'missedAudit', { assignee: manager, dueOn: '2031-01-27', bodyDeadline: true }),
        happens('2031-02-03', 'TaskCompleted', 'what asked how it is made good is done with its dates'),
        happens('2031-02-03', 'WarningNoted', 'it is held late, with a warning (R10)', { code: 'R10' }),
      ],
    },
    {
      rules: ['R11'],
      title: 'a calendar year goes by without its surveillance',
      given: certificate(),
      when: [on('2030-12-10', holds('surveillance')), on('2032-01-01'), on('2033-01-10')],
      follows: [
        plans('2030-01-10', 'surveillance', { targetOn: '2031-12-10', latestOn: '2031-12-31', latestRule: 'R11' }),
        happens('2032-01-01', 'AuditMissed', 'the surveillance audit of 2031 is missed (R11)', {
          rule: 'R11',
          latestOn: '2031-12-31',
        }),
        never('AuditMissed', 'the first surveillance audit was missed (R10)', { rule: 'R10' }),
        asked('2032-01-01', 'missedAudit', { assignee: manager }),
        happens('2033-01-10', 'TaskCancelled', 'with the lapse nothing is left to make good', {
          reason: 'The certificate lapsed after January 9, 2033.',
        }),
      ],
    },
    {
      rules: ['R14'],
      title: 'a minor that is still open at the next audit becomes a major',
      given: certificate(),
      when: [on('2030-12-10', holds('surveillance', { findings: minor })), on('2031-12-10', holds('surveillance'))],
      follows: [
        findingIs('2031-12-09', 'F-1', { grade: 'minor', status: 'open', missed: ['plan'] }),
        findingIs('2031-12-10', 'F-1', { grade: 'major', verifyDueOn: addDays('2031-12-10', 90) }),
        happens('2031-12-10', 'FindingRaisedToMajor', 'F-1 is raised to a major (R14)', {
          findingId: 'F-1',
          rule: 'R14',
        }),
      ],
    },
  ],
};

function also({ people }: ProgramState, email: Email, role: Role): ProgramState['people'] {
  return people.map((one) => (one.email === email ? { ...one, roles: [...one.roles, role] } : one));
}

function schedulesStage2(day: IsoDate): Act {
  return does(leadAuditor, `schedules Stage 2 for ${day}`, (state) => ({
    type: 'scheduleAudit',
    auditId: coming(state, 'stage2'),
    startsOn: day,
    endsOn: day,
    team: [leadAuditor],
  }));
}

function coming(state: ProgramState, kind: AuditKind): string {
  return comingAudit(state, kind)?.id ?? 'none';
}

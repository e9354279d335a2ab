import type { IsoDate, IsoDuration } from '../../domain/basics.ts';
import { addDays } from '../../domain/calendar.ts';
import type { CommandMap } from '../../domain/registry.ts';
import type { ProgramState } from '../../domain/state.ts';
import { manager, owner, sponsor, topManagement } from '../workflows/support/people.ts';
import { delivers, does, on, opens, taskId, tries } from './support/acts.ts';
import { ahead, climbs, count, happens, never, nothingOpen, refused, taskIs, told } from './support/expectations.ts';
import { begun, certificate, implementing, internalAuditAhead, stage1Ahead } from './support/givens.ts';
import type { Act, Given, Group, Scenario } from './support/scenario.ts';

const policy = 'Write the policy';
const reading = 'Review the policy';

/** Where a program stands, the new plan that is made there, and what it makes of a day on which work was due. */
interface Place {
  given: Given;
  replans: { words: string } & Pick<CommandMap['changePlan'], 'phases' | 'cadences'>;
  dueOn: IsoDate;
  movedTo: IsoDate;
}

/** Everything by which a program is steered, in one of its phases; nobody is asked for the policy by the phase itself. */
function steered(where: string, { given, replans: { words, ...plan }, dueOn, movedTo }: Place): Scenario {
  const of = (state: ProgramState) => ({ taskId: taskId(state, policy) });
  const extendedTo = addDays(movedTo, 7);
  const expectedOn = addDays(extendedTo, 7);
  return {
    rules: [],
    title: `${where}, work is replanned, extended, reassigned, acknowledged, held up, waived, and all of it cancelled`,
    given,
    when: [
      on('2030-01-14', opens(policy, owner, dueOn), opens(reading, owner, '2031-01-13', policy)),
      on('2030-01-15', does(manager, words, { type: 'changePlan', ...plan, reason: 'Two people less' })),
      on(
        '2030-01-16',
        does(manager, `extends the policy to ${extendedTo}`, (state) => ({
          type: 'extendTask',
          ...of(state),
          dueOn: extendedTo,
          reason: 'A holiday',
        })),
        does(manager, 'hands it to the sponsor', (state) => ({ type: 'reassignTask', ...of(state), to: sponsor })),
        tries(owner, 'acknowledge what is not theirs', (state) => ({
          type: 'acknowledgeTask',
          ...of(state),
          expectedOn,
        })),
        does(sponsor, `expects to be done on ${expectedOn}`, (state) => ({
          type: 'acknowledgeTask',
          ...of(state),
          expectedOn,
        })),
      ),
      on('2030-01-17', does(sponsor, 'pauses the program', { type: 'pause', reason: 'A merger' })),
      on('2030-01-31', does(sponsor, 'resumes it', { type: 'resume', reason: 'It is over' })),
      on(
        '2030-02-01',
        tries(manager, 'let the policy go without a reason', (state) => ({
          type: 'waiveTask',
          ...of(state),
          reason: ' ',
        })),
        does(manager, 'lets the policy go', (state) => ({ type: 'waiveTask', ...of(state), reason: 'There is one' })),
      ),
      on('2030-02-04', does(sponsor, 'cancels the program', { type: 'cancel', reason: 'The assistant is sold' })),
    ],
    follows: [
      taskIs('2030-01-14', policy, { status: 'open', dueOn, assignee: owner }),
      happens('2030-01-15', 'PlanChanged', 'the plan is another, "Two people less"', { plan }),
      taskIs('2030-01-15', policy, { dueOn: movedTo }),
      refused('2030-01-16', 'role', 'can acknowledge'),
      taskIs('2030-01-16', policy, { status: 'open', dueOn: extendedTo, assignee: sponsor }),
      taskIs('2030-01-31', policy, { status: 'open', dueOn: addDays(extendedTo, 14) }),
      refused('2030-02-01', 'empty', 'reason'),
      happens('2030-02-01', 'TaskReleased', 'what waited for the policy can begin'),
      taskIs('2030-02-01', policy, { status: 'waived' }),
      nothingOpen('2030-02-04'),
    ],
  };
}

/** Pauses, new plans, what waits for what, and the ladder. */
export const plans: Group = {
  name: 'The plan changes',
  scenarios: [
    {
      rules: [],
      title: 'a pause moves what the organization owes itself, and nothing is sent meanwhile',
      given: begun({ ladder: true }),
      when: [
        on('2030-02-20', opens(policy, owner, '2030-03-20')),
        on('2030-03-04', does(sponsor, 'pauses the program', { type: 'pause', reason: 'A merger' })),
        on('2030-04-01', does(sponsor, 'resumes it', { type: 'resume', reason: 'It is over' })),
        on('2030-04-18'),
      ],
      follows: [
        happens('2030-04-01', 'ProgramResumed', 'the pause was 28 days long', { days: 28 }),
        taskIs('2030-03-31', policy, { status: 'open', dueOn: '2030-03-20' }),
        taskIs('2030-04-01', policy, { status: 'open', dueOn: '2030-04-17' }),
        climbs('2030-04-03', policy, 0, owner),
        climbs('2030-04-10', policy, 0, owner),
        climbs('2030-04-16', policy, 0, owner),
        climbs('2030-04-17', policy, 0, owner),
        told(policy, 4),
      ],
    },
    {
      rules: ['R10', 'R16'],
      title: 'a pause moves nothing of the body: a surveillance is missed in it, and the certificate ends on its day',
      given: certificate(),
      when: [
        on(
          '2030-12-02',
          opens(policy, owner, '2031-02-03'),
          does(sponsor, 'pauses the program', { type: 'pause', reason: 'A merger' }),
        ),
        on('2031-02-03', does(sponsor, 'resumes it', { type: 'resume', reason: 'It is over' })),
        on('2033-01-10'),
      ],
      follows: [
        happens('2031-01-11', 'AuditMissed', 'in the pause, the surveillance audit is missed (R10)', {
          rule: 'R10',
          latestOn: '2031-01-10',
        }),
        taskIs('2031-02-03', policy, { dueOn: '2031-04-07' }),
        happens('2033-01-10', 'CertificateLapsed', 'the certificate lapses', { lastDay: '2033-01-09' }),
      ],
    },
    {
      rules: [],
      title: 'a new plan moves the open work with the phase, and the old plan is kept',
      given: implementing(),
      when: [
        on('2030-02-04', opens(policy, owner, '2030-07-07')),
        on(
          '2030-02-05',
          does(manager, 'plans eight months in place of four', {
            type: 'changePlan',
            phases: { implementation: 'P8M' },
            reason: 'Two people less',
          }),
        ),
      ],
      follows: [
        taskIs('2030-02-04', policy, { dueOn: '2030-07-07' }),
        taskIs('2030-02-05', policy, { dueOn: '2030-11-07' }),
        happens('2030-02-05', 'PlanChanged', 'four months become eight, "Two people less"', {
          previous: { phases: { implementation: 'P4M' } },
          plan: { phases: { implementation: 'P8M' } },
          reason: 'Two people less',
        }),
      ],
    },
    {
      rules: [],
      title:
        'a new plan leaves overdue work where it is rather than date it into the past, and the sponsor hears of it once',
      given: implementing({ ladder: true }),
      when: [
        on('2030-03-18', opens(policy, owner, '2030-03-25')),
        on(
          '2030-04-04',
          does(manager, 'plans five months in place of four', {
            type: 'changePlan',
            phases: { implementation: 'P5M' },
            reason: 'One person less',
          }),
        ),
        on(
          '2030-04-17',
          does(manager, 'plans two years', {
            type: 'changePlan',
            phases: { implementation: 'P2Y' },
            reason: 'A new product',
          }),
        ),
        on(
          '2030-04-18',
          does(manager, 'puts back five months', {
            type: 'changePlan',
            phases: { implementation: 'P5M' },
            reason: 'No new product',
          }),
        ),
      ],
      follows: [
        climbs('2030-04-03', policy, 2, sponsor),
        taskIs('2030-04-04', policy, { status: 'open', dueOn: '2030-03-25' }),
        taskIs('2030-04-17', policy, { status: 'open', dueOn: '2030-06-21' }),
        taskIs('2030-04-18', policy, { status: 'open', dueOn: '2030-04-19' }),
        count(1, 'TaskEscalated', 'the sponsor hears of it', { level: 2 }),
      ],
    },
    steered('in the gap assessment', {
      given: begun(),
      replans: { words: 'plans three months in place of two', phases: { gapAssessment: 'P3M' } },
      dueOn: '2030-03-07',
      movedTo: '2030-04-05',
    }),
    steered('in the implementation', {
      given: implementing(),
      replans: { words: 'plans three months in place of four', phases: { implementation: 'P3M' } },
      dueOn: '2030-07-07',
      movedTo: '2030-06-07',
    }),
    steered('before the internal audit', {
      given: internalAuditAhead(),
      replans: { words: 'plans four months in place of two', phases: { internalAudit: 'P4M' } },
      dueOn: '2030-09-07',
      movedTo: '2030-11-07',
    }),
    steered('before Stage 1', {
      given: stage1Ahead('2030-01-08'),
      replans: { words: 'plans three months in place of two', phases: { certificationAudit: 'P3M' } },
      dueOn: '2030-11-07',
      movedTo: '2030-12-06',
    }),
    steered('while it is certified', {
      given: certificate(),
      replans: { words: 'plans a management review every half year', cadences: { managementReview: 6 } },
      dueOn: '2030-04-01',
      movedTo: '2030-04-01',
    }),
    {
      rules: ['R24'],
      title: 'a plan of less than 6 months or more than 18 is taken, with a warning that is recorded',
      given: begun({ phases: { gapAssessment: 'P1M', implementation: 'P2M', internalAudit: 'P1M' } }),
      when: [
        on('2030-01-08', plansImplementation('P4M')),
        on('2030-01-09', plansImplementation('P15M')),
        on('2030-01-10', plansImplementation('P16M')),
      ],
      follows: [
        count(2, 'WarningNoted', 'it is warned of an unusual length: at the start and on 2030-01-10 (R24)', {
          code: 'R24',
        }),
        happens('2030-01-08', 'PlanChanged', 'six months and more are usual', {
          plan: { phases: { implementation: 'P4M' } },
        }),
        happens('2030-01-10', 'WarningNoted', 'Stage 2 later than in 18 months is warned of (R24)', { code: 'R24' }),
        happens('2030-01-10', 'PlanChanged', 'the plan is taken as it is', {
          plan: { phases: { implementation: 'P16M' } },
        }),
      ],
    },
    {
      rules: [],
      title: 'a document comes before its review: the review waits, and is due some days after',
      given: begun({ ladder: true }),
      when: [
        on('2030-01-28', opens(policy, owner, '2030-02-15'), opens(reading, sponsor, '2030-02-18', policy)),
        on(
          '2030-01-29',
          tries(manager, 'let the policy wait for its review', (state) => ({
            type: 'setDependencies',
            taskId: taskId(state, policy),
            dependsOn: [taskId(state, reading)],
          })),
        ),
        on('2030-02-25', delivers(policy)),
      ],
      follows: [
        refused('2030-01-29', 'dependency', 'nobody could begin'),
        climbs('2030-02-15', policy, 0, owner),
        never('TaskReminded', 'the sponsor is reminded of the review', { to: [sponsor] }),
        happens('2030-02-25', 'TaskReleased', 'the review can begin, and is due 2030-03-04', {
          previousDueOn: '2030-02-18',
          dueOn: '2030-03-04',
        }),
        taskIs('2030-02-25', reading, { status: 'open', dueOn: '2030-03-04', assignee: sponsor }),
      ],
    },
    {
      rules: [],
      title: 'a task is extended, reassigned and waived, each with its reason',
      given: begun(),
      when: [
        on('2030-01-28', opens(policy, owner, '2030-02-15')),
        on(
          '2030-02-11',
          does(manager, 'extends it to 2030-03-01', (state) => ({
            type: 'extendTask',
            taskId: taskId(state, policy),
            dueOn: '2030-03-01',
            reason: 'A holiday',
          })),
          does(manager, 'hands it to the sponsor', (state) => ({
            type: 'reassignTask',
            taskId: taskId(state, policy),
            to: sponsor,
          })),
        ),
        on(
          '2030-02-20',
          does(manager, 'waives it', (state) => ({
            type: 'waiveTask',
            taskId: taskId(state, policy),
            reason: 'The parent company has one',
          })),
        ),
      ],
      follows: [
        taskIs('2030-02-11', policy, { status: 'open', dueOn: '2030-03-01', assignee: sponsor }),
        happens('2030-02-20', 'TaskWaived', 'it is waived: "The parent company has one"', {
          reason: 'The parent company has one',
        }),
        taskIs('2030-02-20', policy, { status: 'waived', dueOn: '2030-03-01' }),
      ],
    },
    {
      rules: [],
      title: 'a program is cancelled while it is certified, and asks for nothing any more',
      given: certificate(),
      when: [
        on('2031-02-03', does(sponsor, 'cancels the program', { type: 'cancel', reason: 'The assistant is sold' })),
      ],
      follows: [
        happens('2031-02-03', 'ProgramCancelled', 'the program ends: "The assistant is sold"', {
          reason: 'The assistant is sold',
        }),
        nothingOpen('2031-02-03'),
        ahead('2031-02-03', 'expiry', 'last day to wait for', []),
      ],
    },
    {
      rules: [],
      title: 'a late task climbs the ladder, each rung once, until it is done',
      given: begun({ ladder: true }),
      when: [
        on('2030-01-28', opens(policy, owner, '2030-02-15')),
        on('2030-03-22', delivers(policy)),
        on('2030-05-01'),
      ],
      follows: [
        climbs('2030-02-01', policy, 0, owner),
        climbs('2030-02-08', policy, 0, owner),
        climbs('2030-02-14', policy, 0, owner),
        climbs('2030-02-15', policy, 0, owner),
        climbs('2030-02-20', policy, 1, manager),
        climbs('2030-02-26', policy, 2, sponsor),
        climbs('2030-03-07', policy, 3, topManagement),
        climbs('2030-03-14', policy, 3, topManagement),
        climbs('2030-03-21', policy, 3, topManagement),
        told(policy, 9),
      ],
    },
    {
      rules: [],
      title: 'an acknowledgment moves the ladder, and never the day on which the task is due',
      given: begun({ ladder: true }),
      when: [
        on('2030-01-28', opens(policy, owner, '2030-02-15')),
        on(
          '2030-02-11',
          does(owner, 'expects to be done on 2030-02-22', (state) => ({
            type: 'acknowledgeTask',
            taskId: taskId(state, policy),
            expectedOn: '2030-02-22',
          })),
        ),
        on(
          '2030-02-25',
          tries(owner, 'put it off again', (state) => ({
            type: 'acknowledgeTask',
            taskId: taskId(state, policy),
            expectedOn: '2030-03-08',
          })),
        ),
        on('2030-02-28'),
      ],
      follows: [
        climbs('2030-02-22', policy, 0, owner),
        refused('2030-02-25', 'ladder', 'the escalation moves only once'),
        climbs('2030-02-27', policy, 1, manager),
        told(policy, 5),
        taskIs('2030-02-28', policy, { status: 'open', dueOn: '2030-02-15' }),
      ],
    },
  ],
};

function plansImplementation(implementation: IsoDuration): Act {
  return does(manager, `plans an implementation of ${implementation}`, {
    type: 'changePlan',
    phases: { implementation },
    reason: 'We know more',
  });
}

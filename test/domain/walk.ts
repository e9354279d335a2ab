import fc from 'fast-check';
import { requirementsOf } from '../../domain/assessment/requirements.ts';
import { occasions, surveillanceTopics } from '../../domain/audits/audit.ts';
import { type Email, type Instant, type IsoDate, type Weekday, weekdays } from '../../domain/basics.ts';
import { suspensionGrounds } from '../../domain/certificate/certificate.ts';
import { grades, isUnverified } from '../../domain/findings/finding.ts';
import { commands, type UserCommand } from '../../domain/registry.ts';
import { isUnended, type Task } from '../../domain/tasks/task.ts';
import { plan } from './journey.ts';
import { type Driver, dayOf, people, plus, who } from './support.ts';

/** One step of a random life: what, by whom, and numbers to choose with. */
export interface Step {
  what: 'work' | 'ask' | 'wait' | 'heldUp' | 'carryOver';
  who: number;
  pick: number;
  other: number;
  days: number;
  careless: boolean;
}

export const step: fc.Arbitrary<Step> = fc.record({
  what: fc.oneof(
    { weight: 9, arbitrary: fc.constant('work' as const) },
    { weight: 6, arbitrary: fc.constant('ask' as const) },
    { weight: 5, arbitrary: fc.constant('wait' as const) },
    { weight: 1, arbitrary: fc.constant('heldUp' as const) },
    { weight: 1, arbitrary: fc.constant('carryOver' as const) },
  ),
  who: fc.nat(1000),
  pick: fc.nat(10_000),
  other: fc.nat(10_000),
  days: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 9 }) },
    { weight: 3, arbitrary: fc.integer({ min: 10, max: 60 }) },
    { weight: 1, arbitrary: fc.integer({ min: 60, max: 150 }) },
  ),
  careless: fc.boolean(),
});

/** Takes a step. What people send may be accepted or refused; neither may break anything. */
export function take(driver: Driver, now: Step): void {
  switch (now.what) {
    case 'wait':
      driver.until(later(driver, now));
      return;
    case 'heldUp':
      driver.heldUpUntil(later(driver, now)).settle();
      return;
    case 'carryOver':
      // As when an execution continues as new: the state travels as JSON.
      driver.state = JSON.parse(JSON.stringify(driver.state));
      return;
    case 'ask': {
      const resume = driver.state.status === 'paused' && now.other % 3 === 0;
      const command = resume ? ({ type: 'resume', reason: 'On.' } as const) : one(asks, now.pick)(driver, now);
      driver.as(sender(command, now)).tries(command);
      return;
    }
    case 'work':
      work(driver, now);
  }
}

const everybody = [...Object.values(who)];

/** Mostly somebody who may send such a command, sometimes anybody. */
function sender({ type }: UserCommand, now: Step): Email {
  const allowed = people.filter((person) => person.roles.some((role) => commands[type].roles.includes(role)));
  return now.who % 5 === 0 ? one(everybody, now.who) : one(allowed, now.who).email;
}

function later(driver: Driver, { days, pick }: Step): Instant {
  return new Date(Date.parse(driver.now) + days * 86_400_000 + (pick % 86_400) * 1000).toISOString();
}

function one<T>(from: readonly T[], pick: number): T {
  return from[pick % from.length] as T;
}

function today(driver: Driver): IsoDate {
  return dayOf(driver.now);
}

/** Does what some open tasks ask for, each as the person who has it; carelessly sometimes. */
function work(driver: Driver, now: Step): void {
  for (let count = now.other % 5; count >= 0; count--) {
    const tasks = Object.values(driver.state.tasks).filter(isUnended);
    if (tasks.length > 0) answer(driver, one(tasks, now.pick + count), now);
  }
}

/** Does what a task asks for, as the person who has it. */
export function answer(driver: Driver, task: Task, now: Step): void {
  if (task.status === 'submitted') {
    const reviewer = task.evidence.by === who.sponsor ? who.manager : who.sponsor;
    const verdict = now.careless && now.other % 3 === 0 ? 'reject' : 'accept';
    driver.as(reviewer).tries({ type: 'reviewEvidence', taskId: task.id, verdict, note: 'Seen.' });
    return;
  }
  const commands = answers[task.kind]?.(driver, task, now) ?? [
    [task.assignee, { type: 'submitEvidence', taskId: task.id, links: [], note: 'Here.' }] as const,
  ];
  for (const [email, command] of commands) driver.as(email).tries(command);
}

type Sent = readonly [email: Email, command: UserCommand];

const answers: Partial<Record<Task['kind'], (driver: Driver, task: Task, now: Step) => Sent[]>> = {
  gapAssessment: (driver) => [
    ...Object.keys(requirementsOf(driver.state)).map((requirementId): Sent => {
      const rating = { status: 'conforms', priority: 'low', gap: '', effortDays: 1, owner: who.owner } as const;
      return [who.consultant, { type: 'rateRequirement', requirementId, ...rating }];
    }),
    [who.consultant, { type: 'completeGapAssessment' }],
  ],
  auditSchedule: schedule,
  missedAudit: schedule,
  auditOutcome: (driver, { auditId = '' }, { careless, other }) => {
    const audit = driver.state.audits[auditId];
    const auditor = audit?.team[0] ?? who.lead;
    const stage1 = audit?.kind === 'stage1';
    const grade = stage1 ? 'concern' : one(['major', 'minor', 'minor', 'observation'] as const, other);
    const found = {
      type: 'raiseFinding',
      auditId,
      requirementId: one(['7.2', '8.4', 'A.5.2'], other),
      grade,
      statement: 'Lacking.',
    } as const;
    const usual = stage1 ? 'ready' : audit?.kind === 'surveillance' ? 'maintained' : 'completed';
    const unusual = stage1
      ? 'notReady'
      : audit?.kind === 'surveillance'
        ? one(['suspend', 'suspend', 'withdraw'] as const, other)
        : 'completed';
    const result = careless && other % 4 === 0 ? unusual : usual;
    const topics = careless ? surveillanceTopics.slice(other % 9) : [...surveillanceTopics];
    const covered = audit?.kind === 'surveillance' ? { covered: topics } : {};
    const outcome = { type: 'recordOutcome', auditId, result, note: 'Done.', ...covered } as const;
    return careless
      ? [
          [auditor, found],
          [auditor, outcome],
        ]
      : [[auditor, outcome]];
  },
  recommendation: (_driver, { auditId = '', assignee }, { other }) => {
    const reason = 'As it was seen.';
    const decided = [
      { type: 'suspendCertificate', reason },
      { type: 'reinstateCertificate', reason },
      { type: 'withdrawCertificate', reason },
      { type: 'keepCertificate', auditId, reason },
    ] as const;
    return [...decided.slice(other % 4), ...decided].map((command): Sent => [assignee, command]);
  },
  deciderNeeded: (_driver, _task, { other }) => {
    const decider = { email: `decider-${other}@body.example` as Email, name: 'Another', roles: ['decisionMaker'] };
    return [[who.manager, { type: 'addPerson', ...decider } as UserCommand]];
  },
  managementReview: (driver) => [
    [
      who.manager,
      {
        type: 'holdManagementReview',
        heldOn: today(driver),
        attendees: ['Tom'],
        inputs: 'a',
        decisions: 'b',
        actions: [],
      },
    ],
  ],
  correctiveActionPlan: (driver, { findingId = '', assignee }, { days, careless }) => {
    const dueOn = plus(today(driver), days);
    const effectivenessOn = careless ? plus(dueOn, 30) : undefined;
    return [[assignee, { type: 'planCorrectiveAction', findingId, ...plan, dueOn, effectivenessOn }]];
  },
  planReview: (_, { findingId = '', assignee }, { careless, other }) => {
    const verdict = careless && other % 3 === 0 ? 'reject' : 'accept';
    return [[assignee, { type: 'reviewCorrectiveActionPlan', findingId, verdict, note: 'Read.' }]];
  },
  correctiveAction: (_, { findingId = '', assignee }) => [
    [assignee, { type: 'reportCorrectiveActionDone', findingId, evidence: { links: [], note: 'Done.' } }],
  ],
  verification: verify,
  effectivenessCheck: verify,
  decision: (_, { auditId = '' }, { careless, other }) => {
    const basis = { auditId, certificateNumber: 'C-1', basis: 'Report.' };
    const careful = ['granted', 'grantedWithCorrectiveAction', 'delayed'] as const;
    const kinds = careless && other % 5 === 0 ? (['refused'] as const) : careful;
    return kinds.map((decision): Sent => [who.decider, { type: 'recordDecision', ...basis, decision }]);
  },
};

function schedule(driver: Driver, { auditId = '' }: Task, { days, other }: Step): Sent[] {
  const internal = driver.state.audits[auditId]?.kind === 'internal';
  const startsOn = plus(today(driver), Math.min(days, 20));
  const team = internal ? [who.internal] : [who.lead, who.auditor].slice(0, 1 + (other % 2));
  return [[who.manager, { type: 'scheduleAudit', auditId, startsOn, endsOn: plus(startsOn, other % 3), team }]];
}

function verify(_driver: Driver, { findingId = '', assignee }: Task, { careless, other }: Step): Sent[] {
  const effective = !(careless && other % 3 === 0);
  return [[assignee, { type: 'verifyFinding', findingId, effective, note: 'Looked.' }]];
}

const texts = ['Because.', 'Because.', 'Because.', ' '];
// A text that is no date comes as one: the commands must refuse it by themselves.
const strangeDates = ['2030-02-30', '2020-01-01', 'soon' as IsoDate] as const;

const weekends: Weekday[][] = [['saturday', 'sunday'], ['friday', 'saturday'], ['saturday'], [...weekdays]];

/** Every kind of command, filled with what is there, what is not, dates near and far, and nonsense. */
const asks: ((driver: Driver, now: Step) => UserCommand)[] = [
  (_, n) => ({ type: 'changePlan', phases: { implementation: one(['P1M', 'P3M', 'P0D'], n.other) }, reason: text(n) }),
  (d, n) => ({ type: 'changePlan', startsOn: date(d, n), reason: text(n) }),
  (d, n) => ({
    type: 'changeCalendar',
    daysOff: [date(d, n), plus(today(d), n.days)],
    ...(n.careless ? { workingDays: [plus(today(d), n.days + 1)] } : {}),
    reason: text(n),
  }),
  (_, n) => ({ type: 'changeCalendar', weekend: one(weekends, n.other), reason: text(n) }),
  (_, n) => ({ type: 'changeScope', statement: text(n), reason: text(n) }),
  (_, n) => ({ type: 'pause', reason: text(n) }),
  (_, n) => ({ type: 'resume', reason: text(n) }),
  (_, n) => ({ type: 'resume', reason: text(n) }),
  (_, n) => (n.other % 40 === 0 ? { type: 'cancel', reason: text(n) } : { type: 'resume', reason: text(n) }),
  (_, n) => ({ type: 'setPeople', people: people.filter((_, index) => index !== n.other % 14) }),
  () => ({ type: 'setPeople', people }),
  (_, n) => ({ type: 'addPerson', ...one(people, n.other) }),
  (_, n) => ({ type: 'addPerson', email: 'new@example.com', name: text(n), roles: one(people, n.other).roles }),
  (_, n) => ({ type: 'changePerson', email: one(everybody, n.other), roles: one(people, n.days).roles }),
  (_, n) => ({
    type: 'removePerson',
    email: one(everybody, n.other),
    ...(n.careless ? { handTo: one(everybody, n.days) } : {}),
  }),
  (d, n) => ({
    type: 'delegate',
    deputy: one(everybody, n.other),
    startsOn: date(d, n),
    endsOn: plus(today(d), n.days),
    ...(n.careless ? { email: one(everybody, n.days) } : {}),
  }),
  (_, n) => ({ type: 'endDelegation', ...(n.careless ? { email: one(everybody, n.days) } : {}) }),
  (_, n) => ({
    type: 'putAiSystem',
    id: one(['assistant', 'chat'], n.other),
    name: text(n),
    role: 'user',
    risk: 'high',
  }),
  (_, n) => ({ type: 'retireAiSystem', systemId: one(['assistant', 'chat', 'none'], n.other) }),
  (d, n) => ({
    type: 'reportIncident',
    occurredOn: past(d, n),
    severity: 'low',
    systemId: one([undefined, 'chat'], n.other),
    description: text(n),
  }),
  (d, n) => ({ type: 'reportComplaint', receivedOn: past(d, n), from: 'A', description: text(n) }),
  (_, n) => ({
    type: 'rateRequirement',
    requirementId: one(['7.2', '7.9'], n.other),
    status: 'partial',
    priority: 'high',
    gap: text(n),
    effortDays: 3,
    owner: one(everybody, n.other),
  }),
  () => ({ type: 'completeGapAssessment' }),
  (_, n) => ({
    type: 'setApplicability',
    controlId: one(['A.5.2', '7.2'], n.other),
    applicable: n.careless,
    justification: text(n),
    implementation: 'planned',
  }),
  (d, n) => ({ type: 'openTask', title: text(n), assignee: one(everybody, n.other), dueOn: date(d, n) }),
  (d, n) => ({
    type: 'openTask',
    title: text(n),
    assignee: who.owner,
    dueOn: date(d, n),
    dependsOn: [taskId(d, n), taskId(d, { ...n, other: n.days })],
  }),
  (d, n) => ({ type: 'setDependencies', taskId: taskId(d, n), dependsOn: [taskId(d, { ...n, other: n.days })] }),
  (d, n) => ({ type: 'setDependencies', taskId: taskId(d, n), dependsOn: [] }),
  (d, n) => ({
    type: 'submitEvidence',
    taskId: taskId(d, n),
    links: [],
    note: text(n),
    validUntil: one([undefined, date(d, n)], n.other),
  }),
  (d, n) => ({
    type: 'reviewEvidence',
    taskId: taskId(d, n),
    verdict: one(['accept', 'reject'] as const, n.other),
    note: text(n),
  }),
  (d, n) => ({ type: 'reassignTask', taskId: taskId(d, n), to: one(everybody, n.days) }),
  (d, n) => ({ type: 'reassignTask', taskId: taskId(d, n), to: one(everybody, n.days) }),
  (d, n) => ({ type: 'extendTask', taskId: taskId(d, n), dueOn: date(d, n), reason: text(n) }),
  (d, n) => ({ type: 'extendTask', taskId: taskId(d, n), dueOn: date(d, n), reason: text(n) }),
  (d, n) => ({ type: 'acknowledgeTask', taskId: taskId(d, n), expectedOn: date(d, n) }),
  (d, n) => ({ type: 'acknowledgeTask', taskId: taskId(d, n), expectedOn: plus(today(d), 10 * n.days) }),
  (d, n) => ({ type: 'waiveTask', taskId: taskId(d, n), reason: text(n) }),
  (d, n) => ({ type: 'waiveTask', taskId: taskId(d, n), reason: text(n) }),
  (d, n) => ({
    type: 'planAudit',
    kind: one(['internal', 'special', 'stage1'] as const, n.other),
    targetOn: date(d, n),
  }),
  (d, n) => ({
    type: 'scheduleAudit',
    auditId: auditId(d, n),
    startsOn: date(d, n),
    endsOn: date(d, n),
    team: [one(everybody, n.days)],
  }),
  (d, n) => ({ type: 'callOffAudit', auditId: auditId(d, n), reason: text(n) }),
  (d, n) => ({
    type: 'raiseFinding',
    auditId: auditId(d, n),
    requirementId: '7.2',
    grade: one(grades, n.days),
    statement: text(n),
  }),
  (d, n) => ({
    type: 'recordOutcome',
    auditId: auditId(d, n),
    result: one(['ready', 'completed', 'maintained'] as const, n.days),
    note: '',
    ...(n.careless ? { covered: [one(surveillanceTopics, n.other)] } : {}),
  }),
  (d, n) => ({ type: 'planCorrectiveAction', findingId: findingId(d, n), ...plan, dueOn: date(d, n) }),
  (d, n) => ({ type: 'reviewCorrectiveActionPlan', findingId: findingId(d, n), verdict: 'accept', note: text(n) }),
  (d, n) => ({
    type: 'reportCorrectiveActionDone',
    findingId: findingId(d, n),
    evidence: { links: [], note: text(n) },
  }),
  (d, n) => ({ type: 'verifyFinding', findingId: findingId(d, n), effective: n.careless, note: text(n) }),
  (d, n) => ({
    type: 'raiseToMajor',
    findingId: findingId(d, n),
    reason: text(n),
    together: [findingId(d, { ...n, other: n.other + 1 })],
  }),
  (d, n) => ({ type: 'raiseToMajor', findingId: findingId(d, n), reason: text(n) }),
  (d, n) => ({
    type: 'holdManagementReview',
    heldOn: past(d, n),
    attendees: ['Tom'],
    inputs: text(n),
    decisions: 'b',
    actions: [{ title: 'Do', assignee: one(everybody, n.other), dueOn: date(d, n) }],
  }),
  (d, n) => ({
    type: 'recordDecision',
    auditId: auditId(d, n),
    decision: one(['granted', 'delayed'] as const, n.days),
    certificateNumber: 'C-2',
    basis: text(n),
  }),
  (d, n) => ({
    type: 'planAudit',
    kind: 'special',
    occasion: one(occasions, n.days),
    targetOn: date(d, n),
    reason: text(n),
    ...(n.days % occasions.length === 0 ? { scope: { statement: text(n) } } : {}),
  }),
  (d, n) => ({
    type: 'transferCertificate',
    to: { name: one(['B1', 'B2', ' '], n.other) },
    on: past(d, n),
    reason: text(n),
  }),
  (_, n) => ({ type: 'reportSignificantChange', description: text(n) }),
  (_, n) => ({ type: 'reduceScope', statement: text(n), exclusions: one(texts, n.days), reason: text(n) }),
  (_, n) => ({ type: 'suspendCertificate', reason: text(n), ground: one([undefined, ...suspensionGrounds], n.days) }),
  (_, n) => ({ type: 'reinstateCertificate', reason: text(n) }),
  (_, n) => ({ type: n.other % 30 === 0 ? 'withdrawCertificate' : 'reinstateCertificate', reason: text(n) }),
  (d, n) => ({ type: 'restoreCertificate', auditId: auditId(d, n), reason: text(n) }),
] satisfies ((driver: Driver, now: Step) => UserCommand)[];

function text({ other }: Step): string {
  return one(texts, other);
}

function date(driver: Driver, { other, days }: Step): IsoDate {
  return other % 20 === 0 ? one(strangeDates, days) : plus(today(driver), days - 2);
}

function past(driver: Driver, { days, other }: Step): IsoDate {
  return other % 20 === 0 ? plus(today(driver), 3) : plus(today(driver), -days);
}

function taskId(driver: Driver, { other, careless }: Step): string {
  const tasks = Object.values(driver.state.tasks).filter((task) => careless || task.status === 'open');
  return one([...tasks.map((task) => task.id), 'T-999'], other);
}

function auditId(driver: Driver, { other }: Step): string {
  return one([...Object.keys(driver.state.audits), 'A-99'], other);
}

function findingId(driver: Driver, { other, careless }: Step): string {
  const findings = Object.values(driver.state.findings).filter((finding) => careless || isUnverified(finding));
  return one([...findings.map((finding) => finding.id), 'F-1'], other);
}

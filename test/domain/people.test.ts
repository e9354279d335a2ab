import { describe, expect, it } from 'vitest';
import { type Actor, type Email, type IsoDate, type Role, roles } from '../../domain/basics.ts';
import { decide, mustBeAllowed } from '../../domain/decide.ts';
import { mayRead } from '../../domain/people/access.ts';
import type { Person } from '../../domain/people/person.ts';
import { commands, steps, type UserCommand } from '../../domain/registry.ts';
import { isUnended } from '../../domain/tasks/task.ts';
import { speak } from '../../words/sayings/index.ts';
import { assessed, auditedInternally, certified, held, rate, scheduled, scheduling } from './journey.ts';
import { asAnswered, people, program, refusalOf, who } from './support.ts';

/** Who may send what, as version 0.1.0 had it: nobody loses or gains by accident. s sponsor, t top management, m manager, o owner, c consultant, i internal auditor; L, A, D the body. */
const may: Partial<Record<UserCommand['type'], string>> = {
  addPerson: 'm',
  changePerson: 'm',
  removePerson: 'm',
  delegate: 'stmociLAD',
  endDelegation: 'stmociLAD',
  changePlan: 'm',
  changeScope: 'm',
  pause: 'stm',
  resume: 'stm',
  cancel: 'stm',
  setPeople: 'm',
  putAiSystem: 'mo',
  retireAiSystem: 'mo',
  reportIncident: 'stmoci',
  reportComplaint: 'stmociLAD',
  correctIncident: 'stm',
  correctComplaint: 'stm',
  reportSignificantChange: 'stmLD',
  rateRequirement: 'mc',
  completeGapAssessment: 'mc',
  setApplicability: 'mc',
  openTask: 'mci',
  setDependencies: 'mc',
  submitEvidence: 'stmoci',
  reviewEvidence: 'smci',
  reassignTask: 'm',
  extendTask: 'm',
  acknowledgeTask: 'stmoci',
  waiveTask: 'm',
  planAudit: 'mLD',
  scheduleAudit: 'miL',
  recordEarlierAudit: 'mi',
  raiseFinding: 'iLA',
  recordOutcome: 'iL',
  planCorrectiveAction: 'stmoci',
  reviewCorrectiveActionPlan: 'iLA',
  reportCorrectiveActionDone: 'stmoci',
  verifyFinding: 'iLA',
  raiseToMajor: 'iL',
  holdManagementReview: 'stm',
  recordDecision: 'D',
  suspendCertificate: 'mLD',
  reinstateCertificate: 'LD',
  reduceScope: 'LD',
  transferCertificate: 'stm',
  withdrawCertificate: 'LD',
  restoreCertificate: 'D',
};
const letters: Record<Role, string> = {
  sponsor: 's',
  topManagement: 't',
  programManager: 'm',
  owner: 'o',
  consultant: 'c',
  internalAuditor: 'i',
  viewer: 'v',
  leadAuditor: 'L',
  auditor: 'A',
  decisionMaker: 'D',
};

describe('permissions', () => {
  const driver = certified('2030-06-05');
  const holder = (role: Role) => people.find((person) => person.roles.includes(role))?.email as Email;
  const answerTo = (type: string, actor: Actor) => {
    const decision = decide(driver.state, { type } as never, actor, driver.now, speak);
    return decision.ok ? decision : asAnswered(decision.refusal);
  };

  it.each(Object.entries(may))('are as they were: %s', (type, those) => {
    const letterOf = (role: Role) => letters[role];
    expect(commands[type as UserCommand['type']].roles.map(letterOf).sort()).toEqual([...those].sort());
  });

  it.each(Object.keys(commands) as UserCommand['type'][])(
    '%s is for those who may, and refused with 403 to all others',
    (type) => {
      for (const role of roles) {
        const actor = { email: holder(role) };
        const allowed = commands[type].roles.includes(role);
        const asked = () => mustBeAllowed(driver.state, type, actor);
        if (allowed) expect(asked, role).not.toThrow();
        else {
          const refusal = { status: 403, code: 'role', detail: expect.stringContaining('can be sent by') };
          expect(refusalOf(asked), role).toEqual(refusal);
          expect(answerTo(type, actor), role).toEqual(refusal);
        }
      }
      for (const actor of [
        { email: who.stranger },
        { email: who.stranger, installationRole: 'administrator' },
      ] as Actor[]) {
        const asked = () => mustBeAllowed(driver.state, type, actor);
        if (actor.installationRole && commands[type].installationRoles?.includes(actor.installationRole)) {
          expect(asked).not.toThrow();
          continue;
        }
        const { detail } = refusalOf(asked);
        expect(detail).toContain(`${who.stranger} is not among the people of this program.`);
      }
    },
  );

  it.each(Object.keys(steps))('%s is the program’s own', (type) => {
    expect(answerTo(type, { email: who.manager })).toEqual({
      status: 403,
      code: 'role',
      detail: `${type} is sent by the program itself, not by people.`,
    });
  });

  it('let everybody with a role read, and who runs the installation', () => {
    expect([mayRead(['viewer']), mayRead([]), mayRead([], 'operations')]).toEqual([true, false, true]);
  });

  it('refuse a command that nobody knows', () => {
    expect(answerTo('selfDestruct', { email: who.manager })).toMatchObject({ status: 403 });
  });
});

describe('R9: an internal auditor', () => {
  /** Ira owns competence; her audit is planned. */
  function owning() {
    const driver = rate(program(), { '7.2': { owner: who.internal }, 'A.4.6': { owner: who.internal } });
    driver.does({ type: 'completeGapAssessment' });
    driver.as(who.manager);
    for (const task of Object.values(driver.state.tasks).filter(isUnended)) {
      driver.does({ type: 'waiveTask', taskId: task.id, reason: 'Later.' });
    }
    return driver;
  }
  const schedule = (auditId: string, criteria?: string[]): UserCommand => ({
    type: 'scheduleAudit',
    auditId,
    startsOn: '2030-01-15',
    endsOn: '2030-01-15',
    team: [who.internal],
    ...(criteria ? { criteria } : {}),
  });

  it('does not audit what they own', () => {
    const driver = owning();
    const { id } = driver.audit('internal');
    const { code, detail } = driver.refuses(schedule(id));
    expect(code).toBe('R9');
    expect(detail).toContain('Ira owns 7.2 (and 1 more)');
    expect(driver.refuses(schedule(id, ['7.2', '8.1'])).code).toBe('R9');
    driver.does(schedule(id, ['7.1', '8.1']));
    driver.at('2030-01-15').as(who.internal);
    const finding = { type: 'raiseFinding', auditId: id, grade: 'minor', statement: 'Lacking.' } as const;
    expect(driver.refuses({ ...finding, requirementId: '7.2' }).code).toBe('criteria');
    driver.does({ ...finding, requirementId: '8.1' });
  });

  it('does not judge what they own', () => {
    const driver = owning();
    const second: Person = { email: who.second, name: 'Ova', roles: ['internalAuditor'] };
    driver.does({ type: 'setPeople', people: people.map((person) => (person.email === who.second ? second : person)) });
    const { id } = driver.audit('internal');
    driver.does({ ...schedule(id), team: [who.second] } as UserCommand);
    driver.at('2030-01-15').as(who.second);
    driver.does({ type: 'raiseFinding', auditId: id, requirementId: '7.2', grade: 'minor', statement: 'Lacking.' });
    const given = { correction: 'a', rootCause: 'b', similarCases: 'None', action: 'c', dueOn: '2030-02-01' } as const;
    driver.as(who.internal).does({ type: 'planCorrectiveAction', findingId: 'F-1', ...given });
    const review = { type: 'reviewCorrectiveActionPlan', findingId: 'F-1', verdict: 'accept', note: '' } as const;
    expect(driver.refuses(review).code).toBe('R9');
    driver.as(who.second).does(review);
  });
});

describe('audit teams', () => {
  it('are of people with the right roles; the body’s has a lead auditor', () => {
    const driver = auditedInternally(program(), '2030-01-15').as(who.manager);
    const command = scheduling(driver, 'stage1', '2030-02-11') as Extract<UserCommand, { type: 'scheduleAudit' }>;
    for (const team of [[], [who.internal], [who.auditor], [who.lead, who.decider], [who.lead, who.stranger]]) {
      expect(driver.refuses({ ...command, team }).status, team.join()).toBe(422);
    }
    driver.does({ ...command, team: [who.auditor, who.lead] });
    expect(driver.open('auditOutcome')).toMatchObject([{ assignee: who.lead, dueOn: '2030-02-25' }]);
  });

  it('alone add findings and record the outcome, from the first day and on the last', () => {
    const driver = auditedInternally(program(), '2030-01-15').as(who.manager);
    driver.does(scheduling(driver, 'stage1', '2030-02-11', '2030-02-13'));
    const finding = {
      type: 'raiseFinding',
      auditId: 'A-2',
      requirementId: '7.2',
      grade: 'concern',
      statement: 'Hm.',
    } as const;
    const outcome = { type: 'recordOutcome', auditId: 'A-2', result: 'ready', note: '' } as const;
    driver.until('2030-02-10T23:59:59.999Z').as(who.lead);
    expect(driver.refuses(finding).code).toBe('dates');
    driver.until('2030-02-11T00:00:00.000Z');
    expect(driver.as(who.auditor).refuses(finding).status).toBe(403);
    driver.as(who.lead).does(finding);
    driver.until('2030-02-12T23:59:59.999Z');
    expect(driver.refuses(outcome).code).toBe('dates');
    driver.until('2030-02-13T00:00:00.000Z').does(outcome);
    expect(driver.refuses(outcome).code).toBe('state');
  });

  it('meet on days that exist, lie ahead and follow each other', () => {
    const driver = auditedInternally(program(), '2030-01-15').as(who.manager);
    expect(driver.refuses(scheduling(driver, 'stage1', '2030-02-13', '2030-02-11')).code).toBe('dates');
    expect(driver.refuses(scheduling(driver, 'stage1', '2030-01-14')).code).toBe('dates');
    expect(driver.refuses(scheduling(driver, 'stage1', '2030-02-11', '2030-02-30')).code).toBe('dates');
  });
});

describe('people who leave', () => {
  const without = (email: string) => people.filter((person) => person.email !== email);

  it('hand their open tasks to the program manager', () => {
    const driver = assessed(program());
    const theirs = Object.values(driver.state.tasks).filter((task) => task.assignee === who.owner && isUnended(task));
    expect(theirs.length).toBeGreaterThan(5);
    driver.as(who.manager).does({ type: 'setPeople', people: without(who.owner), reason: 'Olu left.' });
    for (const { id } of theirs) expect(driver.state.tasks[id]?.assignee).toBe(who.manager);
    expect(driver.recordsOf('TaskReassigned').map(({ data }) => data.from)).toEqual(theirs.map(() => who.owner));
  });

  it('leave a warning of how many tasks went to whom, who is asked for each also when it was their own command', () => {
    const driver = assessed(program());
    const theirs = Object.values(driver.state.tasks).filter((task) => task.assignee === who.owner && isUnended(task));
    const asked = driver.told('taskOpened').length;
    driver.as(who.manager).does({ type: 'setPeople', people: without(who.owner) });
    const warning = driver.recordsOf('WarningNoted').at(-1)?.data;
    expect(warning?.code).toBe('people');
    expect(warning?.text).toContain(`${theirs.length} open tasks of Olu went to Mia (${who.manager})`);
    const fallen = driver.told('taskOpened').slice(asked);
    expect(fallen.map(({ to, item }) => [to, item.task.id, item.why])).toEqual(
      theirs.map(({ id }) => [who.manager, id, 'Olu, who had it, left.']),
    );
    expect(driver.told('taskHandedOn')).toEqual([]);
  });

  it('without a task leave no warning', () => {
    const driver = program().as(who.manager);
    const warnings = driver.recordsOf('WarningNoted').length;
    driver.does({ type: 'setPeople', people: without(who.auditor) });
    expect(driver.recordsOf('WarningNoted')).toHaveLength(warnings);
  });

  it('are not asked again for what they owned', () => {
    const driver = auditedInternally(program(), '2030-01-15').as(who.manager);
    driver.does({ type: 'setPeople', people: without(who.owner) });
    held(driver, 'stage1', '2030-02-11', { findings: [{ grade: 'concern', requirementId: '7.2' }] });
    expect(driver.open('concern')).toMatchObject([{ assignee: who.manager }]);
  });

  it('can do nothing any more', () => {
    const driver = assessed(program()).as(who.manager);
    driver.does({ type: 'setPeople', people: without(who.consultant) });
    const evidence = { type: 'openTask', title: 'Do', assignee: who.owner, dueOn: '2030-02-01' } as const;
    expect(driver.as(who.consultant).refuses(evidence)).toMatchObject({ status: 403 });
  });

  it('include an auditor whose audit then waits for another', () => {
    const driver = auditedInternally(program(), '2030-01-15');
    scheduled(driver, 'stage1', '2030-02-11');
    const lea = people.find((person) => person.email === who.lead) as Person;
    const other: Person = { ...lea, email: 'new@body.example', name: 'Neo' };
    driver.as(who.manager).does({ type: 'setPeople', people: [...without(who.lead), other] });
    driver.does({ ...(scheduling(driver, 'stage1', '2030-02-12') as object), team: [other.email] } as UserCommand);
    expect(driver.open('auditOutcome')).toMatchObject([{ assignee: other.email }]);
  });

  it('leave a program manager, a sponsor and top management behind, each once, on one side', () => {
    const driver = program().as(who.manager);
    for (const email of [who.manager, who.sponsor, who.top]) {
      expect(driver.refuses({ type: 'setPeople', people: without(email) })).toMatchObject({
        code: 'people',
        status: 422,
      });
    }
    const [first] = people;
    expect(driver.refuses({ type: 'setPeople', people: [...people, first as Person] }).code).toBe('unique');
    const both: Person = { email: 'both@example.com', name: 'Bo', roles: ['auditor', 'owner'] };
    expect(driver.refuses({ type: 'setPeople', people: [...people, both] }).code).toBe('independence');
  });
});

describe('tasks', () => {
  const open = () => {
    const driver = assessed(program()).as(who.manager);
    driver.does({ type: 'openTask', title: 'Do', assignee: who.owner, dueOn: '2030-02-01' });
    return { driver, taskId: driver.task('manual').id };
  };

  it('are the organization’s to do', () => {
    const { driver, taskId } = open();
    for (const assignee of [who.lead, who.decider]) {
      expect(driver.refuses({ type: 'openTask', title: 'Do', assignee, dueOn: '2030-02-01' }).code).toBe(
        'independence',
      );
      expect(driver.refuses({ type: 'reassignTask', taskId, to: assignee }).code).toBe('independence');
    }
    expect(driver.refuses({ type: 'reassignTask', taskId, to: who.stranger }).code).toBe('unknown');
    expect(driver.refuses({ type: 'reassignTask', taskId, to: who.owner }).code).toBe('state');
    driver.does({ type: 'reassignTask', taskId, to: who.second });
    expect(driver.told('taskOpened').at(-1)?.to).toBe(who.second);
    expect(driver.told('taskHandedOn')).toMatchObject([{ to: who.owner, item: { task: { id: taskId } } }]);
    const told = driver.told('taskOpened').length;
    driver.does({ type: 'reassignTask', taskId, to: who.manager });
    expect(driver.told('taskOpened')).toHaveLength(told);
  });

  it('are answered by their assignee or the manager, reviewed by somebody else', () => {
    const { driver, taskId } = open();
    const evidence = { type: 'submitEvidence' as const, taskId, links: [], note: 'Here.' };
    expect(driver.as(who.second).refuses(evidence).status).toBe(403);
    expect(driver.as(who.owner).refuses({ ...evidence, note: '' }).code).toBe('empty');
    expect(driver.refuses({ ...evidence, validUntil: '2030-01-06' }).code).toBe('dates');
    driver.as(who.manager).does(evidence);
    expect(driver.refuses({ type: 'reviewEvidence', taskId, verdict: 'accept', note: '' }).code).toBe('fourEyes');
    expect(driver.refuses(evidence).code).toBe('state');
    expect(driver.as(who.sponsor).refuses({ type: 'reviewEvidence', taskId, verdict: 'reject', note: '' }).code).toBe(
      'empty',
    );
    driver.does({ type: 'reviewEvidence', taskId, verdict: 'accept', note: '' });
    expect(driver.refuses({ type: 'reviewEvidence', taskId, verdict: 'accept', note: '' }).code).toBe('state');
  });

  it('ask for a review whoever may give it when the only manager handed in', () => {
    const few = people.filter(({ email }) => email !== who.consultant);
    const driver = program({ people: few }).until('2030-01-08').as(who.manager);
    driver.does({ type: 'openTask', title: 'Do', assignee: who.manager, dueOn: '2030-02-01' });
    const { id: taskId } = driver.task('manual');
    driver.does({ type: 'submitEvidence', taskId, links: [], note: 'Here.' });
    expect(driver.told('evidenceToReview').map(({ to }) => to)).toEqual([who.sponsor, who.internal]);
    expect(driver.recordsOf('WarningNoted')).toEqual([]);
    const review = driver.refuses({ type: 'reviewEvidence', taskId, verdict: 'accept', note: '' });
    expect(review.detail).toContain('Sue or Ira can review it.');
  });

  it('of who alone may review are warned of at the start, with new people, when handed in, and when reviewed', () => {
    const all: Person = { email: who.manager, name: 'Mia', roles: ['sponsor', 'topManagement', 'programManager'] };
    const owner = people.find(({ email }) => email === who.owner) as Person;
    const driver = program({ people: [all, owner] })
      .until('2030-01-08')
      .as(who.manager);
    const warnings = () => driver.recordsOf('WarningNoted').map(({ data }) => data);
    const remedy = 'add a consultant or another program manager to the people of the program.';
    expect(warnings()).toEqual([{ code: 'fourEyes', text: expect.stringContaining(remedy) }]);
    expect(warnings()[0]?.text).toContain('Only Mia can review');
    driver.does({ type: 'openTask', title: 'Do', assignee: who.manager, dueOn: '2030-02-01' });
    const { id: taskId } = driver.task('manual');
    driver.does({ type: 'submitEvidence', taskId, links: [], note: 'Here.' });
    expect(warnings().at(-1)?.text).toBe(`Nobody but Mia, who submitted ${taskId}, can review it; ${remedy}`);
    const accept = { type: 'reviewEvidence', taskId, verdict: 'accept', note: '' } as const;
    expect(driver.refuses(accept)).toMatchObject({ code: 'fourEyes', detail: expect.stringContaining(remedy) });
    driver.does({ type: 'setPeople', people: [{ ...all, name: 'Mia B' }, owner] });
    expect(warnings().at(-1)?.text).toContain('Only Mia B can review');
    const seen = warnings().length;
    driver.does({
      type: 'setPeople',
      people: [all, owner, { ...owner, email: who.consultant, roles: ['consultant'] }],
    });
    expect(warnings()).toHaveLength(seen);
    driver.as(who.consultant).does(accept);
  });

  it('that another command completes are neither answered with evidence nor waived', () => {
    const driver = auditedInternally(program(), '2030-01-15').as(who.manager);
    const [task] = driver.open('auditSchedule');
    expect(driver.refuses({ type: 'submitEvidence', taskId: task!.id, links: [], note: 'Here.' }).code).toBe('state');
    expect(driver.refuses({ type: 'waiveTask', taskId: task!.id, reason: 'No.' }).code).toBe('state');
  });

  it('that do not exist are not found', () => {
    const { driver } = open();
    for (const taskId of ['T-99', 'T-0', 'X', 'A-1']) {
      expect(driver.refuses({ type: 'waiveTask', taskId, reason: 'No.' }).status, taskId).toBe(404);
    }
  });

  it('are extended forward, with a reason', () => {
    const { driver, taskId } = open();
    const extend = (dueOn: IsoDate, reason = 'Ill.') => ({ type: 'extendTask', taskId, dueOn, reason }) as const;
    expect(driver.refuses(extend('2030-02-01')).code).toBe('dates');
    expect(driver.refuses(extend('2030-01-06')).code).toBe('dates');
    expect(driver.refuses(extend('2030-02-30')).code).toBe('dates');
    expect(driver.refuses(extend('2030-02-02', '')).code).toBe('empty');
    driver.does(extend('2030-02-02'));
    expect(driver.told('taskExtended').at(-1)?.to).toBe(who.owner);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Email } from '../../domain/basics.ts';
import type { Decision } from '../../domain/decide.ts';
import { tellsActOfBody } from '../../domain/entries/telling.ts';
import { type Offer, offersOn, offersOnTask, type Subject } from '../../domain/offers/offers.ts';
import { type Command, type CommandType, commands, isCommandType } from '../../domain/registry.ts';
import type { ProgramState } from '../../domain/state.ts';
import { senderOf } from '../support/examples.ts';
import { moments } from '../support/moments.ts';
import { assessed, auditedInternally, certified, implemented, kept, staged } from './journey.ts';
import { Driver, people, program, who } from './support.ts';
import { step, take } from './walk.ts';

const types = Object.keys(commands).filter(isCommandType);

/** Where a page would offer a command, by what its payload names. */
function subjectOf(command: { type: CommandType } & object): Subject {
  const given: Record<string, unknown> = { ...command };
  for (const id of ['taskId', 'findingId', 'auditId', 'sha256'] as const) {
    if (typeof given[id] === 'string') return { [id]: given[id] } as Subject;
  }
  if (given.email && command.type !== 'addPerson') return { email: given.email as Email };
  if (commands[command.type].address.path.startsWith('/certificate')) return 'certificate';
  return command.type === 'retireAiSystem' ? { systemId: String(given.systemId) } : 'program';
}

function namesOf(offers: Offer[]): CommandType[] {
  return offers.map(({ command }) => command);
}

function offeredTo(driver: Driver, email: Email, subject: Subject): CommandType[] {
  return namesOf(offersOn(driver.state, subject, { email }, driver.now));
}

/** Everything that a page could be about. */
function subjectsOf({ tasks, audits, findings, aiSystems }: ProgramState): Subject[] {
  return [
    'program',
    'certificate',
    ...Object.keys(tasks).map((taskId) => ({ taskId })),
    ...Object.keys(audits).map((auditId) => ({ auditId })),
    ...Object.keys(findings).map((findingId) => ({ findingId })),
    ...Object.keys(aiSystems).map((systemId) => ({ systemId })),
    { requirementId: '7.2' },
    { requirementId: 'A.6.2.4' },
  ];
}

describe('what an example sends', () => {
  it.each(types)('%s is offered to its sender at its moment', (type) => {
    const { at, payload } = commands[type].example;
    const driver = moments[at]();
    const sender = senderOf(type, driver.state);
    expect(offeredTo(driver, sender, subjectOf({ type, ...payload }))).toContain(type);
  });
});

describe.each(Object.keys(moments) as (keyof typeof moments)[])('at the moment %s', (moment) => {
  const driver = moments[moment]();
  const subjects = subjectsOf(driver.state);

  it('nothing is offered that the roles of somebody do not allow, or the program refuses', () => {
    let offered = 0;
    for (const { email, roles } of people) {
      for (const subject of subjects) {
        for (const { command } of offersOn(driver.state, subject, { email }, driver.now)) {
          offered++;
          const enters = roles.includes('programManager') && tellsActOfBody(command);
          expect(enters || roles.some((role) => commands[command].roles.includes(role))).toBe(true);
        }
      }
    }
    expect(offered).toBeGreaterThan(10);
  });

  it('nothing is offered to who has no part, or only looks', () => {
    for (const email of [who.stranger, who.viewer]) {
      for (const subject of subjects) expect(offeredTo(driver, email, subject)).toEqual([]);
    }
  });

  it('looking changes nothing', () => {
    const before = JSON.stringify(driver.state);
    for (const subject of subjects) offeredTo(driver, who.manager, subject);
    expect(JSON.stringify(driver.state)).toBe(before);
  });
});

describe('a task', () => {
  it('is answered, declined or acknowledged by its assignee, and steered by the manager', () => {
    const driver = assessed(program());
    const task = 'T-2';
    expect(namesOf(offersOnTask(driver.state, task, { email: who.owner }, driver.now))).toEqual([
      'submitEvidence',
      'acknowledgeTask',
      'declineTask',
    ]);
    expect(offeredTo(driver, who.second, { taskId: task })).toEqual([]);
    expect(offeredTo(driver, who.manager, { taskId: task })).toEqual([
      'submitEvidence',
      'reassignTask',
      'extendTask',
      'setDependencies',
      'waiveTask',
    ]);
  });

  it('is acknowledged once', () => {
    const driver = assessed(program());
    driver.as(who.owner).does({ type: 'acknowledgeTask', taskId: 'T-2', expectedOn: '2030-12-02' });
    expect(offeredTo(driver, who.owner, { taskId: 'T-2' })).not.toContain('acknowledgeTask');
  });

  it('is reviewed by another than who submitted', () => {
    const driver = assessed(program());
    driver.as(who.manager).does({ type: 'submitEvidence', taskId: 'T-2', links: [], note: 'Here.' });
    expect(offeredTo(driver, who.manager, { taskId: 'T-2' })).toEqual(['takeBackEvidence', 'waiveTask']);
    expect(offeredTo(driver, who.sponsor, { taskId: 'T-2' })).toEqual(['reviewEvidence']);
    expect(offeredTo(driver, who.owner, { taskId: 'T-2' })).toEqual(['takeBackEvidence']);
  });

  it('that waits for another can be rejected, though not accepted', () => {
    const driver = assessed(program());
    driver.as(who.manager).does({ type: 'setDependencies', taskId: 'T-3', dependsOn: ['T-2'] });
    driver.as(who.owner).does({ type: 'submitEvidence', taskId: 'T-3', links: [], note: 'Here.' });
    expect(offeredTo(driver, who.sponsor, { taskId: 'T-3' })).toEqual(['reviewEvidence']);
  });

  it('that the body set a deadline for is neither extended nor acknowledged nor waived', () => {
    const driver = moments.findingRaised();
    const task = driver.task('correctiveActionPlan');
    expect(offersOnTask(driver.state, task.id, { email: task.assignee }, driver.now)).toEqual([
      { command: 'planCorrectiveAction', known: { findingId: 'F-1' } },
      { command: 'declineTask', known: { taskId: task.id } },
    ]);
    expect(offeredTo(driver, who.manager, { taskId: task.id })).toEqual(['planCorrectiveAction', 'reassignTask']);
  });

  it('that is not there offers nothing, nor does one of a program that was cancelled', () => {
    const driver = assessed(program());
    expect(offeredTo(driver, who.manager, { taskId: 'T-999' })).toEqual([]);
    expect(offeredTo(driver, who.manager, { taskId: 'constructor' })).toEqual([]);
    driver.as(who.manager).does({ type: 'cancel', reason: 'Sold.' });
    for (const subject of subjectsOf(driver.state)) expect(offeredTo(driver, who.manager, subject)).toEqual([]);
  });
});

describe('an audit and its decision', () => {
  it('knows the audit that a decision rests on, and that its team does not decide (R8)', () => {
    const driver = moments.decisionDue();
    expect(offersOn(driver.state, 'certificate', { email: who.decider }, driver.now)).toEqual([
      { command: 'recordDecision', known: { auditId: 'A-3' } },
    ]);
    expect(offeredTo(driver, who.lead, 'certificate')).toEqual([]);
  });

  it('takes findings and an outcome from its team only', () => {
    const driver = moments.stage2UnderWay();
    const acts = ['scheduleAudit', 'raiseFinding', 'recordOutcome', 'callOffAudit'];
    expect(offeredTo(driver, who.lead, { auditId: 'A-3' })).toEqual(acts);
    // The manager enters what is in the report of the body (R30).
    expect(offeredTo(driver, who.manager, { auditId: 'A-3' })).toEqual(acts);
    expect(offeredTo(driver, who.auditor, { auditId: 'A-3' })).toEqual(['raiseFinding']);
    expect(offeredTo(driver, who.second, { auditId: 'A-3' })).toEqual([]);
  });

  it('at short notice is the body’s to plan (R19)', () => {
    const driver = moments.certified();
    expect(offeredTo(driver, who.decider, 'program')).toContain('planAudit');
    expect(offeredTo(moments.decisionDue(), who.decider, 'program')).not.toContain('planAudit');
  });
});

/** A driver that notes each command that was accepted and had not been offered. */
class Watchful extends Driver {
  readonly missed: string[] = [];
  accepted = 0;

  protected override decided(command: Command, actor: Email | 'system'): Decision {
    const decision = super.decided(command, actor);
    if (!decision.ok || !isCommandType(command.type) || actor === 'system') return decision;
    this.accepted++;
    const subject = subjectOf(command as { type: CommandType });
    if (!offeredTo(this, actor, subject).includes(command.type)) {
      this.missed.push(`${actor}: ${JSON.stringify(command)}`);
    }
    return decision;
  }
}

describe('whatever is accepted in a random life', () => {
  const beginnings = {
    start: () => program(),
    implemented: () => implemented(program()),
    atTheGate: () => auditedInternally(program(), '2030-01-20'),
    stage2: () => staged(auditedInternally(program(), '2030-01-20'), '2030-02-11', '2030-03-01'),
    certified: () => certified('2030-06-05'),
    thirdYear: () => kept(certified('2030-06-05'), '2033-05-10'),
  };

  it.each(Object.entries(beginnings))(
    'from %s had been offered',
    (_, begin) => {
      const from = begin();
      let accepted = 0;
      fc.assert(
        fc.property(fc.array(step, { minLength: 20, maxLength: 40, size: 'max' }), (steps) => {
          const driver: Watchful = Object.assign(Object.create(Watchful.prototype), from.fork(), {
            missed: [],
            accepted: 0,
          });
          for (const next of steps) take(driver, next);
          expect(driver.missed).toEqual([]);
          accepted += driver.accepted;
        }),
        { numRuns: 10 },
      );
      // A life may end early; some of them live on.
      expect(accepted).toBeGreaterThan(20);
    },
    120_000,
  );
});

import { describe, expect, it } from 'vitest';
import { firstDue } from '../../domain/agenda/index.ts';
import type { Email } from '../../domain/basics.ts';
import { mostBytesHeld, mostBytesOfCommand, mostBytesOfOutcome } from '../../domain/carried/bounds.ts';
import { sizeAfter, sizeOf, sizeOfState } from '../../domain/carried/size.ts';
import { changeTask, inOneGo, mapped } from '../../domain/changing.ts';
import { fold } from '../../domain/fold.ts';
import type { Person } from '../../domain/people/person.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { standardOutline } from '../../domain/standards/outline.ts';
import type { ProgramState } from '../../domain/state.ts';
import { waitingFor } from '../../domain/tasks/dependencies.ts';
import { endTask } from '../../domain/tasks/ending.ts';
import { adopted, known, minor } from './adopted.ts';
import { type Driver, definitionInput, people, program, standard, who } from './support.ts';

const text = (length: number) => '規'.repeat(length);

describe('the size of a state', () => {
  it('is that of its JSON, but for a comma after everything', () => {
    const value = { a: 'é"\\\n\u0001😀', b: [1, 2.5, null, true], c: { d: undefined, e: '' }, ...definitionInput() };
    const bytes = Buffer.byteLength(JSON.stringify(value));
    expect(sizeOf(value)).toBeGreaterThanOrEqual(bytes);
    expect(sizeOf(value)).toBeLessThan(bytes * 1.1);
  });

  it('is the same counted from what changed', () => {
    const driver = program();
    const before = driver.state;
    sizeOfState(before);
    driver.at('2030-01-08').as(who.manager).does(task(1));
    driver.does({ type: 'removePerson', email: who.viewer });
    const after: ProgramState = { ...driver.state };
    expect(sizeAfter(before, after)).toBe(sizeOf(after));
    expect(sizeAfter(after, { ...before })).toBe(sizeOf(before));
  });
});

describe('a program that is filled by hand', () => {
  it('refuses one task too many, and goes on', () => {
    const driver = withTasks(3_500);
    expect(driver.refuses(task(1))).toMatchObject({ status: 409, code: 'full' });
    driver.does({ type: 'waiveTask', taskId: 'T-3', reason: text(3_000) });
    driver.does(rating(ids[0]!, 'Nothing is written down.'));
    driver.does({ type: 'setApplicability', ...statement, justification: 'It applies.' });
  });

  it('tells its manager once as it comes near, and warns whoever adds to it', () => {
    const driver = withTasks(2_600);
    driver.as(who.consultant).does(task(1));
    driver.does(task(2));
    expect(driver.recordsOf('ProgramNearlyFull')).toHaveLength(1);
    const told = driver.told('program').filter(({ item }) => item.event === 'nearlyFull');
    expect(told.map(({ to }) => to)).toEqual([who.manager]);
    expect(driver.warnings().filter((code) => code === 'full')).toHaveLength(2);
  });

  it('does what is due of thousands of tasks in several commits', () => {
    const driver = withTasks(600);
    driver.heldUpUntil('2030-03-06T12:00:00.000Z');
    driver.settle();
    expect(firstDue(driver.state, driver.now)).toBeUndefined();
    const reminded = driver.recordsOf('TaskReminded').map(({ data }) => data.taskId);
    expect(Object.keys(driver.state.tasks).filter((id) => !reminded.includes(id))).toEqual([]);
  });

  it('takes long gaps until it is full, and short ones after', () => {
    const driver = program().at('2030-01-08').as(who.manager);
    const long = ids.filter((id) => driver.tries(rating(id, text(10_000))));
    expect(long.length).toBeGreaterThan(20);
    expect(long.length).toBeLessThan(ids.length);
    expect(sizeOfState(driver.state)).toBeLessThan(mostBytesHeld);
    for (const id of ids.slice(long.length)) driver.does(rating(id, 'Nothing is written down.'));
    driver.does({ type: 'completeGapAssessment' });
    expect(driver.state.phase).toBe('implementation');
  });

  it('takes so many systems that it can ask for the impact of each, and evidence after that', () => {
    const driver = program().at('2030-01-08').as(who.manager);
    const name = 'n'.repeat(200);
    let added = 0;
    const put = () => driver.tries({ type: 'putAiSystem', id: `s-${added}`, name, role: 'provider', risk: 'low' });
    while (added < 3_000 && put()) added += 1;
    expect(added).toBeGreaterThan(500);
    expect(added).toBeLessThan(3_000);
    for (const id of ids) driver.does(rating(id, 'Nothing is written down.'));
    driver.does({ type: 'completeGapAssessment' });
    expect(driver.open('impactAssessment').length).toBeGreaterThan(added);
    expect(sizeOfState(driver.state)).toBeLessThan(mostBytesHeld * 1.1);
    const { id: taskId, assignee } = driver.open('evidence')[0]!;
    driver.as(assignee).does({ type: 'submitEvidence', taskId, links: ['https://docs.example.org/scope'], note: '' });
  });

  it('takes long plans for its findings until one run could not hand on what it holds, and short ones after', () => {
    const openFindings = Array.from({ length: 300 }, () => ({ ...minor, status: 'open' as const, plan: undefined }));
    const driver = adopted({ ...known, openFindings }).as(who.manager);
    const plan = (findingId: string, length: number): UserCommand => {
      const said = 'p'.repeat(length);
      const texts = { correction: said, rootCause: said, similarCases: said, action: said };
      return { type: 'planCorrectiveAction', findingId, ...texts, dueOn: '2030-09-02' };
    };
    const findings = Object.keys(driver.state.findings);
    const long = findings.filter((id) => driver.tries(plan(id, 3_800)));
    expect(long.length).toBeGreaterThan(50);
    expect(long.length).toBeLessThan(findings.length);
    expect(sizeOfState(driver.state)).toBeLessThan(1_600 * 1_024);
    expect(driver.warnings().filter((code) => code === 'full').length).toBeGreaterThan(10);
    const left = findings.find((id) => !long.includes(id))!;
    expect(driver.refuses(plan(left, 3_800))).toMatchObject({ status: 409, code: 'full' });
    driver.does(plan(left, 10));
  });

  it('takes no command that is larger than one may be', () => {
    const driver = program().at('2030-01-08').as(who.manager);
    driver.does(task(1));
    const links = Array.from({ length: 50 }, (_, index) => `https://files.example.org/${index}/${text(1_900)}`);
    driver.as(who.owner);
    const refused = driver.refuses({ type: 'submitEvidence', taskId: driver.task('manual').id, links, note: '' });
    expect(refused).toMatchObject({
      status: 422,
      code: 'tooLarge',
      detail: expect.stringContaining(`${mostBytesOfCommand}`),
    });
  });
});

describe('what changes thousands of tasks at once', () => {
  it('copies them once, and changes no state from before', () => {
    const { state } = withTasks(5);
    const [first = '', second = '', third = ''] = Object.keys(state.tasks).slice(1);
    const asTheyWere = structuredClone(state);
    const waiting = setOf(state, { [second]: [first], [third]: [first, second] });
    inOneGo(() => {
      const once = endTask(waiting, first, 'cancelled', '2030-01-09');
      const twice = endTask(once, second, 'cancelled', '2030-01-09');
      expect(twice.tasks).toBe(once.tasks);
      expect(twice.tasks[third]).toMatchObject({ waitsFor: [] });
      const more = setOf(twice, { [third]: [first] });
      expect(waitingFor(more.tasks, first).map(({ id }) => id)).toEqual([third]);
    });
    expect(state).toEqual(asTheyWere);
    expect(waiting.tasks[third]).toMatchObject({ waitsFor: [first, second] });
    expect(endTask(waiting, first, 'cancelled', '2030-01-09').tasks).not.toBe(waiting.tasks);
  });

  it('is taken of a program that is full: its pause, its cancellation, and the leaving of who has all of them', () => {
    const leaving = withTasks(3_500);
    const cancelled = leaving.fork();
    const paused = withTasks(6_000);
    paused.does({ type: 'pause', reason: 'Most of it is to be thrown away first.' });
    paused.does({ type: 'resume', reason: 'It was.' });
    expect(leaving.refuses(task(1))).toMatchObject({ code: 'full' });
    leaving.does({ type: 'removePerson', email: who.owner });
    expect(leaving.open('manual').every(({ assignee }) => assignee === who.manager)).toBe(true);
    cancelled.does({ type: 'cancel', reason: 'The business was sold.' });
    expect(cancelled.recordsOf('TaskCancelled').length).toBeGreaterThan(3_500);
    expect(cancelled.open('manual')).toEqual([]);
  });

  it('says in few words what hundreds of tasks waited for', () => {
    const driver = withTasks(300);
    const before = Object.keys(driver.state.tasks).slice(1, 51);
    const last = before.at(-1)!;
    const waiting = Object.keys(driver.state.tasks).slice(51);
    driver.state = setOf(driver.state, Object.fromEntries(waiting.map((id) => [id, before])));
    const tasks = mapped(driver.state.tasks, (each) =>
      'waitsFor' in each ? { ...each, waitsFor: [last] } : { ...each, title: text(200) },
    );
    driver.state = { ...driver.state, tasks };
    driver.does({ type: 'waiveTask', taskId: last, reason: 'Nobody needs it.' });
    expect(driver.recordsOf('TaskReleased')).toHaveLength(waiting.length);
    for (const { data } of driver.recordsOf('TaskReleased')) expect(data.why.length).toBeLessThan(3_000);
  });

  it('tells hundreds of people in several commits of what is overdue', () => {
    const sponsors = Array.from({ length: 400 }, (_, index): Person => {
      const email: Email = `sponsor-${index}@${'long.'.repeat(20)}example`;
      return { email, name: `Sponsor ${index}`, roles: ['sponsor', 'programManager'] };
    });
    const driver = program({ people: [...people, ...sponsors] })
      .at('2030-01-08')
      .as(who.manager);
    for (let number = 0; number < 10; number++) driver.does(task(number));
    let most = 0;
    driver.watch = ({ records, notices }) => {
      most = Math.max(most, sizeOf(records) + sizeOf(notices));
    };
    driver.heldUpUntil('2030-04-15T12:00:00.000Z').settle();
    expect(driver.recordsOf('TaskEscalated').length).toBeGreaterThan(20);
    expect(most).toBeLessThan(mostBytesOfOutcome / 4);
  });
});

describe('closed work', () => {
  it('leaves the state, the oldest first, and what is open keeps what it names', () => {
    const driver = program().at('2030-01-08').as(who.manager);
    const closed: string[] = [];
    for (let number = 1; number <= 210; number++) {
      driver.does(task(number));
      const taskId = driver.task('manual').id;
      driver.does({ type: 'waiveTask', taskId, reason: 'Nobody needs it.' });
      closed.push(taskId);
    }
    expect(closed[0]! in driver.state.tasks).toBe(false);
    expect(closed.at(-1)! in driver.state.tasks).toBe(true);
    expect(Object.keys(driver.state.tasks).length).toBeLessThan(220);
    expect(driver.refuses({ type: 'waiveTask', taskId: closed[0]!, reason: 'Again.' })).toMatchObject({
      code: 'state',
    });
    expect(fold(driver.records)).toEqual(driver.state);
  });
});

const ids = standardOutline(standard).requirements.map(({ id }) => id);
const statement = {
  controlId: ids.find((id) => id.startsWith('A.'))!,
  applicable: true,
  implementation: 'planned',
} as const;

function task(number: number) {
  return { type: 'openTask', title: `Task ${number}`, assignee: who.owner, dueOn: '2030-03-20' } as const;
}

function rating(requirementId: string, gap: string) {
  const rest = { status: 'partial', priority: 'high', effortDays: 3, owner: who.owner } as const;
  return { type: 'rateRequirement', requirementId, gap, ...rest } as const;
}

/** A state in which tasks wait for others. */
function setOf(state: ProgramState, waits: Record<string, string[]>): ProgramState {
  return Object.entries(waits).reduce(
    (next, [id, dependsOn]) =>
      changeTask(next, id, (one) => ({ ...one, dependsOn, waitsFor: dependsOn }) as typeof one),
    state,
  );
}

/** A program in its gap assessment, with so many open tasks: as many openings came to, without each being played. */
function withTasks(many: number): Driver {
  const driver = program().at('2030-01-08').as(who.manager);
  driver.does(task(0));
  const one = driver.task('manual');
  const { tasks, counters } = driver.state;
  const more = Array.from({ length: many - 1 }, (_, index) => ({
    ...one,
    id: `T-${Number(one.id.slice(2)) + 1 + index}`,
  }));
  const opened = { ...tasks, ...Object.fromEntries(more.map((each) => [each.id, each])) };
  driver.state = { ...driver.state, tasks: opened, counters: { ...counters, T: Number(one.id.slice(2)) + many } };
  return driver;
}

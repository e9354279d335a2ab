import { describe, expect, it } from 'vitest';
import { agenda } from '../../domain/agenda/index.ts';
import { requirementState, withRequirement } from '../../domain/assessment/requirements.ts';
import type { IsoDate } from '../../domain/basics.ts';
import { isUnended } from '../../domain/tasks/task.ts';
import { wordsOf } from '../../words/sayings/index.ts';
import { afterStage2, assessed, certified, implemented, reviewed } from './journey.ts';
import { type Driver, program, who } from './support.ts';

/** A program with a document that is due on 1 March 2030 and its review, due on 15 March, which waits for it. */
function documentAndReview(reviewDueOn: IsoDate = '2030-03-15'): { driver: Driver; document: string; review: string } {
  const driver = program().until('2030-01-08').as(who.manager);
  const document = asked(driver, 'Write', '2030-03-01');
  const review = asked(driver, 'Review', reviewDueOn, [document]);
  return { driver, document, review };
}

function asked(driver: Driver, title: string, dueOn: IsoDate, dependsOn?: string[]): string {
  const waits = dependsOn ? { dependsOn } : {};
  driver.as(who.manager).does({ type: 'openTask', title, assignee: who.owner, dueOn, ...waits });
  return driver.task('manual').id;
}

/** What an open task waits for. */
function waitsFor(driver: Driver, taskId: string): string[] | undefined {
  const task = driver.state.tasks[taskId]!;
  if (!isUnended(task)) throw new Error(`${taskId} has ended.`);
  return task.waitsFor;
}

function done(driver: Driver, taskId: string): void {
  driver.as(who.owner).does({ type: 'submitEvidence', taskId, links: [], note: 'Here.' });
  driver.as(who.consultant).does({ type: 'reviewEvidence', taskId, verdict: 'accept', note: '' });
}

const sent = (driver: Driver, taskId: string) =>
  [...driver.recordsOf('TaskReminded'), ...driver.recordsOf('TaskEscalated')]
    .filter(({ data }) => data.taskId === taskId)
    .map(({ at }) => at.slice(0, 10));

describe('a task that waits for another', () => {
  it('is shown as waiting, told so, and not reminded, escalated or accepted', () => {
    const { driver, document, review } = documentAndReview();
    expect(driver.state.tasks[review]).toMatchObject({ status: 'open', dependsOn: [document], waitsFor: [document] });
    const { title, ...moment } = agenda(driver.state).find(({ ref }) => ref === review)!;
    expect(moment).toEqual({ at: '2030-03-15T17:00:00.000Z', kind: 'waiting', ref: review });
    expect(wordsOf(title)).toBe(`waits for ${document}: Review`);
    const told = driver.told('taskOpened').find(({ item }) => item.task.id === review);
    expect(told?.item).toMatchObject({ waitsFor: [`${document} Write`] });
    expect(told?.item.next).toBeUndefined();
    driver.until('2030-04-30');
    expect(sent(driver, review)).toEqual([]);
    expect(sent(driver, document)).not.toEqual([]);
    driver.as(who.owner).does({ type: 'submitEvidence', taskId: review, links: [], note: 'Early.' });
    const accept = { type: 'reviewEvidence', taskId: review, verdict: 'accept', note: '' } as const;
    const { code, detail } = driver.as(who.consultant).refuses(accept);
    expect([code, detail]).toEqual(['dependency', `${review} waits for ${document}: it can be accepted after that.`]);
    driver.until('2030-06-03');
    expect(driver.recordsOf('ReviewReminded')).toEqual([]);
    done(driver, document);
    driver.until('2030-06-10T16:59:00.000Z');
    expect(driver.recordsOf('ReviewReminded')).toEqual([]);
    driver.until('2030-06-10T17:00:00.000Z');
    expect(driver.recordsOf('ReviewReminded')).toHaveLength(1);
    driver.as(who.consultant).does(accept);
    expect(driver.state.tasks[review]?.status).toBe('accepted');
  });

  it('can begin when that is accepted, and keeps its due date and the rungs that are ahead', () => {
    const { driver, document, review } = documentAndReview();
    driver.until('2030-03-05');
    done(driver, document);
    expect(waitsFor(driver, review)).toBeUndefined();
    expect(driver.recordsOf('TaskReleased').map(({ data }) => data)).toEqual([
      {
        taskId: review,
        why: `What it waited for has ended: ${document} (Write) is done.`,
        dueOn: '2030-03-15',
        previousDueOn: '2030-03-15',
      },
    ]);
    expect(driver.told('taskOpened').filter(({ item }) => item.task.id === review)).toHaveLength(2);
    driver.until('2030-03-16');
    expect(sent(driver, review)).toEqual(['2030-03-08', '2030-03-14', '2030-03-15']);
  });

  it.each<[IsoDate, IsoDate]>([
    ['2030-03-08', '2030-03-15'],
    ['2030-03-11', '2030-03-18'],
    ['2030-04-01', '2030-04-08'],
  ])('that can begin on %s only has five working days, until %s', (on, dueOn) => {
    const { driver, document, review } = documentAndReview();
    driver.until(on);
    done(driver, document);
    expect(driver.state.tasks[review]).toMatchObject({ dueOn, escalationLevel: 0 });
    driver.until(`${dueOn}T16:59:00.000Z`);
    expect(driver.recordsOf('TaskEscalated').filter(({ data }) => data.taskId === review)).toEqual([]);
  });

  it('can begin when that is waived', () => {
    const { driver, document, review } = documentAndReview();
    driver.as(who.manager).does({ type: 'waiveTask', taskId: document, reason: 'There is one.' });
    expect(driver.recordsOf('TaskReleased')[0]?.data.why).toContain(`${document} (Write) was waived`);
    expect(waitsFor(driver, review)).toBeUndefined();
    expect(driver.warnings()).toEqual([]);
  });

  it('can begin when that is cancelled, and whoever steers is warned', () => {
    const driver = certified('2030-06-05').as(who.manager);
    driver.does({ type: 'putAiSystem', id: 'chat', name: 'Chat', role: 'provider', risk: 'low' });
    const assessment = driver.task('impactAssessment').id;
    const review = asked(driver, 'Review', '2030-09-02', [assessment]);
    driver.does({ type: 'retireAiSystem', systemId: 'chat' });
    expect(driver.state.tasks[review]).toMatchObject({ status: 'open', dueOn: '2030-09-02' });
    expect(waitsFor(driver, review)).toBeUndefined();
    expect(driver.recordsOf('WarningNoted').at(-1)?.data).toEqual({
      code: 'dependency',
      text: `${review} waited for ${assessment}, which was cancelled: check whether it is still needed.`,
    });
  });

  it('waits for all of them', () => {
    const { driver, document } = documentAndReview();
    const other = asked(driver, 'Measure', '2030-03-04');
    const report = asked(driver, 'Report', '2030-04-01', [document, other]);
    expect(waitsFor(driver, report)).toEqual([document, other]);
    done(driver, other);
    expect(waitsFor(driver, report)).toEqual([document]);
    done(driver, document);
    expect(waitsFor(driver, report)).toBeUndefined();
  });

  it('that is itself waited for holds up the next', () => {
    const { driver, document, review } = documentAndReview();
    const approval = asked(driver, 'Approve', '2030-04-01', [review]);
    done(driver, document);
    expect(waitsFor(driver, approval)).toEqual([review]);
    done(driver, review);
    expect(waitsFor(driver, approval)).toBeUndefined();
  });

  it('is told that it waits no longer when its dependencies are taken away', () => {
    const { driver, review } = documentAndReview();
    driver.as(who.consultant).does({ type: 'setDependencies', taskId: review, dependsOn: [] });
    expect(driver.recordsOf('TaskReleased')[0]?.data.why).toBe('It no longer waits for anything.');
    done(driver, review);
    expect(driver.state.tasks[review]?.status).toBe('accepted');
  });

  it('is cancelled with the program, without a word that it could begin', () => {
    const { driver } = documentAndReview();
    driver.as(who.top).does({ type: 'cancel', reason: 'We stop.' });
    expect(driver.recordsOf('TaskReleased')).toEqual([]);
  });

  it('moves with a pause as others do, and still waits', () => {
    const { driver, document, review } = documentAndReview();
    driver.until('2030-02-04').as(who.manager).does({ type: 'pause', reason: 'A merger.' });
    driver.until('2030-02-18').does({ type: 'resume', reason: 'Over.' });
    expect(driver.state.tasks[review]).toMatchObject({ dueOn: '2030-03-29', waitsFor: [document] });
  });
});

describe('the order of due dates', () => {
  it('is warned of when a task would be due before what it waits for', () => {
    const { driver, document } = documentAndReview('2030-03-01');
    expect(driver.warnings()).toEqual([]);
    asked(driver, 'Review early', '2030-02-28', [document]);
    expect(driver.warnings()).toEqual(['dependency']);
  });

  it('is warned of when what it waits for is extended past its due date', () => {
    const { driver, document, review } = documentAndReview();
    driver.as(who.manager).does({ type: 'extendTask', taskId: document, dueOn: '2030-03-15', reason: 'More work.' });
    expect(driver.warnings()).toEqual([]);
    driver.does({ type: 'extendTask', taskId: document, dueOn: '2030-03-16', reason: 'More work.' });
    expect(driver.recordsOf('WarningNoted').at(-1)?.data.text).toBe(
      `${review} waits for ${document}, which is now due on March 16, 2030, after its own due date, March 15, 2030.`,
    );
  });
});

describe('what is refused', () => {
  it('circles, of one, two and three', () => {
    const { driver, document, review } = documentAndReview();
    const approval = asked(driver, 'Approve', '2030-04-01', [review]);
    for (const [taskId, dependsOn, circle] of [
      [document, [document], `${document} would wait for ${document}`],
      [document, [review], `${document} would wait for ${review} would wait for ${document}`],
      [
        document,
        [approval],
        `${document} would wait for ${approval} would wait for ${review} would wait for ${document}`,
      ],
    ] as const) {
      const { code, status, detail } = driver.refuses({ type: 'setDependencies', taskId, dependsOn: [...dependsOn] });
      expect([code, status]).toEqual(['dependency', 409]);
      expect(detail).toContain(circle);
    }
  });

  it('tasks that are not there, or have ended', () => {
    const { driver, document, review } = documentAndReview();
    const open = { type: 'openTask', title: 'Do', assignee: who.owner, dueOn: '2030-04-01' } as const;
    for (const id of ['T-99', 'constructor', 'A-1']) {
      const { code, status } = driver.refuses({ ...open, dependsOn: [id] });
      expect([code, status]).toEqual(['unknown', 422]);
    }
    expect(driver.refuses({ type: 'setDependencies', taskId: 'T-99', dependsOn: [document] }).status).toBe(404);
    done(driver, document);
    expect(driver.as(who.manager).refuses({ ...open, dependsOn: [document] }).code).toBe('state');
    expect(driver.refuses({ type: 'setDependencies', taskId: document, dependsOn: [review] }).code).toBe('state');
    expect(driver.as(who.owner).refuses({ type: 'setDependencies', taskId: review, dependsOn: [] }).status).toBe(403);
  });

  it('work that answers an audit, a finding or an incident', () => {
    const driver = certified('2030-06-05').as(who.owner);
    driver.does({ type: 'reportIncident', occurredOn: '2030-06-05', severity: 'low', description: 'It failed.' });
    const other = asked(driver, 'Write', '2030-09-02');
    const taskId = driver.task('incident').id;
    const { code } = driver.refuses({ type: 'setDependencies', taskId, dependsOn: [other] });
    expect(code).toBe('dependency');
  });

  it('R7: a deadline of the body that would wait', () => {
    const driver = afterStage2('minor');
    const other = asked(driver, 'Write', '2030-04-01');
    const [owed] = driver.open('correctiveActionPlan');
    const { code } = driver.refuses({ type: 'setDependencies', taskId: owed!.id, dependsOn: [other] });
    expect(code).toBe('R7');
  });
});

describe('what planning makes wait', () => {
  const gap = { status: 'missing', gap: 'None.', effortDays: 5 } as const;

  it('is the treatment of risks for their assessment, and the review of the policy for the policy', () => {
    const driver = assessed(program(), {
      '8.3': { ...gap, priority: 'critical' },
      'A.2.4': { ...gap, priority: 'high' },
    });
    const of = (id: string) => driver.open('evidence').find(({ requirementId }) => requirementId === id)!;
    for (const [later, before] of [
      ['6.1.3', '6.1.2'],
      ['8.3', '8.2'],
      ['A.2.4', '5.2'],
    ] as const) {
      expect(of(later).waitsFor, later).toEqual([of(before).id]);
      expect(of(before).dueOn <= of(later).dueOn, later).toBe(true);
    }
    expect(driver.warnings()).toEqual([]);
    expect(implemented(driver).state.phase).toBe('internalAudit');
  });

  it('is the management review before an audit for the evidence that it looks at', () => {
    const driver = certified('2030-06-05');
    reviewed(driver.until('2031-01-20'), '2031-01-20');
    const evidence = { taskId: 'T-9', acceptedOn: '2030-12-15', validUntil: '2031-05-04' } as const;
    const competence = { ...requirementState(driver.state, '7.2'), evidence };
    driver.state = withRequirement(driver.state, '7.2', competence);
    driver.until('2031-02-04T08:00:00.000Z');
    const [renewal] = driver.open('evidence').filter(({ requirementId }) => requirementId === '7.2');
    const [review] = driver.open('managementReview');
    expect([renewal?.dueOn, review?.dueOn, review?.waitsFor]).toEqual(['2031-04-05', '2031-04-05', [renewal!.id]]);
    driver.until('2031-03-04');
    done(driver, renewal!.id);
    expect(driver.open('managementReview')[0]?.waitsFor).toBeUndefined();
    reviewed(driver);
    expect(driver.open('managementReview')).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { firstMoment } from '../../domain/agenda/index.ts';
import type { IsoDate } from '../../domain/basics.ts';
import type { Nonconformity } from '../../domain/findings/finding.ts';
import { answered, assessed, auditedInternally, certified, held, implemented, kept, staged } from './journey.ts';
import { type Driver, program, who } from './support.ts';

/** Paused on Monday 4 March 2030 for 28 days, with whatever is done meanwhile. */
function paused(driver: Driver, meanwhile: (driver: Driver) => void = () => {}): Driver {
  driver.until('2030-03-04').as(who.manager).does({ type: 'pause', reason: 'A merger.' });
  meanwhile(driver);
  driver.until('2030-04-01').as(who.manager).does({ type: 'resume', reason: 'It is over.' });
  return driver;
}

function asked(driver: Driver, dueOn: IsoDate): string {
  const opened = driver.as(who.manager).does({ type: 'openTask', title: 'Do it', assignee: who.owner, dueOn });
  return opened[0]?.type === 'TaskOpened' ? opened[0].data.task.id : '';
}

const nonconformity = (driver: Driver) => driver.finding('F-1') as Nonconformity;

const rungs = (driver: Driver, taskId: string) =>
  driver.records
    .filter((record) => record.type === 'TaskReminded' || record.type === 'TaskEscalated')
    .filter((record) => record.data.taskId === taskId)
    .map((record) => record.at);

describe('a pause', () => {
  it('moves internal due dates and the ladder by its length, and sends nothing meanwhile', () => {
    const driver = program();
    const id = asked(driver.until('2030-02-20'), '2030-03-20');
    paused(driver);
    expect(driver.state.tasks[id]?.dueOn).toBe('2030-04-17');
    driver.until('2030-04-18');
    expect(rungs(driver, id)).toEqual([
      '2030-04-03T08:00:00.000Z',
      '2030-04-10T08:00:00.000Z',
      '2030-04-16T08:00:00.000Z',
      '2030-04-17T17:00:00.000Z',
    ]);
  });

  it('sends a rung that was sent before it not again', () => {
    const driver = program();
    const id = asked(driver.until('2030-02-20'), '2030-03-12');
    paused(driver);
    driver.until('2030-04-10');
    expect(rungs(driver, id)).toEqual([
      '2030-02-26T08:00:00.000Z',
      '2030-04-02T08:00:00.000Z',
      '2030-04-08T08:00:00.000Z',
      '2030-04-09T17:00:00.000Z',
    ]);
  });

  it('moves a task that was opened meanwhile by the rest of the pause only', () => {
    let id = '';
    const driver = paused(program(), (meanwhile) => {
      id = asked(meanwhile.until('2030-03-25'), '2030-04-15');
    });
    expect(driver.state.tasks[id]?.dueOn).toBe('2030-04-22');
  });

  it('holds the reminders of reviews: they come one by one afterwards', () => {
    const driver = program();
    const id = asked(driver.until('2030-03-01'), '2030-03-20');
    driver.as(who.owner).does({ type: 'submitEvidence', taskId: id, links: [], note: 'Here.' });
    paused(driver);
    driver.until('2030-04-15');
    expect(driver.recordsOf('ReviewReminded').map(({ at, data }) => [at, data.count])).toEqual([
      ['2030-04-05T17:00:00.000Z', 1],
      ['2030-04-12T17:00:00.000Z', 2],
    ]);
  });

  it('moves the deadlines of internal findings too, and tells of none meanwhile', () => {
    const driver = implemented(program());
    held(driver, 'internal', '2030-02-11', { findings: [{ grade: 'minor' }] });
    expect(nonconformity(driver).planDueOn).toBe('2030-03-13');
    paused(driver);
    expect(driver.recordsOf('DeadlineMissed')).toEqual([]);
    expect(nonconformity(driver).planDueOn).toBe('2030-04-10');
    expect(driver.open('correctiveActionPlan')).toMatchObject([{ dueOn: '2030-04-10' }]);
    driver.until('2030-04-11');
    expect(driver.recordsOf('DeadlineMissed').map(({ at }) => at)).toEqual(['2030-04-11T00:00:00.000Z']);
  });

  it('R7: moves nothing of the body’s, and still warns', () => {
    const driver = program();
    auditedInternally(driver, '2030-01-15');
    staged(driver, '2030-01-28', '2030-02-11', { findings: [{ grade: 'minor' }] });
    const [task] = driver.open('correctiveActionPlan');
    expect(task?.dueOn).toBe('2030-03-13');
    paused(driver);
    expect(driver.state.tasks[task!.id]?.dueOn).toBe('2030-03-13');
    expect(driver.recordsOf('DeadlineMissed').map(({ at }) => at)).toEqual(['2030-03-14T00:00:00.000Z']);
    expect(rungs(driver, task!.id)).toContain('2030-03-18T17:00:00.000Z');
  });

  it('R3: does not hold the time between the stages', () => {
    const driver = program();
    auditedInternally(driver, '2030-01-15');
    held(driver, 'stage1', '2030-01-28');
    driver.as(who.manager).does({ type: 'pause', reason: 'A merger.' });
    driver.until('2030-07-29');
    expect(
      Object.values(driver.state.audits)
        .map((audit) => [audit.kind, audit.status])
        .slice(2),
    ).toEqual([
      ['stage2', 'cancelled'],
      ['stage1', 'planned'],
    ]);
  });

  it('R10, R11, R15, R16, R17: does not hold the cycle', () => {
    const driver = certified('2030-06-05').as(who.manager);
    driver.does({ type: 'pause', reason: 'A merger.' });
    driver.until('2033-06-05');
    expect(driver.state.status).toBe('paused');
    expect(driver.recordsOf('AuditMissed').map(({ at, data }) => [at, data.rule])).toEqual([
      ['2031-06-06T00:00:00.000Z', 'R10'],
      ['2033-01-01T00:00:00.000Z', 'R11'],
    ]);
    expect(driver.recordsOf('AuditPrepared').map(({ at }) => at.slice(0, 10))).toContain('2032-12-04');
    expect(driver.recordsOf('CertificateLapsed')[0]?.at).toBe('2033-06-05T00:00:00.000Z');
    driver.until('2033-12-05');
    expect(driver.recordsOf('RestorationEnded')[0]?.at).toBe('2033-12-05T00:00:00.000Z');
    expect(driver.state.phase).toBe('certificationAudit');
  });

  it('R18: does not hold a suspension; program and certificate each have a status', () => {
    const driver = kept(certified('2030-06-05'), '2030-07-01');
    driver.as(who.decider).does({ type: 'suspendCertificate', reason: 'Refused audits.' });
    driver.as(who.manager).does({ type: 'pause', reason: 'A merger.' });
    expect([driver.state.status, driver.certificate.status]).toEqual(['paused', 'suspended']);
    driver.until('2031-01-02T00:00:00.000Z');
    expect(driver.certificate.status).toBe('withdrawn');
  });

  it('holds reports and reviews that come round', () => {
    const driver = certified('2030-06-05').as(who.manager);
    for (const task of driver.open('managementReview'))
      driver.does({ type: 'waiveTask', taskId: task.id, reason: 'Just held.' });
    driver.does({ type: 'pause', reason: 'A merger.' });
    driver.until('2030-12-01');
    expect(driver.open('managementReview')).toEqual([]);
    driver.does({ type: 'resume', reason: 'Over.' });
    // The one that was waived was due on 25 May 2030: the next on 25 August, and 179 days of pause later.
    driver.until('2031-01-21T07:59:59.999Z');
    expect(driver.open('managementReview')).toEqual([]);
    driver.until('2031-01-21T08:00:00.000Z');
    expect(driver.open('managementReview')).toMatchObject([{ dueOn: '2031-02-20' }]);
  });

  it('is begun and ended once, by those who steer, with a reason', () => {
    const driver = assessed(program());
    expect(driver.as(who.owner).refuses({ type: 'pause', reason: 'So.' }).status).toBe(403);
    expect(driver.as(who.sponsor).refuses({ type: 'pause', reason: '  ' }).code).toBe('empty');
    expect(driver.refuses({ type: 'resume', reason: 'So.' }).code).toBe('state');
    driver.does({ type: 'pause', reason: 'So.' });
    expect(driver.refuses({ type: 'pause', reason: 'So.' }).code).toBe('state');
    driver.as(who.top).does({ type: 'resume', reason: 'So.' });
    expect(driver.recordsOf('ProgramResumed')[0]?.data.days).toBe(0);
  });

  it('leaves nothing that wakes the program but what the body’s dates ask for', () => {
    const driver = implemented(program()).as(who.manager);
    driver.does({ type: 'pause', reason: 'A merger.' });
    expect(firstMoment(driver.state)).toBeUndefined();
    held(driver, 'internal', '2030-02-11', { findings: [{ grade: 'major' }] });
    answered(driver, 'F-1', '2030-03-01');
    expect(firstMoment(driver.state)).toBeUndefined();
  });
});

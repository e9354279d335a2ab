import { describe, expect, it } from 'vitest';
import { addWorkingDays } from '../../domain/calendar.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { certified, held, recertified, scheduled, scheduling } from './journey.ts';
import { type Driver, who } from './support.ts';

/** Its first surveillance A-4 was owed until 5 June 2031 (R10); nothing was agreed. */
const inTime = certified('2030-06-05').until('2031-06-05T23:59:59.999Z');
const missed = () => inTime.fork().until('2031-06-06T00:00:00.000Z');

const about = (driver: Driver, auditId = 'A-4') =>
  Object.values(driver.state.tasks)
    .filter((task) => task.auditId === auditId && (task.kind === 'auditSchedule' || task.kind === 'missedAudit'))
    .map(({ kind, status }) => [kind, status]);

describe('R10, R11: a surveillance that was missed', () => {
  it('has one task of the program manager, from the moment on in which it is missed, in place of the one for its dates', () => {
    expect(about(inTime)).toEqual([['auditSchedule', 'open']]);
    const driver = missed();
    expect(about(driver)).toEqual([
      ['auditSchedule', 'cancelled'],
      ['missedAudit', 'open'],
    ]);
    // Ten working days after Friday, 6 June.
    expect(driver.open('missedAudit')).toMatchObject([
      {
        title: 'Agree with the certification body on how to make up for the missed surveillance audit A-4',
        assignee: who.manager,
        auditId: 'A-4',
        dueOn: '2031-06-20',
        priority: 'critical',
        bodyDeadline: true,
      },
    ]);
    const [opened] = driver.recordsOf('TaskOpened').slice(-1);
    expect(opened?.data.why).toBe('June 5, 2031 was its last day (R10).');
  });

  it('is asked for once, and climbs the ladder until there are dates', () => {
    const driver = missed().until('2031-07-25');
    const { id } = driver.task('missedAudit');
    expect(driver.recordsOf('TaskOpened').filter(({ data }) => data.task.kind === 'missedAudit')).toHaveLength(1);
    const escalated = driver.recordsOf('TaskEscalated').filter(({ data }) => data.taskId === id);
    const ladder = [3, 7, 14].map((days) => addWorkingDays('2031-06-20', days, driver.state.calendar));
    expect(escalated.slice(0, 3).map(({ at, data }) => [at.slice(0, 10), data.to])).toEqual([
      [ladder[0], [who.manager]],
      [ladder[1], [who.sponsor]],
      [ladder[2], [who.top]],
    ]);
    scheduled(driver, 'surveillance', '2031-08-04');
    expect(driver.state.tasks[id]?.status).toBe('accepted');
    const told = driver.notices.length;
    driver.until('2031-08-03');
    expect(driver.notices.slice(told).filter(({ item }) => 'task' in item && item.task.id === id)).toEqual([]);
    held(driver, 'surveillance', '2031-08-04');
    driver.until('2031-10-01');
    expect(driver.open('missedAudit')).toEqual([]);
  });

  it('is not put off, waived, answered with evidence, or handed to the body: only dates will do', () => {
    const driver = missed().as(who.manager);
    const { id: taskId } = driver.task('missedAudit');
    const commands: UserCommand[] = [
      { type: 'extendTask', taskId, dueOn: '2031-12-01', reason: 'Later.' },
      { type: 'acknowledgeTask', taskId, expectedOn: '2031-06-25' },
      { type: 'waiveTask', taskId, reason: 'Not now.' },
      { type: 'submitEvidence', taskId, links: [], note: 'Agreed.' },
      { type: 'reassignTask', taskId, to: who.lead },
    ];
    expect(commands.map((command) => driver.refuses(command).code)).toEqual([
      'R7',
      'R7',
      'R7',
      'state',
      'independence',
    ]);
  });

  it('agreed for later than its last day, before the clock has told of it, asks nothing more', () => {
    const driver = inTime.fork().heldUpUntil('2031-06-06T10:00:00.000Z').as(who.manager);
    driver.does(scheduling(driver, 'surveillance', '2031-06-10'));
    expect(driver.recordsOf('AuditMissed')).toHaveLength(1);
    expect(about(driver)).toEqual([['auditSchedule', 'accepted']]);
  });

  it('goes on in a pause: the time is the body’s', () => {
    const driver = inTime.fork().as(who.sponsor);
    driver.does({ type: 'pause', reason: 'A merger.' });
    driver.until('2031-06-26');
    const { id } = driver.task('missedAudit');
    expect(driver.recordsOf('TaskEscalated').map(({ data }) => data.taskId)).toContain(id);
    driver.does({ type: 'resume', reason: 'Over.' });
    expect(driver.state.tasks[id]?.dueOn).toBe('2031-06-20');
  });

  it('is still to be held while the certificate is suspended, and ends the suspension', () => {
    const driver = missed().as(who.decider);
    driver.does({ type: 'suspendCertificate', reason: 'No surveillance.', ground: 'auditRefused' });
    expect(driver.open('missedAudit')).toHaveLength(1);
    held(driver, 'surveillance', '2031-06-16');
    driver.as(who.decider).does({ type: 'reinstateCertificate', reason: 'It was held.' });
    expect(driver.certificate.status).toBe('valid');
    expect([...driver.open('missedAudit'), ...driver.open('suspension')]).toEqual([]);
  });

  it('withdrawn, asks nothing more', () => {
    const driver = missed().as(who.decider);
    const { id } = driver.task('missedAudit');
    driver.does({ type: 'withdrawCertificate', reason: 'No surveillance.' });
    expect(driver.state.tasks[id]?.status).toBe('cancelled');
  });

  it('lapsed, asks nothing more; recertified, the new cycle has audits of its own', () => {
    const late = missed().until('2033-05-20');
    const asked = late.open('missedAudit').map(({ auditId }) => auditId);
    expect(asked).toEqual(['A-4', 'A-5']);
    expect(late.recordsOf('AuditMissed').map(({ data }) => data.auditId)).toEqual(asked);
    const lapsed = late.fork().until('2033-06-05T00:00:00.000Z');
    expect([lapsed.certificate.status, lapsed.open('missedAudit')]).toEqual(['lapsed', []]);
    recertified(late, '2033-05-23', '2033-06-01');
    expect([late.certificate.cycle, late.open('missedAudit')]).toEqual([2, []]);
  });

  it('taken over by another body, is agreed with that one', () => {
    const driver = missed().as(who.manager);
    const { id } = driver.task('missedAudit');
    driver.does({ type: 'transferCertificate', to: { name: 'Second Body' }, on: '2031-06-06', reason: 'Nearer.' });
    expect(driver.state.tasks[id]?.status).toBe('open');
    expect(about(driver).filter(([, status]) => status === 'open')).toEqual([['missedAudit', 'open']]);
  });
});

import { describe, expect, it } from 'vitest';
import type { IsoDate } from '../../domain/basics.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { auditedInternally, certified, held, kept, scheduled, scheduling } from './journey.ts';
import { type Driver, program, who } from './support.ts';

const letter = { title: 'Letter of June 2', links: ['https://example.com/letter.pdf'] };
const callOff = (auditId: string) => ({ type: 'callOffAudit', auditId, reason: 'The team is snowed in.' }) as const;

function stage2Agreed(): Driver {
  const driver = auditedInternally(program(), '2030-01-15');
  held(driver, 'stage1', '2030-02-11');
  scheduled(driver, 'stage2', '2030-03-01');
  return driver;
}

/** An extension of scope, with its days. */
function extension(driver: Driver, on: '2030-09-02' | '2033-07-01'): string {
  const asked = { type: 'planAudit', kind: 'special', occasion: 'scopeExtension', reason: 'More.' } as const;
  driver.as(who.manager).does({ ...asked, targetOn: on, scope: { statement: 'The translator, too.' } });
  return scheduled(driver, 'special', on);
}

describe('an audit is called off', () => {
  it('other days are asked for, its team and those who steer are told, and nobody is asked for an outcome', () => {
    const driver = stage2Agreed().as(who.manager);
    driver.does(callOff('A-3'));
    expect(driver.state.audits['A-3']).toMatchObject({
      status: 'planned',
      team: [],
      tookPart: [who.lead, who.auditor],
    });
    expect(driver.state.audits['A-3']).not.toHaveProperty('startsOn');
    expect(driver.open('auditSchedule')).toMatchObject([{ auditId: 'A-3', assignee: who.manager }]);
    expect(driver.open('auditOutcome')).toEqual([]);
    const told = driver.told('auditCalledOff').map(({ to }) => to);
    expect(told).toEqual(expect.arrayContaining([who.lead, who.auditor, who.sponsor]));
    driver.does(scheduling(driver, 'stage2', '2030-03-20'));
    expect(driver.open('auditSchedule')).toEqual([]);
  });

  it('R3: as long as Stage 2 can begin; then Stage 1 is held again', () => {
    const driver = stage2Agreed().as(who.manager);
    driver.does(callOff('A-3'));
    driver.until('2030-08-12');
    expect(driver.state.audits['A-3']?.status).toBe('cancelled');
    expect(driver.audit('stage1')).toMatchObject({ status: 'planned' });
  });

  it('R3: a Stage 2 whose time is over is given up', () => {
    const driver = stage2Agreed().until('2030-08-12').as(who.manager);
    expect(driver.state.audits['A-3']).toMatchObject({ status: 'scheduled', missed: true });
    driver.does(callOff('A-3'));
    expect(driver.state.audits['A-3']?.status).toBe('cancelled');
    expect(driver.audit('stage1')).toMatchObject({ status: 'planned' });
  });

  it('a surveillance is prepared and missed as ever', () => {
    const driver = certified('2030-06-05');
    const auditId = scheduled(driver, 'surveillance', '2031-05-05');
    driver.until('2031-04-01').as(who.lead).does(callOff(auditId));
    const asked = driver.open('auditSchedule').filter((task) => task.auditId === auditId);
    expect(asked).toMatchObject([{ assignee: who.manager, dueOn: '2031-04-15' }]);
    driver.until('2031-06-06');
    expect(driver.state.audits[auditId]).toMatchObject({ status: 'planned', missed: true });
    driver.as(who.manager).does(scheduling(driver, 'surveillance', '2031-07-01'));
    driver.does(callOff(auditId));
    expect(driver.open('missedAudit')).toMatchObject([{ auditId }]);
  });

  it('not once it has found something, nor before it has days, nor after it was held', () => {
    const driver = stage2Agreed().until('2030-03-01').as(who.lead);
    driver.does({
      type: 'raiseFinding',
      auditId: 'A-3',
      requirementId: '7.2',
      grade: 'minor',
      statement: 'No records.',
    });
    expect(driver.refuses(callOff('A-3'))).toMatchObject({ status: 409, detail: expect.stringContaining('F-1') });
    driver.does({ type: 'recordOutcome', auditId: 'A-3', result: 'completed', note: '' });
    expect(driver.refuses(callOff('A-3')).status).toBe(409);
    const planned = auditedInternally(program(), '2030-01-15').as(who.manager);
    expect(planned.refuses(callOff('A-2'))).toMatchObject({ status: 409, detail: expect.stringContaining('no days') });
    expect(planned.as(who.internal).refuses(callOff('A-2')).status).toBe(403);
  });

  it('on behalf of the body, from its letter', () => {
    const driver = stage2Agreed().as(who.manager);
    driver.does({ ...callOff('A-3'), onBehalfOf: who.lead, document: letter });
    expect(driver.recordsOf('AuditCalledOff')).toMatchObject([{ data: { onBehalfOf: who.lead, document: letter } }]);
  });
});

describe('R19: a special audit', () => {
  it('is called off for good, and the scope can be applied for anew', () => {
    const driver = certified('2030-06-05').until('2030-08-01');
    const auditId = extension(driver, '2030-09-02');
    driver.does(callOff(auditId));
    expect(driver.state.audits[auditId]?.status).toBe('cancelled');
    expect(driver.open('auditSchedule')).toEqual([]);
    extension(driver, '2030-09-02');
  });

  it('at short notice is the body’s to plan and to call off, or entered for it from its letter', () => {
    const driver = certified('2030-06-05').until('2030-08-01').as(who.manager);
    const plan = { type: 'planAudit', kind: 'special', occasion: 'complaint', targetOn: '2030-09-02' } as const;
    const asked = { ...plan, reason: 'A customer complained.' } as const;
    expect(driver.refuses(asked).status).toBe(403);
    driver.does({ ...asked, onBehalfOf: who.lead, document: letter });
    expect(driver.recordsOf('AuditPlanned').at(-1)?.data).toMatchObject({ onBehalfOf: who.lead, document: letter });
    const { id } = driver.audit('special');
    expect(driver.refuses(callOff(id)).status).toBe(403);
    driver.as(who.decider).does(callOff(id));
    expect(driver.state.audits[id]?.status).toBe('cancelled');
  });

  it('R16, R28: that a lapse cancelled comes back when that is taken back, as it was agreed', () => {
    const driver = kept(certified('2030-06-05'), '2033-03-01');
    held(driver, 'recertification', '2033-03-04');
    const auditId = extension(driver.until('2033-05-20'), '2033-07-01');
    driver.until('2033-06-08').as(who.decider);
    expect(driver.state.audits[auditId]?.status).toBe('cancelled');
    const granted = { type: 'recordDecision', auditId: 'A-6', decision: 'granted', basis: 'Report.' } as const;
    const late = driver.fork().as(who.decider);
    late.does({ ...granted, on: '2033-06-05' });
    expect(late.state.audits[auditId]?.status).toBe('cancelled');
    driver.does({ ...granted, on: '2033-06-04' });
    expect(driver.state.audits[auditId]).toMatchObject({
      status: 'scheduled',
      startsOn: '2033-07-01',
      team: [who.lead],
    });
    expect(driver.state.audits[auditId]).not.toHaveProperty('byLapse');
    expect(driver.open('auditOutcome')).toMatchObject([{ auditId, dueOn: '2033-07-15' }]);
  });
});

describe('an audit that is agreed', () => {
  it('is not agreed so once more: nothing is recorded twice', () => {
    const driver = stage2Agreed().as(who.manager);
    expect(driver.does(scheduling(driver, 'stage2', '2030-03-01'))).toEqual([]);
    const entered = { onBehalfOf: who.lead, document: letter } as const;
    expect(driver.does({ ...scheduling(driver, 'stage2', '2030-03-01'), ...entered } as never)).not.toEqual([]);
    driver.does({ ...scheduling(driver, 'stage2', '2030-03-04'), reason: 'March 1 is a holiday.' } as never);
    expect(driver.recordsOf('AuditScheduled').at(-1)?.data.reason).toBe('March 1 is a holiday.');
  });

  it('can have begun earlier than was entered, and never after what it found', () => {
    const driver = stage2Agreed().until('2030-03-05').as(who.lead);
    const raise = { type: 'raiseFinding', auditId: 'A-3', requirementId: '7.2', statement: 'No records.' } as const;
    driver.does({ ...raise, grade: 'minor', on: '2030-03-02' });
    const agreed = ({ startsOn }: { startsOn: IsoDate }): UserCommand => ({
      type: 'scheduleAudit',
      auditId: 'A-3',
      endsOn: '2030-03-04',
      team: [who.lead, who.auditor],
      startsOn,
    });
    driver.does(agreed({ startsOn: '2030-02-28' }));
    expect(driver.refuses(agreed({ startsOn: '2030-03-03' }))).toMatchObject({ status: 409, code: 'dates' });
    driver.does({ type: 'withdrawFinding', findingId: 'F-1', reason: 'It was another audit.' });
    driver.does(agreed({ startsOn: '2030-03-03' }));
  });
});

import { describe, expect, it } from 'vitest';
import type { IsoDate, IsoDuration } from '../../domain/basics.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { isUnended } from '../../domain/tasks/task.ts';
import {
  afterStage2,
  answered,
  assessed,
  auditedInternally,
  certified,
  held,
  kept,
  recertified,
  scheduled,
} from './journey.ts';
import { type Driver, program, who } from './support.ts';

/** The surveillance A-4 was agreed for 5 to 7 May 2031, and it is the morning of the first day. */
function begun(): Driver {
  const driver = certified('2030-06-05').as(who.manager);
  const days = { startsOn: '2031-05-05', endsOn: '2031-05-07' } as const;
  driver.does({ type: 'scheduleAudit', auditId: 'A-4', ...days, team: [who.lead] });
  return driver.until('2031-05-05').as(who.lead);
}

const finding = (auditId: string, grade: 'minor' | 'major' = 'minor') =>
  ({ type: 'raiseFinding', auditId, requirementId: '7.2', grade, statement: 'It is lacking.' }) as const;
const outcome = (auditId: string, result: 'maintained' | 'completed' | 'suspend' = 'maintained') =>
  ({ type: 'recordOutcome', auditId, result, note: '' }) as const;
const decide = (auditId: string, decision: 'granted' | 'refused' = 'granted') =>
  ({ type: 'recordDecision', auditId, decision, certificateNumber: 'C-2', basis: 'Report.' }) as const;

describe('a date of a year that nobody means', () => {
  it.each<[string, (driver: Driver, on: IsoDate) => UserCommand]>([
    ['openTask', (_, dueOn) => ({ type: 'openTask', title: 'Do it', assignee: who.owner, dueOn })],
    [
      'extendTask',
      (driver, dueOn) => ({ type: 'extendTask', taskId: driver.task('evidence').id, dueOn, reason: 'So.' }),
    ],
    ['planAudit', (_, targetOn) => ({ type: 'planAudit', kind: 'internal', targetOn })],
  ])('is refused by %s, and the last one that there is is not', (_, command) => {
    const driver = assessed(program()).as(who.manager);
    const { code, status, detail } = driver.refuses(command(driver, '2200-01-01'));
    expect([code, status]).toEqual(['dates', 422]);
    expect(detail).toContain('not between 1970-01-01 and 2199-12-31');
    driver.does(command(driver, '2199-12-31'));
  });

  it('is refused as the end of a plan', () => {
    const driver = assessed(program()).as(who.manager);
    const plan = (implementation: IsoDuration) => ({
      type: 'changePlan' as const,
      phases: { implementation },
      reason: 'So.',
    });
    expect(driver.refuses(plan('P170Y')).detail).toContain('the plan would end on 2200-07-07');
    driver.does(plan('P169Y'));
  });
});

describe('what is named twice in a list, or says two things', () => {
  const naming = (code: string, text: string) =>
    expect.objectContaining({ code, detail: expect.stringContaining(text) });

  it('is refused, and named', () => {
    const driver = auditedInternally(program(), '2030-01-15').as(who.manager);
    const auditId = driver.audit('stage1').id;
    const days = { type: 'scheduleAudit', auditId, startsOn: '2030-02-04', endsOn: '2030-02-04' } as const;
    const refused = driver.refuses({ ...days, team: [who.lead, who.lead] });
    expect(refused).toEqual(naming('unique', `team: ${who.lead} is named twice`));
    const [task] = Object.values(driver.state.tasks).filter(isUnended);
    const dependsOn = [task!.id, task!.id];
    const asked = { type: 'openTask', title: 'Do it', assignee: who.owner, dueOn: '2030-03-01' } as const;
    expect(driver.refuses({ ...asked, dependsOn })).toEqual(naming('unique', `dependsOn: ${task!.id}`));
    const people = driver.state.people.map((person) => ({ ...person, roles: [...person.roles, person.roles[0]!] }));
    expect(driver.refuses({ type: 'setPeople', people })).toEqual(naming('unique', 'each role once'));
  });

  it('an audit that certification rests on covers all requirements', () => {
    const driver = auditedInternally(program(), '2030-01-15').as(who.manager);
    const auditId = driver.audit('stage1').id;
    const dates = { startsOn: '2030-02-04', endsOn: '2030-02-04' } as const;
    const refused = driver.refuses({
      type: 'scheduleAudit',
      auditId,
      ...dates,
      team: [who.lead],
      criteria: ['4.1'],
    });
    expect(refused).toEqual(naming('criteria', 'leave them out'));
  });

  it('a requirement that conforms and has a gap is warned of, and a rating that stands says what can be done', () => {
    const driver = program().until('2030-01-07').as(who.consultant);
    const rating = {
      requirementId: '7.2',
      status: 'conforms',
      priority: 'low',
      effortDays: 0,
      owner: who.owner,
    } as const;
    driver.does({ type: 'rateRequirement', ...rating, gap: '' });
    expect(driver.warnings()).not.toContain('rating');
    driver.does({ type: 'rateRequirement', ...rating, gap: 'Records are missing.' });
    expect(driver.warnings()).toContain('rating');
    const later = assessed(program()).as(who.consultant);
    const refused = later.refuses({ type: 'rateRequirement', ...rating, gap: '' });
    expect(refused).toEqual(naming('state', 'open a task for what is missing'));
  });
});

describe('findings and outcomes at the wrong time', () => {
  it('a finding comes from the audit: not before it begins, and not of before it; an outcome comes once', () => {
    const driver = certified('2030-06-05');
    expect(driver.as(who.lead).refuses(finding('A-4'))).toMatchObject({ code: 'state', status: 409 });
    scheduled(driver, 'surveillance', '2031-05-05');
    driver.until('2031-05-04T23:59:59.999Z').as(who.lead);
    expect(driver.refuses(finding('A-4')).code).toBe('dates');
    driver.until('2031-05-05T00:00:00.000Z').does(finding('A-4'));
    driver.does(outcome('A-4'));
    expect(driver.refuses({ ...finding('A-4'), on: '2031-05-04' }).code).toBe('dates');
    const { code, status, detail } = driver.refuses(outcome('A-4'));
    expect([code, status]).toEqual(['state', 409]);
    expect(detail).toContain('has its outcome (maintained)');
  });

  it('an outcome comes on the last day, not the day before', () => {
    const driver = begun();
    expect(driver.refuses(outcome('A-4')).code).toBe('dates');
    driver.until('2031-05-06T23:59:59.999Z');
    expect(driver.refuses(outcome('A-4')).code).toBe('dates');
    driver.until('2031-05-07T00:00:00.000Z').does(outcome('A-4'));
  });

  it('an audit that has begun can take longer; with findings its first day stands', () => {
    const driver = begun();
    const move = (startsOn: IsoDate, endsOn: IsoDate) => ({
      type: 'scheduleAudit' as const,
      auditId: 'A-4',
      startsOn,
      endsOn,
      team: [who.lead],
    });
    driver.does(finding('A-4'));
    driver.until('2031-05-06').as(who.lead);
    expect(driver.refuses(move('2031-05-12', '2031-05-13'))).toMatchObject({ code: 'dates', status: 409 });
    // R28: it ended a day before, as is told now.
    driver.does(move('2031-05-05', '2031-05-05'));
    driver.does(move('2031-05-05', '2031-05-08'));
    expect(driver.audit('surveillance')).toMatchObject({ startsOn: '2031-05-05', endsOn: '2031-05-08' });
  });

  it('R4: concerns are of Stage 1, and R2: results of their kind of audit', () => {
    const driver = begun().until('2031-05-07').as(who.lead);
    expect(driver.refuses({ ...finding('A-4'), grade: 'concern' }).code).toBe('R4');
    expect(driver.refuses(outcome('A-4', 'completed'))).toMatchObject({ code: 'R2', status: 422 });
  });
});

describe('the wrong audit, cycle or certificate', () => {
  it('an audit that is not there, or was never held, leads to nothing', () => {
    const driver = certified('2030-06-05');
    expect(driver.as(who.decider).refuses(decide('A-99')).status).toBe(404);
    expect(driver.refuses(decide('A-6'))).toMatchObject({ code: 'state', status: 409 });
    expect(driver.refuses({ type: 'restoreCertificate', auditId: 'A-6', reason: 'So.' }).code).toBe('state');
    expect(driver.as(who.lead).refuses(outcome('A-99')).status).toBe(404);
    expect(driver.refuses(finding('A-1'))).toMatchObject({ code: 'R27', status: 409 });
  });

  it('an audit of an earlier cycle is over: nothing is decided on it or added to it', () => {
    const driver = recertified(kept(certified('2030-06-05'), '2033-03-01'), '2033-03-04', '2033-05-01');
    for (const auditId of ['A-3', 'A-6']) {
      for (const decision of ['granted', 'refused'] as const) {
        expect(driver.as(who.decider).refuses(decide(auditId, decision)).status, auditId).toBe(409);
      }
      expect(driver.as(who.lead).refuses(finding(auditId)).status, auditId).toBe(409);
    }
    const dates = { startsOn: '2033-06-06', endsOn: '2033-06-06' } as const;
    const schedule: UserCommand = { type: 'scheduleAudit', auditId: 'A-6', ...dates, team: [who.lead] };
    expect(driver.as(who.manager).refuses(schedule).status).toBe(409);
  });

  it('R17: restoring rests on the recertification of the cycle that lapsed', () => {
    const driver = recertified(kept(certified('2030-06-05'), '2033-03-01'), '2033-03-04', '2033-05-01');
    kept(driver, '2036-06-10').as(who.decider);
    expect(driver.certificate.status).toBe('lapsed');
    expect(driver.refuses({ type: 'restoreCertificate', auditId: 'A-6', reason: 'So.' })).toMatchObject({
      code: 'R17',
      status: 409,
    });
  });

  it('R16: with the lapse the surveillances and special audits that were planned are off', () => {
    const driver = kept(certified('2030-06-05'), '2033-05-20').as(who.lead);
    const special = { occasion: 'complaint', targetOn: '2033-07-01', reason: 'There was one.' } as const;
    driver.does({ type: 'planAudit', kind: 'special', ...special });
    const auditId = scheduled(driver, 'special', '2033-07-01');
    driver.until('2033-06-05');
    expect(driver.state.audits[auditId]?.status).toBe('cancelled');
    expect(driver.open('auditOutcome').filter((task) => task.auditId === auditId)).toEqual([]);
    driver.until('2033-07-01').as(who.lead);
    expect(driver.refuses(outcome(auditId))).toMatchObject({ code: 'state', status: 409 });
  });
});

describe('two decisions', () => {
  it('on one audit: the second is refused, whichever it is', () => {
    const driver = afterStage2().as(who.decider);
    driver.does(decide('A-3'));
    for (const decision of ['granted', 'refused'] as const) {
      expect(driver.refuses(decide('A-3', decision))).toMatchObject({ code: 'state', status: 409 });
    }
    expect(driver.recordsOf('CertificateIssued')).toHaveLength(1);
  });

  it('on one recertification: neither again, nor a restoring beside it', () => {
    const driver = recertified(kept(certified('2030-06-05'), '2033-03-01'), '2033-03-04', '2033-05-01');
    expect(driver.as(who.decider).refuses(decide('A-6')).code).toBe('state');
    expect(driver.refuses({ type: 'restoreCertificate', auditId: 'A-6', reason: 'So.' }).code).toBe('state');
    expect(driver.certificate.cycle).toBe(2);
  });
});

describe('R18: a suspension at its end', () => {
  const late = (): Driver => {
    const driver = kept(certified('2030-06-05'), '2031-08-31').as(who.decider);
    driver.does({ type: 'suspendCertificate', reason: 'A failure.' });
    return driver.until('2032-02-29').heldUpUntil('2032-03-01T00:00:00.000Z').as(who.decider);
  };

  it('is not ended a day late, even before the clock has told of it', () => {
    const driver = late();
    const scope = { statement: 'Less.', exclusions: 'The chat.' };
    expect(driver.refuses({ type: 'reinstateCertificate', reason: 'So.' })).toMatchObject({ code: 'R18', status: 409 });
    expect(driver.refuses({ type: 'reduceScope', ...scope, reason: 'So.' }).code).toBe('R18');
    driver.settle();
    expect(driver.certificate.status).toBe('withdrawn');
    expect(driver.refuses({ type: 'reinstateCertificate', reason: 'So.' }).status).toBe(409);
  });
});

describe('R14: a minor that is still open', () => {
  it('becomes a major at a Stage 2 that is done again, and at a recertification', () => {
    const again = afterStage2('major', 'minor').until('2030-09-02');
    held(again, 'stage2', '2030-10-01');
    expect(again.finding('F-2')).toMatchObject({ grade: 'major', verifyDueOn: '2030-12-30' });

    const driver = kept(certified('2030-06-05'), '2032-05-04');
    held(driver, 'surveillance', '2032-05-05', { findings: [{ grade: 'minor' }] });
    answered(driver, 'F-1', '2032-06-30');
    kept(driver, '2033-03-01');
    held(driver, 'recertification', '2033-03-04');
    expect(driver.finding('F-1').grade).toBe('major');
    expect(driver.as(who.decider).refuses(decide('A-6')).code).toBe('R5');
  });

  it('is left alone by Stage 1', () => {
    const driver = afterStage2('minor');
    answered(driver, 'F-1', '2030-04-20');
    driver.as(who.decider).does(decide('A-3', 'refused'));
    driver.as(who.manager);
    driver.does({ type: 'reportCorrectiveActionDone', findingId: 'F-1', evidence: { links: [], note: 'Done.' } });
    expect(driver.state.phase).not.toBe('surveillanceCycle');
    expect(driver.finding('F-1').grade).toBe('minor');
  });

  it('of no audit yet, there is none to raise', () => {
    const driver = auditedInternally(program(), '2030-01-15');
    held(driver, 'stage1', '2030-02-11', { findings: [{ grade: 'concern' }] });
    held(driver, 'stage2', '2030-03-01');
    expect(driver.recordsOf('FindingRaisedToMajor')).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { IsoDate } from '../../domain/basics.ts';
import { afterStage2, answered, certified, decided, held, kept, verified } from './journey.ts';
import { type Driver, who } from './support.ts';

/** A certificate valid through 4 June 2033 and its recertification audit A-6 held on 4 March without a decision. */
const audited = kept(certified('2030-06-05'), '2033-03-01');
held(audited, 'recertification', '2033-03-04');
const undecided = () => audited.fork();

const granted = (on?: IsoDate) =>
  ({ type: 'recordDecision', auditId: 'A-6', decision: 'granted', basis: 'Report.', ...(on ? { on } : {}) }) as const;
const suspend = (on?: IsoDate) =>
  ({ type: 'suspendCertificate', reason: 'A complaint.', ...(on ? { on } : {}) }) as const;
const reinstate = (on?: IsoDate) => ({ type: 'reinstateCertificate', reason: 'Seen.', ...(on ? { on } : {}) }) as const;
const letter = { title: 'Decision letter', links: ['https://example.com/decision.pdf'] };

describe('R15, R16, R28: a decision of the last valid day', () => {
  it('entered four days later renews without a gap; the lapse is taken back, and whoever was told of it is told', () => {
    const driver = undecided().until('2033-06-08').as(who.decider);
    expect(driver.certificate.status).toBe('lapsed');
    const toldOfLapse = driver.told('certificate').filter(({ item }) => item.event === 'lapsed');
    expect(toldOfLapse).toHaveLength(6);
    const records = driver.does(granted('2033-06-04')).map(({ type }) => type);
    expect(records.slice(0, 2)).toEqual(['LapseTakenBack', 'DecisionRecorded']);
    expect(records).toContain('CertificateRenewed');
    expect(driver.certificate).toMatchObject({
      status: 'valid',
      decidedOn: '2033-06-04',
      validFrom: '2033-06-05',
      lastDay: '2036-06-04',
      cycle: 2,
    });
    expect(driver.certificate).not.toHaveProperty('lapsedOn');
    const back = driver.told('certificate').filter(({ item }) => item.event === 'notLapsed');
    // All of them, but for who tells it.
    expect(back.map(({ to }) => to)).toEqual(toldOfLapse.map(({ to }) => to).filter((to) => to !== who.decider));
    expect(driver.recordsOf('DecisionRecorded').at(-1)?.data.on).toBe('2033-06-04');
    const coming = Object.values(driver.state.audits).filter(({ status }) => status === 'planned');
    expect(coming.map(({ kind }) => kind).sort()).toEqual(['recertification', 'surveillance', 'surveillance']);
  });

  it('and one of the day after have two ends of their beginning, whenever they are entered', () => {
    const atOnce = undecided().until('2033-06-05').as(who.decider);
    atOnce.does(granted());
    const late = undecided().until('2033-06-20').as(who.decider);
    late.does(granted('2033-06-05'));
    for (const { certificate, records } of [atOnce, late]) {
      expect(certificate).toMatchObject({ decidedOn: '2033-06-05', validFrom: '2033-06-05', lastDay: '2036-06-04' });
      expect(records.map(({ type }) => type)).toContain('CertificateRestored');
      expect(records.map(({ type }) => type)).not.toContain('LapseTakenBack');
    }
  });

  it('never ahead, never before what it follows', () => {
    const driver = undecided().until('2033-06-08').as(who.decider);
    expect(driver.refuses(granted('2033-06-09'))).toMatchObject({ code: 'dates', status: 422 });
    expect(driver.refuses(granted('2033-03-03'))).toMatchObject({ code: 'dates', status: 422 });
  });

  it('a grant is not dated before the major that it rests on was verified', () => {
    const driver = afterStage2('major');
    answered(driver.until('2030-03-10'), 'F-1', '2030-03-20');
    verified(driver.until('2030-03-20'), 'F-1');
    driver.until('2030-03-25').as(who.decider);
    const grant = { type: 'recordDecision', auditId: 'A-3', decision: 'granted', basis: 'Report.' } as const;
    const early = { ...grant, certificateNumber: 'C-1', on: '2030-03-19' } as const;
    expect(driver.refuses(early)).toMatchObject({ code: 'dates', status: 422 });
    driver.does({ ...early, on: '2030-03-20' });
    expect(driver.certificate).toMatchObject({ decidedOn: '2030-03-20', lastDay: '2033-03-19' });
  });

  it('entered for the decision maker, it is theirs, with the document that shows it', () => {
    const driver = undecided().until('2033-06-08').as(who.manager);
    expect(driver.refuses(granted('2033-06-04')).status).toBe(403);
    driver.does({ ...granted('2033-06-04'), onBehalfOf: who.decider, document: letter });
    expect(driver.certificate).toMatchObject({ status: 'valid', lastDay: '2036-06-04' });
    expect(driver.recordsOf('DecisionRecorded').at(-1)?.data).toMatchObject({ onBehalfOf: who.decider });
    const audits = undecided().until('2033-06-08').as(who.manager);
    const asLead = { ...granted('2033-06-04'), onBehalfOf: who.lead, document: letter };
    expect(audits.refuses(asLead).status).toBe(422);
  });
});

describe('R17, R28: a decision in the time for restoring', () => {
  it('entered after that time is over takes the new certification back, and restores', () => {
    const driver = undecided().until('2034-01-10');
    expect(driver.state.phase).toBe('certificationAudit');
    expect(driver.audit('stage2').status).toBe('planned');
    driver.as(who.decider).does(granted('2033-12-04'));
    expect(driver.certificate).toMatchObject({
      status: 'valid',
      validFrom: '2033-12-04',
      lastDay: '2036-06-04',
      cycle: 2,
    });
    expect(driver.state).toMatchObject({ phase: 'surveillanceCycle', phasePlanned: true });
    expect(driver.audit('stage2').status).toBe('cancelled');
    expect(driver.open('auditSchedule').filter(({ auditId }) => auditId === driver.audit('stage2').id)).toEqual([]);
  });

  it('so does one of the last valid day, which renews', () => {
    const driver = undecided().until('2034-01-10').as(who.decider);
    driver.does(granted('2033-06-04'));
    expect(driver.certificate).toMatchObject({
      status: 'valid',
      validFrom: '2033-06-05',
      lastDay: '2036-06-04',
      cycle: 2,
    });
    expect(driver.state.phase).toBe('surveillanceCycle');
  });

  it('is too late once an audit of the new certification was held', () => {
    const driver = undecided().until('2033-12-10');
    held(driver, 'stage2', '2034-02-01');
    expect(driver.as(who.decider).refuses(granted('2033-12-04'))).toMatchObject({ code: 'R17', status: 409 });
    decided(driver, 'granted', '2034-02-20');
    expect(driver.certificate).toMatchObject({ cycle: 2, decidedOn: '2034-02-20' });
  });

  it('a day later rests on a new Stage 2, as ever', () => {
    const driver = undecided().until('2034-01-10').as(who.decider);
    expect(driver.refuses(granted('2033-12-05'))).toMatchObject({ code: 'R17', status: 409 });
    expect(driver.refuses({ ...granted('2033-06-04'), decision: 'refused' })).toMatchObject({ code: 'R17' });
  });

  it('restoring names a day after the lapse; by its last day it is a renewal', () => {
    const restore = { type: 'restoreCertificate', auditId: 'A-6', reason: 'Complete.' } as const;
    const driver = undecided().until('2033-08-01').as(who.decider);
    expect(driver.refuses({ ...restore, on: '2033-06-04' })).toMatchObject({ code: 'R17', status: 409 });
    driver.does({ ...restore, on: '2033-07-01' });
    expect(driver.certificate).toMatchObject({
      decidedOn: '2033-07-01',
      validFrom: '2033-07-01',
      lastDay: '2036-06-04',
    });
  });
});

describe('R18, R28: a suspension and its end', () => {
  const valid = (): Driver => kept(certified('2030-06-05'), '2031-09-10').as(who.decider);

  it('count from the day on which it was suspended', () => {
    const driver = valid();
    driver.does(suspend('2031-08-31'));
    expect(driver.certificate).toMatchObject({ status: 'suspended', suspendedOn: '2031-08-31' });
    expect(driver.recordsOf('CertificateSuspended')[0]?.data).toMatchObject({
      on: '2031-08-31',
      untilOn: '2032-02-29',
    });
    expect(driver.open('suspension')).toMatchObject([{ dueOn: '2032-02-29' }]);
    driver.until('2032-02-29T23:59:00.000Z');
    expect(driver.certificate.status).toBe('suspended');
    driver.until('2032-03-01');
    expect(driver.certificate.status).toBe('withdrawn');
  });

  it('are refused before the decision, before each other, and when the end of it has long passed', () => {
    const driver = valid();
    expect(driver.refuses(suspend('2030-06-04'))).toMatchObject({ code: 'dates', status: 422 });
    expect(driver.refuses(suspend('2031-03-09'))).toMatchObject({ code: 'R18', status: 409 });
    driver.does(suspend('2031-09-01'));
    expect(driver.refuses(reinstate('2031-08-31'))).toMatchObject({ code: 'dates', status: 422 });
    driver.does(reinstate('2031-09-05'));
    expect(driver.refuses(suspend('2031-09-04'))).toMatchObject({ code: 'dates', status: 422 });
    expect(driver.refuses({ type: 'withdrawCertificate', reason: 'So.', on: '2031-09-04' }).code).toBe('dates');
  });

  it('told after the lapse, it shows when the certificate is restored', () => {
    const driver = undecided().until('2033-06-20').as(who.decider);
    driver.does(suspend('2033-06-01'));
    expect(driver.certificate).toMatchObject({ status: 'lapsed', suspendedOn: '2033-06-01' });
    const restored = driver.fork();
    restored.does(granted());
    expect(restored.certificate).toMatchObject({ status: 'suspended', suspendedOn: '2033-06-01', cycle: 2 });
    driver.does(reinstate('2033-06-03'));
    driver.does(granted());
    expect(driver.certificate).toMatchObject({ status: 'valid', cycle: 2 });
  });

  it('the lapse of what was suspended is taken back to what it was', () => {
    const driver = undecided().until('2033-05-01').as(who.decider);
    driver.does(suspend());
    driver.until('2033-06-08').does(granted('2033-06-04'));
    expect(driver.certificate).toMatchObject({
      status: 'suspended',
      suspendedOn: '2033-05-01',
      validFrom: '2033-06-05',
    });
    expect(driver.open('suspension')).toMatchObject([{ dueOn: '2033-11-01' }]);
  });
});

describe('R20: a transfer', () => {
  const transfer = (on: IsoDate) =>
    ({ type: 'transferCertificate', to: { name: 'Second Body' }, on, reason: 'Nearer.' }) as const;

  it('is not before the last act of the old body', () => {
    const driver = kept(certified('2030-06-05'), '2031-06-01').as(who.decider);
    // The surveillance A-4 had its outcome on 5 May 2031.
    expect(driver.as(who.manager).refuses(transfer('2031-05-04'))).toMatchObject({ code: 'R20', status: 422 });
    const later = driver.fork().as(who.decider);
    later.does(suspend());
    later.until('2031-06-20').does(reinstate('2031-06-10'));
    expect(later.as(who.manager).refuses(transfer('2031-06-09')).code).toBe('R20');
    later.does(transfer('2031-06-10'));
    expect(later.refuses({ ...transfer('2031-06-09'), to: { name: 'Third Body' } }).code).toBe('R20');
    driver.as(who.manager).does(transfer('2031-05-05'));
  });
});

describe('R6, R18, R28: a verification in time that is told late', () => {
  const answeredMajor = (driver: Driver, by: IsoDate): Driver => {
    answered(driver, 'F-1', by);
    const evidence = { links: ['https://example.com/done'], note: '' };
    driver.as(who.manager).does({ type: 'reportCorrectiveActionDone', findingId: 'F-1', evidence });
    return driver.as(who.lead);
  };
  const verify = (on: IsoDate) =>
    ({ type: 'verifyFinding', findingId: 'F-1', effective: true, note: 'Seen.', on }) as const;

  it('takes back the suspension that the clock gave for it, and whoever was told of it is told', () => {
    const driver = certified('2030-06-05');
    held(driver, 'surveillance', '2031-05-05', { findings: [{ grade: 'major' }] });
    answeredMajor(driver.until('2031-06-20'), '2031-07-20').until('2031-08-10');
    expect(driver.certificate).toMatchObject({ status: 'suspended', suspendedFor: 'F-1' });
    const late = driver.fork();
    late.does(verify('2031-08-04'));
    expect(late.certificate.status).toBe('suspended');
    driver.does(verify('2031-08-03'));
    expect(driver.certificate).toMatchObject({ status: 'valid', lastDay: '2033-06-04' });
    expect(driver.certificate).not.toHaveProperty('suspendedOn');
    expect(driver.open('suspension')).toEqual([]);
    expect(driver.told('certificate').at(-1)?.item.event).toBe('notSuspended');
  });

  it('leaves a suspension that somebody decided on', () => {
    const driver = certified('2030-06-05');
    held(driver, 'surveillance', '2031-05-05', { findings: [{ grade: 'major' }] });
    answeredMajor(driver.until('2031-06-20'), '2031-07-20').until('2031-07-25');
    driver.as(who.decider).does(suspend());
    driver.until('2031-08-10').as(who.lead).does(verify('2031-08-03'));
    expect(driver.certificate.status).toBe('suspended');
  });

  it('lets the Stage 2 stand that was outdated, in place of the one that was planned', () => {
    const driver = afterStage2('major');
    answeredMajor(driver.until('2030-06-03'), '2030-08-01').until('2030-09-10');
    expect(driver.state.audits['A-3']).toMatchObject({ outdated: 'R6' });
    const again = driver.audit('stage2').id;
    const late = driver.fork();
    late.does(verify('2030-09-02'));
    expect(late.state.audits['A-3']).toMatchObject({ outdated: 'R6' });
    driver.does(verify('2030-09-01'));
    expect(driver.state.audits['A-3']).not.toHaveProperty('outdated');
    expect(driver.state.audits[again]).toMatchObject({ status: 'cancelled' });
    expect(driver.open('decision')).toMatchObject([{ auditId: 'A-3', assignee: who.decider }]);
    driver.as(who.decider).does({
      type: 'recordDecision',
      auditId: 'A-3',
      decision: 'granted',
      certificateNumber: 'C-1',
      basis: 'Report.',
    });
    expect(driver.certificate.status).toBe('valid');
  });
});

describe('R6: the verification counts, not the later check', () => {
  it('of a major that was verified in time and checked six months later, with the decision still open', () => {
    const driver = afterStage2('major');
    answered(driver.until('2030-03-10'), 'F-1', '2030-03-20', '2030-09-20');
    verified(driver.until('2030-03-20'), 'F-1');
    driver.until('2030-09-21').as(who.lead);
    driver.does({ type: 'verifyFinding', findingId: 'F-1', effective: true, note: 'It still works.' });
    expect(driver.finding('F-1')).toMatchObject({ status: 'closed', verifiedOn: '2030-03-20', closedOn: '2030-09-21' });
    driver.until('2030-10-01').as(who.decider);
    expect(driver.state.audits['A-3']).not.toHaveProperty('outdated');
    const grant = { type: 'recordDecision', auditId: 'A-3', decision: 'granted', basis: 'Report.' } as const;
    driver.does({ ...grant, certificateNumber: 'C-1' });
    expect(driver.certificate.status).toBe('valid');
  });
});

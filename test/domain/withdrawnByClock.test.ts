import { describe, expect, it } from 'vitest';
import { ahead } from '../../domain/outlook/ahead.ts';
import { answered, certified, held, kept } from './journey.ts';
import { type Driver, who } from './support.ts';

const letter = { title: 'Letter', links: ['https://example.com/letter.pdf'] };
const reinstate = { type: 'reinstateCertificate', reason: 'It was put right.' } as const;

/** Suspended by the body on 31 August 2031, until 29 February 2032, and withdrawn by the clock. */
function withdrawn(): Driver {
  const driver = kept(certified('2030-06-05'), '2031-08-31').as(who.decider);
  driver.does({ type: 'suspendCertificate', reason: 'Audits were refused.', ground: 'auditRefused' });
  return driver.until('2032-03-04').as(who.decider);
}

describe('R18, R28: a certificate that the clock withdrew', () => {
  it('is reinstated as of a day in time that is told late; whoever was told of the withdrawal is told', () => {
    const driver = withdrawn();
    expect(driver.certificate).toMatchObject({ status: 'withdrawn', toldUntil: '2032-03-30' });
    const told = driver.told('certificate').filter(({ item }) => item.event === 'withdrawn');
    expect(driver.refuses(reinstate)).toMatchObject({ code: 'R18' });
    expect(driver.refuses({ ...reinstate, on: '2032-03-01' })).toMatchObject({ code: 'R18' });
    driver.does({ ...reinstate, on: '2032-02-29' });
    expect(driver.certificate).toMatchObject({ status: 'valid', reinstatedOn: '2032-02-29', lastDay: '2033-06-04' });
    expect(driver.certificate).not.toHaveProperty('toldUntil');
    const back = driver.told('certificate').filter(({ item }) => item.event === 'notWithdrawn');
    expect(back.map(({ to }) => to)).toEqual(told.map(({ to }) => to).filter((to) => to !== who.decider));
    expect(driver.open('suspension')).toEqual([]);
    driver.until('2032-04-10');
    expect(driver.state).toMatchObject({ status: 'active', phase: 'surveillanceCycle' });
  });

  it('so when it is entered for the decision maker, and when the scope was reduced instead', () => {
    const entered = withdrawn().as(who.manager);
    entered.does({ ...reinstate, on: '2032-02-20', onBehalfOf: who.decider, document: letter });
    expect(entered.certificate.status).toBe('valid');
    const reduced = withdrawn();
    const scope = { statement: 'The assistant for companies.', exclusions: 'The one for consumers.' };
    reduced.does({ type: 'reduceScope', ...scope, reason: 'It fails for consumers.', on: '2032-02-20' });
    expect(reduced.certificate).toMatchObject({ status: 'valid', scope });
  });

  it('says what it waits for, until nobody told: then the program closes', () => {
    const driver = withdrawn();
    expect(ahead(driver.state)).toMatchObject({
      next: { kind: 'closing', untilOn: '2032-03-30' },
      waits: [{ what: 'suspension', who: [who.manager], dueOn: '2032-03-30' }],
    });
    driver.until('2032-03-31T00:00:00.000Z');
    expect(driver.state.status).toBe('closed');
    expect(driver.recordsOf('WithdrawalStands')).toHaveLength(1);
  });

  it('one that somebody withdraws closes at once', () => {
    const driver = certified('2030-06-05').as(who.decider);
    driver.does({ type: 'withdrawCertificate', reason: 'The activity ended.' });
    expect(driver.state.status).toBe('closed');
  });

  it('R7: suspended over a major that had been verified in time, it was never to be withdrawn', () => {
    const driver = certified('2030-06-05');
    held(driver, 'surveillance', '2031-05-05', { findings: [{ grade: 'major' }] });
    answered(driver.until('2031-05-20'), 'F-1', '2031-06-20');
    const evidence = { links: ['https://example.com/done'], note: '' };
    driver.until('2031-06-20').as(who.manager).does({ type: 'reportCorrectiveActionDone', findingId: 'F-1', evidence });
    driver.until('2032-02-10').as(who.lead);
    expect(driver.certificate).toMatchObject({ status: 'withdrawn', suspendedFor: 'F-1' });
    const seen = { type: 'verifyFinding', findingId: 'F-1', effective: true, note: 'Seen.' } as const;
    const late = driver.fork();
    driver.does({ ...seen, on: '2031-07-01' });
    expect(driver.certificate.status).toBe('valid');
    late.does({ ...seen, on: '2031-12-01' });
    expect(late.certificate.status).toBe('withdrawn');
    late.as(who.decider).does({ ...reinstate, on: '2031-12-05' });
    expect(late.certificate).toMatchObject({ status: 'valid', reinstatedOn: '2031-12-05' });
  });

  it('R15: a recertification waits for what became of the suspension', () => {
    const driver = kept(certified('2030-06-05'), '2032-11-20').as(who.decider);
    driver.does({ type: 'suspendCertificate', reason: 'Audits were refused.', ground: 'auditRefused' });
    held(driver, 'recertification', '2033-03-04');
    driver.until('2033-05-22').as(who.decider);
    expect(driver.certificate.status).toBe('withdrawn');
    const grant = { type: 'recordDecision', auditId: 'A-6', decision: 'granted', basis: 'Report.' } as const;
    expect(driver.refuses({ ...grant, on: '2033-04-01' })).toMatchObject({ code: 'R18' });
    driver.does({ ...reinstate, on: '2033-03-20' });
    driver.does({ ...grant, on: '2033-04-01' });
    expect(driver.certificate).toMatchObject({ status: 'valid', cycle: 2, lastDay: '2036-06-04' });
  });
});

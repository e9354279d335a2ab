import { describe, expect, it } from 'vitest';
import type { IsoDate } from '../../domain/basics.ts';
import { ahead } from '../../domain/outlook/ahead.ts';
import { answered, certified, held, kept, scheduled, verified } from './journey.ts';
import { type Driver, who } from './support.ts';

/** A certificate valid through 4 June 2033, suspended by the body on 31 August 2031: until 29 February 2032. */
function suspended(on: IsoDate = '2031-08-31'): Driver {
  const driver = kept(certified('2030-06-05'), on).as(who.decider);
  driver.does({ type: 'suspendCertificate', reason: 'Audits were refused.', ground: 'auditRefused' });
  return driver;
}

/** Suspended on 4 August 2031, because the major F-1 of the surveillance was not verified in time. */
function failed(): Driver {
  const driver = certified('2030-06-05');
  held(driver, 'surveillance', '2031-05-05', { findings: [{ grade: 'major' }] });
  return driver.until('2031-08-04');
}

const reinstate = { type: 'reinstateCertificate', reason: 'It was put right.' } as const;
const reduce = {
  type: 'reduceScope',
  statement: 'The assistant for companies.',
  exclusions: 'The assistant for consumers.',
  reason: 'It fails for consumers.',
} as const;

describe('R18: what a certificate is suspended for', () => {
  it('a failure or refused audits, as the body says; on request, as the organization says', () => {
    const grounds = (driver: Driver) => driver.recordsOf('CertificateSuspended').map(({ data }) => data.ground);
    expect(grounds(suspended())).toEqual(['auditRefused']);
    expect(grounds(failed())).toEqual(['failure']);
    const own = certified('2030-06-05').as(who.manager);
    const { code } = own.refuses({ type: 'suspendCertificate', reason: 'So.', ground: 'failure' });
    expect(code).toBe('R18');
    own.does({ type: 'suspendCertificate', reason: 'The service rests.' });
    expect(grounds(own)).toEqual(['onRequest']);
  });

  it('asks the manager to resolve it until its last day, which nobody can move', () => {
    const driver = suspended();
    const [task] = driver.open('suspension');
    expect(task).toMatchObject({ assignee: who.manager, dueOn: '2032-02-29', bodyDeadline: true });
    driver.as(who.manager);
    const given = { taskId: task!.id, links: [], note: 'Done.' };
    expect(driver.refuses({ type: 'submitEvidence', ...given }).code).toBe('state');
    expect(driver.refuses({ type: 'waiveTask', taskId: task!.id, reason: 'No.' }).code).toBe('R7');
  });
});

describe('R18: resolving a suspension', () => {
  it('reinstates on the last day and keeps the dates', () => {
    const driver = suspended().until('2032-02-29T23:59:59.999Z').as(who.decider);
    driver.does(reinstate);
    expect(driver.open('suspension')).toEqual([]);
    expect(driver.certificate).toMatchObject({ status: 'valid', lastDay: '2033-06-04' });
    expect(driver.told('certificate').at(-1)?.item.event).toBe('reinstated');
  });

  it('not before the major that it is for is verified, by nobody and by no audit', () => {
    const driver = failed();
    expect(driver.as(who.decider).refuses(reinstate)).toMatchObject({ code: 'R18', status: 409 });
    driver.as(who.lead).does({
      type: 'planAudit',
      kind: 'special',
      occasion: 'suspension',
      targetOn: '2031-08-20',
      reason: 'To see what was done.',
    });
    const auditId = scheduled(driver, 'special', '2031-08-20');
    driver.until('2031-08-20').as(who.lead);
    const outcome = { type: 'recordOutcome', auditId, result: 'maintained', note: '' } as const;
    expect(driver.refuses(outcome).code).toBe('R18');
    answered(driver, 'F-1', '2031-08-20');
    verified(driver, 'F-1');
    driver.does(outcome);
    // R25: the team recommends it; somebody who did not audit decides.
    expect(driver.certificate.status).toBe('suspended');
    expect(driver.open('recommendation')).toMatchObject([{ auditId, assignee: who.decider }]);
    driver.as(who.decider).does(reinstate);
    expect(driver.certificate.status).toBe('valid');
    expect(driver.open('recommendation')).toEqual([]);
  });

  it('or the scope is reduced: it ends, the certificate says what is left, and both sides are told', () => {
    const driver = failed().as(who.decider);
    const scope = driver.certificate.scope;
    driver.does(reduce);
    const { statement, exclusions } = reduce;
    expect(driver.certificate).toMatchObject({
      status: 'valid',
      scope: { statement, exclusions },
      lastDay: '2033-06-04',
    });
    expect(driver.state.scope).toEqual({ statement, exclusions });
    expect(driver.recordsOf('CertificateScopeChanged')).toMatchObject([
      { data: { change: 'reduced', previous: scope, reason: reduce.reason } },
    ]);
    const told = driver.told('certificate').filter(({ item }) => item.event === 'scopeReduced');
    expect(told.map(({ to }) => to)).toEqual([who.manager, who.sponsor, who.top, who.lead, who.auditor]);
    expect(driver.open('suspension')).toEqual([]);
    driver.until('2032-06-01');
    expect(driver.recordsOf('CertificateSuspended')).toHaveLength(1);
  });

  it('unresolved, the certificate is withdrawn the day after', () => {
    const driver = suspended().until('2032-03-01T00:00:00.000Z');
    expect(driver.certificate.status).toBe('withdrawn');
    expect(driver.told('certificate').at(-1)?.item.event).toBe('withdrawn');
  });

  it('never extends expiry: it lapses on its day, and nothing is left to resolve', () => {
    const driver = suspended('2033-04-01');
    expect(driver.open('suspension')).toMatchObject([{ dueOn: '2033-06-04' }]);
    driver.until('2033-06-05T00:00:00.000Z');
    expect(driver.certificate).toMatchObject({ status: 'lapsed', lastDay: '2033-06-04' });
    expect(driver.open('suspension')).toEqual([]);
    expect(driver.as(who.decider).refuses(reinstate).code).toBe('state');
  });

  it('recertified while it is suspended, it stays so in the new cycle', () => {
    const driver = suspended('2033-02-01');
    held(driver, 'recertification', '2033-03-04');
    driver.as(who.decider).does({ type: 'recordDecision', auditId: 'A-6', decision: 'granted', basis: 'Report.' });
    expect(driver.certificate).toMatchObject({ status: 'suspended', suspendedOn: '2033-02-01', cycle: 2 });
    // It is said, and the time for it is what it always was: it no longer ends with the old certificate.
    expect(driver.open('suspension')).toMatchObject([{ dueOn: '2033-08-01' }]);
    expect(driver.warnings()).toContain('R18');
    driver.does(reinstate);
    expect(driver.certificate).toMatchObject({ status: 'valid', lastDay: '2036-06-04' });
  });
});

describe('R18: a scope that is reduced', () => {
  it('can be that of a valid certificate, by the body, to something else', () => {
    const driver = certified('2030-06-05').as(who.manager);
    expect(driver.refuses(reduce).status).toBe(403);
    driver.as(who.decider).does(reduce);
    expect(driver.certificate.status).toBe('valid');
    expect(driver.refuses(reduce)).toMatchObject({ code: 'R18', status: 422 });
    expect(driver.refuses({ ...reduce, exclusions: ' ' }).code).toBe('empty');
  });

  it('is not that of a certificate that lapsed, nor of none', () => {
    const lapsed = kept(certified('2030-06-05'), '2033-06-05').as(who.decider);
    expect(lapsed.refuses(reduce)).toMatchObject({ code: 'state', status: 409 });
  });
});

describe('R18: what the clock suspended over a major that was not verified in time', () => {
  it('is resolved by the decision that renews, once the major is verified', () => {
    const driver = kept(certified('2030-06-05'), '2032-12-10');
    held(driver, 'recertification', '2032-12-15', { findings: [{ grade: 'major' }] });
    driver.until('2033-04-01');
    expect(driver.certificate).toMatchObject({ status: 'suspended', suspendedFor: 'F-1' });
    answered(driver, 'F-1', '2033-04-20');
    verified(driver, 'F-1');
    driver.as(who.decider).does({ type: 'recordDecision', auditId: 'A-6', decision: 'granted', basis: 'Report.' });
    expect(driver.certificate).toMatchObject({ status: 'valid', validFrom: '2033-06-05', cycle: 2 });
    expect(driver.recordsOf('CertificateReinstated').at(-1)?.data.reason).toContain('F-1');
    expect(driver.open('suspension')).toEqual([]);
  });
});

describe('R25: a suspension that nobody of the body who takes part may end', () => {
  it('waits for another to be named, as the page says', () => {
    const driver = failed().as(who.manager);
    expect(waitsOf(driver)).not.toContainEqual(expect.objectContaining({ what: 'person' }));
    driver.does({ type: 'removePerson', email: who.decider });
    expect(driver.as(who.lead).refuses(reduce).code).toBe('R25');
    expect(waitsOf(driver)).toContainEqual(expect.objectContaining({ what: 'person', role: 'decisionMaker' }));
    const another = { email: 'another@body.example' as const, name: 'Another', roles: ['decisionMaker' as const] };
    driver.as(who.manager).does({ type: 'addPerson', ...another });
    expect(waitsOf(driver)).not.toContainEqual(expect.objectContaining({ what: 'person' }));
    driver.as(another.email).does(reduce);
    expect(driver.state.certificate?.status).toBe('valid');
  });
});

function waitsOf({ state }: Driver) {
  return ahead(state).waits;
}

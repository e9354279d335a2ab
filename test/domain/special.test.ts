import { describe, expect, it } from 'vitest';
import type { Occasion } from '../../domain/audits/audit.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { afterStage2, answered, certified, held, kept, scheduled } from './journey.ts';
import { type Driver, who } from './support.ts';

const wider = { statement: 'The assistant and the chat.' };

const asked = (occasion: Occasion, more: object = {}) =>
  ({
    type: 'planAudit',
    kind: 'special',
    occasion,
    targetOn: '2030-09-02',
    reason: 'There is cause.',
    ...(occasion === 'scopeExtension' ? { scope: wider } : {}),
    ...more,
  }) as Extract<UserCommand, { type: 'planAudit' }>;

const decision = (auditId: string, kind: 'granted' | 'grantedWithCorrectiveAction' | 'delayed' | 'refused') =>
  ({ type: 'recordDecision', auditId, decision: kind, basis: 'The report.' }) as const;

/** The audit for an extension of scope was held on 2 September 2030. */
function extended(found: Parameters<typeof held>[3] = {}): { driver: Driver; auditId: string } {
  const driver = certified('2030-06-05').until('2030-08-01').as(who.manager);
  driver.does(asked('scopeExtension'));
  return { auditId: held(driver, 'special', '2030-09-02', found), driver };
}

describe('R19: special audits', () => {
  it('are planned by the body at short notice, and for an extension by the organization too', () => {
    const driver = certified('2030-06-05').until('2030-08-01');
    for (const occasion of ['complaint', 'change'] as const) {
      expect(driver.as(who.manager).refuses(asked(occasion)).status).toBe(403);
      driver.fork().as(who.lead).does(asked(occasion));
      driver.fork().as(who.decider).does(asked(occasion));
    }
    driver.as(who.manager).does(asked('scopeExtension'));
    expect(driver.audit('special')).toMatchObject({ occasion: 'scopeExtension', scope: wider, status: 'planned' });
    expect(driver.open('auditSchedule').at(-1)?.title).toContain('special audit (extension of scope)');
  });

  it('say what they are for, and only an extension applies for a scope', () => {
    const driver = certified('2030-06-05').until('2030-08-01').as(who.lead);
    const R19 = { code: 'R19', status: 422 };
    expect(driver.refuses(asked('complaint', { occasion: undefined }))).toMatchObject(R19);
    expect(driver.refuses(asked('complaint', { scope: wider }))).toMatchObject(R19);
    expect(driver.refuses(asked('scopeExtension', { scope: undefined }))).toMatchObject(R19);
    expect(driver.refuses(asked('complaint', { reason: ' ' })).code).toBe('empty');
    expect(driver.refuses(asked('complaint', { targetOn: '2030-07-01' })).code).toBe('dates');
    expect(driver.refuses(asked('change', { kind: 'internal' }))).toMatchObject(R19);
    expect(driver.refuses(asked('suspension'))).toMatchObject({ code: 'R19', status: 409 });
  });

  it('need a certificate that is valid or suspended', () => {
    for (const driver of [afterStage2(), kept(certified('2030-06-05'), '2033-06-05')]) {
      const targetOn = '2034-01-09';
      expect(driver.as(who.lead).refuses(asked('complaint', { targetOn }))).toMatchObject({ code: 'R19', status: 409 });
    }
  });

  it('over a complaint raise findings with the times of R7, and end as a surveillance does', () => {
    const driver = certified('2030-06-05').until('2030-08-01').as(who.lead);
    driver.does(asked('complaint'));
    held(driver, 'special', '2030-09-02', { findings: [{ grade: 'major' }], result: 'suspend' });
    expect(driver.finding()).toMatchObject({ grade: 'major', planDueOn: '2030-10-02', verifyDueOn: '2030-12-01' });
    expect(driver.certificate.status).toBe('valid');
    driver.as(who.decider).does({ type: 'suspendCertificate', reason: 'As the team recommends.' });
    expect(driver.certificate).toMatchObject({ status: 'suspended', suspendedOn: '2030-09-02' });
  });

  it.each(['maintained', 'withdraw'] as const)(
    'of a suspended client ends %s, and so the certificate once that is decided',
    (result) => {
      const driver = certified('2030-06-05').until('2030-08-01').as(who.decider);
      driver.does({ type: 'suspendCertificate', reason: 'Marks were misused.' });
      driver.as(who.lead).does(asked('suspension'));
      held(driver, 'special', '2030-09-02', { result });
      expect([driver.certificate.status, driver.state.status]).toEqual(['suspended', 'active']);
      const type = result === 'maintained' ? 'reinstateCertificate' : 'withdrawCertificate';
      driver.as(who.decider).does({ type, reason: 'As the team recommends.' });
      expect(driver.certificate.status).toBe(result === 'maintained' ? 'valid' : 'withdrawn');
      expect(driver.state.status).toBe(result === 'maintained' ? 'active' : 'closed');
    },
  );

  it('completed at short notice, leave the certificate as it is and lead to no decision', () => {
    const driver = certified('2030-06-05').until('2030-08-01').as(who.lead);
    driver.does(asked('change'));
    const auditId = held(driver, 'special', '2030-09-02');
    expect(driver.certificate.status).toBe('valid');
    expect(driver.as(who.decider).refuses(decision(auditId, 'granted')).code).toBe('R1');
  });

  it('do not raise a minor of another audit: R14 is for the audits of the cycle', () => {
    const driver = certified('2030-06-05');
    held(driver, 'surveillance', '2031-05-05', { findings: [{ grade: 'minor' }] });
    answered(driver, 'F-1', '2031-06-30');
    driver.as(who.lead).does(asked('complaint', { targetOn: '2031-06-02' }));
    held(driver, 'special', '2031-06-02', { result: 'maintained' });
    expect(driver.finding('F-1').grade).toBe('minor');
  });
});

describe('R19: an extension of scope', () => {
  it('is decided on by somebody who did not audit; granted, the certificate certifies it and keeps its dates', () => {
    const { driver, auditId } = extended();
    expect(driver.open('decision')).toMatchObject([{ auditId, assignee: who.decider, dueOn: '2030-10-02' }]);
    expect(driver.certificate.scope).not.toEqual(wider);
    driver.as(who.decider).does(decision(auditId, 'granted'));
    expect(driver.certificate).toMatchObject({ status: 'valid', scope: wider, lastDay: '2033-06-04', cycle: 1 });
    expect(driver.state).toMatchObject({ scope: wider, phase: 'surveillanceCycle' });
    expect(driver.told('certificate').at(-1)?.item.event).toBe('scopeExtended');
    expect(driver.open('decision')).toEqual([]);
    expect(driver.refuses(decision(auditId, 'granted')).code).toBe('state');
  });

  it('refused, leaves the scope and the certificate as they were', () => {
    const { driver, auditId } = extended({ findings: [{ grade: 'minor' }] });
    expect(driver.as(who.decider).refuses(decision(auditId, 'granted')).code).toBe('R5');
    driver.does(decision(auditId, 'refused'));
    expect(driver.certificate).toMatchObject({
      status: 'valid',
      scope: { statement: expect.stringMatching(/talk to/) },
    });
    expect(driver.state.phase).toBe('surveillanceCycle');
  });

  it('delayed, waits for the same decision, and does not touch one on recertification', () => {
    const { driver, auditId } = extended({ findings: [{ grade: 'minor' }] });
    driver.as(who.decider).does(decision(auditId, 'delayed'));
    expect(driver.open('decision')).toHaveLength(1);
    expect(driver.state.decision).toBeUndefined();
    answered(driver, driver.finding().id, '2030-10-01');
    driver.as(who.decider).does(decision(auditId, 'grantedWithCorrectiveAction'));
    expect(driver.certificate.scope).toEqual(wider);
  });

  it('ends completed only, is applied for once at a time, and not while the certificate is suspended', () => {
    const driver = certified('2030-06-05').until('2030-08-01').as(who.manager);
    driver.does(asked('scopeExtension'));
    expect(driver.refuses(asked('scopeExtension'))).toMatchObject({ code: 'R19', status: 409 });
    const auditId = scheduled(driver, 'special', '2030-09-02');
    driver.until('2030-09-02').as(who.lead);
    const outcome = { type: 'recordOutcome', auditId, result: 'maintained', note: '' } as const;
    expect(driver.refuses(outcome)).toMatchObject({ code: 'R19', status: 422 });
    driver.does({ ...outcome, result: 'completed' });
    driver.as(who.decider).does({ type: 'suspendCertificate', reason: 'A complaint.' });
    expect(driver.as(who.decider).refuses(decision(auditId, 'granted'))).toMatchObject({ code: 'state', status: 409 });
    driver.does(decision(auditId, 'refused'));
    expect(driver.as(who.manager).refuses(asked('scopeExtension')).code).toBe('R19');
  });
});

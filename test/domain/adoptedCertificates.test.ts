import { describe, expect, it } from 'vitest';
import type { AdoptedCertificate } from '../../domain/adoption/adoption.ts';
import { adopted, certificate, known, refusal, surveillance, withCertificate } from './adopted.ts';
import { who } from './support.ts';

describe('R12, R32, R33: a certificate that is taken over', () => {
  it.each<[string, Partial<AdoptedCertificate>]>([
    ['of 29 February, valid through 28 February', { decidedOn: '2028-02-29', lastDay: '2031-02-28' }],
    [
      'in effect eight days after the decision',
      { decidedOn: '2029-02-12', validFrom: '2029-02-20', lastDay: '2032-02-19' },
    ],
    [
      'in effect 30 days after the decision',
      { decidedOn: '2029-02-12', validFrom: '2029-03-14', lastDay: '2032-03-13' },
    ],
    [
      'renewed as early as the old dates are followed, from the end of a shorter month',
      { cycle: 2, initialDecisionOn: '2025-09-01', decidedOn: '2028-02-29', lastDay: '2031-08-31' },
    ],
  ])('%s, is accepted', (_, changes) => {
    const driver = adopted({ ...withCertificate(changes), audits: [] });
    expect(driver.certificate).toMatchObject({ status: 'valid', lastDay: changes.lastDay });
  });

  it.each<[string, Partial<AdoptedCertificate>, string]>([
    ['a day after 28 February', { decidedOn: '2028-02-29', lastDay: '2031-03-01' }, 'R12'],
    ['a day too long after it took effect', { validFrom: '2029-02-20', lastDay: '2032-02-20' }, 'dates'],
    ['for a day that it took effect too late', { validFrom: '2029-03-15', lastDay: '2032-03-14' }, 'R12'],
  ])('valid %s, is refused', (_, changes, code) => {
    expect(refusal({ ...withCertificate(changes), audits: [] })).toMatchObject({ code, status: 422 });
  });
});

describe('R15: a recertification that is taken over undecided, without the Stage 1 that is owed', () => {
  it('refused, is planned again, with the Stage 1 before it', () => {
    const held = { ...surveillance, kind: 'recertification', startsOn: '2030-05-06', endsOn: '2030-05-07' } as const;
    const driver = adopted(
      {
        ...known,
        certificate: { ...certificate, decidedOn: '2027-09-13', lastDay: '2030-09-12' },
        audits: [{ ...held, result: 'completed' }],
      },
      { certificationBody: { name: 'Example Body', rules: { stage1AtRecertification: true } } },
    );
    const { id: auditId } = driver.audit('recertification');
    driver.as(who.decider).does({ type: 'recordDecision', auditId, decision: 'refused', basis: 'Report.' });
    driver.as(who.manager).does({ type: 'planAudit', kind: 'recertification', targetOn: '2030-08-05' });
    const stage1 = driver.audit('stage1');
    expect(stage1).toMatchObject({ status: 'planned', targetOn: '2030-07-05', latestOn: '2030-09-12' });
    expect(driver.open('auditSchedule').map((task) => task.auditId)).toContain(stage1.id);
  });
});

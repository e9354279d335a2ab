import { describe, expect, it } from 'vitest';
import type { AdoptedCertificate, Adoption } from '../../domain/adoption/adoption.ts';
import {
  adopted,
  known,
  ratings,
  refusal,
  stage1,
  stage2,
  surveillance,
  today,
  withCertificate,
  withFinding,
} from './adopted.ts';
import { who } from './support.ts';

describe('R12 R15 R16 R17 R18: an impossible certificate', () => {
  it.each<[string, Partial<AdoptedCertificate>, string, string]>([
    ['decided tomorrow', { decidedOn: '2030-06-06', lastDay: '2033-06-05' }, 'dates', 'has not come yet'],
    ['whose last day is that of its decision', { lastDay: '2029-02-12' }, 'dates', 'is not after the decision'],
    ['R12 a day too long', { lastDay: '2032-02-12' }, 'R12', 'the latest is 2032-02-11'],
    ['R16 that expired yesterday', { decidedOn: '2027-06-05', lastDay: '2030-06-04' }, 'R16', 'adopt it as lapsed'],
    [
      'R17 whose time for restoring ended yesterday',
      { decidedOn: '2026-12-05', lastDay: '2029-12-04', status: 'lapsed' },
      'R17',
      'into the certification audit',
    ],
    ['lapsed before its last day', { status: 'lapsed' }, 'dates', 'has not lapsed'],
    ['suspended since nobody knows when', { status: 'suspended' }, 'dates', 'the day of its suspension'],
    [
      'suspended before it was granted',
      { status: 'suspended', suspendedOn: '2029-02-11' },
      'dates',
      'from the decision to today',
    ],
    ['R18 suspended for too long', { status: 'suspended', suspendedOn: '2029-12-04' }, 'R18', 'after 2030-06-04'],
    ['valid and suspended', { suspendedOn: '2030-01-01' }, 'dates', 'leave it out'],
    ['with another first decision in its first cycle', { initialDecisionOn: '2026-02-12' }, 'dates', '2029-02-12'],
    ['in its second cycle without the first decision', { cycle: 2 }, 'dates', 'first decision is needed'],
    [
      'first decided after its renewal',
      { cycle: 2, initialDecisionOn: '2029-02-13' },
      'dates',
      'is after the decision on cycle 2',
    ],
    [
      'R15 renewed for longer than the old one and a cycle',
      { cycle: 2, initialDecisionOn: '2026-02-12', lastDay: '2032-08-13' },
      'R15',
      'the latest is 2032-08-12',
    ],
    ['valid before it was decided', { validFrom: '2029-02-11' }, 'dates', 'validFrom'],
    [
      'R15 valid for too long from its day',
      { cycle: 2, initialDecisionOn: '2026-02-12', decidedOn: '2029-01-15', validFrom: '2029-01-15' },
      'dates',
      'for too long',
    ],
    ['decided on a day that is none', { decidedOn: '2029-02-30' }, 'dates', 'not a calendar date'],
  ])('%s is refused', (_what, changes, code, says) => {
    const { status, ...rest } = refusal({ ...withCertificate(changes), audits: [] });
    expect({ status, ...rest }).toEqual({ status: 422, code, detail: expect.stringContaining(says) });
  });

  it('R16 on its last day it is not', () => {
    expect(adopted(withCertificate({ decidedOn: '2027-06-06', lastDay: today })).certificate.status).toBe('valid');
  });

  it('R17 R18 on the last day of restoring and of a suspension it is not', () => {
    const lapsed = withCertificate({ decidedOn: '2026-12-06', lastDay: '2029-12-05', status: 'lapsed' });
    expect(adopted({ ...lapsed, audits: [] }).certificate.status).toBe('lapsed');
    expect(adopted(withCertificate({ status: 'suspended', suspendedOn: '2029-12-05' })).certificate.status).toBe(
      'suspended',
    );
  });
});

describe('R1 R2 R3 R4 R5 R7: what contradicts itself', () => {
  const before: Adoption = { phase: 'certificationAudit', audits: [stage1] };

  it.each<[string, Adoption, string, string]>([
    ['R1 a cycle without a certificate', { ...known, certificate: undefined }, 'R1', 'adopt.certificate'],
    ['R1 a certificate before the cycle', { ...known, phase: 'certificationAudit' }, 'R1', 'adopt.phase'],
    ['R1 a stage before its phase', { ...before, phase: 'internalAudit' }, 'R1', 'not in the internal audit'],
    ['R1 a surveillance without a certificate', { ...before, audits: [surveillance] }, 'R1', 'follows a certificate'],
    [
      'R1 a surveillance before the decision',
      { ...known, audits: [{ ...surveillance, startsOn: '2029-02-01' }] },
      'R1',
      'before the initial decision',
    ],
    ['R1 a Stage 2 after the decision', { ...known, audits: [stage2] }, 'R1', 'after the decision'],
    [
      'R1 Stage 1 after Stage 2',
      { ...before, audits: [stage1, stage2, { ...stage1, startsOn: '2030-05-20', endsOn: '2030-05-20' }] },
      'R1',
      'comes before Stage 2',
    ],
    ['R2 a Stage 2 without Stage 1', { ...before, audits: [stage2] }, 'R2', 'Stage 1 that ended ready'],
    [
      'R2 a Stage 2 after a Stage 1 that was not ready',
      { ...before, audits: [{ ...stage1, result: 'notReady' }, stage2] },
      'R2',
      'ended ready',
    ],
    [
      'R3 a Stage 2 too long after Stage 1',
      { ...before, audits: [{ ...stage1, startsOn: '2029-11-12', endsOn: '2029-11-12' }, stage2] },
      'R3',
      'stage1ToStage2Months',
    ],
    [
      'R2 a result of another kind',
      { ...before, audits: [{ ...stage1, result: 'completed' }] },
      'R2',
      'ready or not ready',
    ],
    [
      'an audit that is to come',
      { ...before, audits: [{ ...stage1, endsOn: '2030-06-06' }] },
      'dates',
      'has not come yet',
    ],
    [
      'an audit that ends before it begins',
      { ...before, audits: [{ ...stage1, endsOn: '2030-04-07' }] },
      'dates',
      ', the first day',
    ],
    [
      'R18 a withdrawn certificate',
      { ...known, audits: [{ ...surveillance, result: 'withdraw' }] },
      'R18',
      'withdrawal',
    ],
    [
      'an internal audit that is to come',
      { ...known, internalAuditOn: '2030-06-06' },
      'dates',
      'adopt.internalAuditOn',
    ],
    ['a review that is to come', { ...known, managementReviewOn: '2030-06-06' }, 'dates', 'adopt.managementReviewOn'],
    [
      'an unknown AI system',
      { ...known, impactAssessments: [{ systemId: 'x', assessedOn: today }] },
      'unknown',
      'AI system x',
    ],
    [
      'a rating of what the standard does not have',
      { ...known, ratings: [{ ...ratings[0]!, requirementId: '99' }] },
      'unknown',
      'adopt.ratings[0].requirementId',
    ],
    [
      'a requirement that the body owns',
      { ...known, ratings: [{ ...ratings[0]!, owner: who.lead }] },
      'independence',
      'adopt.ratings[0].owner',
    ],
    [
      'evidence that ended before it was accepted',
      { ...known, evidence: [{ requirementId: '5.2', acceptedOn: today, validUntil: '2030-06-04' }] },
      'dates',
      'adopt.evidence[0].validUntil',
    ],
    [
      'an implementation without its ratings',
      { phase: 'implementation', ratings: ratings.slice(1) },
      'gapAssessment',
      '1 requirement is not rated',
    ],
    ['a finding that is to come', withFinding({ raisedOn: '2030-06-06' }), 'dates', 'raisedOn'],
    ['a finding of no audit that is known', withFinding({ raisedOn: '2030-01-19' }), 'dates', 'among adopt.audits'],
    ['R4 a concern of a surveillance', withFinding({ grade: 'concern', status: 'open' }), 'R4', 'not area of concern'],
    ['a planned action without its plan', withFinding({ plan: undefined }), 'empty', 'plan'],
    ['an unknown requirement', withFinding({ requirementId: '99' }), 'unknown', '99'],
    [
      'R5 a major that was open at the decision',
      {
        ...withFinding({ grade: 'major', raisedIn: 'stage2', raisedOn: '2028-12-10', verifyDueOn: '2030-09-01' }),
        audits: [surveillance, { ...stage2, startsOn: '2028-12-10', endsOn: '2028-12-10' }],
      },
      'R5',
      'while a major is open',
    ],
    ['R7 a major past its day, and a valid certificate', withFinding({ grade: 'major' }), 'R7', 'by 2030-04-21'],
  ])('%s is refused', (_what, adopt, code, says) => {
    expect(refusal(adopt)).toEqual({ status: 422, code, detail: expect.stringContaining(says) });
  });

  it('a start that lies ahead is refused: what is adopted has begun', () => {
    expect(refusal(known, { plan: { startsOn: '2030-06-06' } })).toMatchObject({ status: 422, code: 'dates' });
    expect(adopted(known, { plan: { startsOn: today } }).state.status).toBe('active');
  });
});

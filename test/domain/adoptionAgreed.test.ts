import { describe, expect, it } from 'vitest';
import type { Adoption, AgreedAudit } from '../../domain/adoption/adoption.ts';
import type { IsoDate } from '../../domain/basics.ts';
import type { BodyProfile } from '../../domain/certificate/bodyProfile.ts';
import { isUnended } from '../../domain/tasks/task.ts';
import { adopted, known, ratings, refusal, stage1, stage2, withCertificate } from './adopted.ts';
import { held } from './journey.ts';
import { type Driver, who } from './support.ts';

const agreed = (kind: AgreedAudit['kind'], startsOn: IsoDate, changes: Partial<AgreedAudit> = {}): AgreedAudit => ({
  kind,
  startsOn,
  endsOn: startsOn,
  team: [kind === 'internal' ? who.internal : who.lead],
  ...changes,
});
const stages: Adoption = { ...known, phase: 'certificationAudit', certificate: undefined, audits: [stage1] };
const body = (rules: Partial<BodyProfile>) => ({ certificationBody: { name: 'Example Body', rules } });

/** What is recorded of an audit, and what is asked for it. */
function scheduled(driver: Driver, kind: AgreedAudit['kind']) {
  const audit = driver.audit(kind);
  const asked = Object.values(driver.state.tasks).filter(isUnended);
  return {
    ...audit,
    asked: asked.filter(({ auditId }) => auditId === audit.id).map((task) => [task.kind, task.assignee, task.dueOn]),
  };
}

describe('an audit that is agreed and not held yet', () => {
  it('is taken over with the records of one that is agreed afterwards', () => {
    const days = { startsOn: '2031-01-14', endsOn: '2031-01-15' } as const;
    const dates = { ...days, team: [who.lead, who.auditor] };
    const driver = adopted({ ...known, agreedAudits: [{ kind: 'surveillance', ...dates }] });
    const afterwards = adopted(known).as(who.manager);
    afterwards.does({ type: 'scheduleAudit', auditId: afterwards.audit('surveillance').id, ...dates });

    expect(scheduled(driver, 'surveillance')).toEqual({
      ...scheduled(afterwards, 'surveillance'),
      status: 'scheduled',
      targetOn: '2031-01-12',
      latestOn: '2031-12-31',
      asked: [['auditOutcome', who.lead, '2031-01-29']],
    });
    const ofAudits = (program: Driver) =>
      program.records.map(({ type }) => type).filter((type) => type.startsWith('Audit') || type.startsWith('Task'));
    expect(ofAudits(driver).sort()).toEqual(ofAudits(afterwards).sort());
    held(driver, 'surveillance', '2031-01-16');
    expect(driver.state.audits[driver.recordsOf('AuditScheduled')[0]!.data.auditId]?.status).toBe('held');
  });

  it('is prepared and reminded of by its own days', () => {
    const driver = adopted({ ...known, agreedAudits: [agreed('surveillance', '2030-08-20')] });
    const steps = driver.until('2030-08-19').recordsOf('AuditPrepared');
    expect(steps.map(({ at, data }) => [at.slice(0, 10), data.days])).toEqual([
      ['2030-06-05', 90],
      ['2030-06-21', 60],
      ['2030-07-21', 30],
    ]);
  });

  it('is the Stage 1 or the Stage 2 that comes next, or an internal audit', () => {
    const first = adopted({ ...stages, audits: [], agreedAudits: [agreed('stage1', '2030-06-17')] });
    expect(first.recordsOf('AuditPlanned').filter(({ data }) => data.audit.kind === 'stage1')).toHaveLength(1);
    held(first, 'stage1', '2030-06-17');
    expect(first.audit('stage2').status).toBe('planned');

    const second = adopted({ ...stages, agreedAudits: [agreed('stage2', '2030-07-01')] });
    held(second, 'stage2', '2030-07-01');
    expect(second.open('decision')).toHaveLength(1);

    for (const phase of ['gapAssessment', 'implementation', 'internalAudit'] as const) {
      const driver = adopted({ phase, ratings, agreedAudits: [agreed('internal', '2030-09-02')] });
      expect(driver.audit('internal')).toMatchObject({ status: 'scheduled', startsOn: '2030-09-02' });
    }
  });

  it('R15 is a recertification after the Stage 1 that it begins with', () => {
    const both = [agreed('recertification', '2031-11-11'), agreed('stage1', '2031-10-14')];
    const driver = adopted({ ...known, agreedAudits: both }, body({ stage1AtRecertification: true }));
    expect(driver.audit('stage1')).toMatchObject({ status: 'scheduled', startsOn: '2031-10-14', cycle: 1 });
    expect(driver.audit('recertification')).toMatchObject({ status: 'scheduled', startsOn: '2031-11-11' });
    expect(driver.recordsOf('PhasePlanned')).toHaveLength(1);
  });

  it.each<[string, Adoption, AgreedAudit[], string, string, string?]>([
    ['of yesterday', known, [agreed('surveillance', '2030-06-04')], 'dates', '2030-06-04', '[0].startsOn'],
    ['on a day that is none', known, [agreed('surveillance', '2031-02-30')], 'dates', '2031-02-30', '[0].startsOn'],
    [
      'that ends before it begins',
      known,
      [agreed('surveillance', '2031-01-14', { endsOn: '2031-01-13' })],
      'dates',
      ', the first day',
      '[0].endsOn',
    ],
    ['R11 after its last day', known, [agreed('surveillance', '2032-01-02')], 'R11', 'must be held by 2031-12-31'],
    [
      'R15 after the certificate',
      known,
      [agreed('recertification', '2032-02-12')],
      'R15',
      'must be held by 2032-02-11',
    ],
    ['R3 too long after Stage 1', stages, [agreed('stage2', '2030-10-10')], 'R3', 'no later than 2030-10-09'],
    ['R2 Stage 2 before Stage 1 is ready', { ...stages, audits: [] }, [agreed('stage2', '2030-07-01')], 'R2', 'ready'],
    ['R1 Stage 1 after it ended ready', stages, [agreed('stage1', '2030-07-01')], 'R1', 'ended ready already'],
    [
      'R1 Stage 2 after it was held',
      { ...stages, audits: [stage1, stage2] },
      [agreed('stage2', '2030-07-01')],
      'R1',
      'was held',
    ],
    [
      'R1 of the body before its phase',
      { phase: 'internalAudit' },
      [agreed('stage1', '2030-07-01')],
      'R1',
      'in the internal audit no Stage 1 audit is planned',
    ],
    ['R1 that is special', known, [agreed('special', '2030-07-01')], 'R1', 'no special audit'],
    [
      'R1 that the cycle does not owe',
      known,
      [agreed('surveillance', '2030-07-01'), agreed('surveillance', '2030-08-01')],
      'R1',
      'no surveillance audit is owed',
      '[1]',
    ],
    [
      'twice',
      stages,
      [agreed('internal', '2030-07-01'), agreed('internal', '2030-08-01')],
      'unique',
      'one of each',
      '[1]',
    ],
    [
      'by a stranger',
      known,
      [agreed('surveillance', '2031-01-14', { team: [who.stranger] })],
      'unknown',
      'not among the people',
      '[0].team',
    ],
    [
      'R9 by the owner of what it looks at',
      { ...known, ratings: ratings.map((one) => ({ ...one, owner: who.internal })) },
      [agreed('internal', '2030-07-01')],
      'R9',
      'owns',
    ],
  ])('%s is refused', (_what, adopt, agreedAudits, code, says, at = '[0]') => {
    const refused = refusal({ ...adopt, agreedAudits });
    expect(refused).toEqual({ status: 422, code, detail: expect.stringContaining(says) });
    expect(refused.detail.split(': ')[0]).toBe(`adopt.agreedAudits${at}`);
  });

  it('R1 is no surveillance of a certificate that lapsed', () => {
    const lapsed = withCertificate({ decidedOn: '2026-12-06', lastDay: '2029-12-05', status: 'lapsed' });
    const adopt = { ...lapsed, audits: [], agreedAudits: [agreed('surveillance', '2030-07-01')] };
    expect(refusal(adopt).code).toBe('R1');
  });
});

import { describe, expect, it } from 'vitest';
import { warningsOf } from '../../domain/answer.ts';
import { type HeldAudit, type SurveillanceTopic, surveillanceTopics } from '../../domain/audits/audit.ts';
import { auditedOnce } from '../../domain/rules/integrated.ts';
import { surveillanceCoverage } from '../../domain/rules/surveillance.ts';
import { catalogue } from '../../domain/standards/index.ts';
import { topicLabels } from '../../words/labels.ts';
import { tell } from '../../words/records/index.ts';
import { shown } from '../../words/sayings/coverage.ts';
import { answered, certified, evidenced, held, kept, scheduled } from './journey.ts';
import { type Driver, standard, who } from './support.ts';

const topics = (driver: Driver): Record<string, string[]> =>
  Object.fromEntries(surveillanceCoverage(driver.state).map(({ topic, has }) => [topicLabels[topic], has.map(shown)]));

describe('R13: what a surveillance covers', () => {
  it('is these topics, each with what the program has', () => {
    const driver = certified('2030-06-05');
    held(driver, 'surveillance', '2031-05-05', { findings: [{ grade: 'minor' }, { grade: 'observation' }] });
    answered(driver, 'F-1', '2031-06-30');
    driver.as(who.manager);
    const complaint = { receivedOn: '2031-05-05', from: 'A customer', description: 'It was rude.' } as const;
    driver.does({ type: 'reportComplaint', ...complaint });
    const { id: taskId } = driver.task('complaint');
    evidenced(driver, taskId);
    const has = topics(driver);
    expect(Object.keys(has)).toEqual([
      'internal audit and management review',
      'actions on earlier nonconformities',
      'complaints',
      'objectives',
      'planned improvement',
      'operational control',
      'changes',
      'use of marks',
    ]);
    const { heldOn } = driver.state.reviews.at(-1)!;
    expect(has['internal audit and management review']).toEqual([
      'internal audit A-1 of 2030-02-25',
      `management review R-1 of ${heldOn}`,
    ]);
    expect(has['actions on earlier nonconformities']).toEqual(['minor F-1 open']);
    expect(has.complaints).toEqual([`${taskId} answered on 2031-05-05`]);
    expect(has.objectives?.join()).toMatch(/^6\.2 of .*,9\.1 of /);
    expect(has['operational control']).toHaveLength(4);
    expect(has['planned improvement']).toEqual([]);
    expect(has.changes?.[0]).toMatch(/^Assistant assessed on /);
    expect(has['use of marks']).toEqual(['certificate C-100, valid']);
  });

  it('stands in the readiness checklist, 30 days before', () => {
    const driver = kept(certified('2030-06-05'), '2031-04-04').until('2031-04-05');
    const opened = driver.recordsOf('TaskOpened').filter(({ data }) => data.task.kind === 'readinessChecklist');
    expect(opened.map(({ data }) => data.why)).toEqual([expect.stringContaining('(R13): internal audit')]);
    expect(opened[0]?.data.why).toMatch(
      /complaints \(nothing recorded yet\);.* planned improvement \(10\.1 of .*; operational control \(8\.1 of/,
    );
  });
});

describe('R13: what the outcome of a surveillance names as covered', () => {
  /** The surveillance A-4 takes place on 5 May 2031. */
  const under = certified('2030-06-05');
  scheduled(under, 'surveillance', '2031-05-05');
  under.until('2031-05-05').as(who.lead);
  const outcome = { type: 'recordOutcome', auditId: 'A-4', result: 'maintained', note: '' } as const;
  const warned = (driver: Driver) => driver.recordsOf('WarningNoted').map(({ data }) => [data.code, data.text]);
  const all = [...surveillanceTopics];
  const surveillance = (driver: Driver) => driver.state.audits['A-4'] as HeldAudit;

  it('is recorded, and kept with the audit; all of it is no warning', () => {
    const driver = under.fork();
    driver.does({ ...outcome, covered: all });
    expect(driver.recordsOf('AuditOutcomeRecorded').at(-1)?.data).toEqual({
      auditId: 'A-4',
      result: 'maintained',
      note: '',
      covered: all,
    });
    expect(driver.state.audits['A-4']).toMatchObject({ status: 'held', covered: all });
    expect(warned(driver)).toEqual([]);
    expect(driver.told('auditOutcome').at(-1)?.item.notCovered).toBeUndefined();
  });

  it('warns of each topic that is left out, and accepts the outcome all the same', () => {
    for (const left of surveillanceTopics) {
      const driver = under.fork();
      const records = driver.does({ ...outcome, covered: all.filter((id) => id !== left) });
      const topic = topicLabels[left];
      const text = `The outcome of the surveillance audit A-4 does not name as covered: ${topic}.`;
      expect(warned(driver)).toEqual([['R13', text]]);
      expect(warningsOf(records)).toEqual([`R13: ${text}`]);
      expect(driver.state.audits['A-4']?.status).toBe('held');
      expect(driver.told('auditOutcome').at(-1)?.item.notCovered).toEqual([left]);
    }
  });

  it.each([
    ['not given', {}],
    ['nothing', { covered: [] }],
  ])('%s, warns of all', (_what, said) => {
    const driver = under.fork();
    driver.does({ ...outcome, ...said });
    const topics = surveillanceTopics.map((id) => topicLabels[id]).join(', ');
    expect(warned(driver)).toEqual([['R13', expect.stringContaining(`as covered: ${topics}.`)]]);
    expect(surveillance(driver).covered).toEqual('covered' in said ? [] : undefined);
  });

  it('is asked of a surveillance that ends with a suspension too', () => {
    const driver = under.fork();
    driver.does({ ...outcome, result: 'suspend', covered: ['complaints'] });
    expect(driver.open('recommendation')).toHaveLength(1);
    expect(warned(driver)).toEqual([['R13', expect.not.stringContaining('complaints')]]);
  });

  it('said twice or in another order, is kept once, in the order of the rule', () => {
    const driver = under.fork();
    driver.does({ ...outcome, covered: ['marks', 'complaints', 'marks'] });
    expect(surveillance(driver).covered).toEqual(['complaints', 'marks']);
  });

  it.each(['weather', '', 'constructor', 'Complaints'])('is refused with a topic that there is not: %j', (topic) => {
    const refusal = under.refuses({ ...outcome, covered: ['complaints', topic as SurveillanceTopic] });
    expect(refusal).toMatchObject({ code: 'unknown', status: 422 });
    expect(refusal.detail).toContain('internalAuditAndReview');
  });

  it('is refused of every other kind of audit, even when it names nothing', () => {
    const driver = kept(certified('2030-06-05'), '2033-03-01');
    const auditId = scheduled(driver, 'recertification', '2033-03-04');
    driver.until('2033-03-04').as(who.lead);
    for (const covered of [[], all]) {
      const refusal = driver.refuses({ type: 'recordOutcome', auditId, result: 'completed', note: '', covered });
      expect(refusal).toMatchObject({ code: 'R13', status: 422 });
    }
  });

  it('is told in the timeline', () => {
    const driver = under.fork();
    driver.does({ ...outcome, covered: ['complaints', 'marks'] });
    const [recorded] = driver.recordsOf('AuditOutcomeRecorded').slice(-1);
    expect(tell(recorded!)).toBe('Outcome of A-4 recorded as maintained (covered: complaints, use of marks)');
  });
});

describe('R21: integrated audits', () => {
  const words = catalogue(standard).requirements;
  const ai = {
    standard: 'ISO/IEC 42001',
    requirements: words.map(({ id, crosswalk }) => ({ id, sharedClauseOf: crosswalk.sharedClauseOf ?? [] })),
  };
  const security = {
    standard: 'ISO/IEC 27001',
    requirements: [
      { id: '4.1', sharedClauseOf: ['ISO/IEC 42001'] },
      { id: '6.1.2', sharedClauseOf: [] },
      { id: '9.2.1', sharedClauseOf: ['ISO/IEC 42001'] },
      { id: 'A.5.2', sharedClauseOf: [] },
    ],
  };

  it('audit once what is shared, and for each alone what only it asks for', () => {
    const items = auditedOnce([ai, security]);
    expect(items.filter(({ standards }) => standards.length > 1)).toEqual([
      { requirementId: '4.1', standards: ['ISO/IEC 42001', 'ISO/IEC 27001'] },
      { requirementId: '9.2.1', standards: ['ISO/IEC 42001', 'ISO/IEC 27001'] },
    ]);
    // Its own number means another thing in the other standard.
    expect(items.filter(({ requirementId }) => requirementId === '6.1.2').map(({ standards }) => standards)).toEqual([
      ['ISO/IEC 42001'],
      ['ISO/IEC 27001'],
    ]);
    expect(items).toHaveLength(words.length + 2);
  });

  it('of one standard are its own requirements', () => {
    expect(auditedOnce([ai]).map(({ requirementId }) => requirementId)).toEqual(words.map(({ id }) => id));
    expect(auditedOnce([])).toEqual([]);
  });
});

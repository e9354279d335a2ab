import { describe, expect, it } from 'vitest';
import { auditedOnce } from '../../domain/rules/integrated.ts';
import { surveillanceTopics } from '../../domain/rules/surveillance.ts';
import { catalogue } from '../../domain/standards/index.ts';
import { answered, certified, evidenced, held, kept } from './journey.ts';
import { type Driver, standard, who } from './support.ts';

const topics = (driver: Driver) =>
  Object.fromEntries(surveillanceTopics(driver.state).map(({ topic, has }) => [topic, has]));

describe('R13: what a surveillance covers', () => {
  it('is these topics, each with what the program has', () => {
    const driver = certified('2030-06-05');
    held(driver, 'surveillance', '2031-05-05', { findings: [{ grade: 'minor' }, { grade: 'observation' }] });
    answered(driver, 'F-1', '2031-06-30');
    driver.as(who.manager);
    const complaint = { receivedOn: '2031-05-05', from: 'A customer', description: 'It was rude.' };
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

import { beforeAll, describe, expect, it } from 'vitest';
import { agenda } from '../../domain/agenda/index.ts';
import { laterRounds } from '../../domain/agenda/rounds.ts';
import type { Rating } from '../../domain/assessment/requirement.ts';
import { iso42001of2023 } from '../../domain/standards/iso-42001-2023/outline.ts';
import { addEdition, requirementOutline } from '../../domain/standards/outline.ts';
import type { EditionOutline } from '../../domain/standards/types.ts';
import { auditedInternally, decided, kept, recertified, staged } from './journey.ts';
import { type Driver, program, who } from './support.ts';

/**
 * An edition that somebody brings: four clauses and two controls, numbered in another way, and with a requirement for
 * some of what a program can need one for.
 */
const edition: EditionOutline = {
  id: 'model-2030',
  edition: '2030',
  title: 'Model management',
  sha256: 'ed17'.repeat(16),
  slots: {
    scope: '1.1',
    policy: '1.2',
    riskAssessment: '2.1',
    operation: '2',
    internalAudit: '2.2',
    managementReview: '2.2',
  },
  comesAfter: { '1.2': '1.1' },
  sections: [
    {
      id: '1',
      kind: 'clause',
      title: 'Foundations',
      rows: [
        ['1.1', 'Scope', 'programManager', 'documented'],
        ['1.2', 'Policy', 'topManagement', 'documented'],
      ],
    },
    {
      id: '2',
      kind: 'clause',
      title: 'Operation',
      rows: [
        ['2.1', 'Risks', 'owner', 'documented'],
        ['2.2', 'Audits and reviews', 'programManager'],
      ],
    },
    {
      id: '3',
      kind: 'control',
      title: 'Controls',
      rows: [
        ['3.1', 'Logging', 'owner'],
        ['A.1', 'Suppliers', 'owner'],
      ],
    },
  ],
};

const ids = edition.sections.flatMap(({ rows }) => rows.map(([id]) => id));

beforeAll(() => addEdition(edition));

const started = () => program({ standard: edition.id }).until('2030-01-07');

/** Rates everything: the policy is missing, the scope and the risks are there, suppliers there are none. */
function assessed(): Driver {
  const driver = started().as(who.consultant);
  const conforms: Rating = { status: 'conforms', priority: 'low', gap: '', effortDays: 0, owner: who.owner };
  const ratings: Record<string, Partial<Rating>> = {
    '1.2': { status: 'missing', priority: 'critical', gap: 'There is no policy.', effortDays: 5 },
    'A.1': { status: 'notApplicable', gap: 'Nothing is bought.' },
  };
  for (const requirementId of ids)
    driver.does({ type: 'rateRequirement', requirementId, ...conforms, ...ratings[requirementId] });
  driver.does({ type: 'completeGapAssessment' });
  return driver;
}

/** Granted on 5 June 2030. */
function certified(): Driver {
  const driver = assessed();
  auditedInternally(driver, '2030-02-26');
  return decided(staged(driver, '2030-04-07', '2030-05-07'), 'granted', '2030-06-05');
}

describe('an edition that somebody brings', () => {
  it('says itself which requirements are controls, and in which section they stand', () => {
    expect(ids.map((id) => requirementOutline(edition.id, id)?.kind)).toEqual([
      ...Array(4).fill('clause'),
      ...Array(2).fill('control'),
    ]);
    expect(requirementOutline(edition.id, 'A.1')?.section).toBe('3');
    expect(requirementOutline(edition.id, '4.1')).toBeUndefined();
  });

  it.each([
    ['the id of another', edition, /model-2030/],
    ['a slot for a requirement that it does not have', { ...edition, id: 'b', slots: { policy: '5.2' } }, /5\.2/],
    ['an order of requirements that it does not have', { ...edition, id: 'c', comesAfter: { '9.9': '1.1' } }, /9\.9/],
    ['a number twice', { ...edition, id: 'd', sections: [...edition.sections, ...edition.sections] }, /same number/],
  ])('is refused with %s', (_, brought, says) => {
    expect(() => addEdition(brought)).toThrow(says);
  });

  it('is one of two: the other is as it was', () => {
    expect(() => addEdition(iso42001of2023)).toThrow(/iso-42001-2023/);
    expect(requirementOutline('iso-42001-2023', '1.1')).toBeUndefined();
  });
});

describe('a program of that edition', () => {
  it('is rated by its requirements, of which only controls can be left out', () => {
    const driver = started().as(who.consultant);
    expect(driver.refuses({ type: 'completeGapAssessment' }).detail).toContain(ids.join(', '));
    const rating: Rating = { status: 'notApplicable', priority: 'low', gap: 'No.', effortDays: 0, owner: who.owner };
    const rate = (requirementId: string) => ({ type: 'rateRequirement' as const, requirementId, ...rating });
    expect(driver.refuses(rate('2.1')).code).toBe('applicability');
    expect(driver.refuses(rate('8.2')).code).toBe('unknown');
    expect(driver.tries(rate('3.1'))).toBe(true);
  });

  it('plans its implementation in the order of the edition, and assesses no impact', () => {
    const driver = assessed();
    const asked = driver.open('evidence').map(({ id, title, waitsFor }) => ({ id, title, waitsFor }));
    const [scope] = asked;
    expect(asked).toEqual([
      { id: scope?.id, title: '1.1 Scope', waitsFor: undefined },
      { id: expect.any(String), title: '1.2 Policy', waitsFor: [scope?.id] },
      { id: expect.any(String), title: '2.1 Risks', waitsFor: undefined },
    ]);
    expect(driver.open('impactAssessment')).toEqual([]);
    expect(Object.entries(driver.state.applicability).map(([id, { applicable }]) => [id, applicable])).toEqual([
      ['3.1', true],
      ['A.1', false],
    ]);
  });

  it('has the rounds that its requirements ask for, and no others', () => {
    const driver = certified();
    const kinds: string[] = [...agenda(driver.state), ...laterRounds(driver.state)].map(({ kind }) => kind);
    const cadences = ['riskAssessment', 'policyReview', 'managementReview', 'internalAudit'];
    const absent = ['impactAssessment', 'objectivesReview', 'improvementReview'];
    expect(cadences.filter((kind) => !kinds.includes(kind))).toEqual([]);
    expect(absent.filter((kind) => kinds.includes(kind))).toEqual([]);
  });

  it('takes changes in without the requirements that it does not have', () => {
    const driver = certified().as(who.manager);
    driver.does({ type: 'putAiSystem', id: 'chat', name: 'Chat', role: 'user', risk: 'low' });
    expect(driver.recordsOf('ChangeAssessed').at(-1)?.data).toMatchObject({ evidence: ['2.1'], systems: [] });
    expect(driver.open('impactAssessment')).toEqual([]);
    const incident = { occurredOn: '2030-06-05' as const, severity: 'high' as const, description: 'A wrong answer.' };
    driver.does({ type: 'reportIncident', ...incident });
    expect(driver.open('incident')).toMatchObject([{ title: expect.stringContaining('I-1') }]);
    expect(driver.open('incident')[0]).not.toHaveProperty('requirementId');
  });

  it('is certified, kept for three years, and recertified', () => {
    const driver = certified();
    expect(driver.certificate).toMatchObject({ status: 'valid', cycle: 1, lastDay: '2033-06-04' });
    kept(driver, '2033-02-20');
    const surveillances = Object.values(driver.state.audits).filter(({ kind }) => kind === 'surveillance');
    expect(surveillances.map(({ status }) => status)).toEqual(['held', 'held']);
    recertified(driver, '2033-03-04', '2033-04-01');
    expect(driver.certificate).toMatchObject({ status: 'valid', cycle: 2, lastDay: '2036-06-04' });
    expect(driver.state.phase).toBe('surveillanceCycle');
    const asked = driver.recordsOf('TaskOpened').map(({ data }) => data.task);
    expect(asked.filter(({ kind }) => kind === 'impactAssessment')).toEqual([]);
    const requirements = new Set(asked.flatMap(({ requirementId }) => requirementId ?? []));
    expect([...requirements].sort()).toEqual(['1.1', '1.2', '2.1', '2.2']);
  });
});

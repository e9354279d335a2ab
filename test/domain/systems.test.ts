import { describe, expect, it } from 'vitest';
import type { AiSystem } from '../../domain/systems/aiSystem.ts';
import { assessed, evidenced, implemented, rate } from './journey.ts';
import { program, who } from './support.ts';

const chat: AiSystem = { id: 'chat', name: 'Chat', role: 'provider', risk: 'medium' };

describe('AI systems', () => {
  it('that are added before the implementation are assessed in it', () => {
    const driver = rate(program()).as(who.manager);
    driver.does({ type: 'putAiSystem', ...chat });
    expect(driver.open('impactAssessment')).toEqual([]);
    driver.as(who.consultant).does({ type: 'completeGapAssessment' });
    expect(
      driver
        .open('impactAssessment')
        .map((task) => task.systemId)
        .sort(),
    ).toEqual(['assistant', 'chat']);
  });

  it('that are added or changed later ask for an assessment at once, once', () => {
    const driver = implemented(program()).as(who.owner);
    driver.does({ type: 'putAiSystem', ...chat });
    expect(driver.open('impactAssessment')).toMatchObject([
      { systemId: 'chat', dueOn: '2030-02-04', priority: 'high', assignee: who.owner },
    ]);
    driver.does({ type: 'putAiSystem', ...chat, risk: 'high' });
    expect(driver.open('impactAssessment')).toHaveLength(1);
    evidenced(driver, driver.task('impactAssessment').id);
    expect(driver.state.aiSystems.chat?.assessedOn).toBe('2030-01-07');
    const again = { type: 'putAiSystem', ...chat, risk: 'high' } as const;
    expect(driver.as(who.owner).refuses(again)).toMatchObject({ code: 'state', status: 409 });
    driver.does({ ...again, name: 'Chat 2' });
    expect(driver.open('impactAssessment')).toMatchObject([{ systemId: 'chat', priority: 'critical' }]);
    expect(driver.state.aiSystems.chat?.assessedOn).toBeUndefined();
  });

  it('that are retired close their assessment, not what happened with them', () => {
    const driver = implemented(program()).as(who.owner);
    driver.does({ type: 'putAiSystem', ...chat });
    const incident = {
      occurredOn: '2030-01-05',
      systemId: 'chat',
      severity: 'high',
      description: 'It insulted people.',
    } as const;
    driver.does({ type: 'reportIncident', ...incident });
    driver.does({ type: 'retireAiSystem', systemId: 'chat', reason: 'Replaced.' });
    expect(driver.open('impactAssessment')).toEqual([]);
    expect(driver.open('incident')).toMatchObject([{ systemId: 'chat' }]);
    expect(driver.refuses({ type: 'retireAiSystem', systemId: 'chat' }).code).toBe('state');
    expect(driver.refuses({ type: 'retireAiSystem', systemId: 'none' }).code).toBe('unknown');
    driver.does({ type: 'putAiSystem', ...chat });
    expect(driver.state.aiSystems.chat?.retiredOn).toBeUndefined();
  });

  it('that are none are refused with what is said to have happened with them', () => {
    const driver = program().until('2030-01-08').as(who.owner);
    for (const systemId of ['Bad Id!', 'constructor', '']) {
      const of = { systemId, description: 'It failed.' };
      const incident = { type: 'reportIncident', occurredOn: '2030-01-07', severity: 'low', ...of } as const;
      const complaint = { type: 'reportComplaint', receivedOn: '2030-01-07', from: 'A customer', ...of } as const;
      for (const command of [incident, complaint])
        expect(driver.refuses(command)).toMatchObject({ code: 'unknown', status: 422 });
    }
  });

  it('that are retired are not assessed in the implementation', () => {
    const driver = rate(program()).as(who.manager);
    driver.does({ type: 'retireAiSystem', systemId: 'assistant' });
    driver.as(who.consultant).does({ type: 'completeGapAssessment' });
    expect(driver.open('impactAssessment')).toEqual([]);
  });
});

describe('incidents and complaints', () => {
  it.each([
    ['high', '2030-01-10'],
    ['medium', '2030-01-15'],
    ['low', '2030-01-22'],
  ] as const)('an incident of %s severity is dealt with until %s', (severity, dueOn) => {
    const driver = program().until('2030-01-08').as(who.owner);
    const told = { occurredOn: '2030-01-07', description: 'It failed.' } as const;
    driver.does({ type: 'reportIncident', ...told, severity });
    expect(driver.open('incident')).toMatchObject([{ dueOn, assignee: who.manager }]);
    expect(driver.told('incident').map(({ to, urgent }) => [to, urgent])).toEqual([
      [who.manager, true],
      [who.sponsor, true],
      [who.top, true],
    ]);
    expect(driver.refuses({ type: 'reportIncident', ...told, occurredOn: '2030-01-09', severity }).code).toBe('dates');
    expect(driver.refuses({ type: 'reportIncident', ...told, systemId: 'none', severity }).code).toBe('unknown');
  });

  it('a complaint can be passed on by the body', () => {
    const driver = program().until('2030-01-08').as(who.lead);
    driver.does({ type: 'reportComplaint', receivedOn: '2030-01-08', from: 'A customer', description: 'Unfair.' });
    expect(driver.open('complaint')).toMatchObject([{ dueOn: '2030-01-15', assignee: who.manager }]);
  });
});

describe('the gap assessment', () => {
  it('is complete when every requirement is rated', () => {
    const driver = program().until('2030-01-07').as(who.consultant);
    const { code, detail } = driver.refuses({ type: 'completeGapAssessment' });
    expect(code).toBe('gapAssessment');
    expect(detail).toContain('70 requirements');
    assessed(driver, { 'A.10.4': { status: 'notApplicable', gap: 'No customers of that kind.' } });
    expect(driver.state.applicability['A.10.4']).toEqual({
      applicable: false,
      justification: 'No customers of that kind.',
      implementation: 'notApplicable',
    });
    expect(Object.keys(driver.state.applicability)).toHaveLength(38);
    expect(driver.recordsOf('GapAssessmentCompleted')[0]?.data.counts).toEqual({
      conforms: 69,
      partial: 0,
      missing: 0,
      notApplicable: 1,
    });
    expect(driver.refuses({ type: 'completeGapAssessment' }).code).toBe('state');
  });

  it('leaves no clause out, and says what is lacking', () => {
    const driver = program().until('2030-01-07').as(who.consultant);
    const rating = { priority: 'low', effortDays: 1, owner: who.owner } as const;
    const rateIt = (requirementId: string, status: 'notApplicable' | 'missing', gap: string) =>
      ({ type: 'rateRequirement', requirementId, status, gap, ...rating }) as const;
    expect(driver.refuses(rateIt('7.2', 'notApplicable', 'No people.')).code).toBe('applicability');
    expect(driver.refuses(rateIt('7.2', 'missing', '')).code).toBe('empty');
    expect(driver.refuses(rateIt('7.9', 'missing', 'x')).code).toBe('unknown');
    expect(driver.refuses({ ...rateIt('7.2', 'missing', 'x'), owner: who.lead }).code).toBe('independence');
  });

  it('sets the applicability of controls only, and consistently', () => {
    const driver = assessed(program());
    const entry = { justification: 'Because.', applicable: true, implementation: 'planned' } as const;
    expect(driver.refuses({ type: 'setApplicability', controlId: '7.2', ...entry }).code).toBe('applicability');
    expect(driver.refuses({ type: 'setApplicability', controlId: 'A.2.2', ...entry, applicable: false }).code).toBe(
      'applicability',
    );
    expect(driver.refuses({ type: 'setApplicability', controlId: 'A.2.2', ...entry, justification: '' }).code).toBe(
      'empty',
    );
    driver.does({ type: 'setApplicability', controlId: 'A.2.2', ...entry });
    expect(driver.state.applicability['A.2.2']).toEqual(entry);
  });
});

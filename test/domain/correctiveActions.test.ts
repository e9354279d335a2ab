import { describe, expect, it } from 'vitest';
import { afterStage2, answered, decided, plan, verified } from './journey.ts';
import { who } from './support.ts';

describe('a corrective action', () => {
  it('goes from plan to review, action and verification, each asked of whom it concerns', () => {
    const driver = afterStage2('minor');
    driver.as(who.owner).does({ type: 'planCorrectiveAction', findingId: 'F-1', ...plan, dueOn: '2030-04-10' });
    expect(driver.open('correctiveActionPlan')).toEqual([]);
    expect(driver.open('planReview')).toMatchObject([{ assignee: who.lead, dueOn: '2030-03-15' }]);
    expect(
      driver
        .as(who.internal)
        .refuses({ type: 'reviewCorrectiveActionPlan', findingId: 'F-1', verdict: 'accept', note: '' }).status,
    ).toBe(403);
    driver.as(who.auditor).does({ type: 'reviewCorrectiveActionPlan', findingId: 'F-1', verdict: 'accept', note: '' });
    expect(driver.open('planReview')).toEqual([]);
    expect(driver.open('correctiveAction')).toMatchObject([
      { assignee: who.owner, dueOn: '2030-04-10', bodyDeadline: true },
    ]);
    driver.at('2030-04-08').as(who.owner);
    driver.does({ type: 'reportCorrectiveActionDone', findingId: 'F-1', evidence: { links: [], note: 'Done.' } });
    expect(driver.open('correctiveAction')).toEqual([]);
    expect(driver.open('verification')).toMatchObject([{ assignee: who.lead, dueOn: '2030-05-08' }]);
    expect(
      driver.as(who.owner).refuses({ type: 'verifyFinding', findingId: 'F-1', effective: true, note: '' }).status,
    ).toBe(403);
    driver.as(who.lead).does({ type: 'verifyFinding', findingId: 'F-1', effective: true, note: '' });
    expect(driver.finding('F-1')).toMatchObject({ status: 'closed', closedOn: '2030-04-08' });
    expect(driver.open('verification')).toEqual([]);
  });

  it('whose plan is rejected is planned again', () => {
    const driver = afterStage2('minor').as(who.owner);
    driver.does({ type: 'planCorrectiveAction', findingId: 'F-1', ...plan, dueOn: '2030-04-10' });
    driver.as(who.lead);
    expect(
      driver.refuses({ type: 'reviewCorrectiveActionPlan', findingId: 'F-1', verdict: 'reject', note: ' ' }).code,
    ).toBe('empty');
    driver.does({ type: 'reviewCorrectiveActionPlan', findingId: 'F-1', verdict: 'reject', note: 'No root cause.' });
    expect(driver.finding('F-1').status).toBe('open');
    expect(driver.open('correctiveActionPlan')).toMatchObject([{ dueOn: '2030-03-31' }]);
  });

  it('asks where else it could happen, and shows that to whoever reviews the plan and verifies the action', () => {
    const driver = afterStage2('minor').as(who.owner);
    const command = { type: 'planCorrectiveAction', findingId: 'F-1', ...plan, dueOn: '2030-04-10' } as const;
    const { code, detail } = driver.refuses({ ...command, similarCases: ' ' });
    expect([code, detail.slice(0, 12)]).toEqual(['empty', 'similarCases']);
    driver.does({ ...command, similarCases: 'In the other team.' });
    expect(driver.nonconformity('F-1').plan?.similarCases).toBe('In the other team.');
    const shown = (kind: string) =>
      driver
        .told('taskOpened')
        .flatMap(({ to, item }) => (item.task.kind === kind ? [[to, item.plan?.similarCases]] : []));
    expect(shown('planReview')).toEqual([[who.lead, 'In the other team.']]);
    driver.as(who.lead).does({ type: 'reviewCorrectiveActionPlan', findingId: 'F-1', verdict: 'accept', note: '' });
    verified(driver, 'F-1');
    expect(shown('verification')).toEqual([[who.lead, 'In the other team.']]);
    expect(shown('correctiveActionPlan')).toEqual([[who.owner, undefined]]);
  });

  it('is answered by the owner or the manager, nobody else', () => {
    const driver = afterStage2('minor');
    const command = { type: 'planCorrectiveAction', findingId: 'F-1', ...plan, dueOn: '2030-04-10' } as const;
    expect(driver.as(who.second).refuses(command).status).toBe(403);
    driver.as(who.manager).does(command);
  });

  it('is checked for its effectiveness on the day named, and closed when it was', () => {
    const driver = afterStage2('minor');
    answered(driver, 'F-1', '2030-03-10', '2030-06-10');
    verified(driver, 'F-1');
    expect(driver.finding('F-1').status).toBe('verified');
    const early = { type: 'verifyFinding', findingId: 'F-1', effective: true, note: '' } as const;
    driver.until('2030-06-09').as(who.lead);
    expect(driver.refuses(early).code).toBe('effectiveness');
    driver.until('2030-06-10T08:00:00.000Z');
    expect(driver.open('effectivenessCheck')).toMatchObject([{ assignee: who.lead, dueOn: '2030-06-24' }]);
    driver.does(early);
    expect(driver.finding('F-1').status).toBe('closed');
    driver.until('2030-08-01');
    expect(driver.recordsOf('TaskOpened').filter(({ data }) => data.task.kind === 'effectivenessCheck')).toHaveLength(
      1,
    );
  });

  it('found ineffective is planned again with deadlines of its own', () => {
    const driver = afterStage2('major');
    answered(driver, 'F-1', '2030-03-10', '2030-09-10');
    verified(driver, 'F-1');
    decided(driver, 'granted', '2030-03-12');
    driver.until('2030-09-10').as(who.lead);
    driver.does({ type: 'verifyFinding', findingId: 'F-1', effective: false, note: 'It came back.' });
    expect(driver.finding('F-1')).toMatchObject({ status: 'open', reopened: 1 });
    expect(driver.nonconformity('F-1').plan).toBeUndefined();
    expect(driver.open('correctiveActionPlan')).toMatchObject([{ findingId: 'F-1', dueOn: '2030-10-10' }]);
    expect(driver.open('effectivenessCheck')).toEqual([]);
    driver.until('2030-10-10T23:59:59.999Z');
    expect(driver.recordsOf('DeadlineMissed')).toEqual([]);
    answered(driver, 'F-1', '2030-11-20');
    driver.until('2030-12-09T23:59:59.999Z');
    expect(driver.recordsOf('DeadlineMissed')).toEqual([]);
    driver.until('2030-12-10');
    expect(driver.recordsOf('DeadlineMissed').map(({ data }) => [data.deadline, data.dueOn])).toEqual([
      ['verification', '2030-12-09'],
    ]);
  });

  it('found ineffective before its deadline does not gain time for it', () => {
    const driver = afterStage2('major');
    answered(driver, 'F-1', '2030-03-10');
    verified(driver, 'F-1', false);
    expect(driver.nonconformity('F-1').verifyDueOn).toBe('2030-05-30');
  });
});

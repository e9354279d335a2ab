import { describe, expect, it } from 'vitest';
import type { UserCommand } from '../../domain/registry.ts';
import { tell } from '../../words/records/index.ts';
import { moments } from '../support/moments.ts';
import { type Driver, who } from './support.ts';

const document = { title: 'Audit report of March 1', links: ['https://docs.example.com/report'] };
const raised = {
  type: 'raiseFinding',
  auditId: 'A-3',
  requirementId: '7.2',
  grade: 'minor',
  statement: 'No record that they were trained.',
} as const;
const outcome = { type: 'recordOutcome', auditId: 'A-3', result: 'completed', note: 'As in the report.' } as const;

const plan = {
  type: 'planCorrectiveAction',
  findingId: 'F-1',
  correction: 'Corrected.',
  rootCause: 'No owner.',
  similarCases: 'None.',
  action: 'An owner is named.',
} as const;

function lineOf(driver: Driver, type: string): string {
  const found = driver.records.filter((one) => one.type === type).at(-1);
  return found ? tell(found) : '';
}

describe('what the body did is entered by the program manager (R30)', () => {
  it('says whose act it is, who entered it, and from which document; the person is told', () => {
    const driver = moments.stage2UnderWay();
    const [record] = driver.as(who.manager).does({ ...raised, onBehalfOf: who.lead, document });
    expect(record).toMatchObject({ actor: who.manager, data: { onBehalfOf: who.lead, document } });
    expect(driver.state.findings['F-1']).toMatchObject({ raisedBy: who.lead });
    expect(lineOf(driver, 'FindingRaised')).toContain('entered for lead@body.example from "Audit report of March 1"');
    expect(driver.told('enteredForYou')).toMatchObject([{ to: who.lead, urgent: true, item: { by: 'Mia' } }]);
  });

  const refused: [string, Partial<UserCommand> & object, string, number, string][] = [
    ['without a document', { onBehalfOf: who.lead }, who.manager, 422, 'name the document'],
    [
      'from a document that is nowhere',
      { onBehalfOf: who.lead, document: { title: 'A report' } },
      who.manager,
      422,
      'add the document',
    ],
    [
      'from a document without a name',
      { onBehalfOf: who.lead, document: { ...document, title: ' ' } },
      who.manager,
      422,
      'write something',
    ],
    ['from a document of nobody', { document }, who.lead, 422, 'whose act'],
    ['for somebody who is not there', { onBehalfOf: who.stranger, document }, who.manager, 422, 'add the person first'],
    [
      'for somebody of the organization',
      { onBehalfOf: who.internal, document },
      who.manager,
      422,
      'cannot have done this',
    ],
    ['for oneself', { onBehalfOf: who.lead, document }, who.lead, 422, 'your own act'],
    [
      'by somebody who is no manager',
      { onBehalfOf: who.lead, document },
      who.owner,
      403,
      'entered by a program manager',
    ],
    ['by another of the body', { onBehalfOf: who.lead, document }, who.auditor, 403, 'entered by a program manager'],
  ];
  it.each(refused)('is refused %s', (_, told, by, status, detail) => {
    const driver = moments.stage2UnderWay();
    const refusal = driver.as(by as typeof who.manager).refuses({ ...raised, ...told } as UserCommand);
    expect(refusal).toMatchObject({ status, detail: expect.stringContaining(detail) });
  });

  it('tells a manager who sends it as their own how to enter it', () => {
    const refusal = moments.stage2UnderWay().as(who.manager).refuses(raised);
    expect(refusal).toMatchObject({ status: 403, detail: expect.stringContaining('say whose act it is') });
  });

  it('can be objected to, once, by the person whose act it is, and a task clears it up', () => {
    const driver = moments.enteredOnBehalf();
    const objection = { type: 'objectToEntry', entryId: 'E-1', statement: 'It is an observation.' } as const;
    expect(driver.as(who.auditor).refuses(objection)).toMatchObject({ status: 404 });
    driver.as(who.lead).does(objection);
    expect(driver.task('manual')).toMatchObject({ assignee: who.manager, priority: 'high' });
    expect(driver.told('objection').map(({ to }) => to)).toContain(who.sponsor);
    expect(driver.as(who.lead).refuses(objection)).toMatchObject({ status: 409 });
  });

  it('carries the last thirty entries, whatever was entered', () => {
    const driver = moments.stage2UnderWay();
    for (let count = 0; count < 35; count++) driver.as(who.manager).does({ ...raised, onBehalfOf: who.lead, document });
    expect(driver.state.entries).toHaveLength(30);
    expect(driver.state.entries?.at(-1)).toMatchObject({ id: 'E-35', of: who.lead, by: who.manager });
  });
});

describe('what happened is told later (R28)', () => {
  it('has the day on which it happened beside that on which it was told', () => {
    const driver = moments.stage2UnderWay();
    driver
      .until('2030-03-04')
      .as(who.lead)
      .does({ ...raised, on: '2030-03-01' });
    expect(driver.state.findings['F-1']).toMatchObject({ raisedOn: '2030-03-01', planDueOn: '2030-03-31' });
    driver.does({ ...outcome, on: '2030-03-02' });
    expect(driver.state.audits['A-3']).toMatchObject({ status: 'held', outcomeOn: '2030-03-02' });
    expect(lineOf(driver, 'AuditOutcomeRecorded')).toContain('this happened on 2030-03-02');
  });

  it('is never ahead, and never before what it follows', () => {
    const driver = moments.stage2UnderWay().until('2030-03-04').as(who.lead);
    expect(driver.refuses({ ...raised, on: '2030-03-05' })).toMatchObject({ status: 422, code: 'dates' });
    expect(driver.refuses({ ...raised, on: '2030-02-28' })).toMatchObject({ status: 422, code: 'dates' });
    expect(driver.refuses({ ...outcome, on: '2030-02-28' })).toMatchObject({ status: 422, code: 'dates' });
    expect(driver.refuses({ ...outcome, on: '2030-02-30' as never })).toMatchObject({ status: 422, code: 'dates' });
  });

  it('takes back that a plan came too late, and tells who was told of it', () => {
    const driver = moments.findingRaised().until('2030-04-10');
    expect(driver.state.findings['F-1']).toMatchObject({ missed: ['plan'], planDueOn: '2030-03-31' });
    driver.as(who.owner).does({ ...plan, dueOn: '2030-05-01', on: '2030-03-31' });
    expect(driver.state.findings['F-1']).toMatchObject({ missed: [], status: 'planned' });
    expect(driver.told('deadlineMet').map(({ to }) => to)).toEqual(driver.told('deadlineMissed').map(({ to }) => to));
  });

  it('does not take back what came a day too late', () => {
    const driver = moments.findingRaised().until('2030-04-10').as(who.owner);
    driver.does({ ...plan, dueOn: '2030-05-01', on: '2030-04-01' });
    expect(driver.state.findings['F-1']).toMatchObject({ missed: ['plan'] });
  });

  it('verifies on the day of the verification, never before the action was done', () => {
    const driver = moments.planAccepted().until('2030-04-10').as(who.owner);
    const evidence = { links: ['https://docs.example.com/done'], note: '' };
    driver.does({ type: 'reportCorrectiveActionDone', findingId: 'F-1', evidence, on: '2030-04-05' });
    const verified = { type: 'verifyFinding', findingId: 'F-1', effective: true, note: '' } as const;
    expect(driver.as(who.lead).refuses({ ...verified, on: '2030-04-04' })).toMatchObject({ status: 422 });
    driver.does({ ...verified, on: '2030-04-06' });
    expect(driver.state.findings['F-1']).toMatchObject({ status: 'closed', closedOn: '2030-04-06' });
  });

  it('gives a plan that was sent back after its date a day of its own', () => {
    const driver = moments.planSubmitted().until('2030-04-08').as(who.lead);
    driver.does({ type: 'reviewCorrectiveActionPlan', findingId: 'F-1', verdict: 'reject', note: 'No root cause.' });
    expect(driver.state.findings['F-1']).toMatchObject({ status: 'open', planDueOn: '2030-04-22', missed: [] });
    driver.until('2030-04-22');
    expect(driver.told('deadlineMissed')).toEqual([]);
    driver.until('2030-04-24');
    expect(driver.state.findings['F-1']).toMatchObject({ missed: ['plan'] });
  });
});

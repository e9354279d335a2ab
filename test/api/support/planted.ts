import type { Email } from '../../../domain/basics.ts';
import type { DefinitionInput } from '../../../domain/program/definition.ts';
import { assessed, evidenced, implemented, scheduled } from '../../domain/journey.ts';
import { type Driver, people, program, who } from '../../domain/support.ts';

/** Another lead auditor of the body, on no team. */
export const otherLead: Email = 'other@body.example';

/** Everybody of the organization who reads everything but mails and drafts of others, beside administrators. */
const inside: Email[] = [who.manager, who.sponsor, who.top, who.consultant, who.viewer, who.internal];
const team: Email[] = [who.lead, who.auditor];
const body: Email[] = [...team, who.decider, otherLead];

/**
 * Words that stand in one thing each, with who may read that thing, written out by hand: none of it follows from the table
 * of readers. Administrators may read all of them.
 */
export const secrets: Record<string, { what: string; readers: Email[] }> = {
  qgapfirst: { what: 'the gap of a requirement of the first owner', readers: [...inside, who.owner] },
  qgapsecond: { what: 'the gap of a requirement of the second owner', readers: [...inside, who.second] },
  qsentback: { what: 'evidence of the first owner that was sent back', readers: [...inside, who.owner] },
  qverdict: { what: 'why it was sent back', readers: [...inside, who.owner] },
  qtakenback: { what: 'evidence of the first owner that was taken back', readers: [...inside, who.owner] },
  qaway: { what: 'why the second owner is away, and who stands in', readers: [...inside, who.owner, who.second] },
  qelse: { what: 'why the consultant is away, with the manager as deputy', readers: inside },
  qaccepted: { what: 'evidence of the first owner that was accepted', readers: [...inside, who.owner, ...body] },
  qpraise: { what: 'what the reviewer said of it', readers: [...inside, who.owner, ...body] },
  qsecond: { what: 'evidence of the second owner that was accepted', readers: [...inside, who.second, ...body] },
  qmanual: { what: 'evidence of the first owner for a task of another kind', readers: [...inside, who.owner] },
  qreview: { what: 'evidence of the second owner in review', readers: [...inside, who.second] },
  qtitle: { what: 'the title of a task of the second owner', readers: [...inside, who.second, 'ops@example.org'] },
  qhanded: {
    what: 'evidence of the second owner for a task that was the first owner’s',
    readers: [...inside, who.second],
  },
  qincident: { what: 'an incident within the organization', readers: inside },
  qtold: { what: 'an incident that the body is told of', readers: [...inside, who.owner, who.lead, otherLead] },
  qcomplaint: { what: 'a complaint that the second owner reported', readers: [...inside, who.second] },
  qminutes: { what: 'the minutes of a management review', readers: [...inside, ...body] },
  // Owners are told by mail why the dates of their tasks moved.
  qplan: { what: 'why the plan was changed', readers: [...inside, who.owner, who.second, 'ops@example.org'] },
  qscope: { what: 'why the scope was changed', readers: [...inside, who.owner, who.second, ...body] },
  qinternal: { what: 'a finding of the internal audit', readers: [...inside, who.owner, ...body] },
  qsummary: { what: 'what the internal audit came to', readers: [...inside, ...body] },
  qstage1: { what: 'what Stage 1 came to', readers: [...inside, who.lead, who.decider] },
  qstage2: { what: 'what Stage 2 came to', readers: [...inside, ...team, who.decider] },
  qfinding: { what: 'a finding on the first owner', readers: [...inside, who.owner, ...team, who.decider] },
  qother: { what: 'a finding on the second owner', readers: [...inside, who.second, ...team, who.decider] },
  qaction: { what: 'the plan of the first owner', readers: [...inside, who.owner, ...team, who.decider] },
  qdone: { what: 'what the first owner did', readers: [...inside, who.owner, ...team, who.decider] },
  qverified: { what: 'what came of it', readers: [...inside, who.owner, ...team, who.decider] },
  // Lead auditors are told of decisions by mail, whoever was on the team.
  qbasis: { what: 'what a decision rests on', readers: [...inside, ...team, who.decider, otherLead] },
};

/** Of the gap assessment, the requirements that the implementation asks for. */
const ratings = {
  '4.3': { status: 'partial', priority: 'high', gap: 'Lacking: qgapfirst.', effortDays: 3, owner: who.owner },
  '5.2': { status: 'partial', priority: 'high', gap: 'Lacking: qgapsecond.', effortDays: 3, owner: who.second },
} as const;

/** A program from its gap assessment to its certificate, with a secret word in each kind of content. */
export function planted(overrides: Partial<DefinitionInput> = {}): Driver {
  const everybody = [...people, { email: otherLead, name: 'Ota', roles: ['leadAuditor' as const] }];
  const driver = program({ people: everybody, ...overrides }).until('2030-01-08');
  assessed(driver, ratings);
  organizationAtWork(driver);
  auditsOfTheOrganization(driver);
  auditsOfTheBody(driver);
  return driver;
}

function organizationAtWork(driver: Driver): void {
  const described = (description: string) => ({ occurredOn: '2030-01-08', severity: 'low', description }) as const;
  driver.as(who.consultant).does({ type: 'reportIncident', ...described('It told: qincident.') });
  const complaint = { receivedOn: '2030-01-08', from: 'A customer', description: 'It said: qcomplaint.' } as const;
  driver.as(who.second).does({ type: 'reportComplaint', ...complaint });
  const statement = 'The assistant that customers write to.';
  driver.as(who.manager).does({ type: 'changeScope', statement, reason: 'Because: qscope.' });
  driver.as(who.manager).does({ type: 'changePlan', phases: { implementation: 'P5M' }, reason: 'Because: qplan.' });

  const days = { startsOn: '2030-01-21', endsOn: '2030-01-25' } as const;
  driver.as(who.second).does({ type: 'delegate', deputy: who.owner, ...days, reason: 'For qaway.' });
  driver.as(who.consultant).does({ type: 'delegate', deputy: who.manager, ...days, reason: 'For qelse.' });
  endAbsences(driver);

  const [first, second] = [taskOf(driver, '4.3'), taskOf(driver, '5.2')];
  submit(driver, who.owner, first, 'qsentback');
  review(driver, first, 'reject', 'qverdict');
  submit(driver, who.owner, first, 'qtakenback');
  driver.as(who.owner).does({ type: 'takeBackEvidence', taskId: first, reason: 'By mistake.' });
  submit(driver, who.owner, first, 'qaccepted');
  review(driver, first, 'accept', 'qpraise');
  submit(driver, who.second, second, 'qsecond');
  review(driver, second, 'accept', '');
  implemented(driver);

  const manual = ask(driver, 'Write a page', who.owner);
  submit(driver, who.owner, manual, 'qmanual');
  review(driver, manual, 'accept', '');
  submit(driver, who.second, ask(driver, 'Write on qtitle', who.second), 'qreview');
  const handed = ask(driver, 'Write it in turn', who.owner);
  driver.as(who.manager).does({ type: 'reassignTask', taskId: handed, to: who.second });
  submit(driver, who.second, handed, 'qhanded');
}

/** At once, so that nobody reads as a deputy what the rest is about. */
function endAbsences(driver: Driver): void {
  for (const email of [who.second, who.consultant]) driver.as(email).does({ type: 'endDelegation' });
}

function auditsOfTheOrganization(driver: Driver): void {
  const auditId = scheduled(driver, 'internal', '2030-01-15');
  driver.until('2030-01-15').as(who.internal);
  const raised = { auditId, requirementId: '7.2', grade: 'observation', statement: 'Seen: qinternal.' } as const;
  driver.does({ type: 'raiseFinding', ...raised });
  driver.does({ type: 'recordOutcome', auditId, result: 'completed', note: 'In all: qsummary.' });
  const minutes = { attendees: ['Tom'], inputs: 'Results.', decisions: 'Decided: qminutes.', actions: [] };
  driver.as(who.manager).does({ type: 'holdManagementReview', heldOn: '2030-01-15', ...minutes });
}

function auditsOfTheBody(driver: Driver): void {
  const stage1 = scheduled(driver, 'stage1', '2030-02-11');
  driver.until('2030-02-11').as(who.lead);
  driver.does({ type: 'recordOutcome', auditId: stage1, result: 'ready', note: 'Ready: qstage1.' });
  const incident = { occurredOn: '2030-02-10', severity: 'high', description: 'It told: qtold.' } as const;
  driver.as(who.consultant).does({ type: 'reportIncident', ...incident });

  const auditId = scheduled(driver, 'stage2', '2030-03-01');
  driver.until('2030-03-01').as(who.lead);
  const minor = { auditId, grade: 'minor' } as const;
  driver.does({ type: 'raiseFinding', ...minor, requirementId: '7.2', statement: 'Seen: qfinding.' });
  const findingId = driver.finding().id;
  driver.does({ type: 'raiseFinding', ...minor, requirementId: '5.2', statement: 'Seen: qother.' });
  driver.does({ type: 'recordOutcome', auditId, result: 'completed', note: 'In all: qstage2.' });

  const plan = { correction: 'Done.', rootCause: 'Nobody looked.', similarCases: 'None.', action: 'We do: qaction.' };
  driver.as(who.owner).does({ type: 'planCorrectiveAction', findingId, ...plan, dueOn: '2030-04-15' });
  driver.as(who.lead).does({ type: 'reviewCorrectiveActionPlan', findingId, verdict: 'accept', note: '' });
  const evidence = { links: [], note: 'We did: qdone.' };
  driver.as(who.owner).does({ type: 'reportCorrectiveActionDone', findingId, evidence });
  driver.as(who.lead).does({ type: 'verifyFinding', findingId, effective: true, note: 'Saw: qverified.' });
  const decision = { decision: 'delayed', basis: 'For: qbasis.' } as const;
  driver.as(who.decider).does({ type: 'recordDecision', auditId, ...decision });
  for (const task of driver.open('evidence')) if (task.status === 'open') evidenced(driver, task.id);
}

function taskOf(driver: Driver, requirementId: string): string {
  return driver.open('evidence').find((task) => task.requirementId === requirementId)!.id;
}

function ask(driver: Driver, title: string, assignee: Email): string {
  driver.as(who.manager).does({ type: 'openTask', title, assignee, dueOn: '2030-12-02' });
  return driver.task('manual').id;
}

function submit(driver: Driver, by: Email, taskId: string, word: string): void {
  driver.as(by).does({ type: 'submitEvidence', taskId, links: [], note: `See: ${word}.` });
}

function review(driver: Driver, taskId: string, verdict: 'accept' | 'reject', word: string): void {
  driver.as(who.consultant).does({ type: 'reviewEvidence', taskId, verdict, note: `Said: ${word}.` });
}

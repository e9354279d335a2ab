import { describe, expect, it } from 'vitest';
import { readiness } from '../../domain/assessment/readiness.ts';
import { requirementState } from '../../domain/assessment/requirements.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { assessed, auditedInternally, certified, evidenced, held, implemented, rate } from './journey.ts';
import { type Driver, people, program, who } from './support.ts';

const chat = { type: 'putAiSystem', id: 'chat', name: 'Chat', role: 'provider', risk: 'medium' } as const;
const scope: UserCommand = { type: 'changeScope', statement: 'All of it.', reason: 'We grew.' };
const incident = (severity: 'high' | 'medium' | 'low', systemId?: string): UserCommand => ({
  type: 'reportIncident',
  occurredOn: '2030-01-07',
  severity,
  ...(systemId ? { systemId } : {}),
  description: 'It failed.',
});
const complaint = (systemId?: string): UserCommand => ({
  type: 'reportComplaint',
  receivedOn: '2030-01-07',
  from: 'A customer',
  ...(systemId ? { systemId } : {}),
  description: 'Unfair.',
});
const withoutOwner = people.filter(({ email }) => email !== who.second);

/** What is open of what a change asks for. */
function asked(driver: Driver) {
  return {
    evidence: driver.open('evidence').map(({ requirementId }) => requirementId),
    systems: driver.open('impactAssessment').map(({ systemId }) => systemId),
    review: driver.open('applicabilityReview').length,
  };
}

const standing: Record<string, () => Driver> = {
  internalAudit: () => implemented(program()),
  certificationAudit: () => auditedInternally(program(), '2030-01-15'),
  surveillanceCycle: () => certified('2030-06-05'),
};

describe.each(Object.entries(standing))('in the phase %s', (phase, standsIn) => {
  it.each([
    ['a new scope', scope, { evidence: ['4.3', '8.2'], systems: ['assistant'], review: 1 }],
    ['a new AI system', chat, { evidence: ['8.2'], systems: ['chat'], review: 1 }],
    ['a changed AI system', { ...chat, id: 'assistant' }, { evidence: ['8.2'], systems: ['assistant'], review: 1 }],
    ['a retired one', { type: 'retireAiSystem', systemId: 'assistant' }, { evidence: ['8.2'], systems: [], review: 1 }],
    [
      'other people in charge',
      { type: 'setPeople', people: withoutOwner },
      { evidence: ['5.3'], systems: [], review: 0 },
    ],
    [
      'an incident with a system',
      incident('low', 'assistant'),
      { evidence: ['8.2'], systems: ['assistant'], review: 0 },
    ],
    ['an incident with none', incident('low'), { evidence: ['8.2'], systems: [], review: 0 }],
    ['a complaint about a system', complaint('assistant'), { evidence: [], systems: ['assistant'], review: 0 }],
    ['a complaint about none', complaint(), { evidence: [], systems: [], review: 0 }],
  ] as [string, UserCommand, ReturnType<typeof asked>][])('%s reopens what it touches', (_, change, expected) => {
    const driver = standsIn();
    const { evidence: given } = requirementState(driver.state, '5.3') ?? {};
    if (!given) expected = { ...expected, evidence: expected.evidence.filter((id) => id !== '5.3') };
    expect(driver.state.phase).toBe(phase);
    const before = asked(driver);
    expect(before).toEqual({ evidence: [], systems: [], review: 0 });
    driver.as(who.manager).does(change);
    expect(asked(driver)).toEqual(expected);
  });
});

describe('a change', () => {
  it('makes accepted evidence stale until it is renewed, in 20 working days', () => {
    const driver = implemented(program(), { '5.3': { status: 'missing', gap: 'Nobody was named.', effortDays: 1 } });
    const ready = readiness(driver.state).percent;
    driver.as(who.manager).does({ type: 'setPeople', people: withoutOwner, reason: 'Ova left.' });
    expect(driver.recordsOf('ChangeAssessed').at(-1)?.data).toMatchObject({
      change: 'people',
      what: 'Other people are in charge: Ova left.',
      evidence: ['5.3'],
    });
    expect(requirementState(driver.state, '5.3')?.evidence?.staleSince).toBe('2030-01-07');
    expect(readiness(driver.state).percent).toBeLessThan(ready);
    const [task] = driver.open('evidence');
    expect(task).toMatchObject({ requirementId: '5.3', dueOn: '2030-02-04', assignee: who.owner, priority: 'high' });
    evidenced(driver, task!.id);
    const renewed = requirementState(driver.state, '5.3')?.evidence;
    expect(renewed).toMatchObject({ taskId: task!.id, acceptedOn: '2030-01-07' });
    expect(renewed?.staleSince).toBeUndefined();
    expect(readiness(driver.state).percent).toBe(ready);
  });

  it('sends back what was submitted and not yet reviewed', () => {
    const driver = assessed(program());
    const [assessment] = driver.open('impactAssessment');
    const [risks] = driver.open('evidence').filter(({ requirementId }) => requirementId === '8.2');
    for (const { id, assignee } of [assessment!, risks!])
      driver.as(assignee).does({ type: 'submitEvidence', taskId: id, links: [], note: 'Here.' });
    driver.as(who.manager).does({ ...chat, id: 'assistant' });
    expect(driver.state.tasks[assessment!.id]?.status).toBe('open');
    expect(driver.state.tasks[risks!.id]?.status).toBe('open');
    expect(driver.told('evidenceRejected').map(({ to, item }) => [to, item.note])).toEqual([
      [who.owner, 'The AI system Chat was changed.'],
      [who.owner, 'The AI system Chat was changed.'],
    ]);
    expect(driver.open('impactAssessment')).toHaveLength(1);
  });

  it('asks for nothing twice while it is asked for', () => {
    const driver = certified('2030-06-05').as(who.manager);
    driver.does(scope);
    const count = Object.keys(driver.state.tasks).length;
    driver.does({ ...scope, statement: 'More.' });
    expect(Object.keys(driver.state.tasks)).toHaveLength(count);
    expect(driver.recordsOf('ChangeAssessed')).toHaveLength(2);
  });

  it('is part of the work while nothing was submitted', () => {
    const driver = rate(program()).as(who.manager);
    driver.does(scope);
    driver.does(chat);
    expect(driver.recordsOf('ChangeAssessed')).toEqual([]);
    driver.as(who.consultant).does({ type: 'completeGapAssessment' });
    expect(driver.open('impactAssessment')).toHaveLength(2);
  });

  it('leaves out controls that do not apply, and systems that are retired', () => {
    const gap = { status: 'missing', gap: 'Nobody was named.', effortDays: 1 } as const;
    const driver = implemented(program(), { 'A.3.2': gap }).as(who.manager);
    const entry = { applicable: false, justification: 'Another does it.', implementation: 'notApplicable' } as const;
    driver.as(who.consultant).does({ type: 'setApplicability', controlId: 'A.3.2', ...entry });
    driver.as(who.manager).does({ type: 'setPeople', people: withoutOwner });
    expect(asked(driver).evidence).toEqual([]);
    driver.does({ type: 'retireAiSystem', systemId: 'assistant' });
    driver.does(incident('high', 'assistant'));
    driver.does(scope);
    expect(asked(driver).systems).toEqual([]);
  });

  it('of people who are in charge of nothing touches nothing', () => {
    const driver = certified('2030-06-05').as(who.manager);
    driver.does({ type: 'setPeople', people: people.filter(({ email }) => email !== who.viewer) });
    expect(driver.recordsOf('ChangeAssessed')).toEqual([]);
  });

  it('puts a retired system to use again as if it were new', () => {
    const driver = certified('2030-06-05').as(who.manager);
    driver.does({ type: 'retireAiSystem', systemId: 'assistant' });
    driver.does({ ...chat, id: 'assistant', name: 'Assistant' });
    expect(driver.recordsOf('ChangeAssessed').map(({ data }) => [data.change, data.what])).toEqual([
      ['systemRetired', 'The AI system Assistant was retired.'],
      ['systemAdded', 'The AI system Assistant was put in use again.'],
    ]);
  });

  it('is refused when nothing would change, or what it names is not there', () => {
    const driver = certified('2030-06-05').as(who.manager);
    const { statement } = driver.state.scope;
    expect(driver.refuses({ type: 'changeScope', statement, reason: 'So.' }).code).toBe('state');
    expect(driver.refuses({ type: 'changeScope', statement: ' ', reason: 'So.' }).code).toBe('empty');
    expect(driver.refuses(complaint('none')).code).toBe('unknown');
    expect(driver.refuses(incident('low', 'none')).code).toBe('unknown');
    expect(driver.as(who.viewer).refuses(scope).status).toBe(403);
  });
});

describe('the certification body', () => {
  const told = (driver: Driver) =>
    driver
      .told('change')
      .filter(({ to }) => to === who.lead)
      .map(({ item, urgent }) => [item.change, urgent]);

  it('is told of changes, and of incidents of high severity, from the certification audit on', () => {
    const before = implemented(program()).as(who.manager);
    before.does(scope);
    expect(told(before)).toEqual([]);
    for (const driver of [auditedInternally(program(), '2030-01-15'), certified('2030-06-05')]) {
      driver.as(who.manager).does(scope);
      driver.does(chat);
      driver.does({ type: 'setPeople', people: withoutOwner });
      driver.does(incident('medium'));
      driver.does(incident('high'));
      driver.does(complaint());
      expect(told(driver)).toEqual([
        ['scope', true],
        ['systemAdded', true],
        ['people', true],
        ['incident', true],
      ]);
    }
  });

  it('is told as much as its profile wants to know', () => {
    const rules = { toldOfChanges: false, toldOfIncidents: false, toldOfComplaints: true };
    const driver = certified('2030-06-05', { certificationBody: { name: 'Example Body', rules } }).as(who.manager);
    for (const change of [scope, chat, incident('high'), complaint()]) driver.does(change);
    expect(told(driver)).toEqual([['complaint', true]]);
  });

  it('that has nobody in the program is told by the manager', () => {
    const driver = certified('2030-06-05').as(who.manager);
    driver.does({ type: 'setPeople', people: people.filter(({ roles }) => !roles.includes('leadAuditor')) });
    driver.does(scope);
    expect(driver.open('manual')).toMatchObject([
      { title: 'Tell Example Body of the change, and keep what was told', assignee: who.manager, dueOn: '2030-06-12' },
    ]);
  });
});

describe('the review of the statement of applicability', () => {
  it('is submitted and reviewed as evidence is', () => {
    const driver = certified('2030-06-05').as(who.manager);
    driver.does(chat);
    const [review] = driver.open('applicabilityReview');
    expect(review).toMatchObject({ assignee: who.owner, requirementId: '6.1.3' });
    evidenced(driver, review!.id);
    expect(driver.open('applicabilityReview')).toEqual([]);
    held(driver, 'surveillance', '2031-05-05');
  });
});

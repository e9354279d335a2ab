import { describe, expect, it } from 'vitest';
import { requirementState, requirementsOf } from '../../domain/assessment/requirements.ts';
import type { Email } from '../../domain/basics.ts';
import { ahead } from '../../domain/outlook/ahead.ts';
import type { Person } from '../../domain/people/person.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { isUnended } from '../../domain/tasks/task.ts';
import { aheadWords } from '../../words/outlook/ahead.ts';
import { answered, assessed, auditedInternally, certified, held, implemented, scheduled } from './journey.ts';
import { type Driver, dayOf, people, program, who } from './support.ts';

const tasksOf = (driver: Driver, email: Email) =>
  Object.values(driver.state.tasks).filter((task) => isUnended(task) && task.assignee === email);
const ownedBy = (driver: Driver, email: Email) =>
  Object.entries(requirementsOf(driver.state)).flatMap(([id, { rating }]) => (rating?.owner === email ? [id] : []));

/** The same change said at each of the doors. */
const doors: [name: string, become: (email: Email, roles: Person['roles']) => UserCommand][] = [
  ['changePerson', (email, roles) => ({ type: 'changePerson', email, roles })],
  [
    'setPeople',
    (email, roles) => ({
      type: 'setPeople',
      people: people.map((one) => (one.email === email ? { ...one, roles } : one)),
    }),
  ],
];

describe.each(doors)('who changes roles, by %s', (_, become) => {
  it('and sides, keeps nothing of the organization: tasks and requirements go on, and the answer names them', () => {
    const driver = assessed(program(), { '7.2': { status: 'missing', gap: 'None.' }, '8.4': { owner: who.second } });
    expect(tasksOf(driver, who.owner).length).toBeGreaterThan(0);
    const owned = ownedBy(driver, who.owner);
    const written = driver.as(who.manager).does(become(who.owner, ['leadAuditor']));
    expect([tasksOf(driver, who.owner), ownedBy(driver, who.owner)]).toEqual([[], []]);
    expect(requirementState(driver.state, '7.2')?.rating?.owner).toBe(who.manager);
    const handed = written.filter(({ type }) => type === 'RequirementsHandedOver');
    expect(handed.map(({ data }) => data)).toEqual([{ from: who.owner, to: who.manager, requirements: owned }]);
    const warned = written.flatMap((record) => (record.type === 'WarningNoted' ? [record.data.text] : []));
    expect(warned.some((text) => text.includes(`${owned.length} requirements of Olu went to Mia`))).toBe(true);
    expect(warned.some((text) => /open tasks? of Olu went to Mia/.test(text))).toBe(true);
  });

  it('to only look, keeps nothing either', () => {
    const driver = assessed(program());
    driver.as(who.manager).does(become(who.owner, ['viewer']));
    expect([tasksOf(driver, who.owner), ownedBy(driver, who.owner)]).toEqual([[], []]);
  });

  it('and is no internal auditor any more, hands what is to be judged to another one', () => {
    const driver = implemented(program()).as(who.manager);
    const other: Person = { email: 'ivo@example.com', name: 'Ivo', roles: ['internalAuditor'] };
    held(driver, 'internal', '2030-01-15', { findings: [{ grade: 'minor' }] });
    const plan = { correction: 'a', rootCause: 'b', similarCases: 'c', action: 'd', dueOn: '2030-02-01' } as const;
    driver.as(who.owner).does({ type: 'planCorrectiveAction', findingId: 'F-1', ...plan });
    expect(driver.open('planReview')).toMatchObject([{ assignee: who.internal }]);
    driver.as(who.manager).does(become(who.internal, ['owner']));
    expect(driver.open('planReview')).toMatchObject([{ assignee: who.manager }]);
    expect(ahead(driver.state).waits[0]).toMatchObject({ what: 'person', role: 'internalAuditor', who: [who.manager] });
    driver.does({ type: 'addPerson', ...other });
    expect(driver.open('planReview')).toMatchObject([{ assignee: other.email }]);
    expect(ahead(driver.state).waits.map(({ what }) => what)).not.toContain('person');
  });
});

describe('a lead auditor who leaves after the last day of an audit', () => {
  const outcome = (auditId: string) =>
    ({ type: 'recordOutcome', auditId, result: 'maintained', note: 'Done.' }) as const satisfies UserCommand;
  const neo: Person = { email: 'neo@body.example', name: 'Neo', roles: ['leadAuditor'] };

  function afterAudit(): { driver: Driver; auditId: string } {
    const driver = certified('2030-06-05').as(who.manager);
    const auditId = scheduled(driver, 'surveillance', '2031-05-05');
    return { driver: driver.until('2031-05-06').as(who.manager), auditId };
  }

  it('leaves the outcome to another lead auditor of the body', () => {
    const { driver, auditId } = afterAudit();
    driver.does({ type: 'addPerson', ...neo });
    expect(driver.as(neo.email).refuses(outcome(auditId))).toMatchObject({ status: 403 });
    driver.as(who.manager).does({ type: 'removePerson', email: who.lead });
    expect(driver.open('auditOutcome')).toMatchObject([{ assignee: neo.email }]);
    driver.as(neo.email).does(outcome(auditId));
    expect(driver.state.audits[auditId]?.status).toBe('held');
  });

  it('leaves it to the manager to name one where there is none, and the page says so', () => {
    const { driver, auditId } = afterAudit();
    driver.does({ type: 'removePerson', email: who.lead });
    expect(driver.open('auditOutcome')).toMatchObject([{ assignee: who.manager }]);
    const coming = ahead(driver.state);
    expect(coming.waits[0]).toMatchObject({ what: 'person', role: 'leadAuditor' });
    const words = aheadWords(coming, { today: dayOf(driver.now), nameOf: (email) => email }).join(' ');
    expect(words).toContain('Nobody among the people is a lead auditor: name somebody first.');
    driver.does({ type: 'addPerson', ...neo });
    expect(driver.open('auditOutcome')).toMatchObject([{ assignee: neo.email }]);
    driver.as(neo.email).does(outcome(auditId));
  });

  it('of an internal audit too, but not to who worked on what was audited', () => {
    const driver = implemented(program()).as(who.manager);
    const auditId = scheduled(driver, 'internal', '2030-01-15');
    driver.until('2030-01-16').as(who.manager);
    driver.does({ type: 'changePerson', email: who.owner, roles: ['owner', 'internalAuditor'] });
    driver.does({ type: 'removePerson', email: who.internal });
    const said = { type: 'recordOutcome', auditId, result: 'completed', note: 'Done.' } as const;
    expect(driver.as(who.owner).refuses(said).code).toBe('R9');
    driver
      .as(who.manager)
      .does({ type: 'addPerson', email: 'ivo@example.com', name: 'Ivo', roles: ['internalAuditor'] });
    driver.as('ivo@example.com').does(said);
  });
});

describe('a finding', () => {
  it('of the body is handed on with who raised it', () => {
    const driver = auditedInternally(program(), '2030-01-15');
    held(driver, 'stage1', '2030-02-11');
    held(driver, 'stage2', '2030-03-01', { findings: [{ grade: 'major' }] });
    answered(driver, 'F-1', '2030-03-20');
    driver.as(who.manager).does({
      type: 'reportCorrectiveActionDone',
      findingId: 'F-1',
      evidence: { links: ['https://example.com/done'], note: '' },
    });
    expect(driver.open('verification')).toMatchObject([{ assignee: who.lead }]);
    driver.as(who.manager).does({ type: 'removePerson', email: who.lead });
    expect(driver.open('verification')).toMatchObject([{ assignee: who.auditor }]);
  });
});

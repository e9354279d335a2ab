import { describe, expect, it } from 'vitest';
import { requirementsOf } from '../../domain/assessment/requirements.ts';
import type { Email } from '../../domain/basics.ts';
import type { Person } from '../../domain/people/person.ts';
import { mostPeople } from '../../domain/people/person.ts';
import { isUnended } from '../../domain/tasks/task.ts';
import { plainPages } from '../../identity/mailPages.ts';
import { renderMail } from '../../words/mail/render.ts';
import { aMail } from '../support/mails.ts';
import { assessed, auditedInternally, implemented, rate, scheduled } from './journey.ts';
import { type Driver, people, program, who } from './support.ts';

const lin = { email: 'lin@example.com', name: 'Lin', roles: ['owner'] } satisfies Person;

function tasksOf(driver: Driver, email: Email): string[] {
  return Object.values(driver.state.tasks)
    .filter((task) => isUnended(task) && task.assignee === email)
    .map(({ id }) => id);
}

function ownedBy(driver: Driver, email: Email): number {
  return Object.values(requirementsOf(driver.state)).filter(({ rating }) => rating?.owner === email).length;
}

describe('adding a person', () => {
  it('leaves everybody else as they were, and invites the new one at once', () => {
    const driver = program().as(who.manager);
    driver.does({ type: 'addPerson', ...lin });
    expect(driver.state.people).toEqual([...people, lin]);
    expect(driver.told('invited').at(-1)).toMatchObject({
      to: lin.email,
      urgent: true,
      item: { roles: ['owner'], again: false },
    });
    driver
      .until('2030-01-07')
      .as(lin.email)
      .does({ type: 'reportComplaint', receivedOn: '2030-01-07', from: 'A', description: 'B' });
  });

  it('is refused of who is there, of whom both sides would have, and of a name that cannot be seen', () => {
    const driver = program().as(who.manager);
    const add = (person: object) => driver.refuses({ type: 'addPerson', ...lin, ...person });
    expect(add({ email: who.owner })).toMatchObject({ status: 409, code: 'state' });
    expect(add({ email: who.owner }).detail).toContain('email: owner@example.com is among the people already');
    expect(add({ roles: ['owner', 'auditor'] })).toMatchObject({ status: 422, code: 'independence' });
    expect(add({ roles: ['owner', 'auditor'] }).detail).toMatch(/^roles: /);
    expect(add({ roles: ['owner', 'owner'] })).toMatchObject({ code: 'unique' });
    expect(add({ roles: ['owner', 'owner'] }).detail).toMatch(/^roles: /);
    expect(add({ name: ' ' })).toMatchObject({ code: 'empty' });
    expect(driver.as(who.owner).refuses({ type: 'addPerson', ...lin }).status).toBe(403);
  });

  it('is refused where a program has as many as it can', () => {
    const many = Array.from({ length: mostPeople - people.length }, (_, n): Person => {
      return { ...lin, email: `lin-${n}@example.com` };
    });
    const driver = program({ people: [...people, ...many] }).as(who.manager);
    expect(driver.refuses({ type: 'addPerson', ...lin }).detail).toContain('at most 500 people');
  });

  it('to those in charge asks again for what says who is', () => {
    const driver = implemented(program(), { '5.3': { status: 'missing', gap: 'Nobody was named.', effortDays: 1 } });
    driver.as(who.manager).does({ type: 'addPerson', ...lin, roles: ['viewer'] });
    expect(driver.recordsOf('ChangeAssessed')).toEqual([]);
    driver.does({ type: 'addPerson', ...lin, email: 'ida@example.com' });
    expect(driver.recordsOf('ChangeAssessed').map(({ data }) => data.change)).toEqual(['people']);
  });
});

describe('changing a person', () => {
  it('changes the name or the roles, and tells who has others', () => {
    const driver = program().as(who.manager);
    driver.does({ type: 'changePerson', email: who.second, name: 'Ova B.' });
    expect(driver.told('invited').filter(({ item }) => item.again)).toEqual([]);
    driver.does({ type: 'changePerson', email: who.second, roles: ['owner', 'consultant'] });
    expect(driver.state.people.find(({ email }) => email === who.second)).toEqual({
      email: who.second,
      name: 'Ova B.',
      roles: ['owner', 'consultant'],
    });
    expect(driver.told('invited').filter(({ item }) => item.again)).toMatchObject([
      { to: who.second, urgent: false, item: { roles: ['owner', 'consultant'] } },
    ]);
  });

  it('is refused of who is not there, of nothing, and of the last who hold a role that is needed', () => {
    const driver = program().as(who.manager);
    const change = (email: Email, rest: object) => driver.refuses({ type: 'changePerson', email, ...rest });
    expect(change(who.stranger, { name: 'S' })).toMatchObject({ status: 422, code: 'unknown' });
    expect(change(who.owner, {})).toMatchObject({ status: 409, code: 'state' });
    expect(change(who.owner, { name: 'Olu', roles: ['owner'] })).toMatchObject({ code: 'state' });
    expect(change(who.manager, { roles: ['owner'] })).toMatchObject({ code: 'people' });
    expect(change(who.manager, { roles: ['owner'] }).detail).toContain('roles: nobody is program manager');
    expect(change(who.lead, { roles: ['leadAuditor', 'owner'] })).toMatchObject({ code: 'independence' });
    expect(change(who.owner, { name: '\u200b' })).toMatchObject({ code: 'empty' });
  });

  it('warns of who alone is left to review', () => {
    const few = people.filter(({ email }) => ![who.consultant, who.internal].includes(email as never));
    const driver = program({ people: few }).as(who.manager);
    const warned = driver.warnings().length;
    driver.does({
      type: 'setPeople',
      people: few.map((one) => (one.email === who.top ? { ...one, roles: ['topManagement', 'sponsor'] } : one)),
    });
    driver.does({ type: 'changePerson', email: who.sponsor, roles: ['viewer'] });
    driver.does({ type: 'changePerson', email: who.manager, roles: ['programManager', 'sponsor'] });
    driver.does({ type: 'changePerson', email: who.top, roles: ['topManagement'] });
    expect(driver.warnings().slice(warned)).toEqual(['fourEyes']);
  });
});

describe('removing a person', () => {
  it('hands tasks and requirements to whom the manager names', () => {
    const driver = assessed(program()).as(who.manager);
    const theirs = tasksOf(driver, who.owner);
    const owned = ownedBy(driver, who.owner);
    expect([theirs.length > 5, owned > 50]).toEqual([true, true]);
    driver.does({ type: 'removePerson', email: who.owner, handTo: who.second, reason: 'Olu left.' });
    expect(tasksOf(driver, who.second)).toEqual(expect.arrayContaining(theirs));
    expect([ownedBy(driver, who.owner), ownedBy(driver, who.second)]).toEqual([0, owned]);
    expect(driver.told('partEnded')).toMatchObject([{ to: who.owner, urgent: true, item: { reason: 'Olu left.' } }]);
    expect(driver.told('requirementsOwned').map(({ to }) => to)).toEqual([who.second]);
    expect(driver.warnings()).not.toContain('people');
    expect(
      driver.as(who.owner).refuses({ type: 'openTask', title: 'A', assignee: who.owner, dueOn: '2030-02-01' }).status,
    ).toBe(403);
  });

  it('hands them to the program manager, with a warning, when nobody is named', () => {
    const driver = assessed(program()).as(who.manager);
    const theirs = tasksOf(driver, who.owner);
    driver.does({ type: 'removePerson', email: who.owner });
    expect(tasksOf(driver, who.manager)).toEqual(expect.arrayContaining(theirs));
    expect(driver.recordsOf('WarningNoted').at(-1)?.data.text).toContain(
      `${theirs.length} open tasks of Olu went to Mia`,
    );
  });

  it('is refused of who cannot leave, and to who cannot have it', () => {
    const driver = assessed(program()).as(who.manager);
    const remove = (email: Email, handTo?: Email) =>
      driver.refuses({ type: 'removePerson', email, ...(handTo ? { handTo } : {}) });
    expect(remove(who.stranger)).toMatchObject({ status: 422, code: 'unknown' });
    expect(remove(who.sponsor)).toMatchObject({ code: 'people' });
    expect(remove(who.sponsor).detail).toContain('email: nobody is sponsor');
    expect(remove(who.owner, who.stranger).detail).toContain('handTo: ');
    expect(remove(who.owner, who.owner)).toMatchObject({ code: 'people' });
    expect(remove(who.owner, who.lead)).toMatchObject({ code: 'independence' });
    expect(remove(who.owner, who.viewer).detail).toContain('has no role in which tasks can be answered');
  });

  it('gives no work of the body to the organization, and warns of its teams', () => {
    const driver = auditedInternally(program(), '2030-01-15');
    scheduled(driver, 'stage1', '2030-02-11');
    const neo = { email: 'neo@body.example', name: 'Neo', roles: ['leadAuditor'] } satisfies Person;
    driver.as(who.manager).does({ type: 'addPerson', ...neo });
    driver.does({ type: 'removePerson', email: who.lead, handTo: neo.email });
    expect(driver.recordsOf('WarningNoted').at(-1)?.data.text).toBe(
      'Lea was on the team of A-2; schedule again with another team.',
    );
    expect(driver.open('auditOutcome')).toMatchObject([{ assignee: neo.email }]);
  });

  it('lets nobody judge what they own (R9)', () => {
    const driver = rate(program(), { '7.2': { owner: who.second } });
    driver.does({ type: 'completeGapAssessment' });
    driver.as(who.manager);
    for (const id of Object.keys(driver.state.tasks).filter((id) => isUnended(driver.state.tasks[id]!)))
      driver.does({ type: 'waiveTask', taskId: id, reason: 'Later.' });
    scheduled(driver, 'internal', '2030-01-15');
    driver.at('2030-01-15').as(who.internal);
    const audit = driver.audit('internal').id;
    driver.does({ type: 'raiseFinding', auditId: audit, requirementId: '7.2', grade: 'minor', statement: 'Lacking.' });
    const plan = { correction: 'a', rootCause: 'b', similarCases: 'c', action: 'd', dueOn: '2030-02-01' } as const;
    driver.as(who.second).does({ type: 'planCorrectiveAction', findingId: 'F-1', ...plan });
    expect(driver.open('planReview')).toMatchObject([{ assignee: who.internal }]);
    driver.as(who.manager);
    expect(driver.refuses({ type: 'removePerson', email: who.internal, handTo: who.second }).code).toBe('R9');
    driver.does({ type: 'removePerson', email: who.internal, handTo: who.consultant });
    // Who reviews plans of internal audits is an internal auditor: none is left, and the manager has to name one.
    expect(driver.open('planReview')).toMatchObject([{ assignee: who.manager }]);
  });
});

describe('what people are told of their part', () => {
  const options = { pages: plainPages('https://certloop.example.org/') };
  const mailOf = (driver: Driver, kind: 'invited' | 'partEnded') =>
    renderMail(aMail(1, { kind: 'urgent', notices: [driver.told(kind).at(-1)!.item] }), options);

  it('is the program, their roles in words, what they are asked and where to look', () => {
    const driver = program().as(who.manager);
    driver.does({ type: 'addPerson', ...lin, roles: ['owner', 'internalAuditor'] });
    const { subject, text } = mailOf(driver, 'invited');
    expect(subject).toBe('You take part in AI management, as owner and internal auditor');
    expect(text).toContain('- As an owner, you answer for requirements');
    expect(text).toContain('- As an internal auditor, you audit what you do not own');
    expect(text).toContain('Open the program:\nhttps://certloop.example.org/programs/techserve\n');
    expect(text).not.toContain('guest');
    driver.does({ type: 'addPerson', email: 'neo@body.example', name: 'Neo', roles: ['auditor'] });
    expect(mailOf(driver, 'invited').text).toContain(
      'You are a guest of your audits: you get in from 90 days before an audit until 30 days after',
    );
  });

  it('is short when it has ended', () => {
    const driver = program().as(who.manager);
    driver.does({ type: 'removePerson', email: who.second, reason: 'Ova moved' });
    const { subject, text } = mailOf(driver, 'partEnded');
    expect(subject).toBe('Your part in AI management has ended');
    expect(text).toContain('> Ova moved.');
    expect(text).toContain('because you had a role in');
  });
});

describe('naming all people', () => {
  it('invites who is new, tells who left, and leaves the others alone', () => {
    const driver = program().as(who.manager);
    const told = driver.notices.length;
    const others = people.filter(({ email }) => email !== who.second);
    driver.does({ type: 'setPeople', people: [...others, lin], reason: 'Lin for Ova.' });
    expect(driver.notices.slice(told).map(({ to, item }) => [to, item.kind])).toEqual([
      [lin.email, 'invited'],
      [who.second, 'partEnded'],
    ]);
  });
});

describe('the start of a program', () => {
  it('invites everybody but who started it, a rehearsal’s people too', () => {
    for (const rehearsal of [false, true]) {
      const driver = program({ rehearsal });
      const invited = driver.told('invited').map(({ to }) => to);
      expect(invited).toEqual(people.map(({ email }) => email).filter((email) => email !== who.manager));
    }
  });
});

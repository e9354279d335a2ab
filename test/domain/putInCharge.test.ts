import { describe, expect, it } from 'vitest';
import type { Email } from '../../domain/basics.ts';
import type { Person } from '../../domain/people/person.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { isUnended } from '../../domain/tasks/task.ts';
import { assessed } from './journey.ts';
import { type Driver, program, who } from './support.ts';

const adam: Email = 'adam@example.org';
const nia: Person = { email: 'nia@example.com', name: 'Nia', roles: ['programManager'] };
const put: UserCommand & { type: 'putInCharge' } = {
  type: 'putInCharge',
  people: [nia],
  leave: [who.manager],
  reason: 'Mia left.',
};

const begun = (): Driver => assessed(program().until('2030-01-08'));

describe('putting others in charge', () => {
  it('is done by an administrator who has no part in the program; what was the managers’ is the new one’s', () => {
    const driver = begun();
    driver.as(who.manager).does({ type: 'openTask', title: 'Ask', assignee: who.manager, dueOn: '2030-02-01' });
    driver.asAdministrator(adam).does(put);
    expect(driver.state.people[0]).toEqual(nia);
    expect(driver.state.people.some(({ email }) => email === who.manager)).toBe(false);
    const ofMia = Object.values(driver.state.tasks).filter((one) => isUnended(one) && one.assignee === who.manager);
    expect([ofMia, driver.task('manual').assignee]).toEqual([[], nia.email]);
    expect(driver.recordsOf('PutInCharge')).toMatchObject([{ actor: adam, data: { by: adam, before: [who.manager] } }]);
    driver.as(nia.email).does({ type: 'pause', reason: 'To look around.' });
  });

  it('tells the new one, those who leave and those who steer, at once and why', () => {
    const driver = begun();
    driver.asAdministrator(adam).does(put);
    expect(driver.told('invited').at(-1)).toMatchObject({ to: nia.email, urgent: true, item: { again: false } });
    expect(driver.told('partEnded')).toMatchObject([{ to: who.manager, urgent: true, item: { reason: 'Mia left.' } }]);
    const told = driver.told('putInCharge');
    expect(told.map(({ to }) => to).sort()).toEqual([who.sponsor, who.top].sort());
    expect(told[0]).toMatchObject({ urgent: true, item: { names: ['Nia'], by: adam, reason: 'Mia left.' } });
  });

  it('leaves managers who cannot be reached where they are, if nobody says that they leave, and tells them', () => {
    const driver = begun();
    driver.asAdministrator(adam).does({ ...put, leave: [] });
    expect(
      driver.state.people.filter(({ roles }) => roles.includes('programManager')).map(({ email }) => email),
    ).toEqual([nia.email, who.manager]);
    expect(driver.told('putInCharge').map(({ to }) => to)).toContain(who.manager);
  });

  it('replaces everybody who is gone, and gives somebody who stays other roles', () => {
    const driver = begun();
    const people = [{ ...nia, roles: ['programManager', 'sponsor', 'topManagement'] }] satisfies Person[];
    driver.asAdministrator(adam).does({ ...put, people, leave: [who.manager, who.sponsor, who.top] });
    expect(driver.state.people[0]).toEqual(people[0]);
    const olu: Person = { email: who.owner, name: 'Olu', roles: ['programManager'] };
    driver.as(nia.email).does({ ...put, people: [olu], leave: [] });
    expect(driver.state.people[0]).toEqual(olu);
    expect(driver.state.people.filter(({ email }) => email === who.owner)).toHaveLength(1);
  });

  it('is refused when it is so already: nobody is told twice', () => {
    const driver = begun();
    driver.asAdministrator(adam).does({ ...put, leave: [] });
    expect(driver.refuses({ ...put, leave: [] })).toMatchObject({ status: 409, code: 'state' });
    // Who was in charge with others before is first from now on.
    driver.does({ ...put, people: [{ email: who.manager, name: 'Mia', roles: ['programManager'] }], leave: [] });
  });

  it('is refused to others, and where it would leave nobody in charge, and says why', () => {
    const driver = begun();
    for (const email of [who.sponsor, who.owner, adam]) expect(driver.as(email).refuses(put).status).toBe(403);
    driver.asAdministrator(adam);
    const refused = (more: object) => driver.refuses({ ...put, ...more }).detail;
    expect(refused({ people: [{ ...nia, roles: ['owner'] }] })).toMatch(/^people: nobody of them is a program manager/);
    expect(refused({ leave: ['x@example.org'] })).toMatch(/^leave\[0\]: /);
    expect(refused({ leave: [nia.email] })).toMatch(/^leave\[0\]: /);
    expect(refused({ leave: [who.sponsor] })).toMatch(/sponsor/);
    expect(refused({ people: [nia, nia] })).toMatch(/twice|once/);
    expect(refused({ people: [{ ...nia, name: ' ' }] })).toMatch(/^people\[0\].name/);
    expect(refused({ reason: ' ' })).toMatch(/^reason/);
    expect(refused({ people: [{ ...nia, roles: ['programManager', 'leadAuditor'] }] })).toMatch(/nia@example.com/);
    driver.as(who.manager).does({ type: 'cancel', reason: 'Sold.' });
    expect(driver.asAdministrator(adam).refuses(put).status).toBe(409);
  });
});

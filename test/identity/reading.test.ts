import { beforeAll, describe, expect, test } from 'vitest';
import { agenda } from '../../domain/agenda/index.ts';
import type { Email, InstallationRole, Role } from '../../domain/basics.ts';
import { type Reader, standingsOf } from '../../identity/reading/reader.ts';
import { needsTies, sightOf } from '../../identity/reading/sight.ts';
import { noTies, tiesAfter } from '../../identity/reading/ties.ts';
import { planted } from '../api/support/planted.ts';
import { type Driver, program, who } from '../domain/support.ts';
import { moments } from '../support/moments.ts';

const reader = (email: Email, ...roles: Role[]): Reader => ({ email, roles });

describe('a reader', () => {
  test('of both sides reads as the body’s people do', () => {
    expect(standingsOf(reader(who.lead, 'leadAuditor', 'viewer'))).toEqual(['body']);
    expect(standingsOf(reader(who.owner, 'owner', 'viewer', 'consultant'))).toEqual(['owner', 'steering']);
    expect(standingsOf({ email: who.stranger, roles: [] })).toEqual([]);
    expect(standingsOf({ email: who.owner, roles: ['owner'], installationRole: 'operations' })).toEqual([
      'owner',
      'operations',
    ]);
  });

  test('with several roles reads what any of them reads', () => {
    const sight = sightOf(reader(who.owner, 'owner', 'viewer'), noTies);
    expect(sight.all('incident')).toBe(true);
    expect(sight.all('mail')).toBe(false);
  });
});

describe('in a program', () => {
  let driver: Driver;
  beforeAll(() => {
    driver = planted();
  });

  test.each<[Role | undefined, InstallationRole | undefined]>([
    ['programManager', undefined],
    ['sponsor', undefined],
    ['topManagement', undefined],
    ['consultant', undefined],
    ['viewer', undefined],
    ['internalAuditor', undefined],
    [undefined, 'administrator'],
  ])('what %s (%s) sees is the same whoever is tied to what', (role, installationRole) => {
    const one: Reader = { email: who.viewer, roles: role ? [role] : [], installationRole };
    expect(needsTies(one)).toBe(false);
    const [without, within] = [sightOf(one, noTies), sightOf(one, tiesAfter(driver.records))];
    for (const record of driver.records) expect(without.record(record)).toBe(within.record(record));
    for (const moment of agenda(driver.state)) expect(without.moment(moment)).toBe(within.moment(moment));
    for (const id of Object.keys(driver.state.tasks)) {
      expect([without.task(id), without.evidence(id)]).toEqual([within.task(id), within.evidence(id)]);
    }
  });

  test.each<Role>(['owner', 'leadAuditor', 'auditor', 'decisionMaker'])('what %s sees depends on it', (role) => {
    expect(needsTies(reader(who.owner, role))).toBe(true);
  });

  test('ties that grow record by record are those of all at once', () => {
    const grown = driver.records.reduce((ties, record) => tiesAfter([record], ties), noTies);
    expect(grown).toEqual(tiesAfter(driver.records));
    expect(noTies.tasks.size).toBe(0);
  });

  test('a stranger sees nothing', () => {
    const sight = sightOf(reader(who.stranger), tiesAfter(driver.records));
    expect(driver.records.filter(sight.record)).toEqual([]);
    expect(agenda(driver.state).filter(sight.moment)).toEqual([]);
  });
});

test('a deputy sees what was asked of who is away, until the absence ends', () => {
  const driver = moments.delegated();
  const [absence] = driver.state.absences!;
  const theirs = Object.values(driver.state.tasks).filter(({ assignee }) => assignee === absence!.email);
  const seen = () => {
    const sight = sightOf(reader(absence!.deputy, 'owner'), tiesAfter(driver.records));
    return theirs.filter(({ id }) => sight.task(id)).length;
  };
  expect(theirs.length).toBeGreaterThan(0);
  expect(seen()).toBe(theirs.length);
  driver.as(absence!.email).does({ type: 'endDelegation' });
  expect(seen()).toBe(0);
});

test('who answers for a requirement is its present owner', () => {
  const driver = program().until('2030-01-08');
  const rate = (owner: Email) =>
    driver.as(who.consultant).does({
      type: 'rateRequirement',
      requirementId: '5.2',
      status: 'partial',
      priority: 'low',
      gap: 'It is not written down.',
      effortDays: 1,
      owner,
    });
  const sees = (email: Email) =>
    sightOf(reader(email, 'owner'), tiesAfter(driver.records)).requirement('gapAssessment', '5.2');
  rate(who.owner);
  expect([sees(who.owner), sees(who.second)]).toEqual([true, false]);
  rate(who.second);
  expect([sees(who.owner), sees(who.second)]).toEqual([false, true]);
});

test('a file is read by whoever reads something in which it stands', () => {
  const driver = moments.implementation();
  const sha256 = 'ab'.repeat(32);
  const files = [{ sha256, name: 'policy.pdf', bytes: 10, mediaType: 'application/pdf' }];
  driver.as(who.owner).does({ type: 'submitEvidence', taskId: 'T-2', links: [], files, note: '' });
  const sees = (email: Email, ...roles: Role[]) =>
    sightOf(reader(email, ...roles), tiesAfter(driver.records)).file(sha256);
  const everybody = () => [
    sees(who.owner, 'owner'),
    sees(who.second, 'owner'),
    sees(who.lead, 'leadAuditor'),
    sees(who.viewer, 'viewer'),
  ];
  expect(everybody()).toEqual([true, false, false, true]);
  driver.as(who.consultant).does({ type: 'reviewEvidence', taskId: 'T-2', verdict: 'accept', note: '' });
  expect(everybody()).toEqual([true, false, true, true]);
  expect(sightOf(reader(who.viewer, 'viewer'), tiesAfter(driver.records)).file('cd'.repeat(32))).toBe(false);
});

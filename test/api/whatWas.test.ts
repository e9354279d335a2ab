import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProgramRecord } from '../../domain/registry.ts';
import { type Driver, who } from '../domain/support.ts';
import { left, longLived } from './support/longLived.ts';
import { record } from './support/recorded.ts';
import { type Called, type TestServer, testServer } from './support/testServer.ts';

let server: TestServer;
let driver: Driver;

// Temporal is away for all of these: reading never needs it.
beforeAll(async () => {
  server = await testServer();
  driver = longLived();
  await record(server.database, driver, 'long');
}, 120_000);

afterAll(() => server.close());

const get = (path: string, email: Parameters<TestServer['as']>[0] = who.manager): Promise<Called> =>
  server.as(email).get(`/v1/programs/long${path}`);

async function all(path: string): Promise<ProgramRecord[]> {
  const found: ProgramRecord[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { status, body } = await get(
      `${path}${path.includes('?') ? '&' : '?'}limit=7${cursor && `&cursor=${cursor}`}`,
    );
    expect({ path, status }).toEqual({ path, status: 200 });
    found.push(...body.items);
    cursor = body.nextCursor;
  }
  return found;
}

test('the state has forgotten what is asked for here', () => {
  const { findings, tasks, audits, reviews, people, absences = [] } = driver.state;
  expect(Object.keys(findings)).toEqual([]);
  expect(Object.values(tasks).filter(({ kind }) => kind === 'incident' || kind === 'correctiveAction')).toEqual([]);
  expect(Object.values(audits).some(({ kind }) => kind === 'stage2')).toBe(false);
  expect(reviews.some(({ heldOn }) => heldOn === '2030-06-10')).toBe(false);
  expect([people.some(({ email }) => email === left), absences]).toEqual([false, []]);
});

describe('what was closed long ago', () => {
  test('is read: findings, tasks, audits, reviews, incidents, complaints, the certificates of former cycles', async () => {
    expect((await get('/findings/F-1')).body).toMatchObject({ id: 'F-1', status: 'closed' });
    const [stage2] = (await get('/audits?limit=200')).body.items.filter(
      ({ kind }: { kind: string }) => kind === 'stage2',
    );
    expect((await get(`/audits/${stage2.id}`)).body).toMatchObject({ status: 'held', result: 'completed' });
    const one = async (path: string) => (await get(path)).body.items[0];
    expect(await one('/management-reviews')).toMatchObject({ id: 'R-1' });
    const reviews = await all('/management-reviews');
    expect(reviews.filter((review) => JSON.stringify(review).includes('wminutes'))).toHaveLength(1);
    expect(reviews.length).toBeGreaterThan(8);
    expect(await one('/incidents')).toMatchObject({ id: 'I-1', by: who.owner, description: 'It told: wincident.' });
    expect(await one('/complaints')).toMatchObject({ id: 'C-1', from: 'A customer' });
    expect(await one('/significant-changes')).toBeUndefined();
    const issued = (await all('/certificate/history')).filter(({ type }) => /Issued|Renewed/.test(type));
    expect(issued.map(({ type }) => type)).toEqual(['CertificateIssued', 'CertificateRenewed', 'CertificateRenewed']);
  });

  test('is read by whom it concerns, and not by others', async () => {
    const items = async (email: Parameters<typeof get>[1], path: string) => (await get(path, email)).body.items.length;
    expect([await items(who.owner, '/incidents'), await items(who.internal, '/incidents')]).toEqual([1, 1]);
    expect(await items(who.top, '/management-reviews')).toBeGreaterThan(8);
    // Nothing lies ahead of the guests of the body now.
    expect((await get('/incidents', who.lead)).status).toBe(404);
  });

  test('of a requirement is its whole history, and what was said', async () => {
    const { status, body } = await get('/requirements/7.2');
    expect(status).toBe(200);
    expect(body.findings).toMatchObject([{ id: 'F-1', status: 'closed' }]);
    expect(body.tasks.some(({ findingId }: { findingId?: string }) => findingId === 'F-1')).toBe(true);
    expect(body.accepted.length).toBeGreaterThan(0);
    const types = body.history.map(({ type }: { type: string }) => type);
    for (const type of [
      'RequirementRated',
      'EvidenceAccepted',
      'FindingRaised',
      'CorrectiveActionDone',
      'FindingVerified',
    ])
      expect(types).toContain(type);
    expect((await get('/requirements/7.22')).status).toBe(404);
  });
});

test('the statement of applicability is read as each certification audit saw it', async () => {
  const [first] = driver.recordsOf('StatementOfApplicabilityFrozen');
  const { version, entries } = first!.data;
  const { items } = (await get(`/applicability?limit=200&version=${version}`)).body;
  for (const { controlId, ...line } of items) if (entries[controlId]) expect(line).toMatchObject(entries[controlId]);
  expect(Object.keys(entries).length).toBeGreaterThan(0);
  expect((await get('/applicability?version=99')).status).toBe(404);
  expect((await get('/applicability?version=0')).status).toBe(400);
});

describe('records', () => {
  test('are those of a finding, with the action and the words of who verified it', async () => {
    const found = await all('/records?finding=F-1');
    expect(found.find(({ type }) => type === 'FindingVerified')?.data).toMatchObject({ note: 'Looked at it.' });
    expect(found.some(({ type }) => type === 'CorrectiveActionDone')).toBe(true);
    expect(found.some(({ type }) => type === 'TaskOpened')).toBe(true);
    expect(found.every((one) => JSON.stringify(one).includes('F-1') || 'taskId' in one.data)).toBe(true);
  });

  test('are those of an audit, with its outcome, note and topics', async () => {
    const [audit] = Object.values(driver.recordsOf('AuditOutcomeRecorded')).filter(({ data }) => data.covered);
    const found = await all(`/records?audit=${audit!.data.auditId}`);
    const outcome = found.find(({ type }) => type === 'AuditOutcomeRecorded');
    expect(outcome?.data).toMatchObject({ note: 'Done.', covered: expect.arrayContaining(['complaints']) });
    expect(found.some(({ type }) => type === 'FindingRaised')).toBe(true);
  });

  test('are those of a person, who left too: what they did, and what names them', async () => {
    const found = await all(`/records?person=${left}`);
    const expected = driver.records.filter((one) => JSON.stringify(one).includes(left));
    expect(found.map(({ seq }) => seq)).toEqual(expected.map(({ seq }) => seq));
    expect(found.some(({ actor }) => actor === left)).toBe(true);
  });

  test('are those of a task, of some types, of some days, and of all of it at once', async () => {
    const { taskId } = driver.recordsOf('EvidenceAccepted')[0]!.data;
    const ofTask = await all(`/records?task=${taskId}`);
    expect(ofTask.map(({ type }) => type)).toContain('EvidenceAccepted');
    expect(ofTask.every((one) => JSON.stringify(one).includes(`"${taskId}"`))).toBe(true);

    const types = await all('/records?type=DutiesDelegated,DelegationEnded');
    expect(types.map(({ type }) => type)).toEqual(['DutiesDelegated', 'DelegationEnded']);

    const ofDays = await all('/records?from=2030-06-10&to=2030-06-11');
    const expected = driver.records.filter(({ at }) => at >= '2030-06-10T04' && at < '2030-06-12T04');
    expect(ofDays.map(({ seq }) => seq)).toEqual(expected.map(({ seq }) => seq));

    const both = await all(`/records?task=${taskId}&type=EvidenceAccepted&from=2030-01-01&person=${who.consultant}`);
    expect(both.every(({ type, actor }) => type === 'EvidenceAccepted' && actor === who.consultant)).toBe(true);
  });

  test('refuses what nobody can mean, and says what is wrong', async () => {
    for (const [query, detail] of [
      ['type=EvidenceAcepted', /EvidenceAcepted/],
      ['from=2030-02-30', /not a day of the calendar/],
      ['from=2030-02-02&to=2030-01-01', /2030-01-01/],
      ['requirements=4.1', /requirements/],
      ['person=nobody', /person/],
    ] as const) {
      const { status, body } = await get(`/records?${query}`);
      expect({ query, refused: status === 400 || status === 422 }).toEqual({ query, refused: true });
      expect(body.detail).toMatch(detail);
    }
    expect(await all('/records?task=T-99999')).toEqual([]);
  });

  test('show nothing as evidence that was accepted for a task opened by hand', async () => {
    const [task] = (await get('/tasks?limit=200')).body.items.filter(({ kind }: { kind: string }) => kind === 'manual');
    const { body } = await get('/requirements/7.4');
    expect(JSON.stringify(body.accepted)).not.toContain('wmanual');
    expect(body.tasks).toContainEqual(expect.objectContaining({ id: task.id, status: 'accepted' }));
    const texts = (await all(`/records?requirement=7.4&task=${task.id}`))
      .map(({ data }) => JSON.stringify(data))
      .join();
    expect(texts).toMatch(/wmanual.*wpraise/);
  });

  test('of a plan that was replaced stay, however often it was', async () => {
    const { body } = await get('/plan');
    expect(body.former.length).toBe(driver.recordsOf('PlanChanged').length);
  });
});

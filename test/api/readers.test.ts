import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Email, InstallationRole } from '../../domain/basics.ts';
import { getsIn } from '../../domain/people/standing.ts';
import type { SampleMoment } from '../../domain/registry/command.ts';
import { type Driver, dayOf, who } from '../domain/support.ts';
import { moments } from '../support/moments.ts';
import { otherLead, planted, secrets } from './support/planted.ts';
import { record } from './support/recorded.ts';
import { type Called, calledOf, type TestServer, testServer } from './support/testServer.ts';

let server: TestServer;
let driver: Driver;
let routes: string[];

/** Everybody who reads: each person of the program, a stranger, and who runs the installation. */
const readers: { email: Email; installationRole?: InstallationRole }[] = [
  ...[...Object.values(who), otherLead].map((email) => ({ email })),
  { email: 'adam@example.org', installationRole: 'administrator' },
  { email: 'ops@example.org', installationRole: 'operations' },
];

// Temporal is away for all of these: reading never needs it.
beforeAll(async () => {
  server = await testServer();
  driver = planted();
  await record(server.database, driver, 'planted');
  const { body } = calledOf(await server.app.inject({ url: '/openapi.json' }));
  const paths = Object.entries(body.paths as Record<string, Record<string, object>>);
  routes = paths.flatMap(([path, methods]) => (path.startsWith('/v1') && 'get' in methods ? [path] : []));
}, 120_000);

afterAll(() => server.close());

const inside = [who.manager, who.sponsor, who.top, who.consultant, who.viewer, who.internal, 'adam@example.org'];
const body = [who.lead, who.auditor, who.decider, otherLead];
const owners = [who.owner, who.second];
const operations = 'ops@example.org';
const members = [...inside, ...body, ...owners, operations];

/** What is there for everybody, and refused. */
const ofInstallation = ['/v1/accounts', '/v1/installation/records', '/v1/executions'];

/** Who is answered with 200 by each call that reads; about one thing, by what it is to them. A call without a line fails. */
const expectations: Record<string, (at: Things) => { url: string; readers: string[] }[]> = {
  '/v1/tokens': () => [{ url: '/v1/tokens', readers: [...members, who.stranger] }],
  '/v1/installation/records': () => [{ url: '/v1/installation/records', readers: ['adam@example.org'] }],
  '/v1/accounts': () => [{ url: '/v1/accounts', readers: ['adam@example.org'] }],
  '/v1/executions': () => [{ url: '/v1/executions', readers: ['adam@example.org', operations] }],
  '/v1/programs': () => [{ url: '/v1/programs', readers: [...members, who.stranger] }],
  '/v1/tasks': () => [{ url: '/v1/tasks', readers: [...members, who.stranger] }],
  '/v1/standards': () => [{ url: '/v1/standards', readers: [...members, who.stranger] }],
  '/v1/standards/{standardId}': () => [{ url: '/v1/standards/iso-42001-2023', readers: [...members, who.stranger] }],
  '/v1/programs/{programId}': () => [{ url: '', readers: members }],
  '/v1/programs/{programId}/plan': () => [{ url: '/plan', readers: [...inside, operations] }],
  '/v1/programs/{programId}/gap-assessment': () => [{ url: '/gap-assessment', readers: members }],
  '/v1/programs/{programId}/applicability': () => [{ url: '/applicability', readers: members }],
  '/v1/programs/{programId}/tasks': () => [{ url: '/tasks', readers: members }],
  '/v1/programs/{programId}/tasks/{taskId}': ({ tasks }) => [
    { url: `/tasks/${tasks.ofFirst}`, readers: [...inside, who.owner, operations] },
    { url: `/tasks/${tasks.ofSecond}`, readers: [...inside, who.second, operations] },
    { url: `/tasks/${tasks.handedOn}`, readers: [...inside, ...owners, operations] },
    { url: `/tasks/${tasks.incident}`, readers: inside },
    { url: `/tasks/${tasks.action}`, readers: [...inside, who.owner, who.lead, who.auditor, who.decider, operations] },
    { url: '/tasks/T-9999', readers: [] },
  ],
  '/v1/programs/{programId}/audits': () => [{ url: '/audits', readers: members }],
  '/v1/programs/{programId}/audits/{auditId}': ({ audits }) => [
    { url: `/audits/${audits.stage2}`, readers: members },
    { url: '/audits/A-9999', readers: [] },
  ],
  '/v1/programs/{programId}/findings': () => [{ url: '/findings', readers: members }],
  '/v1/programs/{programId}/findings/{findingId}': () => [
    { url: '/findings/F-1', readers: [...inside, who.owner, ...body] },
    { url: '/findings/F-2', readers: [...inside, who.owner, who.lead, who.auditor, who.decider] },
    { url: '/findings/F-3', readers: [...inside, who.second, who.lead, who.auditor, who.decider] },
    { url: '/findings/F-9999', readers: [] },
  ],
  // Whoever reads what a file stands in reads the file: `test/api/files.test.ts`. Here there is none.
  '/v1/programs/{programId}/files': () => [{ url: '/files', readers: members }],
  '/v1/programs/{programId}/files/{sha256}': () => [{ url: `/files/${'a'.repeat(64)}`, readers: [] }],
  '/v1/programs/{programId}/files/{sha256}/preview': () => [{ url: `/files/${'a'.repeat(64)}/preview`, readers: [] }],
  '/v1/programs/{programId}/certificate': () => [{ url: '/certificate', readers: [] }],
  '/v1/programs/{programId}/certificate/history': () => [{ url: '/certificate/history', readers: members }],
  '/v1/programs/{programId}/requirements/{requirementId}': () => [
    { url: '/requirements/4.3', readers: [...inside, who.owner, ...body] },
    { url: '/requirements/5.2', readers: [...inside, who.second, ...body] },
    { url: '/requirements/99.9', readers: [] },
  ],
  '/v1/programs/{programId}/incidents': () => [{ url: '/incidents', readers: members }],
  '/v1/programs/{programId}/complaints': () => [{ url: '/complaints', readers: members }],
  '/v1/programs/{programId}/significant-changes': () => [{ url: '/significant-changes', readers: members }],
  '/v1/programs/{programId}/management-reviews': () => [{ url: '/management-reviews', readers: members }],
  '/v1/programs/{programId}/records': () => [{ url: '/records', readers: members }],
  '/v1/programs/{programId}/records/{seq}': ({ records }) => [
    { url: `/records/${records.started}`, readers: inside },
    { url: `/records/${records.paperwork}`, readers: [...inside, who.owner] },
    { url: '/records/99999', readers: [] },
  ],
  '/v1/programs/{programId}/records/verify': () => [
    { url: '/records/verify', readers: [...inside, ...body, operations] },
  ],
  '/v1/programs/{programId}/timeline': () => [{ url: '/timeline', readers: members }],
  '/v1/programs/{programId}/mails': () => [{ url: '/mails', readers: members }],
  '/v1/programs/{programId}/escalation/preview': ({ tasks }) => [
    { url: '/escalation/preview', readers: members },
    { url: `/escalation/preview?task=${tasks.ofSecond}`, readers: [...inside, who.second] },
    { url: '/escalation/preview?task=T-9999', readers: [] },
  ],
};

/** Things of the program that some see and others do not. */
interface Things {
  tasks: Record<'ofFirst' | 'ofSecond' | 'handedOn' | 'incident' | 'action', string>;
  audits: { stage2: string };
  records: Record<'started' | 'paperwork', number>;
}

function things(): Things {
  const tasks = Object.values(driver.state.tasks);
  const task = (matches: (one: (typeof tasks)[number]) => boolean) => tasks.find(matches)!.id;
  const titled = (title: string) => task((one) => one.title === title);
  return {
    tasks: {
      ofFirst: titled('Write a page'),
      ofSecond: titled('Write on qtitle'),
      handedOn: titled('Write it in turn'),
      incident: task(({ kind }) => kind === 'incident'),
      action: task(({ kind, findingId }) => kind === 'correctiveAction' && findingId === 'F-2'),
    },
    audits: { stage2: Object.values(driver.state.audits).find(({ kind }) => kind === 'stage2')!.id },
    records: {
      started: 1,
      paperwork: driver.recordsOf('EvidenceTakenBack')[0]!.seq,
    },
  };
}

const as = ({ email, installationRole }: (typeof readers)[number]) => server.as(email, installationRole);
const path = (url: string) => (url.startsWith('/v1') ? url : `/v1/programs/planted${url}`);

test('every call that reads says here who reads what', () => {
  expect(Object.keys(expectations).sort()).toEqual([...routes].sort());
});

test('a call is answered to those who read what it is about; for the others it does not exist', async () => {
  const wrong: object[] = [];
  for (const expectation of Object.values(expectations)) {
    for (const { url, readers: allowed } of expectation(things())) {
      for (const reader of readers) {
        const { status, body: answer } = await as(reader).get(path(url));
        const isHidden = !ofInstallation.includes(url);
        const expected = allowed.includes(reader.email) ? 200 : isHidden ? 404 : 403;
        if (status !== expected) wrong.push({ url, reader: reader.email, expected, status, detail: answer.detail });
      }
    }
  }
  expect(wrong).toEqual([]);
}, 60_000);

test('what is hidden is refused in the words of what is not there', async () => {
  const { tasks } = things();
  const pairs = [
    [`/tasks/${tasks.ofSecond}`, '/tasks/T-9999'],
    ['/findings/F-3', '/findings/F-9999'],
    ['/records/1', '/records/99999'],
    [`/escalation/preview?task=${tasks.ofSecond}`, '/escalation/preview?task=T-9999'],
  ];
  for (const [hidden = '', absent = ''] of pairs) {
    const one = (await server.as(who.owner).get(path(hidden))).body;
    const other = (await server.as(who.owner).get(path(absent))).body;
    const idOf = (url: string) => url.split(/[/=]/).at(-1)!;
    const named = ({ detail, instance, ...rest }: Called['body'], id: string) => ({
      ...rest,
      detail: detail.replace(id, '…'),
      instance: instance.replace(new RegExp(`${id}$`), '…'),
    });
    expect(named(one, idOf(hidden))).toEqual(named(other, idOf(absent)));
  }
});

/** Everything that a person is answered about the program, page after page. */
async function everythingFor(reader: (typeof readers)[number], limit: number): Promise<string> {
  const { tasks, audits, findings } = driver.state;
  const ids: Record<string, string[]> = {
    standardId: ['iso-42001-2023'],
    taskId: Object.keys(tasks),
    auditId: Object.keys(audits),
    findingId: Object.keys(findings),
    requirementId: ['4.3', '5.2', '7.2', '8.2'],
    seq: driver.records.map(({ seq }) => String(seq)),
    sha256: ['a'.repeat(64)],
  };
  const said: string[] = [];
  for (const route of routes) {
    const [, name] = /\{(\w+)\}/.exec(route.replace('{programId}', 'planted')) ?? [];
    const urls = (name ? ids[name]! : ['']).map((id) => route.replace('{programId}', 'planted').replace(/\{\w+\}/, id));
    for (const url of urls) for (let page: string | null = url; page !== null; ) page = await read(page);

    async function read(url: string): Promise<string | null> {
      const separator = url.includes('?') ? '&' : '?';
      const called = await as(reader).get(isList(route) ? `${url}${separator}limit=${limit}` : url);
      said.push(JSON.stringify(called.body));
      const next = called.body.nextCursor;
      return next ? `${url.split('?')[0]}?cursor=${next}` : null;
    }
  }
  return said.join('\n');
}

/** Whether a call takes `limit`. */
function isList(route: string): boolean {
  return (
    (!route.endsWith('}') && !/\/(plan|certificate|verify|preview)$/.test(route)) ||
    route.endsWith('/escalation/preview')
  );
}

describe('a secret', () => {
  test.each(readers)(
    'stays one, or is told, as it should, to $email',
    async (reader) => {
      const said = await everythingFor(reader, 11);
      const isAdministrator = reader.installationRole === 'administrator';
      const wrong = Object.entries(secrets).flatMap(([word, { what, readers: allowed }]) => {
        const mayRead = isAdministrator || allowed.includes(reader.email);
        return said.includes(word) === mayRead ? [] : [`${word}, ${what}: ${mayRead ? 'not told' : 'told'}`];
      });
      expect(wrong).toEqual([]);
    },
    60_000,
  );

  test('that nobody planted would be noticed', async () => {
    const said = await everythingFor({ email: who.manager }, 200);
    expect(Object.keys(secrets).filter((word) => !said.includes(word))).toEqual([]);
  }, 60_000);
});

describe('a list', () => {
  const lists = [
    '/tasks',
    '/audits',
    '/findings',
    '/records',
    '/mails',
    '/gap-assessment',
    '/applicability',
    '/incidents',
    '/certificate/history',
  ];

  test.each(readers)(
    'has full pages to its end for $email',
    async (reader) => {
      for (const list of lists) {
        const whole = (await as(reader).get(path(`${list}?limit=200`))).body;
        if (whole.items === undefined) continue;
        const pages: Called['body'][] = [];
        for (let cursor: string | null = ''; cursor !== null; cursor = pages.at(-1).nextCursor)
          pages.push((await as(reader).get(path(`${list}?limit=9${cursor && `&cursor=${cursor}`}`))).body);
        for (const { items } of pages.slice(0, -1)) expect(items).toHaveLength(9);
        const found = pages.flatMap(({ items }) => items);
        if (whole.nextCursor === null) expect(found).toEqual(whole.items);
        if (pages.length > 1) expect(pages.at(-1).items.length).toBeGreaterThan(0);
      }
    },
    60_000,
  );

  test('and the timeline from its end, with the same lines', async () => {
    for (const reader of readers) {
      const whole = (await as(reader).get(path('/timeline?limit=200'))).body;
      if (whole.nextCursor !== null || whole.past === undefined) continue;
      const pages: Called['body'][] = [];
      for (let cursor: string | null = ''; cursor !== null; cursor = pages.at(-1).nextCursor)
        pages.push((await as(reader).get(path(`/timeline?limit=9${cursor && `&cursor=${cursor}`}`))).body);
      expect(pages.reverse().flatMap(({ past }) => past)).toEqual(whole.past);
    }
  }, 60_000);
});

test('mails are read by whom they are addressed to, and by those who manage; operations see that they went', async () => {
  for (const reader of readers.filter(({ email }) => members.includes(email))) {
    const { items } = (await as(reader).get(path('/mails?limit=200'))).body;
    const others = items.filter(({ to }: { to: Email }) => to !== reader.email);
    const readsAll = reader.email === who.manager || reader.installationRole === 'administrator';
    const seesAll = readsAll || reader.email === operations;
    expect({ reader: reader.email, others: others.length > 0 }).toEqual({ reader: reader.email, others: seesAll });
    for (const mail of items) {
      const isRead = readsAll || mail.to === reader.email;
      expect({ reader: reader.email, texts: ['subject', 'text', 'html'].filter((part) => part in mail) }).toEqual({
        reader: reader.email,
        texts: isRead ? ['subject', 'text', 'html'] : [],
      });
    }
  }
});

test('counts and the next day are of what somebody sees', async () => {
  for (const email of [...owners, who.lead]) {
    const { counts, nextDue } = (await server.as(email).get(path(''))).body;
    const { items } = (await server.as(email).get(path('/tasks?limit=200&status=open'))).body;
    expect({ email, open: counts.tasks.open }).toEqual({ email, open: items.length });
    const titles = [
      ...items.map(({ title }: { title: string }) => title),
      expect.stringMatching(/audit|Stage|certificate/i),
    ];
    if (nextDue) expect(titles).toContainEqual(nextDue.title);
    const listed = (await server.as(email).get('/v1/programs')).body.items.find(
      ({ id }: { id: string }) => id === 'planted',
    );
    expect(listed.nextDue).toEqual(nextDue);
  }
});

describe.each(Object.keys(moments) as SampleMoment[])('at the moment %s', (moment) => {
  test('everybody reads, and nobody what is not theirs', async () => {
    const played = moments[moment]();
    await record(server.database, played, moment);
    const base = `/v1/programs/${moment}`;
    for (const reader of readers.filter(({ email }) => members.includes(email) && email !== otherLead)) {
      const whole = reader.email === operations || inside.includes(reader.email as never);
      const { status, body: details } = await as(reader).get(base);
      if (!reader.installationRole && !getsIn(played.state, reader.email, dayOf(played.now))) {
        expect(status).toBe(404);
        continue;
      }
      const { items } = (await as(reader).get(`${base}/tasks?limit=200`)).body;
      const { past } = (await as(reader).get(`${base}/timeline?limit=200`)).body;
      expect({ status, text: JSON.stringify([details, items, past]) }).toMatchObject({ status: 200 });
      const theirs = items.filter(({ assignee }: { assignee: Email }) => assignee === reader.email);
      if (owners.includes(reader.email as never)) {
        const absentees = (played.state.absences ?? []).filter(({ deputy }) => deputy === reader.email);
        const their = [reader.email, ...absentees.map(({ email }) => email)];
        const strange = items.filter(
          ({ id }: { id: string }) => !played.records.some((one) => their.some((email) => isTie(one, id, email))),
        );
        expect(strange).toEqual([]);
      }
      if (!whole) expect(details).not.toHaveProperty('warnings');
      expect(theirs.length).toBeLessThanOrEqual(items.length);
    }
  }, 60_000);
});

/** Whether a record made a task somebody's, or says that they submitted for it. */
function isTie({ type, data }: Driver['records'][number], taskId: string, email: Email): boolean {
  if (type === 'TaskOpened') return data.task.id === taskId && data.task.assignee === email;
  if (type === 'TaskReassigned') return data.taskId === taskId && data.to === email;
  return type === 'EvidenceSubmitted' && data.taskId === taskId && data.evidence.by === email;
}

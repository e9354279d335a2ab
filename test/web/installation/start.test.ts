import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { today } from '../../../api/clock.ts';
import { atMachine } from '../../../db/installation.ts';
import { addDays, addMonths } from '../../../domain/calendar.ts';
import type { Visitor } from '../support/visitor.ts';
import { type WebServer, webServer } from '../support/webServer.ts';

const admin = 'admin@example.com';
const mia = 'mia@example.com';

let web: WebServer;

beforeAll(async () => {
  web = await webServer({}, { live: true });
  await web.server.database.accounts.put(
    { email: mia, name: 'Mia', mayStart: true },
    '2030-01-01T00:00:00.000Z',
    atMachine,
  );
}, 120_000);

afterAll(async () => {
  await web?.close();
});

const filled = {
  organization: 'Example Ltd',
  name: 'AIMS <script>alert(1)</script>',
  'scope.statement': 'Customer-facing AI products',
  'people[0].name': 'Ada Byron',
  'people[0].email': 'Ada@example.com',
  'people[1].name': 'Sam Stone',
  'people[1].email': 'sam@example.com',
  'people[2].name': 'Sam Stone',
  'people[2].email': 'SAM@example.com',
  'aiSystems[0].name': 'Übersetzer 日本',
  'aiSystems[1].name': 'Ranker',
  'calendar.country': 'DE',
  'certificationBody.name': 'Example Certification',
};

const form = 'action="/programs/new"';

async function opened(path = '/programs/new', email: typeof admin | typeof mia = admin): Promise<Visitor> {
  const visitor = await web.signedIn(email, email === admin ? 'administrator' : undefined);
  return visitor.open(path);
}

const programs = async () =>
  (await web.server.database.read.programs({ email: admin, installationRole: 'administrator' }, { limit: 200 })).items;

describe('the form of a start', () => {
  test('names all that is missing at once, and keeps what was typed', async () => {
    const visitor = await opened();
    await visitor.send(form, { organization: 'Example "Ltd" <img src=x>' }, '_do=check');
    expect(visitor.status).toBe(422);
    expect(visitor.text).toMatch(/\d+ things need a change/);
    for (const field of ['f-name', 'f-scope-statement', 'f-people-1-email', 'f-people-2-email']) {
      expect(visitor.html).toContain(`href="#${field}"`);
      expect(visitor.html).toContain(`id="${field}"`);
    }
    expect(visitor.html).toContain('value="Example &quot;Ltd&quot; &lt;img src=x>"');
    expect(visitor.html).not.toContain('<img src=x');
    expect(await programs()).toEqual([]);
  });

  test('takes two names under one address for a slip, and shows each address before anything begins', async () => {
    const visitor = await opened();
    const slip = { ...filled, 'people[3].name': 'Kim Poe', 'people[3].email': 'sam@example.com' };
    await visitor.send(form, slip, '_do=check');
    expect([visitor.status, visitor.text]).toEqual([
      422,
      expect.stringContaining('Kim Poe: sam@example.com is the address of Sam Stone already.'),
    ]);
    expect(visitor.html).toContain('href="#f-people-3-email"');
    await visitor.send(form, { ...slip, 'people[3].email': 'kim@example.com' }, '_do=check');
    expect(visitor.text).toContain('Kim Poe, kim@example.com (owner)');
    expect(visitor.text).toContain('Sam Stone, sam@example.com (sponsor and top management)');
  });

  test.each([
    ['an address that is none', { 'people[1].email': 'sam' }, 'f-people-1-email', 'must be an e-mail address'],
    [
      'a length that is none',
      { 'plan.phases.implementation': 'four moons' },
      'f-plan-phases-implementation',
      'four moons',
    ],
    ['a day that has passed', { 'plan.startsOn': '2020-01-06' }, 'f-plan-startsOn', '2020-01-06'],
    ['a country that there is not', { 'calendar.country': 'XX' }, 'f-calendar-country', 'no country'],
    [
      'a number that is none',
      { 'plan.cadences.managementReview': '0' },
      'f-plan-cadences-managementReview',
      'at least 1',
    ],
    ['somebody on both sides', { 'people[6].name': 'Sam', 'people[6].email': 'sam@example.com' }, 'people', 'both'],
    ['a name that breaks its line', { 'people[1].name': 'Sam\u2028Stone' }, 'f-people-1-name', 'on one line'],
  ])('refuses %s where it stands', async (_, wrong, field, said) => {
    const visitor = await opened();
    await visitor.send(form, { ...filled, ...wrong }, '_do=check');
    expect(visitor.status).toBe(422);
    expect(visitor.html).toContain(field);
    expect(visitor.text.toLowerCase()).toContain(
      said === 'both' ? 'cannot hold a role of the organization' : said.toLowerCase(),
    );
    expect(visitor.html).toContain('value="Sam');
  });

  test('gives a place more for a person, and keeps the rest', async () => {
    const visitor = await opened();
    await visitor.send(form, filled, '_do=more:people');
    expect(visitor.status).toBe(200);
    expect(visitor.html).toContain('name="people[8].email"');
    expect(visitor.html).toContain('value="Sam Stone"');
    await visitor.send(form, {}, '_do=more:people');
    expect(visitor.html).toContain('name="people[9].email"');
  });

  test('asks who may start, but does not administer, to be one of the managers', async () => {
    const visitor = await opened('/programs/new', mia);
    expect(visitor.html).toContain(`value="${mia}"`);
    await visitor.send(form, filled, '_do=check');
    expect(visitor.status).toBe(422);
    expect(visitor.text).toContain(`name ${mia}`);
  });
});

describe('a start', () => {
  test('shows what will happen, then does it once, however often it is sent', async () => {
    const visitor = await opened();
    await visitor.send(form, filled, '_do=check');
    expect(visitor.status).toBe(200);
    expect(visitor.text).toContain('This is what will happen');
    expect(visitor.text).toContain('Sam Stone, sam@example.com (sponsor and top management)');
    expect(visitor.text).toContain('Europe/Berlin');
    expect(visitor.text).toMatch(/Stage 1 is planned for/);
    expect(visitor.html).not.toContain('<script>alert');
    expect(await programs()).toEqual([]);
    const again = new URLSearchParams(
      [...visitor.html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [
        unescaped(name!),
        unescaped(value!),
      ]),
    );
    again.set('_do', 'start');
    await visitor.send('value="start"', {}, '_do=start');
    expect(visitor.status).toBe(200);
    expect(visitor.text).toContain('has started');
    await visitor.post('/programs/new', again.toString());
    expect(visitor.text).toContain('has started');
    const [program, ...others] = await programs();
    expect(others).toEqual([]);
    expect(program).toMatchObject({ organization: 'Example Ltd', timeZone: 'Europe/Berlin', rehearsal: false });
    const [started] = await web.server.database.register.records(program!.id);
    expect(started?.data).toMatchObject({
      definition: {
        people: [
          { email: 'ada@example.com', roles: ['programManager'] },
          { email: 'sam@example.com', roles: ['sponsor', 'topManagement'] },
        ],
        aiSystems: [{ id: 'u-bersetzer' }, { id: 'ranker', role: 'provider', risk: 'medium' }],
        plan: { phases: { implementation: 'P4M' } },
        calendar: { country: 'DE' },
      },
      startedBy: admin,
    });
  });

  test('can be changed once it was shown', async () => {
    const visitor = await opened();
    await visitor.send(form, filled, '_do=check');
    await visitor.send('value="change"', {}, '_do=change');
    expect(visitor.status).toBe(200);
    expect(visitor.html).toContain('value="sam@example.com"');
    expect(visitor.html).toContain('value="Ranker"');
  });

  test('says what is unusual before, and of a rehearsal that nobody gets mail', async () => {
    const visitor = await opened();
    const short = { 'plan.phases.implementation': '2 weeks', 'plan.phases.gapAssessment': '1 week', rehearsal: 'true' };
    await visitor.send(form, { ...filled, ...short }, '_do=check');
    expect(visitor.text).toContain('Unusual, and allowed');
    expect(visitor.text).toContain('get no mail');
    await visitor.send('value="start"', {}, '_do=start');
    expect(visitor.text).toContain('It is a rehearsal');
    expect(visitor.text).toContain('Unusual, and allowed');
  });

  test('is not lost while the service is away: the form says so, with all that was typed', async () => {
    const away = await webServer({});
    try {
      const visitor = await away.signedIn(admin, 'administrator');
      await visitor.open('/programs/new');
      await visitor.send(form, filled, '_do=check');
      await visitor.send('value="start"', {}, '_do=start');
      expect(visitor.status).toBe(503);
      expect(visitor.html).toContain('value="sam@example.com"');
      expect(visitor.html).toContain('Customer-facing AI products');
    } finally {
      await away.close();
    }
  }, 120_000);
});

describe('taking over a program under way', () => {
  test('asks for its phase first, and then for what that needs', async () => {
    const visitor = await opened('/programs/new?under-way');
    expect(visitor.text).toContain('Where does the program stand?');
    await visitor.open('/programs/new?under-way=&phase=internalAudit');
    expect(visitor.html).not.toContain('adopt.certificate.number');
    await visitor.open('/programs/new?under-way=&phase=surveillanceCycle');
    expect(visitor.html).toContain('adopt.certificate.number');
    await visitor.open('/programs/new?under-way=&phase=moon');
    expect(visitor.text).toContain('Where does the program stand?');
  });

  const certificate = {
    'adopt.certificate.number': 'C-1',
    'adopt.certificate.status': 'valid',
    'adopt.certificate.decidedOn': addMonths(today(), -6),
    'adopt.certificate.lastDay': addDays(addMonths(today(), 30), -1),
    'adopt.certificate.cycle': '1',
  };

  test('refuses what cannot be at its field', async () => {
    const visitor = await opened('/programs/new?under-way=&phase=surveillanceCycle');
    await visitor.send(form, filled, '_do=check');
    expect(visitor.status).toBe(422);
    await visitor.send(
      form,
      { ...filled, ...certificate, 'adopt.certificate.lastDay': addMonths(today(), 60) },
      '_do=check',
    );
    expect(visitor.status).toBe(422);
    expect(visitor.html).toContain('href="#f-adopt-certificate-lastDay"');
    expect(visitor.text).toContain('R12');
  });

  test('takes what is known of audits and findings, and leaves out what was left empty', async () => {
    const visitor = await opened('/programs/new?under-way=&phase=internalAudit');
    const on = addDays(today(), -30);
    const known = {
      'adopt.audits[0].kind': 'internal',
      'adopt.audits[0].startsOn': on,
      'adopt.audits[0].endsOn': on,
      'adopt.audits[0].team': 'INA@example.com',
      'adopt.audits[0].result': 'completed',
      'adopt.openFindings[0].raisedIn': 'internal',
      'adopt.openFindings[0].raisedOn': on,
      'adopt.openFindings[0].requirementId': '7.2',
      'adopt.openFindings[0].grade': 'minor',
      'adopt.openFindings[0].statement': 'Two of five were not trained.',
      'adopt.openFindings[0].status': 'open',
    };
    await visitor.send(form, { ...filled, ...known, name: 'Audited' }, '_do=check');
    expect(visitor.text).toContain('goes on from the internal audit');
    await visitor.send('value="start"', {}, '_do=start');
    const program = (await programs()).find(({ name }) => name === 'Audited')!;
    expect((await web.server.database.read.findings(program.id, { limit: 10 })).items).toMatchObject([
      { requirementId: '7.2', grade: 'minor', status: 'open' },
    ]);
  });

  test('begins in its phase, and shows what is asked for and what was warned of', async () => {
    const visitor = await opened('/programs/new?under-way=&phase=surveillanceCycle');
    const early = { 'adopt.certificate.lastDay': addMonths(today(), 20) };
    await visitor.send(form, { ...filled, ...certificate, ...early, name: 'Taken over' }, '_do=check');
    expect(visitor.text).toContain('goes on from the surveillance cycle');
    await visitor.send('value="start"', {}, '_do=start');
    expect(visitor.text).toContain('It is in the surveillance cycle');
    expect(visitor.text).toContain('earlier than the 3 years');
    await expect
      .poll(async () => (await visitor.open(visitor.url)).text, { timeout: 30_000 })
      .toContain('Submit certificate C-1');
  });

  test('takes the ratings of an implementation, and the others as they are said to be', async () => {
    const visitor = await opened('/programs/new?under-way=&phase=implementation');
    const rated = {
      'adopt.others': 'conforms',
      'adopt.owner': 'ada@example.com',
      'rated:5.2': 'missing',
      'gap:5.2': 'None.',
    };
    await visitor.send(form, { ...filled, ...rated, name: 'Rated' }, '_do=check');
    expect(visitor.text).toContain('goes on from the implementation');
    await visitor.send('value="start"', {}, '_do=start');
    expect(visitor.text).toContain('It is in the implementation');
    const program = (await programs()).find(({ name }) => name === 'Rated')!;
    const records = await web.server.database.register.records(program.id, { limit: 500 });
    const ratings = records.flatMap(({ type, data }) => (type === 'RequirementRated' ? [data] : []));
    expect(ratings).toHaveLength(70);
    expect(ratings.filter(({ status }) => status !== 'conforms')).toMatchObject([
      { requirementId: '5.2', gap: 'None.' },
    ]);
  });
});

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

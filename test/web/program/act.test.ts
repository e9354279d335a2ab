import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { who } from '../../domain/support.ts';
import { type WebServer, webServer } from '../support/webServer.ts';

let web: WebServer;

/** One program for each test that changes one. */
const programs = {
  'act-shown': 'implementation',
  'act-paused': 'implementation',
  'act-scoped': 'implementation',
  'act-twice': 'implementation',
  'act-rated': 'gapAssessment',
  'act-audited': 'stage2UnderWay',
  'act-scheduled': 'stage1Planned',
  'act-reviewed': 'internalAuditPlanned',
  'act-fixed': 'findingRaised',
  'act-systems': 'implementation',
  'act-planned': 'implementation',
  'act-people': 'implementation',
  'act-calendar': 'implementation',
} as const;

beforeAll(async () => {
  web = await webServer(programs, { live: true });
}, 300_000);

afterAll(() => web?.close());

const records = (id: keyof typeof programs) => web.server.database.register.records(id);
const last = async (id: keyof typeof programs, type: string) =>
  (await records(id)).filter((record) => record.type === type).at(-1);

describe('the form of a command', () => {
  test('is sent, recorded, and leads back with word of it', async () => {
    const visitor = await web.signedIn(who.manager);
    await visitor.open('/programs/act-paused/do/pause');
    expect(visitor.text).toMatch(/Pause the program/);
    await visitor.send('data-command="pause"', { reason: 'The product is on hold.' });
    expect(visitor.url).toBe('/programs/act-paused?done=pause');
    expect(visitor.text).toMatch(/The program is paused/);
    expect((await last('act-paused', 'ProgramPaused'))?.data).toMatchObject({ reason: 'The product is on hold.' });
    await visitor.open('/programs/act-paused/do/resume');
    await visitor.send('data-command="resume"', { reason: 'It goes on.' });
    expect(visitor.text).toMatch(/The program goes on/);
  });

  test('changes the calendar, and leads to the page that shows it', async () => {
    const visitor = await web.signedIn(who.manager);
    await visitor.open('/programs/act-calendar/calendar');
    expect(visitor.text).toMatch(
      /Time zone Etc\/UTC Country None: no public holidays are looked up Weekend Saturday and/,
    );
    await visitor.open('/programs/act-calendar/do/changeCalendar');
    await visitor.send('data-command="changeCalendar"', { daysOff: '2099-06-02\nsoon', reason: 'A move.' });
    expect(visitor.status).toBe(422);
    await visitor.send('data-command="changeCalendar"', {
      country: 'NP',
      timeZone: 'Asia/Kathmandu',
      daysOff: '2099-06-02',
      reason: 'A move.',
    });
    expect(visitor.url).toBe('/programs/act-calendar/calendar?done=changeCalendar');
    expect(visitor.text).toMatch(/The calendar is changed/);
    expect(visitor.text).toMatch(/Time zone Asia\/Kathmandu Country Nepal \(NP\) Weekend Saturday Days off ahead/);
    expect(visitor.text).toMatch(/Jun 2, 2099.* Named by the organization/);
    expect((await last('act-calendar', 'WarningNoted'))?.data).toMatchObject({ code: 'holidays' });
    const owner = await web.signedIn(who.owner);
    await owner.open('/programs/act-calendar/calendar');
    expect(owner.html).not.toContain('/do/changeCalendar');
  });

  test('comes back with what was typed, and what is wrong at its field', async () => {
    const visitor = await web.signedIn(who.manager);
    await visitor.open('/programs/act-scoped/do/changeScope');
    expect(visitor.html).toContain('The assistant that customers talk to.');
    await visitor.send('data-command="changeScope"', { statement: 'Everything we do.', reason: '  ' });
    expect(visitor.status).toBe(422);
    expect(visitor.text).toMatch(/One thing needs a change/);
    expect(visitor.html).toContain('Everything we do.');
    await visitor.send('data-command="changeScope"', { statement: 'Everything we do.', reason: 'We grew.' });
    expect(visitor.url).toBe('/programs/act-scoped?done=changeScope');
    expect(
      (await web.signedIn(who.manager).then((one) => one.open('/programs/act-scoped/do/changeScope'))).html,
    ).toContain('Everything we do.');
  });

  test('sent twice is done once', async () => {
    const visitor = await web.signedIn(who.manager);
    await visitor.open('/programs/act-twice/do/openTask');
    const key = /name="_key" value="([^"]+)"/.exec(visitor.html)?.[1] ?? '';
    const csrf = /name="_csrf" value="([^"]+)"/.exec(visitor.html)?.[1] ?? '';
    const body = new URLSearchParams({
      _csrf: csrf,
      _key: key,
      _command: 'openTask',
      title: 'Write it down',
      assignee: who.owner,
      dueOn: '2030-06-03',
    }).toString();
    await visitor.post('/programs/act-twice/do/openTask', body);
    expect(visitor.url).toBe('/programs/act-twice/tasks?done=openTask');
    await visitor.post('/programs/act-twice/do/openTask', body);
    const opened = (await records('act-twice')).filter(
      (record) => record.type === 'TaskOpened' && record.data.task.title === 'Write it down',
    );
    expect(opened).toHaveLength(1);
  });

  test('knows what it is about from its address, and leads back to it', async () => {
    const visitor = await web.signedIn(who.consultant);
    await visitor.open('/programs/act-rated/requirements/6.1.2');
    expect(visitor.html).toContain('/programs/act-rated/do/rateRequirement?requirementId=6.1.2');
    await visitor.open('/programs/act-rated/do/rateRequirement?requirementId=6.1.2');
    expect(visitor.text).toMatch(/6\.1\.2 AI risk assessment/);
    const rating = { status: 'partial', priority: 'high', gap: 'No method yet.', effortDays: '4', owner: who.owner };
    await visitor.send('data-command="rateRequirement"', rating);
    expect(visitor.url).toBe('/programs/act-rated/requirements/6.1.2?done=rateRequirement');
    expect(visitor.text).toMatch(/The rating is recorded .*Declared Partial, high priority, 4 days of work/);
  });

  test('of an audit: schedule, raise a finding, record the outcome', async () => {
    const manager = await web.signedIn(who.manager);
    await manager.open('/programs/act-scheduled/audits');
    const id = /audits\/(A-\d+)">Stage 1/.exec(manager.html)?.[1];
    await manager.open(`/programs/act-scheduled/do/scheduleAudit?auditId=${id}`);
    const dates = { startsOn: '2030-03-11', endsOn: '2030-03-12', team: [who.lead] };
    await manager.send('data-command="scheduleAudit"', dates);
    expect(manager.text).toMatch(/The audit is scheduled .*Agreed: Mon, Mar 11/);

    const lead = await web.signedIn(who.lead);
    await lead.open('/programs/act-audited/audits');
    const stage2 = /audits\/(A-\d+)">Stage 2/.exec(lead.html)?.[1];
    await lead.open(`/programs/act-audited/do/raiseFinding?auditId=${stage2}`);
    await lead.send('data-command="raiseFinding"', {
      requirementId: '7.2',
      grade: 'minor',
      statement: 'Two people were not trained.',
    });
    expect(lead.text).toMatch(/The finding is raised/);
    expect(lead.text).toMatch(/Two people were not trained\./);
    await lead.open(`/programs/act-audited/do/recordOutcome?auditId=${stage2}`);
    await lead.send('data-command="recordOutcome"', { result: 'completed', note: 'Done.' });
    expect(lead.text).toMatch(/The outcome is recorded .*Outcome: completed/);
  });

  test('with a list takes one more entry without sending it', async () => {
    const visitor = await web.signedIn(who.manager);
    await visitor.open('/programs/act-reviewed/do/holdManagementReview');
    const said = { heldOn: '2030-03-01', attendees: 'Tom', inputs: 'Results.', decisions: 'Go on.' };
    await visitor.send('data-command="holdManagementReview"', said, '_do=more:holdManagementReview');
    expect(visitor.status).toBe(200);
    expect(visitor.html).toContain('Results.');
    expect(await last('act-reviewed', 'ManagementReviewHeld')).toBeUndefined();
  });

  test('of a finding is answered by who owns its requirement', async () => {
    const visitor = await web.signedIn(who.owner);
    await visitor.open('/programs/act-fixed/findings/F-1');
    await visitor.open('/programs/act-fixed/do/planCorrectiveAction?findingId=F-1');
    await visitor.send('data-command="planCorrectiveAction"', {
      correction: 'Both were trained.',
      rootCause: 'Nobody tells who joins.',
      similarCases: 'None.',
      action: 'It is part of the first week.',
      dueOn: '2030-04-15',
    });
    expect(visitor.url).toBe('/programs/act-fixed/findings/F-1?done=planCorrectiveAction');
    expect(visitor.text).toMatch(/The plan is submitted .*Root cause Nobody tells who joins\./);
  });

  test('of an AI system begins with what is so, and adds one under an id of its own', async () => {
    const visitor = await web.signedIn(who.manager);
    await visitor.open('/programs/act-systems/do/putAiSystem?id=assistant');
    expect(visitor.html).toMatch(/value="Assistant"/);
    await visitor.open('/programs/act-systems/do/putAiSystem');
    await visitor.send('data-command="putAiSystem"', {
      id: 'scoring',
      name: 'Scoring',
      role: 'provider',
      risk: 'high',
    });
    expect(visitor.url).toBe('/programs/act-systems/systems?done=putAiSystem');
    expect(visitor.text).toMatch(/2 AI systems are in scope/);
  });
});

describe('a new plan', () => {
  test('says what moved, from when to when, on the page after it and in the answer of the API', async () => {
    const visitor = await web.signedIn(who.manager);
    await visitor.open('/programs/act-planned/do/changePlan');
    expect(visitor.text).toContain('Such as 2 months');
    await visitor.send('data-command="changePlan"', {
      'phases.implementation': '8 months',
      reason: 'The vendor is late.',
    });
    const change = await last('act-planned', 'PlanChanged');
    expect(change?.data).toMatchObject({ plan: { phases: { implementation: 'P8M' } } });
    expect(visitor.url).toBe(`/programs/act-planned/records/${change!.seq}?done=changePlan`);
    const { moved } = change!.data as { moved: { tasks: { taskId: string; dueOn: string; previousDueOn: string }[] } };
    expect(moved.tasks.length).toBeGreaterThan(0);
    const { taskId, dueOn, previousDueOn } = moved.tasks[0]!;
    expect(visitor.text).toMatch(/The plan is changed .*What moved .*Was due .*Is due/);
    for (const part of [`/tasks/${taskId}"`, `dateTime="${dueOn}"`, `dateTime="${previousDueOn}"`])
      expect(visitor.html.replaceAll('datetime', 'dateTime')).toContain(part);

    const sent = { phases: { implementation: 'P4M' }, reason: 'It came.' };
    const { status, body } = await web.server.as(who.manager).patch('/v1/programs/act-planned/plan', sent);
    expect(status).toBe(200);
    expect(body.moved.tasks).toContainEqual(
      expect.objectContaining({ taskId, previousDueOn: dueOn, dueOn: previousDueOn, title: expect.any(String) }),
    );
  });
});

describe('a form that began with what others changed meanwhile', () => {
  test('is refused with what is so now, keeps what was typed, and is meant when it is sent again', async () => {
    const [mia, other] = [await web.signedIn(who.manager), await web.signedIn(who.manager)];
    const form = `/programs/act-people/do/changePerson?email=${who.second}`;
    await mia.open(form);
    await other.open(form);
    await other.send('data-command="changePerson"', { roles: ['owner', 'internalAuditor'] });
    expect(other.url).toContain('done=changePerson');

    await mia.send('data-command="changePerson"', { name: 'Ova Two' });
    expect(mia.status).toBe(409);
    expect(mia.text).toMatch(
      /This was changed while the page was open\. It is now: Name: Ova; Roles: Owner and Internal auditor\./,
    );
    expect(mia.html).toContain('Ova Two');
    expect((await last('act-people', 'PersonChanged'))?.data).toMatchObject({ name: 'Ova' });
    await mia.send('data-command="changePerson"', { roles: ['owner', 'internalAuditor'] });
    expect((await last('act-people', 'PersonChanged'))?.data).toMatchObject({
      name: 'Ova Two',
      roles: ['owner', 'internalAuditor'],
    });
  });

  test('and that is put in charge by an administrator leaves the program to others', async () => {
    const adam = await web.signedIn('adam@example.org', 'administrator');
    await adam.open('/programs/act-people/do/putInCharge');
    await adam.send('data-command="putInCharge"', {
      'people[0].email': 'nia@example.com',
      'people[0].name': 'Nia',
      'people[0].roles': ['programManager'],
      leave: [who.manager],
      reason: 'Mia left.',
    });
    expect(adam.url).toBe('/programs/act-people/people?done=putInCharge');
    expect(adam.text).toContain('Nia');
    expect((await last('act-people', 'PutInCharge'))?.actor).toBe('adam@example.org');
  });
});

describe('a form that is not possible', () => {
  test('now says why, and leads back', async () => {
    const visitor = await web.signedIn(who.manager);
    await visitor.open('/programs/act-shown/do/resume');
    expect(visitor.status).toBe(409);
    expect(visitor.text).toMatch(/Resume the program: not possible now .*active, not paused/);
    expect(visitor.html).toContain('href="/programs/act-shown"');
  });

  test('for its reader says who can', async () => {
    const visitor = await web.signedIn(who.viewer);
    await visitor.open('/programs/act-shown/do/pause');
    expect(visitor.status).toBe(403);
    expect(visitor.html).not.toContain('data-command="pause"');
  });

  test('keeps what was typed when it became impossible meanwhile', async () => {
    const manager = await web.signedIn(who.manager);
    await manager.open('/programs/act-shown/do/pause');
    const csrf = /name="_csrf" value="([^"]+)"/.exec(manager.html)?.[1] ?? '';
    const body = new URLSearchParams({ _csrf: csrf, _key: 'k-1', _command: 'resume', reason: 'My long reason' });
    await manager.post('/programs/act-shown/do/resume', body.toString());
    expect(manager.status).toBe(409);
    expect(manager.text).toContain('My long reason');
  });

  test('is not there: an unknown command, or about what nobody sees', async () => {
    const visitor = await web.signedIn(who.owner);
    for (const path of [
      'do/explode',
      'do/constructor',
      'do/raiseFinding?auditId=A-99',
      'do/verifyFinding?findingId=F-9',
    ])
      expect((await visitor.open(`/programs/act-shown/${path}`)).status, path).toBe(404);
  });

  test('is refused when another site had it sent, or without the token of the session', async () => {
    const visitor = await web.signedIn(who.manager);
    const fields = new URLSearchParams({ _command: 'pause', reason: 'Evil.' }).toString();
    expect((await visitor.post('/programs/act-shown/do/pause', fields)).status).toBe(403);
    const foreign = { 'sec-fetch-site': 'cross-site' };
    expect((await visitor.post('/programs/act-shown/do/pause', fields, foreign)).status).toBe(403);
    expect(await last('act-shown', 'ProgramPaused')).toBeUndefined();
  });

  test('cannot name other things than its address does', async () => {
    const visitor = await web.signedIn(who.manager);
    await visitor.open('/programs/act-shown/do/pause?reason=%22%3E%3Cscript%3Ealert(1)%3C/script%3E');
    expect(visitor.html).not.toContain('<script>alert');
    expect(visitor.status).toBe(200);
  });
});

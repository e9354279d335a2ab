import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Visitor } from './support/visitor.ts';
import { type WebServer, webServer } from './support/webServer.ts';

/** People of the sample program. */
const owner = 'owner@example.com';
const manager = 'pm@example.com';
const sponsor = 'sponsor@example.com';
const stranger = 'sam@example.net';

let web: WebServer;

/** One program for each test that changes one; all tests of a run share a service, and no other has programs of these names. */
const programs = {
  'answer-shown': 'implementation',
  'answer-answered': 'implementation',
  'answer-files': 'implementation',
  'answer-drafted': 'implementation',
  'answer-late': 'implementation',
  'answer-declined': 'implementation',
  'answer-handed': 'implementation',
  'answer-left': 'implementation',
  'answer-twice': 'evidenceSubmitted',
  'answer-raced': 'evidenceSubmitted',
  'answer-closed': 'evidenceSubmitted',
  'answer-reviewed': 'evidenceSubmitted',
  'answer-sent-back': 'evidenceSubmitted',
  'answer-pressed': 'evidenceSubmitted',
  'answer-planned': 'findingRaised',
} as const;

beforeAll(async () => {
  web = await webServer(programs, { live: true });
}, 300_000);

afterAll(async () => {
  await web?.close();
});

type Sample = keyof typeof programs;

/** The task that the sample's owner has, behind the link of her mail. */
async function asked(
  programId: Sample,
  email: typeof owner | typeof manager | typeof sponsor = owner,
  taskId = 'T-2',
): Promise<Visitor> {
  const visitor = web.visitor();
  return visitor.open(await web.answerUrl({ programId, taskId, email }));
}

const taskOf = (programId: Sample, taskId = 'T-2') => web.server.database.read.task(programId, taskId);
const records = (programId: Sample) => web.server.database.register.records(programId);

const pdf = Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

describe('the page behind a mail', () => {
  test('says what is asked, why, by when, and who hears next, without an account', async () => {
    const page = await asked('answer-shown');
    expect(page.status).toBe(200);
    expect(page.text).toMatch(/What is asked/);
    expect(page.text).toMatch(/Yours, due \w{3}, \w{3} \d+/);
    expect(page.text).toMatch(/hears? of it next/);
    expect(page.html).toContain('type="file"');
    expect(page.cookie('certloop')).toBeUndefined();
  });

  test('says for whom it is; and to who is signed in as another, that the link is not theirs', async () => {
    const page = await asked('answer-shown');
    expect(page.text).toContain(`This page is for Olu, ${owner}.`);
    const colleague = await web.signedIn(manager);
    await colleague.open(page.url);
    expect(colleague.text).toMatch(
      /This link is Olu’s, and you are \w+ What is sent from this page is recorded as Olu’s/,
    );
    expect(colleague.html).toContain('href="/programs/answer-shown/tasks/T-2"');
    const herself = await web.signedIn(owner);
    await herself.open(page.url);
    expect(herself.text).not.toContain('This link is');
  });

  test('changes nothing however often it is opened, by GET or HEAD', async () => {
    const before = (await records('answer-shown')).length;
    const url = await web.answerUrl({ programId: 'answer-shown', taskId: 'T-2', email: owner });
    for (let visit = 0; visit < 3; visit++) await web.visitor().open(url);
    await web.server.app.inject({ method: 'HEAD', url });
    expect((await records('answer-shown')).length).toBe(before);
  });

  test('gives no session: no other page opens', async () => {
    const page = await asked('answer-shown');
    await page.open('/programs/answer-shown/tasks/T-2');
    expect(page.text).toMatch(/Sign in/);
    expect(page.html).toContain('name="email"');
  });

  test('takes an answer in words and links, says what happens now, and is then a page that says so', async () => {
    const page = await asked('answer-answered');
    await page.send('submitEvidence', {
      note: 'The board approved it.',
      links: 'https://docs.example.com/scope\n\nhttps://docs.example.com/b',
    });
    expect(page.status).toBe(200);
    expect(page.text).toMatch(/Submitted/);
    expect(page.text).toMatch(/reviews it next/);
    expect(await taskOf('answer-answered')).toMatchObject({
      status: 'submitted',
      evidence: {
        note: 'The board approved it.',
        links: ['https://docs.example.com/scope', 'https://docs.example.com/b'],
        by: owner,
      },
    });
    const again = await asked('answer-answered');
    expect(again.text).toMatch(/You submitted this/);
    expect(again.html).not.toContain('data-command="submitEvidence"');
  });

  test('takes files, which can be opened from there and from nowhere else without signing in', async () => {
    const page = await asked('answer-files');
    await page.sendFiles('submitEvidence', { note: 'As agreed.' }, [
      { field: '_upload:files', name: 'scope.pdf', type: 'application/pdf', content: pdf },
      { field: '_upload:files', name: '', type: 'application/octet-stream', content: '' },
    ]);
    expect(page.text).toMatch(/Submitted/);
    const task = await taskOf('answer-files');
    const [file] = task?.status === 'submitted' ? (task.evidence.files ?? []) : [];
    expect(file).toMatchObject({ name: 'scope.pdf', bytes: pdf.length, mediaType: 'application/pdf' });
    const url = (await web.answerUrl({ programId: 'answer-files', taskId: 'T-2', email: owner })).concat(
      `/files/${file?.sha256}`,
    );
    const download = await web.server.app.inject({ url });
    expect([download.statusCode, download.headers['content-disposition']]).toEqual([
      200,
      expect.stringMatching(/^attachment/),
    ]);
    expect(download.rawPayload.equals(pdf)).toBe(true);
    expect((await web.server.app.inject({ url: url.replace(/[0-9a-f]{64}$/, 'f'.repeat(64)) })).statusCode).toBe(404);
    const other = await web.answerUrl({ programId: 'answer-shown', taskId: 'T-2', email: owner });
    expect((await web.server.app.inject({ url: `${other}/files/${file?.sha256}` })).statusCode).toBe(404);
  });

  test('keeps a draft for its writer, with the file, until it is submitted', async () => {
    const page = await asked('answer-drafted');
    await page.sendFiles('submitEvidence', { note: 'Half of it', _do: 'saveDraft' }, [
      { field: '_upload:files', name: 'draft.txt', type: 'text/plain', content: 'so far' },
    ]);
    expect(page.text).toMatch(/draft is saved/i);
    expect(await taskOf('answer-drafted')).toMatchObject({ status: 'open' });
    const managers = await asked('answer-drafted', manager);
    expect(managers.html).not.toContain('Half of it');
    const later = await asked('answer-drafted');
    expect(later.html).toContain('Half of it');
    expect(later.text).toContain('draft.txt');
    await later.send('submitEvidence', { note: 'All of it' });
    expect(await taskOf('answer-drafted')).toMatchObject({
      status: 'submitted',
      evidence: { note: 'All of it', files: [{ name: 'draft.txt', bytes: 6 }] },
    });
    expect((await asked('answer-drafted')).html).not.toContain('Half of it');
  });

  test('refuses an empty answer at once, at its field, and keeps what was typed', async () => {
    const page = await asked('answer-shown');
    await page.send('submitEvidence', { validUntil: '2001-01-01', note: 'Kept words' });
    expect(page.status).toBe(422);
    expect(page.html).toMatch(/id="f-validUntil-error"/);
    expect(page.html).toContain('Kept words');
    expect(page.html).toContain('value="2001-01-01"');
    await page.send('submitEvidence', { validUntil: '', note: ' ' });
    expect(page.status).toBe(422);
    expect(page.html).toMatch(/id="f-note-error"/);
    expect(await taskOf('answer-shown')).toMatchObject({ status: 'open' });
  });

  test('lets say that it will be late, and that it is not mine', async () => {
    const late = await asked('answer-late');
    const task = await taskOf('answer-late');
    const expectedOn = `${Number(task!.dueOn.slice(0, 4))}-12-20`;
    await late.send('acknowledgeTask', { expectedOn });
    expect(late.text).toMatch(/Noted/);
    expect(await taskOf('answer-late')).toMatchObject({ expectedOn });
    const declined = await asked('answer-declined');
    await declined.send('declineTask', { reason: 'Legal keeps it.' });
    expect(declined.text).toMatch(/The program managers are told/);
    expect(declined.text).toMatch(/says that it is not theirs Legal keeps it\./);
  });
});

describe('a link that leads nowhere anymore', () => {
  test('says that it is too old, and what to do', async () => {
    const visitor = web.visitor();
    await visitor.open(
      await web.answerUrl({ programId: 'answer-shown', taskId: 'T-2', email: owner, expiresOn: '2020-01-01' }),
    );
    expect([visitor.status, visitor.text]).toEqual([410, expect.stringMatching(/too old.*sign in and open the task/)]);
    const post = await web.visitor().post(visitor.url, '_command=submitEvidence&note=late');
    expect(post.status).toBe(410);
  });

  test.each([
    [
      'cut off',
      async () => (await web.answerUrl({ programId: 'answer-shown', taskId: 'T-2', email: owner })).slice(0, -5),
    ],
    ['made up', async () => '/answer/eyJhIjoxfQ.AAAAAAAAAAAAAAAAAAAAAA'],
    ['of no task', async () => web.answerUrl({ programId: 'answer-shown', taskId: 'T-999', email: owner })],
    ['of no program', async () => web.answerUrl({ programId: 'nowhere', taskId: 'T-2', email: owner })],
  ])('%s is not found', async (_what, url) => {
    const visitor = await web.visitor().open(await url());
    expect(visitor.status).toBe(404);
    expect(visitor.html).toContain('<h1>');
  });

  test('of somebody without a part in the program opens nothing, and takes nothing', async () => {
    const url = await web.answerUrl({ programId: 'answer-shown', taskId: 'T-2', email: stranger });
    const visitor = await web.visitor().open(url);
    expect(visitor.text).toMatch(/This link has ended/);
    expect(visitor.text).not.toMatch(/What is asked/);
    expect((await web.visitor().post(url, '_command=submitEvidence&note=x')).status).toBe(410);
  });

  test('says who has the task when it was reassigned, and that nothing is left to do', async () => {
    const managers = await asked('answer-handed', manager);
    await managers.send('reassignTask', { to: 'second@example.com' });
    expect(await taskOf('answer-handed')).toMatchObject({ assignee: 'second@example.com' });
    const former = await asked('answer-handed');
    expect(former.text).toMatch(/This is not with you anymore.*has this task now/);
  });

  test('gives back what was saved and what was typed, when the task was reassigned meanwhile', async () => {
    const [page, other] = [await asked('answer-left'), await asked('answer-left')];
    await other.send('submitEvidence', { note: 'Saved words', _do: 'saveDraft' });
    const managers = await asked('answer-left', manager);
    await managers.send('reassignTask', { to: 'second@example.com' });
    await page.send('submitEvidence', { note: 'Typed words', links: 'https://docs.example.com/typed' });
    expect([page.status, page.text]).toEqual([410, expect.stringMatching(/not with you anymore.*Typed words/)]);
    expect(page.text).toContain('https://docs.example.com/typed');
    expect((await asked('answer-left')).text).toMatch(/not with you anymore.*Saved words/);
    const signedIn = await web.signedIn(owner);
    await signedIn.open('/programs/answer-left/tasks/T-2');
    expect(signedIn.text).toMatch(/Your draft, which was not submitted Saved words/);
  });
});

describe('a reviewer behind a mail', () => {
  test('reads what was submitted, and accepts it', async () => {
    const page = await asked('answer-reviewed', manager);
    expect(page.text).toContain('Approved.');
    await page.send('reviewEvidence', { verdict: 'accept', note: 'Signed and complete.' });
    expect(page.text).toMatch(/Accepted/);
    expect(await taskOf('answer-reviewed')).toMatchObject({ status: 'accepted' });
    const later = await asked('answer-reviewed', manager);
    expect(later.text).toMatch(/What was accepted.*Approved\..*The review.*Signed and complete\./);
  });

  test('sends it back with a reason, which the owner finds on top', async () => {
    const page = await asked('answer-sent-back', manager);
    await page.send('reviewEvidence', { verdict: 'reject', note: '' });
    expect(page.status).toBe(422);
    await page.send('reviewEvidence', { verdict: 'reject', note: 'The signature is missing.' });
    expect(page.text).toMatch(/Sent back/);
    const owners = await asked('answer-sent-back');
    expect(owners.text).toMatch(/sent this back The signature is missing\./);
    expect(owners.text.indexOf('signature is missing')).toBeLessThan(owners.text.indexOf('What is asked'));
  });

  test('accepts nothing by a scanner that opens the mail and presses every button as it is', async () => {
    const page = await asked('answer-pressed', manager);
    const forms = [...page.html.matchAll(/data-command="(\w+)"/g)].map(([, command]) => command!);
    expect(forms).toContain('reviewEvidence');
    for (const command of forms) await (await asked('answer-pressed', manager)).send(`data-command="${command}"`);
    expect(await taskOf('answer-pressed')).toMatchObject({ status: 'submitted' });
    expect((await records('answer-pressed')).filter(({ type }) => type !== 'CommandRejected').length).toBe(
      (await records('answer-twice')).filter(({ type }) => type !== 'CommandRejected').length,
    );
  });

  test('who comes second of two finds how it stands, and who was quicker', async () => {
    const [one, other] = [await asked('answer-twice', manager), await asked('answer-twice', manager)];
    await one.send('reviewEvidence', { verdict: 'accept', note: '' });
    await other.send('reviewEvidence', { verdict: 'reject', note: 'My long reason' });
    expect(other.status).toBe(409);
    expect(other.text).toMatch(/accepted by now/);
    expect(other.text).toContain('My long reason');
    expect(await taskOf('answer-twice')).toMatchObject({ status: 'accepted' });
  });

  test('who comes second by less than a decision takes is told so too, and finds their words', async () => {
    const [one, other] = [await asked('answer-raced', manager), await asked('answer-raced', sponsor)];
    await Promise.all([
      one.send('reviewEvidence', { verdict: 'reject', note: 'The words of one' }),
      other.send('reviewEvidence', { verdict: 'reject', note: 'The words of the other' }),
    ]);
    const late = one.status === 200 ? other : one;
    // Where the decision was done before the second came, the sponsor's link has ended.
    expect([one.status, other.status].sort()).toEqual([200, late === other ? expect.toBeOneOf([409, 410]) : 409]);
    expect(late.text).toMatch(
      /(This could not be done|This is not with you anymore).*What you typed, to be copied The words of/,
    );
  });
});

test('an answer that comes too late is kept nowhere: neither its files nor a draft', async () => {
  const url = await web.answerUrl({ programId: 'answer-closed', taskId: 'T-2', email: owner });
  const kept = async () => {
    let files = 0;
    for await (const _ of web.server.database.files.kept()) files++;
    return files;
  };
  const before = await kept();
  for (const _do of ['', 'saveDraft']) {
    const page = await web.visitor().open(url);
    const fields = { _command: 'submitEvidence', '_known:taskId': 'T-2', note: 'Late words', _do };
    await page.sendFiles('<form', fields, [
      { field: '_upload:files', name: 'late.txt', type: 'text/plain', content: `late ${_do}` },
    ]);
    expect([page.status, page.text]).toEqual([409, expect.stringMatching(/submitted by now.*Late words/)]);
  }
  expect(await kept()).toBe(before);
  expect((await asked('answer-closed')).html).not.toContain('Late words');
});

test('a corrective action plan is written behind its mail, with a form made from its schema', async () => {
  const { database } = web.server;
  const { items } = await database.read.tasks('answer-planned', { now: '2030-01-01T00:00:00.000Z' }, { limit: 200 });
  const task = items.find(({ kind, status }) => kind === 'correctiveActionPlan' && status === 'open')!;
  const page = await web
    .visitor()
    .open(await web.answerUrl({ programId: 'answer-planned', taskId: task.id, email: task.assignee }));
  await page.send('planCorrectiveAction', { correction: 'Done at once.' });
  expect(page.status).toBe(422);
  expect(page.html).toContain('Done at once.');
  expect(page.text).toMatch(/Root cause.{0,40}Fill this in/);
  await page.send('planCorrectiveAction', {
    rootCause: 'Nobody knew.',
    similarCases: 'None found.',
    action: 'Train everybody.',
    dueOn: task.dueOn,
  });
  expect(page.text).toMatch(/Done It is recorded/);
  expect(await taskOf('answer-planned', task.id)).toMatchObject({ status: 'accepted' });
});

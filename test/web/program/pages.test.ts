import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { atMachine } from '../../../db/installation.ts';
import { dateAt } from '../../../domain/calendar.ts';
import { getsIn } from '../../../domain/people/standing.ts';
import { afterStage2, assessed, certified, evidenced } from '../../domain/journey.ts';
import { type Driver, people, program, who } from '../../domain/support.ts';
import type { Visitor } from '../support/visitor.ts';
import { type WebServer, webServer } from '../support/webServer.ts';

/** What nobody may bring onto a page as markup. */
const script = '<script>alert(1)</script>';
const url = '/programs/shown';

let web: WebServer;

/** In the implementation: evidence accepted, in review and asked for, with words that look like markup. */
function shown(): Driver {
  const named = people.map((one) => (one.email === who.owner ? { ...one, name: `Olu ${script}` } : one));
  const driver = assessed(program({ name: 'AI management', people: named }), {
    '4.1': { status: 'missing', gap: `Nothing ${script}`, owner: who.second },
    'A.2.2': { status: 'notApplicable', gap: 'We have no policy of that kind.' },
  });
  const [first, second] = driver.open('evidence');
  const files = [
    { sha256: 'a'.repeat(64), name: `plan ${script}.pdf`, bytes: 2_100_000, mediaType: 'application/pdf' },
  ];
  const note = `As approved ${script}`;
  const links = ['https://docs.example.com/context'];
  driver.as(first!.assignee).does({ type: 'submitEvidence', taskId: first!.id, links, note, files });
  driver.as(who.consultant).does({ type: 'reviewEvidence', taskId: first!.id, verdict: 'accept', note: 'Complete.' });
  driver.as(second!.assignee).does({ type: 'submitEvidence', taskId: second!.id, links, note: 'A draft of it.' });
  const third = driver.open('evidence').filter(({ status }) => status === 'open')[0]!;
  evidenced(driver, third.id);
  return driver.until('2030-06-20');
}

beforeAll(async () => {
  web = await webServer({
    shown,
    planned: 'planned',
    begun: 'gapAssessment',
    audited: () => afterStage2('major', 'minor'),
    certified: () => certified('2030-06-03').until('2031-07-20'),
    cancelled() {
      const driver = assessed(program());
      driver.as(who.manager).does({ type: 'cancel', reason: 'The product was sold.' });
      return driver;
    },
  });
}, 120_000);

afterAll(() => web?.close());

async function visit(email: (typeof who)[keyof typeof who], path: string): Promise<Visitor> {
  return (await web.signedIn(email)).open(path);
}

describe('the first page of a program', () => {
  test('says what is next, whose turn it is, who was told, what comes, and what can be done from here', async () => {
    const page = await visit(who.manager, url);
    expect(page.status).toBe(200);
    expect(page.text).toMatch(/The internal audit can begin when \d+ pieces of evidence/);
    expect(page.text).toMatch(/At risk/);
    expect(page.text).toMatch(/Overdue, and who was told .*Told: Olu .*Next: /);
    expect(page.text).toMatch(/What comes next/);
    expect(page.html).toContain('href="/programs/shown/do/pause"');
    expect(page.html.match(/<h1/g)).toHaveLength(1);
  });

  test('draws the timeline twice, hidden from who hears it, with a list in its place', async () => {
    const { html, text } = await visit(who.manager, url);
    expect(html).toMatch(/<div class="timeline" aria-hidden="true"><svg class="across".*<svg class="down"/s);
    expect(text).toMatch(/The timeline as a list Until today .*Gap assessment began.*Ahead .*planned to begin/);
  });

  test('is for owners what concerns them, without the work of others', async () => {
    const page = await visit(who.second, url);
    expect(page.status).toBe(200);
    expect(page.text).not.toMatch(/With Olu/);
    expect(page.html).not.toContain('/do/pause');
    expect(page.text).not.toMatch(/Overdue, and who was told .*5\.2/);
  });

  test("is for the body's people without readiness, warnings and the organization's tasks", async () => {
    const page = await visit(who.lead, url);
    expect(page.status).toBe(200);
    expect(page.text).not.toMatch(/Readiness|At risk|Warnings|With Olu/);
  });

  test('stands also before the start, and after the end', async () => {
    expect((await visit(who.manager, '/programs/planned')).text).toMatch(/The program begins on/);
    const ended = await visit(who.manager, '/programs/cancelled');
    expect(ended.text).toMatch(/The program has ended/);
    expect(ended.html).not.toContain('/do/pause');
  });

  test('is not there for strangers', async () => {
    const operations = await web.signedIn('sam@example.net', 'operations');
    expect((await operations.open(url)).status).toBe(200);
    const account = { email: who.stranger, name: 'Sam', mayStart: true };
    await web.server.database.accounts.ensure(account, new Date().toISOString(), atMachine);
    const stranger = await visit(who.stranger, url);
    expect(stranger.status).toBe(404);
    expect(stranger.text).not.toMatch(/AI management/);
  });
});

describe('the requirements', () => {
  test('keep what is declared and what was shown apart, in words', async () => {
    const page = await visit(who.manager, `${url}/requirements`);
    expect(page.status).toBe(200);
    expect(page.text).toMatch(/of 69 requirements that apply have accepted evidence/);
    expect(page.text).toMatch(/4\.1 Understanding the organization and its context Missing .*Accepted/);
    expect(page.text).toMatch(/A\.2\.2 .*Does not apply Not needed/);
    expect(page.html).toMatch(/aria-label="4\.1 [^"]*Declared: missing\. Evidence: accepted\."/);
  });

  test('are filtered and sorted by links', async () => {
    const visitor = await web.signedIn(who.manager);
    const rows = (html: string) => html.match(/class="row-link"/g)?.length ?? 0;
    expect(rows((await visitor.open(`${url}/requirements`)).html)).toBe(70);
    expect(rows((await visitor.open(`${url}/requirements?show=inReview`)).html)).toBe(1);
    expect(rows((await visitor.open(`${url}/requirements?show=notEvidenced`)).html)).toBe(67);
    expect(rows((await visitor.open(`${url}/requirements?owner=${who.second}`)).html)).toBe(1);
    const sorted = await visitor.open(`${url}/requirements?sort=-owner`);
    expect(sorted.html).toMatch(/aria-sort="descending"/);
    expect(sorted.html.indexOf('class="row-link"')).toBeLessThan(sorted.html.indexOf('>4.1<'));
    expect(sorted.text).toMatch(/Owner ↓ 4\.1/);
  });

  test('bear addresses that nobody made', async () => {
    const visitor = await web.signedIn(who.manager);
    for (const query of ['show=constructor', 'sort=__proto__', 'show=a&show=b', 'owner=nobody', 'sort=-', 'show=']) {
      expect((await visitor.open(`${url}/requirements?${query}`)).status, query).toBe(200);
    }
  });

  test('show an owner their own, and to the body what was accepted, not the ratings', async () => {
    const own = await visit(who.second, `${url}/requirements`);
    expect(own.html.match(/class="row-link"/g)).toHaveLength(1);
    const body = await visit(who.lead, `${url}/requirements`);
    expect(body.text).toMatch(/4\.1 .* Accepted/);
    expect(body.text).not.toMatch(/4\.1 Understanding the organization and its context Missing/);
  });

  test('can each be read: the words, the standing, all accepted evidence with who accepted it, and the past', async () => {
    const page = await visit(who.manager, `${url}/requirements/4.1`);
    expect(page.status).toBe(200);
    expect(page.text).toMatch(/Declared Missing/);
    expect(page.text).toMatch(/Accepted evidence .*accepted by Con/);
    expect(page.text).toContain('Complete.');
    expect(page.html).toContain(`href="/programs/shown/files/${'a'.repeat(64)}`);
    expect(page.text).toMatch(/2\.1 MB/);
    expect(page.text).toMatch(/What happened .*Evidence for T-\d+ accepted/);
    expect(page.html).toContain('/do/openTask?requirementId=4.1');
  });

  test('of which nothing is theirs to see are not there', async () => {
    expect((await visit(who.second, `${url}/requirements/5.2`)).status).toBe(404);
    expect((await visit(who.manager, `${url}/requirements/99.9`)).status).toBe(404);
    const body = await visit(who.lead, `${url}/requirements/5.2`);
    expect(body.text).not.toContain('A draft of it.');
  });
});

describe('the statement of applicability', () => {
  test('shows each version that an audit saw, beside how it is now', async () => {
    const visitor = await web.signedIn(who.lead);
    const now = await visitor.open('/programs/certified/applicability');
    expect(now.status).toBe(200);
    expect(now.html).toContain('/programs/certified/applicability?version=2');
    const frozen = await visitor.open('/programs/certified/applicability?version=2');
    expect(frozen.text).toContain('Version 2, as the Stage 2 audit A-3 saw it');
    expect(frozen.text).toContain('A.2.2 AI policy');
    expect((await visitor.open('/programs/certified/applicability?version=9')).status).toBe(404);
    expect((await visit(who.manager, `${url}/requirements`)).html).toContain('/programs/shown/applicability');
  });
});

describe('the tasks', () => {
  test('are filtered by links, and lead to their pages', async () => {
    const visitor = await web.signedIn(who.manager);
    expect((await visitor.open(`${url}/tasks`)).html).toMatch(/href="\/programs\/shown\/tasks\/T-\d+"/);
    expect((await visitor.open(`${url}/tasks?show=submitted`)).text).toMatch(/In review, submitted by Olu/);
    expect((await visitor.open(`${url}/tasks?show=overdue`)).text).toMatch(/was due/);
    expect((await visitor.open(`${url}/tasks?show=waived`)).text).toMatch(/Nothing was waived/);
    expect((await visitor.open(`${url}/tasks?show=mine`)).text).toMatch(/Nothing is open for you/);
    expect((await visitor.open(`${url}/tasks?assignee=${who.owner}`)).text).toMatch(/With Olu/);
    expect((await visitor.open(`${url}/tasks?cursor=made-up`)).status).toBe(400);
  });

  test('are an owner their own', async () => {
    expect((await visit(who.second, `${url}/tasks`)).text).not.toMatch(/With Olu/);
  });
});

describe('audits, findings and the certificate', () => {
  test('lists and pages say how each stands', async () => {
    const visitor = await web.signedIn(who.manager);
    expect((await visitor.open('/programs/audited/audits')).text).toMatch(/Stage 2 audit A-\d+ .*Held: completed/);
    const audit = await visitor.open('/programs/audited/audits/A-3');
    expect(audit.text).toMatch(/What it came to Outcome: completed, by Lea .*Findings F-1: It is lacking\./);
    expect((await visitor.open('/programs/audited/findings')).text).toMatch(
      /Two nonconformities are open, one of them major/,
    );
    const finding = await visitor.open('/programs/audited/findings/F-1');
    expect(finding.text).toMatch(/Major nonconformity of .*plan due/);
    expect(finding.text).toMatch(/There is no plan yet/);
    for (const gone of ['audits/A-99', 'findings/F-99', 'audits/constructor'])
      expect((await visitor.open(`/programs/audited/${gone}`)).status, gone).toBe(404);
  });

  test('offer each their forms', async () => {
    const owner = await visit(who.owner, '/programs/audited/findings/F-1');
    expect(owner.html).toContain('/do/planCorrectiveAction?findingId=F-1');
    const viewer = await visit(who.viewer, '/programs/audited/findings/F-1');
    expect(viewer.html).not.toContain('/do/');
  });

  test('hide from owners what is not theirs', async () => {
    expect((await visit(who.second, '/programs/audited/findings/F-1')).status).toBe(404);
    const audit = await visit(who.second, '/programs/audited/audits/A-3');
    expect(audit.status).toBe(200);
    expect(audit.text).not.toMatch(/Outcome: completed/);
  });

  test('the certificate is told in a sentence, with its cycle and what the decision rests on', async () => {
    expect((await visit(who.manager, `${url}/certificate`)).text).toMatch(/has no certificate yet/);
    const page = await visit(who.manager, '/programs/certified/certificate');
    expect(page.text).toMatch(/is valid through Thu, Jun 2, 2033/);
    expect(page.text).toMatch(/This cycle Surveillance audit/);
    expect(page.text).toMatch(/What the decision rests on Granted after A-3 ?, decided by Dan/);
  });
});

describe('the records', () => {
  test('are told in words, newest first, page by page', async () => {
    const visitor = await web.signedIn(who.manager);
    const page = await visitor.open(`${url}/records`);
    expect(page.text).toMatch(/The register has \d+ records/);
    const numbers = [...page.html.matchAll(/\/records\/(\d+)"/g)].map(([, seq]) => Number(seq));
    expect(numbers).toHaveLength(100);
    expect(numbers).toEqual([...numbers].sort((one, other) => other - one));
    const next = () => /href="([^"]*records\?cursor=[^"]*)"/.exec(visitor.html)?.[1];
    for (let link = next(); link; link = next()) await visitor.open(link);
    expect(visitor.text).toMatch(/started/i);
  });

  test('can each be looked at, with the hash of the register', async () => {
    const visitor = await web.signedIn(who.manager);
    const page = await visitor.open(`${url}/records/3`);
    const [row] = await web.server.database.register.records('shown', { after: 2, limit: 1 });
    expect(page.text).toContain(row!.commandId);
    expect(page.text).toContain(await web.server.database.register.hashOf('shown', 3));
    for (const wrong of ['0', '99999', 'x', '3.5', '03']) {
      expect((await visitor.open(`${url}/records/${wrong}`)).status, wrong).toBe(404);
    }
  });

  test('are checked against their hashes', async () => {
    expect((await visit(who.manager, `${url}/records/verify`)).text).toMatch(
      /All \d+ records are as they were written/,
    );
    expect((await visit(who.second, `${url}/records/verify`)).status).toBe(404);
  });
});

describe('people and AI systems', () => {
  test('are listed with what can be done about each', async () => {
    const visitor = await web.signedIn(who.manager);
    const page = await visitor.open(`${url}/people`);
    expect(page.text).toMatch(/Mia \(you\) .*Program manager/);
    expect(page.text).toMatch(/Example Body .*Lead auditor/);
    expect(page.html).toContain('/do/addPerson');
    expect((await visitor.open(`${url}/systems`)).text).toMatch(/Assistant/);
  });

  test("show the body's people whom they have to do with", async () => {
    const page = await visit(who.lead, `${url}/people`);
    expect(page.text).toMatch(/Mia/);
    expect(page.text).not.toMatch(/Tom/);
    expect(page.html).not.toContain('/do/addPerson');
  });
});

/** Numbers and requirements left out: which kind of page it is. */
const kindOf = (path: string) => path.replace(/[0-9A-Z]+(\.[0-9]+)*(?=\/|$)/g, '…');

/** Goes from a page to all that it leads to; some of each kind, from each kind. Gives what was not there, and where it was led from. */
async function deadEnds(visitor: Visitor, start: string): Promise<string[]> {
  const ahead = [{ path: start, from: '' }];
  const seen = new Set<string>();
  const led = new Map<string, number>();
  const dead: string[] = [];
  for (let at = ahead.shift(); at; at = ahead.shift()) {
    const { path, from } = at;
    if (seen.has(path)) continue;
    const way = `${kindOf(from)} ${kindOf(path)}`;
    led.set(way, (led.get(way) ?? 0) + 1);
    if (led.get(way)! > 8) continue;
    seen.add(path);
    await visitor.open(path);
    if (visitor.status === 404) dead.push(`${path} from ${from}`);
    const hrefs = [...visitor.html.matchAll(/href="([^"#?]+)/g)].map(([, href]) => href!);
    ahead.push(...hrefs.filter((href) => href.startsWith(`${start}/`)).map((href) => ({ path: href, from: path })));
  }
  return dead;
}

describe('every page', () => {
  const paths = [
    '',
    '/requirements',
    '/requirements/4.1',
    '/tasks',
    '/audits',
    '/findings',
    '/certificate',
    '/records',
  ];

  test('takes what people wrote for text, never for markup', async () => {
    const visitor = await web.signedIn(who.manager);
    for (const path of [...paths, '/people', '/systems', '/do/setPeople', '/do/rateRequirement?requirementId=4.1']) {
      const { html, status } = await visitor.open(`${url}${path}`);
      expect(html, path).not.toContain(script);
      expect(html, path).toMatch(/<title>[^<]+<\/title>/);
      expect([200, 409], path).toContain(status);
    }
    expect((await visitor.open(`${url}/requirements/4.1`)).html).toContain('&lt;script');
  });

  test.each(['owner', 'lead', 'decider', 'internal'] as const)(
    'leads nowhere that is not there for its reader: %s',
    async (role) => {
      const visitor = await web.signedIn(who[role]);
      expect(await deadEnds(visitor, '/programs/audited')).toEqual([]);
    },
    120_000,
  );

  test('opens for every role, at every moment of a program', async () => {
    for (const email of Object.values(who).filter((one) => one !== who.stranger)) {
      const visitor = await web.signedIn(email);
      for (const id of ['shown', 'planned', 'begun', 'audited', 'certified', 'cancelled']) {
        // Guests whose part is over do not get in anymore.
        const { state } = (await web.server.app.services.states.read(id))!;
        const summary = (await web.server.database.read.program(id))!;
        const status = getsIn(state, email, dateAt(summary.clockAt, summary.timeZone)) ? 200 : 404;
        for (const path of paths.filter((one) => one !== '/requirements/4.1')) {
          expect((await visitor.open(`/programs/${id}${path}`)).status, `${email} ${id}${path}`).toBe(status);
        }
      }
    }
  }, 120_000);
});

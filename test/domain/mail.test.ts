import { describe, expect, it } from 'vitest';
import type { Instant, IsoDate } from '../../domain/basics.ts';
import { type NoticeItem, notices } from '../../domain/notices.ts';
import { type CommandType, commands } from '../../domain/registry.ts';
import { requirementOf } from '../../domain/standards/index.ts';
import type { TaskKind } from '../../domain/tasks/task.ts';
import { personalPages, plainPages } from '../../identity/mailPages.ts';
import { isReadable } from '../../words/mail/readable.ts';
import { renderMail, renderParts } from '../../words/mail/render.ts';
import { dateOfMail } from '../../words/mail/today.ts';
import { noticesOfExample } from '../support/examples.ts';
import { aMail, aTaskInMail } from '../support/mails.ts';
import { type NoticeSample, noticeSamples } from '../support/noticeSamples.ts';

const programUrl = 'https://certloop.example.org/programs/techserve';
const options = { pages: plainPages('https://certloop.example.org/'), standardId: 'iso-42001-2023' };
const digest = (...notices: NoticeItem[]) => renderMail(aMail(1, { notices }), options);
const urgent = (item: NoticeItem) => renderMail(aMail(1, { kind: 'urgent', notices: [item] }), options);
const reminder = (id: string, dueOn: IsoDate): NoticeItem => ({
  kind: 'taskReminder',
  task: aTaskInMail({ id, title: `Task ${id}`, requirementId: undefined, kind: 'manual', dueOn }),
  dueIn: 0,
});

const everySample: NoticeSample[] = Object.values(noticeSamples).flat();

describe('a notice', () => {
  it.each(everySample.map((sample) => [sample.subject, sample] as const))('%s', (_, { item, subject, says, opens }) => {
    const mail = digest(item);
    expect(mail.subject.length).toBeLessThanOrEqual(150);
    expect(mail.subject).toBe(subject.length <= 150 ? subject : expect.stringMatching(/…$/));
    for (const words of says) expect(mail.text).toContain(words);
    const htmlText = plain(mail.html);
    for (const line of says.flatMap((words) => words.split('\n'))) {
      expect(htmlText.toLowerCase()).toContain(withoutMarks(line).toLowerCase());
    }
    expect(linksOf(mail.html).filter(([, to]) => to.startsWith(programUrl))).toEqual(
      opens ? [[opens[0], programUrl + opens[1]]] : [],
    );
    if (opens) expect(mail.text).toContain(`\n${opens[0]}:\n${programUrl}${opens[1]}\n`);
    expect(mail.text).not.toMatch(/!|undefined|\[object/);
    expect(htmlText).not.toMatch(/!|undefined|\[object/);
  });

  it('of a kind from a newer version is a line that names its record', () => {
    const { subject, text } = digest({ kind: 'somethingNew' } as never);
    const line = 'Something was recorded: it cannot be shown here; see record 1 in the timeline of the program';
    expect(subject).toBe(`TechServe AIMS: ${line}`);
    expect(text).toContain(`\n\n${line}\n`);
  });
});

describe('what the example of a command tells people', () => {
  const types = Object.keys(commands) as CommandType[];
  const told = Object.fromEntries(types.map((type) => [type, noticesOfExample(type)]));

  it.each(types)('reads well: %s', (type) => {
    for (const { item } of told[type] ?? []) {
      expect(isReadable(JSON.parse(JSON.stringify(item)))).toBe(true);
      for (const kind of ['digest', 'urgent'] as const) {
        const { subject, text, html } = renderMail(aMail(1, { kind, notices: [item] }), options);
        expect(subject.length).toBeGreaterThan(0);
        for (const written of [subject, text, plain(html)]) expect(written).not.toMatch(/undefined|\[object/);
      }
    }
  });

  it('is, with the samples, of every kind', () => {
    const kinds = Object.values(told).flatMap((of) => of.map(({ item }) => item.kind));
    expect([...new Set([...kinds, ...Object.keys(noticeSamples)])].sort()).toEqual(Object.keys(notices).sort());
  });
});

describe('what is asked', () => {
  it('of evidence is said in the words of the catalogue', () => {
    const words = requirementOf('iso-42001-2023', 'A.5.2')!;
    const { text, html } = digest(noticeSamples.taskOpened[0]!.item);
    expect(text).toContain(`What to do: ${words.ask}`);
    expect(text).toContain(words.why);
    for (const usual of words.usualEvidence) expect(text).toContain(`- ${usual}`);
    expect(plain(html)).toContain(words.ask);
  });

  it('goes without them when the standard or the requirement is not known', () => {
    for (const standardId of [undefined, 'iso-42001-2099']) {
      const { text } = renderMail(aMail(1, { standardId: standardId ?? '' }), options);
      expect(text).toContain('Submit evidence that this requirement is met.');
    }
    const own = digest({
      kind: 'taskReminder',
      task: aTaskInMail({ requirementId: 'X.1', title: 'Own control' }),
      dueIn: 1,
    });
    expect(own.text).toContain('X.1 Own control');
  });

  const buttons: Record<TaskKind, string> = {
    gapAssessment: 'Rate the requirements',
    evidence: 'Submit evidence',
    impactAssessment: 'Submit the assessment',
    applicabilityReview: 'Check the controls',
    auditSchedule: 'Record the dates',
    missedAudit: 'Record new dates',
    auditOutcome: 'Record the outcome',
    managementReview: 'Record the review',
    concern: 'Submit evidence',
    correctiveActionPlan: 'Write the plan',
    planReview: 'Review the plan',
    correctiveAction: 'Report it done',
    verification: 'Record the verification',
    effectivenessCheck: 'Record the check',
    readinessChecklist: 'Submit the checklist',
    decision: 'Record the decision',
    recommendation: 'Decide on it',
    deciderNeeded: 'Name who decides',
    suspension: 'Record the body’s answer',
    incident: 'Submit evidence',
    complaint: 'Submit your answer',
    earlierAudit: 'Enter the audit',
    adoption: 'Submit evidence',
    manual: 'Submit evidence',
  };
  it.each(Object.entries(buttons))('of a task of kind %s is answered behind one button, "%s"', (kind, label) => {
    const task = aTaskInMail({ id: 'T-1', kind: kind as TaskKind, auditId: 'A-1', findingId: 'F-1' });
    for (const mail of [
      digest({ kind: 'taskOpened', task, why: 'It is due' }),
      urgent({ kind: 'taskOverdue', task }),
    ]) {
      expect(buttonsOf(mail.html)).toEqual([[label, `${programUrl}/tasks/T-1`]]);
      expect(mail.text).toContain(`\n${label}:\n${programUrl}/tasks/T-1\n`);
    }
  });
});

describe('a digest', () => {
  it('has the overdue first, then what is new, reminders, reviews and news, the nearest due first', () => {
    const { text } = digest(
      noticeSamples.progress[0]!.item,
      noticeSamples.reviewReminder[0]!.item,
      reminder('T-20', '2031-03-10'),
      reminder('T-21', '2031-03-04'),
      { ...noticeSamples.taskOpened[0]!.item, task: aTaskInMail({ id: 'T-22' }) },
      { ...noticeSamples.taskOverdue[0]!.item, task: aTaskInMail({ id: 'T-23' }) },
    );
    const places = ['OVERDUE', 'NEW FOR YOU', 'REMINDERS (2)', 'T-21:', 'T-20:', 'WAITING FOR YOUR REVIEW', 'NEWS'];
    const found = places.map((place) => text.indexOf(place));
    expect(found).not.toContain(-1);
    expect(found).toEqual([...found].sort((a, b) => a - b));
  });

  it.each<[string, IsoDate[]]>([
    ['3 things for you in TechServe AIMS: 1 due tomorrow', ['2031-03-04', '2031-03-10', '2031-03-17']],
    ['3 things for you in TechServe AIMS: 2 due today', ['2031-03-03', '2031-03-03', '2031-03-10']],
    ['2 things for you in TechServe AIMS: 2 due in 7 days', ['2031-03-10', '2031-03-10']],
  ])('%s', (subject, dates) => {
    expect(digest(...dates.map((dueOn, index) => reminder(`T-${index}`, dueOn))).subject).toBe(subject);
  });

  it('counts what is overdue, new and to review, and tells news by their first', () => {
    const opened = (id: string): NoticeItem => ({
      kind: 'taskOpened',
      task: aTaskInMail({ id, dueOn: '2031-06-30' }),
      why: '',
    });
    const review = (id: string): NoticeItem => ({ kind: 'reviewReminder', task: aTaskInMail({ id }), count: 1 });
    const overdue: NoticeItem = { kind: 'taskOverdue', task: aTaskInMail({ id: 'T-9' }) };
    expect(digest(opened('T-1'), opened('T-2'), overdue).subject).toBe('3 things for you in TechServe AIMS: 1 overdue');
    expect(digest(opened('T-1'), opened('T-2'), review('T-3')).subject).toBe(
      '3 things for you in TechServe AIMS: 2 new',
    );
    expect(digest(review('T-1'), review('T-2')).subject).toBe('2 things for you in TechServe AIMS: 2 to review');
    expect(digest(noticeSamples.decision[0]!.item, noticeSamples.progress[0]!.item).subject).toBe(
      '2 updates in TechServe AIMS: Decision on certification: granted with corrective action',
    );
  });

  it('leaves out what has ended since, and what is said again', () => {
    const task = aTaskInMail();
    const opened: NoticeItem = { kind: 'taskOpened', task, why: 'It is due' };
    const ended = digest(opened, { kind: 'taskEnded', task, how: 'cancelled', note: 'System retired' });
    expect(buttonsOf(ended.html)).toEqual([]);
    expect(ended.text).not.toContain('It is due.');
    expect(ended.text).toContain('cancelled');
    const twice = digest({ kind: 'reviewReminder', task, count: 1 }, { kind: 'reviewReminder', task, count: 2 });
    expect(twice.text).toContain('(2 reminders)');
    expect(twice.text).not.toContain('(1 reminder)');
    const reminded = digest(opened, { kind: 'taskReminder', task, dueIn: 14 });
    expect(reminded.text).toContain('It is due.');
    expect(reminded.text.match(/Submit evidence:/g)).toHaveLength(1);
    const openedAgain = digest({ kind: 'taskEnded', task, how: 'cancelled', note: '' }, opened);
    expect(buttonsOf(openedAgain.html)).toHaveLength(1);
    expect(openedAgain.text).toContain('It is due.');
  });

  it('of more than it has room for counts all, and says where the rest is', () => {
    const many = Array.from({ length: 1_400 }, (_, index) => ({
      ...noticeSamples.taskOverdue[0]!.item,
      task: aTaskInMail({ id: `T-${index}` }),
    }));
    const { subject, text, html } = renderMail(aMail(1, { kind: 'escalation', notices: many }), options);
    expect(subject).toBe('1400 things for you in TechServe AIMS: 1400 overdue');
    expect(text).toContain('OVERDUE (1400)');
    expect(text.match(/What to do:/g)).toHaveLength(10);
    expect(text).toContain('And 1300 more things.\nOpen your inbox:');
    expect(Buffer.byteLength(html)).toBeLessThan(102_000);
  });

  it('of several programs names that of each thing, and has the date of each', () => {
    const pago = { programId: 'p', programName: 'Pago AIMS', timeZone: 'Pacific/Pago_Pago' };
    const due = (dueOn: IsoDate): NoticeItem => ({ kind: 'taskReminder', task: aTaskInMail({ dueOn }), dueIn: 1 });
    const { subject, text } = renderParts(
      [
        aMail(1, { notices: [due('2031-03-04')] }),
        aMail(2, { ...pago, dueAt: '2031-03-03T09:00:00.000Z', notices: [due('2031-03-03')] }),
      ],
      { ...options, zone: 'America/New_York' },
    );
    expect(subject).toBe('2 things for you in 2 programs: 1 due tomorrow');
    expect(text).toContain('TechServe AIMS and Pago AIMS\n');
    expect(text.match(/due tomorrow/g)).toHaveLength(3);
    expect(text).toContain('at 08:00 (America/New York)');
  });

  it('stays short enough for mail programs with a hundred things in it, and keeps the link of each', async () => {
    const many = Array.from({ length: 100 }, (_, index) => ({
      ...noticeSamples.taskOpened[0]!.item,
      task: aTaskInMail({ id: `T-${index}` }),
    }));
    const pages = await personalPages('https://certloop.example.org', { get: async () => Buffer.alloc(32) });
    const { html } = renderMail(aMail(1, { notices: many }), { ...options, pages });
    const { text } = digest(...many);
    for (const { task } of many) expect(text).toContain(`${programUrl}/tasks/${task.id}\n`);
    expect(text).toContain('After the first 10, each thing is told in one line.');
    expect(Buffer.byteLength(html)).toBeLessThan(102_000);
  });
});

describe('the date of a digest', () => {
  it.each<[string, Instant, IsoDate]>([
    ['America/New_York', '2031-03-03T13:00:00.000Z', '2031-03-03'],
    ['Asia/Tokyo', '2031-03-02T23:00:00.000Z', '2031-03-03'],
    ['Asia/Kolkata', '2031-03-03T02:30:00.000Z', '2031-03-03'],
    ['Pacific/Auckland', '2031-03-02T19:00:00.000Z', '2031-03-03'],
    ['Pacific/Honolulu', '2031-03-03T18:00:00.000Z', '2031-03-03'],
    ['Pacific/Kiritimati', '2031-03-02T18:00:00.000Z', '2031-03-03'],
    ['Pacific/Pago_Pago', '2031-03-03T19:00:00.000Z', '2031-03-03'],
  ])('in %s', (timeZone, dueAt, date) => {
    expect(dateOfMail({ timeZone, dueAt })).toBe(date);
  });

  it('is the day on which it goes out when it was held up', () => {
    const mail = { timeZone: 'America/New_York', dueAt: '2031-03-03T13:00:00.000Z' } as const;
    expect(dateOfMail(mail, '2031-03-04T04:59:00.000Z')).toBe('2031-03-03');
    expect(dateOfMail(mail, '2031-03-04T05:01:00.000Z')).toBe('2031-03-04');
    const late = renderMail(aMail(1), { ...options, sentAt: '2031-03-05T13:00:00.000Z' });
    expect(late.subject).toContain('was due on Tuesday, March 4, 2031');
  });
});

describe('an urgent mail', () => {
  it.each([
    [
      noticeSamples.taskEscalated[1]!.item,
      /^Overdue by 7 working days: A\.5\.2 AI system impact .* \(assigned to Dana Smith\)$/,
    ],
    [{ ...noticeSamples.taskEscalated[0]!.item, workingDays: 1 }, /^Overdue by 1 working day: /],
    [noticeSamples.taskOverdue[0]!.item, /^Overdue: A\.5\.2/],
    [
      noticeSamples.deadlineMissed[0]!.item,
      /^Deadline of the certification body missed: corrective action plan for Minor/,
    ],
    [noticeSamples.auditMissed[0]!.item, /^Audit missed: the surveillance audit was due by Friday, February 28, 2031$/],
    [noticeSamples.certificate[2]!.item, /^Certificate AIMS-0042: suspended$/],
  ])('has a subject of its own: $kind', (item, subject) => {
    expect(urgent(item).subject).toMatch(subject);
  });

  it('names dates, not days from now', () => {
    expect(urgent(noticeSamples.evidenceRejected[0]!.item).text).toContain('Due: Tuesday, March 4, 2031');
    const opened = urgent({ kind: 'taskOpened', task: aTaskInMail(), why: 'Incident' });
    expect(opened.subject).toContain('due on Tuesday, March 4, 2031');
  });
});

describe('what people type', () => {
  const hostile = '<img src=x onerror="alert(1)"> & \'quoted\'';

  it('is escaped in HTML wherever it stands', () => {
    const { html } = renderMail(
      aMail(1, {
        programName: hostile,
        organization: hostile,
        programId: hostile,
        notices: [
          {
            kind: 'evidenceToReview',
            task: aTaskInMail({ id: hostile, title: hostile }),
            by: hostile,
            links: [`https://example.org/${hostile}`, 'https://example.org/"onmouseover="alert(1)'],
            note: hostile,
          },
          { kind: 'complaint', id: hostile, from: hostile, description: hostile },
        ],
      }),
      options,
    );
    expect(html).not.toMatch(/<img|<script|onerror="|"onmouseover="/);
    expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;quoted&#39;');
  });

  it('becomes a link only for http and https', () => {
    const links = [
      'https://a.example/1?x=1&y=2',
      'http://b.example',
      'javascript:alert(1)',
      'https://a.example@elsewhere.example/1',
      'data:text/html,x',
      'https://',
      'ftp://c',
    ];
    const { html, text } = digest({ kind: 'evidenceToReview', task: aTaskInMail(), by: 'Dana', links, note: '' });
    expect(linksOf(html).map(([, href]) => href)).toEqual([
      'https://a.example/1?x=1&amp;y=2',
      'http://b.example',
      `${programUrl}/tasks/T-12`,
    ]);
    for (const link of links) expect(text).toContain(link);
  });

  it('cannot break out of its line, or turn the direction of the text', () => {
    const { subject, text } = renderMail(
      aMail(1, {
        programName: 'A\r\nBcc: x@example.org\u202Egnp.exe\u0000',
        notices: [noticeSamples.progress[0]!.item],
      }),
      options,
    );
    expect(subject).toMatch(/^A Bcc: x@example\.org gnp\.exe : Progress/);
    expect(text).not.toMatch(/\r|\u202E|\0/);
  });

  it('is quoted line by line, and shortened when it is very long', () => {
    const { text } = digest({
      kind: 'complaint',
      id: 'C-1',
      from: 'x',
      description: `one\r\n\r\nHow to answer: no\n${'é'.repeat(5_000)}`,
    });
    expect(text).toContain('\n> one\n>\n> How to answer: no\n');
    expect(text).toMatch(/é…\n/);
    expect(text.length).toBeLessThan(3_200);
  });

  it('does not cut a character in two at the end of a long subject', () => {
    const { subject } = renderMail(aMail(1, { programName: '🦉'.repeat(200) }), options);
    expect(() => encodeURIComponent(subject)).not.toThrow();
    expect(Array.from(subject)).toHaveLength(150);
  });
});

/** What the buttons of a page say, and where they lead. */
function buttonsOf(html: string): [string, string][] {
  return linksIn(html.match(/<td class="button".*?<\/td>/gs)?.join('') ?? '');
}

/** What the links of a page say, and where they lead, without those at its foot. */
function linksOf(html: string): [string, string][] {
  return linksIn(html.slice(0, html.lastIndexOf('<table')));
}

function linksIn(html: string): [string, string][] {
  return [...html.matchAll(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g)].map(([, href = '', label = '']) => [label, href]);
}

/** The words of a page as one line. */
function plain(html: string): string {
  return html
    .replace(/<!doctype[^>]*>|<head>.*<\/head>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ');
}

/** The page marks quotes and lists by its form, not by characters. */
function withoutMarks(line: string): string {
  return line.replace(/^\s*[>-] /, '');
}

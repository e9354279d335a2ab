import { describe, expect, it } from 'vitest';
import type { Instant } from '../../domain/basics.ts';
import type { NoticeItem } from '../../domain/notices.ts';
import { personalPages, plainPages } from '../../identity/mailPages.ts';
import { renderMail, tellsOfOverdue } from '../../words/mail/render.ts';
import type { MailOptions } from '../../words/mail/types.ts';
import { mailSamples } from '../support/mailSamples.ts';
import { aMail, aTaskInMail } from '../support/mails.ts';
import { noticeSamples } from '../support/noticeSamples.ts';

const site = 'https://certloop.example.org';
const plain: MailOptions = { pages: plainPages(site), standardId: 'iso-42001-2023' };
const personal: MailOptions = { ...plain, pages: await personalPages(site, { get: async () => Buffer.alloc(32, 7) }) };
const digestOf = (notices: NoticeItem[], options = plain) => renderMail(aMail(1, { notices }), options);
const task = (id: string) => aTaskInMail({ id, dueOn: '2031-06-30' });
const opened = (id: string): NoticeItem => ({ kind: 'taskOpened', task: task(id), why: 'It is due' });
const news = noticeSamples.progress[0]!.item;

describe('the button of a mail', () => {
  it.each<[string, NoticeItem[], string[]]>([
    ['leads to the one thing to do', [opened('T-1')], ['Submit evidence']],
    ['leads to it also beside news', [news, opened('T-1'), noticeSamples.decision[0]!.item], ['Submit evidence']],
    ['leads to the inbox where there are several', [opened('T-1'), opened('T-2'), news], ['Open your inbox']],
    ['is not there where there is nothing to do', [news], []],
    ['is not there in a digest of news', [news, noticeSamples.decision[0]!.item], []],
  ])('%s', (_, notices, labels) => {
    const { html, text } = digestOf(notices);
    const buttons = [...html.matchAll(/<td class="button".*?<a [^>]*>([^<]*)<\/a><\/td>/g)].map(([, label]) => label);
    expect(buttons).toEqual(labels);
    for (const label of labels) expect(text).toMatch(new RegExp(`^${label}:\nhttps://\\S+$`, 'm'));
  });

  it('comes before everything else of a digest of several things, each of which has a link of its own', () => {
    const { text } = digestOf([opened('T-1'), opened('T-2')]);
    expect(text.split('\n\n').slice(0, 3)).toEqual([
      'TechServe AIMS\nTechServe Solutions',
      '2 things for you: 2 new',
      `Open your inbox:\n${site}/inbox`,
    ]);
    for (const id of ['T-1', 'T-2'])
      expect(text).toContain(`  Submit evidence:\n  ${site}/programs/techserve/tasks/${id}\n`);
  });

  it('of a rejection comes after the words of the reviewer', () => {
    const { text } = mailSamples['evidence rejected']!;
    expect(text.indexOf('> The approval is missing')).toBeLessThan(text.indexOf('Submit evidence:'));
    expect(text.indexOf('Submit evidence:')).toBeLessThan(text.indexOf('What to do:'));
  });

  it('of a review comes after what was submitted, and files are not linked', () => {
    const { text, html } = mailSamples['evidence to review']!;
    const places = ['> Version 2', '- Impact assessment v2.pdf (2.4 MB)', 'https://docs.example.org/aia', 'Review:'];
    const found = places.map((place) => text.indexOf(place));
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(found).not.toContain(-1);
    expect(html).toContain('<li>Impact assessment v2.pdf (2.4 MB)</li>');
  });
});

describe('the links of a mail', () => {
  const both = [noticeSamples.taskOverdue[0]!.item, noticeSamples.evidenceToReview[0]!.item];

  it('let its recipient answer, and say not to forward them', () => {
    const { text } = digestOf(both, personal);
    expect(text.match(/\/answer\/\S+\n/g)).toHaveLength(2);
    expect(text).toContain('Do not forward this mail: whoever opens its links can answer in your name.');
  });

  it('say nothing of forwarding where whoever opens them has to sign in', () => {
    expect(digestOf([news, noticeSamples.decision[0]!.item], personal).text).not.toContain('forward');
  });

  it('let nobody act as the recipient where others read it', () => {
    const { text, html } = digestOf(both);
    for (const written of [text, html]) expect(written).not.toMatch(/\/answer\/|\/unsubscribe\/|forward/);
    expect(text).toContain(`${site}/settings\n`);
  });

  it('are the same whenever a mail is written, so that one that is sent twice is one', () => {
    const at = (sentAt: Instant) => digestOf(both, { ...personal, sentAt }).text.match(/\/answer\/\S+/g);
    expect(at('2031-03-03T13:05:00.000Z')).toEqual(at('2031-03-03T21:00:00.000Z'));
  });

  it('say how often digests come, and how to change that', () => {
    const says = { daily: 'once a day, at 08:00', weekly: 'once a week', none: 'because something in it is overdue' };
    for (const [digest, words] of Object.entries(says)) {
      const { text } = digestOf([news], { ...personal, digest: digest as keyof typeof says });
      expect(text).toContain(words);
      expect(text).toMatch(/\nGet .*:\nhttps:\/\/certloop\.example\.org\/unsubscribe\/\S+\n/);
    }
  });
});

describe('a page of a mail', () => {
  it.each(Object.entries(mailSamples))('asks for nothing from elsewhere: %s', (_, { html }) => {
    expect(html).not.toMatch(/\ssrc=|url\(|<link|<img|<script|@import|@font-face/i);
  });

  it.each(Object.entries(mailSamples))('begins with what an inbox shows, and hides it: %s', (_, { html }) => {
    const [, style, words] = /<body[^>]*>\s*<div style="([^"]*)">([^&<]*)/.exec(html)!;
    expect(style).toContain('display:none');
    expect(words!.length).toBeGreaterThan(10);
  });

  it('shows in an inbox what is asked, or what there is', () => {
    const preview = ({ html }: { html: string }) => /<body[^>]*>\s*<div [^>]*>([^&<]*)/.exec(html)![1]!;
    expect(preview(mailSamples['one thing to do']!)).toMatch(/^Show the working process for impact assessments/);
    expect(preview(mailSamples['evidence rejected']!)).toBe('The approval is missing');
    expect(preview(digestOf([opened('T-1'), news]))).toMatch(/^A\.5\.2 .* · Progress in February 2031: /);
  });
});

describe('a mail tells of something overdue', () => {
  const tells = (notices: NoticeItem[], sentAt: Instant, kind: 'digest' | 'urgent' = 'digest') =>
    tellsOfOverdue(aMail(1, { kind, notices }), { ...plain, sentAt });
  const onTime = '2031-03-03T13:05:00.000Z';

  it('by its kind', () => {
    for (const { item } of [noticeSamples.deadlineMissed[0]!, noticeSamples.auditMissed[0]!])
      expect(tells([news, item], onTime)).toBe(true);
    for (const { item } of [noticeSamples.taskOverdue[0]!, noticeSamples.taskEscalated[0]!])
      expect(tells([item], onTime, 'urgent')).toBe(true);
    expect(tells([noticeSamples.certificate[2]!.item], onTime, 'urgent')).toBe(false);
    expect(tells([news], onTime)).toBe(false);
  });

  it('once a task that it asks for is past its day, where the program is', () => {
    const due: NoticeItem = { kind: 'taskOpened', task: aTaskInMail({ dueOn: '2031-03-03' }), why: '' };
    expect(tells([due], onTime)).toBe(false);
    expect(tells([due], '2031-03-04T04:59:00.000Z')).toBe(false);
    expect(tells([due], '2031-03-04T05:01:00.000Z')).toBe(true);
  });

  it('not where others have to act: what waits for a review is not late', () => {
    const review: NoticeItem = { kind: 'reviewReminder', task: aTaskInMail({ dueOn: '2031-02-01' }), count: 3 };
    expect(tells([review], onTime)).toBe(false);
  });

  it('is not late on a day off, and says until when it can be done', () => {
    const saturday = aTaskInMail({ dueOn: '2031-03-01', lastDay: '2031-03-03' });
    const mail = aMail(1, { notices: [{ kind: 'taskReminder', task: saturday, dueIn: 0 }] });
    expect(tellsOfOverdue(mail, plain)).toBe(false);
    const { subject, text } = renderMail(mail, plain);
    expect(subject).toContain('due today');
    expect(text).toContain('Saturday, March 1, 2031, a day off: until Monday, March 3, 2031');
  });
});

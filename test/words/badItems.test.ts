import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NoticeItem } from '../../domain/notices.ts';
import { plainPages } from '../../identity/mailPages.ts';
import { isReadable } from '../../words/mail/readable.ts';
import { renderMail } from '../../words/mail/render.ts';
import { isOvertaken } from '../../words/mail/stale.ts';
import { aMail, aTaskInMail } from '../support/mails.ts';
import { noticeSamples } from '../support/noticeSamples.ts';

const options = { pages: plainPages('https://certloop.example.org'), standardId: 'iso-42001-2023' };
const samples: NoticeItem[] = Object.values(noticeSamples).flatMap((of) => of.map(({ item }) => item));
const good = noticeSamples.progress[0]!.item;

/** Notices as they are not meant to be, as the outbox gives them. */
const bad: [string, unknown][] = [
  ['a title that is an object', { kind: 'taskOpened', task: { ...aTaskInMail(), title: { en: 'Do' } }, why: '' }],
  ['a title that is an object, without a requirement', taskWith({ title: {}, requirementId: undefined })],
  ['links that are numbers', { kind: 'evidenceToReview', task: aTaskInMail(), by: 'Dana', links: [1], note: '' }],
  ['a person who is an object', { kind: 'evidenceToReview', task: aTaskInMail(), by: {}, links: [], note: '' }],
  ['a date that does not exist', taskWith({ dueOn: '2031-02-30' })],
  ['a kind of task that is not known', taskWith({ kind: 'somethingNew' })],
  ['half of a character in an id', taskWith({ id: 'T-\ud800' })],
  ['a kind that is not known', { kind: 'somethingNew' }],
  ['a kind that every object has', { kind: 'constructor' }],
  ['a kind that is an object', { kind: {} }],
  ['no kind', {}],
  ['nothing', null],
  ['a text', 'taskOpened'],
  ['a list', []],
];

describe('a mail with a notice that cannot be read', () => {
  it.each(bad)('names its record: %s', (_, item) => {
    const digest = aMail(1, { notices: [good, item as NoticeItem] });
    const { subject, text, html } = renderMail(digest, options);
    expect(isOvertaken(digest)).toBe(false);
    expect(subject).toBe(
      '2 updates in TechServe AIMS: Progress in February 2031: 61% of the requirements met with evidence',
    );
    const line = 'Something was recorded: it cannot be shown here; see record 2 in the timeline of the program';
    expect(text).toContain(`* ${line}\n`);
    expect(html).toContain(line);
    expect(text).toContain('Progress in February 2031: ');
  });

  it.each(bad)('is sent with it alone: %s', (_, item) => {
    for (const kind of ['digest', 'urgent'] as const) {
      const mail = aMail(1, { kind, notices: [item as NoticeItem] });
      expect(isOvertaken(mail)).toBe(false);
      expect(renderMail(mail, options).subject).toContain(
        'Something was recorded: it cannot be shown here; see record 1',
      );
    }
  });
});

describe('a notice', () => {
  it.each(samples.map((item) => [item.kind, item] as const))('can be read: %s', (_, item) => {
    expect(isReadable(item)).toBe(true);
    expect(isReadable(JSON.parse(JSON.stringify(item)))).toBe(true);
  });

  it('that an earlier version wrote is told as it is', () => {
    const notCovered = ['complaints', 'use of marks'];
    const [sample] = noticeSamples.auditOutcome.filter(({ item }) => item.notCovered);
    const { text } = renderMail(aMail(1, { notices: [{ ...sample!.item, notCovered }] }), options);
    expect(text).toContain('- use of marks');
  });

  it.each([1, null, {}, aTaskInMail()])('about no task is told, whatever task is in it: %j', (task) => {
    const stray = { ...good, task } as NoticeItem;
    for (const notices of [[stray], [stray, noticeSamples.taskOpened[0]!.item]]) {
      const { text } = renderMail(aMail(1, { notices }), options);
      expect(text).toContain('Progress in February 2031: ');
    }
  });

  it('of which any part is something else never keeps a mail from being written', () => {
    const junk = fc.constantFrom<unknown>(
      undefined,
      null,
      '',
      '2031-02-30',
      '2031-13',
      -1,
      0.5,
      true,
      [],
      {},
      [{}],
      [null],
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.nat(),
        junk,
        fc.constantFrom('digest', 'urgent'),
        (item, at, value, kind) => {
          const damaged = replaced(JSON.parse(JSON.stringify(item)), at, value);
          const mail = aMail(1, { kind, notices: [damaged as NoticeItem, good] });
          const { subject, text, html } = renderMail(mail, options);
          expect(`${subject} ${text} ${html}`).not.toMatch(/\[object|undefined|Invalid DateTime|NaN/);
          expect(typeof isOvertaken(mail)).toBe('boolean');
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

function taskWith(fields: object): unknown {
  return { kind: 'taskReminder', task: { ...aTaskInMail(), ...fields }, dueIn: 1 };
}

/** A value with one of its parts, itself included, replaced by another. */
function replaced(whole: unknown, at: number, value: unknown): unknown {
  const paths = pathsIn(whole);
  const path = paths[at % paths.length]!;
  return withPart(whole, path, value);
}

function pathsIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  return [[], ...Object.entries(value).flatMap(([key, part]) => pathsIn(part).map((path) => [key, ...path]))];
}

function withPart(whole: unknown, [key, ...path]: string[], value: unknown): unknown {
  if (key === undefined) return value;
  const copy: Record<string, unknown> = Array.isArray(whole) ? ([...whole] as never) : { ...(whole as object) };
  copy[key] = withPart(copy[key], path, value);
  return copy;
}

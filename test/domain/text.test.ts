import { describe, expect, it } from 'vitest';
import { brokenTextIn, isVisible } from '../../domain/text.ts';
import { program, who } from './support.ts';

describe('a field of one line', () => {
  it.each(['Prüfung der 認証, Ελλάδα', '👩‍💻 engineers', 'محمد', 'می‌خواهم', 'a\u200Fb'])('can be %s', (name) => {
    expect(brokenTextIn({ people: [{ name }] })).toBeUndefined();
  });

  it.each(['a\nb', 'a\tb', 'a\u0085b', 'a\u001B[31m', '\u202Eabc', 'a\u2066b', '\u200B', '\u2800', '\u3164', '\u0301'])(
    'cannot be %j',
    (name) => {
      expect(brokenTextIn({ people: [{ name: 'Mia' }, { name }] })?.pointer).toBe('/people/1/name');
      expect(brokenTextIn({ attendees: ['Mia', name] })?.pointer).toBe('/attendees/1');
    },
  );

  it('is told from one of many', () => {
    expect(brokenTextIn({ reason: 'One.\r\n\tTwo.', description: 'a\nb', note: '' })).toBeUndefined();
    expect(brokenTextIn({ reason: 'Half \ud83d' })?.pointer).toBe('/reason');
  });
});

describe('a link', () => {
  it.each([
    'https://docs.example.org/policy?v=2#top',
    'HTTP://example.org',
    'urn:isbn:0451450523',
    'doi:10.1000/182',
    'file:///srv/isms/policy.pdf',
    's3://bucket/key',
    'MAILTO:quality@example.org',
    'minutes/2030:01.md',
    '/srv/isms/Policy of AI.pdf',
    '\\\\server\\share\\policy.docx',
    'C:\\ISMS\\policy.docx',
    'policies/ai.md',
    'policy.pdf',
  ])('can be %s', (link) => {
    expect(brokenTextIn({ links: [link] })).toBeUndefined();
  });

  it.each([
    'javascript:alert(1)',
    'JavaScript://x/%0aalert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'blob:https://example.org/1',
    'filesystem:https://example.org/1',
    'view-source:https://example.org',
    'ms-word:ofe|u|https://example.org/a.docx',
    'intent://x#Intent;end',
    'vscode://x/y',
    'jar:https://example.org/a!/b',
    'about:blank',
    'tel:+123',
    'x-new:y',
    'foo bar',
    'https://',
    'https:// example.org',
    'https:///x',
    '\u200B',
    ' ',
  ])('cannot be %j', (link) => {
    expect(brokenTextIn({ evidence: { links: ['https://example.org', link] } })?.pointer).toBe('/evidence/links/1');
  });
});

it('what is recorded has something to see', () => {
  expect([isVisible('a'), isVisible('—'), isVisible('\u200B \u202E\n'), isVisible('')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  const driver = program().until('2030-01-08').as(who.manager);
  expect(driver.refuses({ type: 'pause', reason: '\u200B\u2060' }).code).toBe('empty');
});

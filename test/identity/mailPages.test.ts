import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { personalPages, plainPages } from '../../identity/mailPages.ts';
import { createTaskLinks } from '../../identity/taskLinks.ts';
import { createUnsubscribeLinks } from '../../identity/unsubscribeLinks.ts';

const mail = { to: 'kim@example.com', programId: 'aims', dueAt: '2031-03-03T13:00:00.000Z' } as const;

describe('the pages that mails lead to', () => {
  test('are under the address of the installation, with or without a slash, whatever ids are like', () => {
    for (const url of ['https://c.example/base', 'https://c.example/base/']) {
      const pages = plainPages(url);
      expect([
        pages.task(mail, 'T-7'),
        pages.program('a/b'),
        pages.audit('aims', 'A-1'),
        pages.finding('aims', 'F/1'),
        pages.certificate('aims'),
        pages.inbox(),
        pages.settings(),
        pages.unsubscribe(mail.to),
      ]).toEqual(
        [
          '/programs/aims/tasks/T-7',
          '/programs/a%2Fb',
          '/programs/aims/audits/A-1',
          '/programs/aims/findings/F%2F1',
          '/programs/aims/certificate',
          '/inbox',
          '/settings',
          '/settings',
        ].map((path) => `https://c.example/base${path}`),
      );
    }
  });

  test('let the recipient answer for 120 days, and end digests, by secrets of their own', async () => {
    const secrets = new Map<string, Buffer>();
    const get = async (name: string) => secrets.get(name) ?? secrets.set(name, randomBytes(32)).get(name)!;
    const pages = await personalPages('https://c.example', { get });
    const [, answer] = /^https:\/\/c\.example\/answer\/(.+)$/.exec(pages.task(mail, 'T-7'))!;
    expect(createTaskLinks(await get('taskLinks')).read(answer!)).toEqual({
      programId: 'aims',
      taskId: 'T-7',
      email: mail.to,
      expiresOn: '2031-07-01',
    });
    const [, ending] = /^https:\/\/c\.example\/unsubscribe\/(.+)$/.exec(pages.unsubscribe(mail.to))!;
    const links = createUnsubscribeLinks(await get('unsubscribeLinks'));
    expect(links.read(ending!)).toBe(mail.to);
    expect(links.read(answer!)).toBeUndefined();
    expect(createTaskLinks(await get('taskLinks')).read(ending!)).toBeUndefined();
  });
});

describe('a link to end digests', () => {
  const links = createUnsubscribeLinks(randomBytes(32));

  test('says whose it is, in every process with the same secret', () => {
    const secret = randomBytes(32);
    const token = createUnsubscribeLinks(secret).issue('kim@example.com');
    expect(createUnsubscribeLinks(secret).read(token)).toBe('kim@example.com');
    expect(token).toMatch(/^[A-Za-z0-9_.-]+$/);
  });

  test.each([
    ['another secret', () => createUnsubscribeLinks(randomBytes(32)).issue('kim@example.com')],
    ['another person in it', () => `${body('mia@example.com')}.${links.issue('kim@example.com').split('.')[1]}`],
    ['no signature', () => body('kim@example.com')],
    ['half of the signature', () => links.issue('kim@example.com').slice(0, -8)],
    ['something after it', () => `${links.issue('kim@example.com')}.x`],
    ['nothing', () => ''],
    ['a million characters', () => 'A'.repeat(1_000_000)],
  ])('with %s is none', (_what, token) => {
    expect(links.read(token())).toBeUndefined();
  });
});

function body(email: string): string {
  return Buffer.from(email).toString('base64url');
}

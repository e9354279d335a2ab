import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createTaskLinks } from '../../identity/taskLinks.ts';

const links = createTaskLinks(randomBytes(32));
const link = { programId: 'aims', taskId: 'T-7', email: 'kim@example.com', expiresOn: '2031-03-05' } as const;

describe('a link for one task', () => {
  test('says for whom and for what it was issued, in every process with the same secret', () => {
    const secret = randomBytes(32);
    const token = createTaskLinks(secret).issue(link);
    expect(createTaskLinks(secret).read(token)).toEqual(link);
    expect(token).toMatch(/^[A-Za-z0-9_.-]+$/);
  });

  test('says so also once it is too old: what follows is for its page to say', () => {
    expect(links.read(links.issue({ ...link, expiresOn: '2001-01-01' }))?.expiresOn).toBe('2001-01-01');
  });

  test.each([
    ['another secret', () => createTaskLinks(randomBytes(32)).issue(link)],
    ['another task in it', () => forged({ ...link, taskId: 'T-8' })],
    ['another person in it', () => forged({ ...link, email: 'mia@example.com' })],
    ['a later day in it', () => forged({ ...link, expiresOn: '2099-01-01' })],
    ['no signature', () => links.issue(link).split('.')[0]!],
    ['an empty signature', () => `${links.issue(link).split('.')[0]}.`],
    ['half of the signature', () => links.issue(link).slice(0, -8)],
    ['something after it', () => `${links.issue(link)}.x`],
    ['nothing', () => ''],
    ['a signature of something else', () => `${Buffer.from('[]').toString('base64url')}.${'A'.repeat(22)}`],
    ['a million characters', () => 'A'.repeat(1_000_000)],
  ])('with %s is none', (_what, token) => {
    expect(links.read(token())).toBeUndefined();
  });
});

/** The words of one link with the signature of another. */
function forged(other: Parameters<typeof links.issue>[0]): string {
  const [body] = createTaskLinks(randomBytes(32)).issue(other).split('.');
  return `${body}.${links.issue(link).split('.')[1]}`;
}

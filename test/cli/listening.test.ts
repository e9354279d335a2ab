import { expect, test } from 'vitest';
import { listeningPort } from '../../cli/run/listening.ts';

test.each([
  // Of a network for documentation (RFC 5737), and a name that nobody can have (RFC 6761).
  ['192.0.2.1', /CERTLOOP_HOST is "192\.0\.2\.1", which is no address of this machine: set it to 127\.0\.0\.1/],
  ['certloop.invalid', /CERTLOOP_HOST is "certloop\.invalid", .* name server .*: set it to 127\.0\.0\.1/],
])('a host that is not ours, %s, is told with its setting and what to do', async (host, says) => {
  await expect(listeningPort({ host, port: 0 })).rejects.toThrow(says);
});

test('a host that is ours has a free port', async () => {
  expect(await listeningPort({ host: '127.0.0.1', port: 0 })).toBeGreaterThan(0);
});

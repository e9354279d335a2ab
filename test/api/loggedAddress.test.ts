import { pino } from 'pino';
import { expect, test } from 'vitest';
import { loggedAddress } from '../../api/loggedAddress.ts';
import { testServer } from './support/testServer.ts';

test('what opens something for whoever has it is not in the log', async () => {
  let lines = '';
  const logger = pino({ level: 'info' }, { write: (line) => (lines += line) });
  const server = await testServer({ logger });
  for (const url of [
    '/answer/secret-1',
    '/answer/secret-2/',
    '/unsubscribe/secret-3?x=1',
    '/sign-in/link/secret-4',
    '/sign-in/oidc/callback?code=secret-5&state=secret-6',
    '/v1/programs?token=secret-7&limit=5',
  ])
    await server.app.inject({ url });
  await server.close();
  expect(lines.match(/answered/g)).toHaveLength(6);
  expect(lines).not.toContain('secret');
  expect(lines).toContain('/unsubscribe/…?x=1');
  expect(lines).toContain('&limit=5');
});

test('any other address is logged as it is', () => {
  for (const url of ['/v1/programs/aims/tasks/T-7?limit=5', '/answer', '/', '/programs/answer?q=link'])
    expect(loggedAddress(url)).toBe(url);
});

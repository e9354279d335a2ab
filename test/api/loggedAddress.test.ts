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
    '/v1/programs?access_token=clp_secret-8',
    '/v1/programs/clp_secret-9',
    '/v1/programs?limit=5&cursor=%63lp_secret-10',
    '/v1/programs?API_KEY=secret-11&authorization=Bearer%20secret-12',
    '/%61nswer/secret-13',
    '/sign-in?to=%2Fanswer%2Fsecret-17%3Faccess_token%3Dsecret-18%26x%3D1',
    '/answer%2Fsecret-21',
    '/answer//secret-22',
    '/v1/programs?token[]=secret-23&code%5B%5D=secret-24',
    '/v1/programs;token=secret-25',
    '/v1/programs?x=%E0%A4%A&%61ccess%5ftoken=secret-19?secret-20',
  ])
    await server.app.inject({ url });
  await server.close();
  expect(lines.match(/answered/g)).toHaveLength(17);
  expect(lines).not.toContain('secret');
  expect(lines).toContain('/unsubscribe/…?x=1');
  expect(lines).toContain('&limit=5');
});

test('an address that cannot be decoded hides what it has all the same', () => {
  expect(loggedAddress('/answer/secret%2Fsecret%zz')).toBe('/answer/…');
  expect(loggedAddress('/%75nsubscribe/secret%?x=%E0%A4%A&token=secret?secret')).toBe(
    '/%75nsubscribe/…?x=%E0%A4%A&token=…',
  );
  expect(loggedAddress('/v1/programs?x=%zz%63lp%5fsecret')).toBe('/v1/programs?x=%zzclp_…');
});

test('any other address is logged as it is', () => {
  for (const url of [
    '/v1/programs/aims/tasks/T-7?limit=5',
    '/answer',
    '/',
    '/programs/answer?q=link',
    '/x%20y/%zz%?q=%E0%A4%A&a=b%20c',
  ])
    expect(loggedAddress(url)).toBe(url);
});

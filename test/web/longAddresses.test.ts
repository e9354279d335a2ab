import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTaskLinks } from '../../identity/taskLinks.ts';
import { type TestServer, testServer } from '../api/support/testServer.ts';
import { Visitor } from './support/visitor.ts';

let server: TestServer;

beforeAll(async () => {
  server = await testServer({ pages: {} });
});

afterAll(() => server.close());

it('a link in a mail is read whole, however long the names of program and person are', async () => {
  const links = createTaskLinks(await server.database.secrets.get('taskLinks'));
  const token = links.issue({
    programId: `${'management-system-of-a-group-with-a-long-name'.repeat(4)}-0a1b2c3d`,
    taskId: 'T-1024',
    email: `${'a'.repeat(64)}@${'department.'.repeat(12)}example.com`,
    expiresOn: '2030-01-07',
  });
  expect(token.length).toBeGreaterThan(500);
  const changed = await new Visitor(server.app).open(`/answer/${token.slice(0, -1)}`);
  expect(changed.text).toContain('This link is not known here.');
  const whole = await new Visitor(server.app).open(`/answer/${token}`);
  expect(whole.text).not.toContain('This link is not known here.');
  expect(whole.status).toBe(404);
});

it('an address that is longer than any says so, as a page to people and as a problem to programs', async () => {
  const long = 'a'.repeat(3_000);
  for (const place of ['/answer/', '/programs/', '/files/']) {
    const page = await new Visitor(server.app).open(`${place}${long}`);
    expect([page.status, page.text]).toEqual([414, expect.stringContaining('This address is too long')]);
  }
  for (const method of ['GET', 'POST', 'DELETE'] as const) {
    const token = { authorization: `Bearer ${await server.as('mia@example.org').token()}` };
    const answer = await server.app.inject({ method, url: `/v1/programs/${long}/people/${long}`, headers: token });
    expect(answer.json()).toMatchObject({ code: expect.stringMatching(/tooLong|method/) });
  }
  const { statusCode } = await server.app.inject({ url: `/v1/programs/${long}` });
  expect(statusCode).toBe(414);
});

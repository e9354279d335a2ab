import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { calledOf, type TestServer, testServer } from './support/testServer.ts';

interface Operation {
  operationId?: string;
  summary?: string;
  security?: object[];
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}

let server: TestServer;
let operations: { method: string; path: string; operation: Operation }[];

beforeAll(async () => {
  server = await testServer();
  const { body } = calledOf(await server.app.inject({ url: '/openapi.json' }));
  expect(body.openapi).toMatch(/^3\.1\./);
  const paths = Object.entries(body.paths as Record<string, Record<string, Operation>>);
  operations = paths.flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
});

afterAll(() => server.close());

/** The calls that the contract promises, as people write them. */
const promised = `
POST /v1/tokens
GET /v1/tokens
DELETE /v1/tokens/{tokenId}
GET /v1/accounts
PUT /v1/accounts/{email}
GET /v1/installation/records
POST /v1/programs
GET /v1/programs
GET /v1/programs/{programId}
PATCH /v1/programs/{programId}/plan
PUT /v1/programs/{programId}/scope
POST /v1/programs/{programId}/pause
POST /v1/programs/{programId}/resume
POST /v1/programs/{programId}/cancel
PUT /v1/programs/{programId}/people
PUT /v1/programs/{programId}/ai-systems/{systemId}
DELETE /v1/programs/{programId}/ai-systems/{systemId}
POST /v1/programs/{programId}/incidents
POST /v1/programs/{programId}/complaints
GET /v1/programs/{programId}/gap-assessment
PUT /v1/programs/{programId}/gap-assessment
PUT /v1/programs/{programId}/gap-assessment/{requirementId}
POST /v1/programs/{programId}/gap-assessment/complete
GET /v1/programs/{programId}/applicability
PUT /v1/programs/{programId}/applicability/{controlId}
GET /v1/programs/{programId}/tasks
GET /v1/tasks
POST /v1/programs/{programId}/tasks
POST /v1/programs/{programId}/tasks/{taskId}/evidence
POST /v1/programs/{programId}/tasks/{taskId}/review
POST /v1/programs/{programId}/tasks/{taskId}/reassign
POST /v1/programs/{programId}/tasks/{taskId}/extend
POST /v1/programs/{programId}/tasks/{taskId}/acknowledge
POST /v1/programs/{programId}/tasks/{taskId}/waive
GET /v1/programs/{programId}/audits
POST /v1/programs/{programId}/audits
POST /v1/programs/{programId}/audits/{auditId}/schedule
POST /v1/programs/{programId}/audits/{auditId}/findings
POST /v1/programs/{programId}/audits/{auditId}/outcome
GET /v1/programs/{programId}/findings
POST /v1/programs/{programId}/findings/{findingId}/plan
POST /v1/programs/{programId}/findings/{findingId}/plan-review
POST /v1/programs/{programId}/findings/{findingId}/done
POST /v1/programs/{programId}/findings/{findingId}/verify
POST /v1/programs/{programId}/findings/{findingId}/raise
POST /v1/programs/{programId}/management-reviews
POST /v1/programs/{programId}/decision
POST /v1/programs/{programId}/commands
GET /v1/programs/{programId}/certificate
POST /v1/programs/{programId}/certificate/suspend
POST /v1/programs/{programId}/certificate/reinstate
POST /v1/programs/{programId}/certificate/withdraw
POST /v1/programs/{programId}/certificate/restore
GET /v1/programs/{programId}/records
GET /v1/programs/{programId}/records/verify
GET /v1/programs/{programId}/timeline
GET /v1/programs/{programId}/mails
GET /v1/programs/{programId}/escalation/preview
POST /v1/programs/{programId}/clock/advance
GET /v1/standards
GET /v1/standards/{standardId}
GET /healthz
GET /readyz`
  .trim()
  .split('\n');

test('every call of the contract is there', () => {
  const there = new Set(operations.map(({ method, path }) => `${method} ${path}`));
  expect(promised.filter((call) => !there.has(call))).toEqual([]);
});

test('every call has a name of its own, a summary, a token and problems among its answers', () => {
  const calls = operations.filter(({ path }) => path.startsWith('/v1'));
  const names = calls.map(({ operation }) => operation.operationId);

  expect(new Set(names).size).toBe(names.length);
  for (const { operation } of calls) {
    expect(operation.summary).toBeTruthy();
    expect(operation.security).toEqual([{ token: [] }]);
    expect(operation.responses['4XX']?.content).toHaveProperty('application/problem+json');
    expect(operation.responses['5XX']?.content).toHaveProperty('application/problem+json');
  }
});

test('every parameter of a path is described', () => {
  for (const { path, operation } of operations) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const described = (operation.parameters ?? []).filter((each) => each.in === 'path').map(({ name }) => name);
    expect(described.sort()).toEqual(inPath.sort());
  }
});

test('every call that changes a program takes an Idempotency-Key, and no other does', () => {
  for (const { method, path, operation } of operations) {
    const takesKey = (operation.parameters ?? []).some(
      ({ name, in: where }) => name === 'idempotency-key' && where === 'header',
    );
    expect({ method, path, takesKey }).toEqual({
      method,
      path,
      // A file that is uploaded again is the same file: its content names it.
      takesKey: method !== 'GET' && !/^\/v1\/(tokens|accounts)|\/files(\/reuse)?$/.test(path),
    });
  }
});

test('every schema of a body or an answer is one', () => {
  for (const { operation } of operations) {
    const carriers = [operation.requestBody, ...Object.values(operation.responses)];
    for (const { schema } of carriers.flatMap((each) => Object.values(each?.content ?? {}))) {
      expect(() => Compile(schema as never)).not.toThrow();
    }
  }
});

test.each(['/docs', '/docs/'])('the contract is shown as pages of our own name at %s', async (url) => {
  const page = await server.app.inject({ url });
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('<title>Certloop API</title>');
  expect(page.body).not.toMatch(/Swagger UI|favicon-|logo\.svg/);

  // What the page asks for is there, and nothing of it is the logo that the plugin brings along.
  const asked = [...page.body.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, path]) => new URL(path!, 'http://x/docs/'));
  const bodies = await Promise.all(asked.map(async ({ pathname }) => server.app.inject({ url: pathname })));
  expect(bodies.map(({ statusCode }) => statusCode)).toEqual(asked.map(() => 200));
  const icon = bodies.find(({ headers }) => headers['content-type']?.toString().startsWith('image/'));
  expect(icon?.headers['content-type']).toBe('image/svg+xml');
  const logo = (await server.app.inject({ url: '/docs/static/logo.svg' })).rawPayload;
  expect(logo.length).toBeGreaterThan(0);
  expect(icon?.rawPayload.equals(logo)).toBe(false);
  const script = await server.app.inject({ url: '/docs/static/swagger-initializer.js' });
  expect(script.body).not.toContain(logo.toString('base64'));
  expect(script.body).toContain('BaseLayout');
});

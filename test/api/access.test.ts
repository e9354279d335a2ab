import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Email } from '../../domain/basics.ts';
import { fold } from '../../domain/fold.ts';
import type { Person } from '../../domain/people/person.ts';
import { manager, stranger, tellStory, viewer } from './support/story.ts';
import { type TestServer, testServer } from './support/testServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await testServer();
});

afterAll(() => server.close());

const reading = async (email: Email, programId: string) =>
  (await server.as(email).get(`/v1/programs/${programId}`)).status;

/** Who takes part from now on, in the read tables. */
async function setPeople(id: string, change: (people: Person[]) => Person[]): Promise<void> {
  const { read, register } = server.database;
  const program = (await read.program(id))!;
  const people = change(fold(await register.records(id)).people);
  await register.replaceRows(id, { program, tasks: [], audits: [], findings: [], people });
}

test('who is given a part in a program sees it at once', async () => {
  await tellStory(server.database, { id: 'given' });
  expect(await reading(stranger, 'given')).toBe(404);
  await setPeople('given', (all) => [...all, { email: stranger, name: 'Sam', roles: ['viewer'] }]);
  expect(await reading(stranger, 'given')).toBe(200);
});

test('who is taken out of a program can read it for ten seconds more', async () => {
  await tellStory(server.database, { id: 'taken' });
  const start = performance.now();
  const clock = vi.spyOn(performance, 'now').mockReturnValue(start);
  const readingAfter = async (seconds: number) => {
    clock.mockReturnValue(start + seconds * 1000);
    await sleep(20); // the cache looks at the clock at most once a millisecond
    return reading(viewer, 'taken');
  };
  try {
    expect(await readingAfter(0)).toBe(200);
    await setPeople('taken', (all) => all.filter(({ email }) => email !== viewer));
    expect(await readingAfter(9)).toBe(200);
    expect(await readingAfter(11)).toBe(404);
    expect(await reading(manager, 'taken')).toBe(200);
  } finally {
    clock.mockRestore();
  }
});

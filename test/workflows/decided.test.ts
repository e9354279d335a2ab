import { expect, it } from 'vitest';
import type { BulkAnswer } from '../../domain/answers.ts';
import { mostBytesOfOutcome, mostRecordsOfBulk } from '../../domain/carried/bounds.ts';
import { sizeOf } from '../../domain/carried/size.ts';
import type { Person } from '../../domain/people/person.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { decideAll, decideOne } from '../../workflows/decided.ts';
import { people, program, who } from '../domain/support.ts';

const actor = { email: who.manager };

const managers = (many: number): Person[] =>
  Array.from({ length: many }, (_, index) => ({
    email: `manager-${index}@example.com`,
    name: `Manager ${index}`,
    roles: ['programManager'],
  }));

it('refuses a text that would be told to so many that it cannot be committed, and takes a shorter one', () => {
  const { state, now } = program({ people: [...people, ...managers(480)] }).at('2030-01-08');
  const pause = (reason: string) =>
    decideOne(state, { commandId: 'c', actor, command: { type: 'pause', reason } }, now);
  expect(() => pause('規'.repeat(10_000))).toThrow(`${mostBytesOfOutcome}`);
  expect(pause('規'.repeat(1_000)).commit.notices.length).toBeGreaterThan(480);
});

it('takes of a call of many what comes to as much as one may, and refuses the rest', () => {
  const { state, now } = program({ people: [...people, ...managers(480)] }).at('2030-01-08');
  const commands = Array.from({ length: 50 }, (_, index): UserCommand => {
    const reason = '規'.repeat(2_000);
    return index % 2 === 0 ? { type: 'pause', reason } : { type: 'resume', reason };
  });
  const { commit, answer } = decideAll(state, { commandId: 'c', actor, commands, atomic: false }, now);
  const { results } = answer as BulkAnswer;
  const refused = results.filter(({ ok }) => !ok);
  expect(refused.length).toBeGreaterThan(30);
  expect(refused[0]).toMatchObject({ rejection: { code: 'tooLarge' } });
  expect(sizeOf(commit.records) + sizeOf(commit.notices)).toBeLessThan(2 * mostBytesOfOutcome);
});

it('takes of a call of many no more after thousands of records', () => {
  const driver = program().at('2030-01-08').as(who.manager);
  driver.does({ type: 'openTask', title: 'One of many', assignee: who.owner, dueOn: '2030-03-20' });
  const one = driver.task('manual');
  const many = Array.from({ length: 2_000 }, (_, index) => ({ ...one, id: `T-${index + 10}` }));
  const tasks = { ...driver.state.tasks, ...Object.fromEntries(many.map((each) => [each.id, each])) };
  const state = { ...driver.state, tasks, counters: { ...driver.state.counters, T: 2_010 } };
  // All tasks go from the one to the other, and back.
  const commands = [who.owner, who.second, who.owner, who.second, who.owner].flatMap((email): UserCommand[] => [
    { type: 'removePerson', email, handTo: email === who.owner ? who.second : who.owner },
    { type: 'addPerson', email, name: 'Back again', roles: ['owner'] },
  ]);
  const { commit, answer } = decideAll(state, { commandId: 'c', actor, commands, atomic: false }, driver.now);
  const { results } = answer as BulkAnswer;
  expect(results.map(({ ok }) => ok)).toEqual([true, true, true, true, true, false, false, false, false, false]);
  expect(results.at(-1)).toMatchObject({ rejection: { code: 'tooLarge' } });
  expect(commit.records.length).toBeLessThan(2 * mostRecordsOfBulk);
});

it('takes of a call of many no more that counts thousands of tasks anew, again and again', () => {
  const driver = program().at('2030-01-08').as(who.manager);
  driver.does({ type: 'openTask', title: 'One of many', assignee: who.owner, dueOn: '2030-03-20' });
  const one = driver.task('manual');
  const many = Array.from({ length: 2_000 }, (_, index) => [`T-${index + 10}`, { ...one, id: `T-${index + 10}` }]);
  const state = { ...driver.state, tasks: { ...driver.state.tasks, ...Object.fromEntries(many) } };
  const commands = Array.from({ length: 200 }, (_, index): UserCommand => {
    return { type: 'changePlan', phases: { gapAssessment: index % 2 ? 'P80D' : 'P90D' }, reason: 'Again.' };
  });
  const { answer } = decideAll(state, { commandId: 'c', actor, commands, atomic: false }, driver.now);
  const { results } = answer as BulkAnswer;
  expect(results.filter(({ ok }) => ok).length).toBeLessThan(30);
  expect(results.at(-1)).toMatchObject({ rejection: { code: 'tooLarge' } });
  const few = decideAll(
    program().at('2030-01-08').state,
    { commandId: 'c', actor, commands, atomic: false },
    driver.now,
  );
  expect((few.answer as BulkAnswer).results.every(({ ok }) => ok)).toBe(true);
});

import { expect, test } from 'vitest';
import { toGapAssessment } from './support/paths.ts';
import { manager, owner, sponsor, topManagement } from './support/people.ts';
import { stageOfFile } from './support/stageOfFile.ts';
import type { TestProgram } from './support/testProgram.ts';

const stage = stageOfFile();

/** The whole ladder of a task that is due on Friday, 15 February 2030: in UTC, five hours ahead of New York. */
const rungs = [
  { at: '2030-02-01T13:00', to: [owner], level: 0 },
  { at: '2030-02-08T13:00', to: [owner], level: 0 },
  { at: '2030-02-14T13:00', to: [owner], level: 0 },
  { at: '2030-02-15T22:00', to: [owner], level: 0 },
  { at: '2030-02-20T22:00', to: [manager], level: 1 },
  { at: '2030-02-26T22:00', to: [sponsor], level: 2 },
  { at: '2030-03-07T22:00', to: [topManagement], level: 3 },
  // Weekly from here; summer time begins on 10 March.
  { at: '2030-03-14T21:00', to: [topManagement], level: 3 },
  { at: '2030-03-21T21:00', to: [topManagement], level: 3 },
];

test('a late owner climbs the whole ladder, each rung once, until the evidence comes', async () => {
  const program = await stage.start();
  await toGapAssessment(program);
  const { ids } = await program.send(manager, {
    type: 'openTask',
    title: 'Write the policy',
    assignee: owner,
    dueOn: '2030-02-15',
  });
  const taskId = ids.taskId!;

  await program.advanceTo('2030-03-22');
  expect(await climbed(program, taskId)).toEqual(rungs);

  await program.send(owner, { type: 'submitEvidence', taskId, links: ['https://docs.example.org/policy'], note: '' });
  await program.send(manager, { type: 'reviewEvidence', taskId, verdict: 'accept', note: '' });
  await program.advanceTo('2030-05-01');
  expect(await climbed(program, taskId)).toEqual(rungs);
});

test('a rung that fell into a commit of its own day is not sent again by the next', async () => {
  const program = await stage.start();
  await toGapAssessment(program);
  const dueOn = '2030-02-15';
  const open = (title: string) => ({ type: 'openTask', title, assignee: owner, dueOn }) as const;
  await program.bulk(manager, [open('One'), open('Two'), open('Three')]);
  for (const day of ['2030-02-01', '2030-02-02', '2030-02-08', '2030-02-09'] as const) await program.advanceTo(day);

  const reminders = await program.recordsOf('TaskReminded');
  const sent = reminders.map(({ at, data }) => `${at.slice(0, 10)} ${data.taskId}`).sort();
  expect(new Set(sent).size).toBe(sent.length);
  expect(sent).toHaveLength(2 * 3);
  // What falls due at one moment is recorded in one commit.
  expect(new Set(reminders.map(({ commandId }) => commandId)).size).toBe(2);
});

/** Who heard of a task, and when, to the minute. */
async function climbed(program: TestProgram, taskId: string) {
  return (await program.records()).flatMap((record) => {
    if (record.type !== 'TaskReminded' && record.type !== 'TaskEscalated') return [];
    if (record.data.taskId !== taskId) return [];
    const level = record.type === 'TaskEscalated' ? record.data.level : 0;
    return [{ at: record.at.slice(0, 16), to: record.data.to, level }];
  });
}

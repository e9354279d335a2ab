import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProgramStates } from '../../api/programStates.ts';
import { restoreAll } from '../../cli/restore.ts';
import { rebuild } from '../../db/rebuild.ts';
import type { Rejection } from '../../domain/answers.ts';
import { fold } from '../../domain/fold.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { keys } from '../support/keys.ts';
import { type Anything, Doors, type Expected, task } from './support/doors.ts';
import { manager, owner } from './support/people.ts';
import { stageOfFile } from './support/stageOfFile.ts';

// Temporal warns of messages as large as some of these are.
const stage = stageOfFile('ERROR');

/** Those of one program, which takes all of this. */
let doors: Doors;
beforeAll(async () => {
  doors = await Doors.open(stage);
});
afterAll(() => doors?.close());

const system: UserCommand = { type: 'putAiSystem', id: 'chat', name: 'Chat', role: 'user', risk: 'low' };
const evidence: UserCommand = { type: 'submitEvidence', taskId: 'T-1', links: [], note: 'Done' };
const people = [{ email: manager, name: 'Mia', roles: ['programManager', 'banana'] }];
const { title: _, ...untitled } = task as Anything;
const long = 'x'.repeat(1_500_000);

const invalid = (code: string, detail: string, http?: string): Expected => ({ kind: 'invalid', code, detail, http });
const unknown = (kind: Rejection['kind'] = 'unknown'): Expected => ({ kind, code: 'unknown' });

describe('every door refuses alike', () => {
  test.each<[what: string, command: Anything, expected: Expected]>([
    [
      'a role that there is not',
      { type: 'setPeople', people },
      invalid('validation', '/people/0/roles/1: must be one of'),
    ],
    ['a risk that is a number', { ...system, risk: 42 }, invalid('validation', '/risk: must be one of')],
    ['a title that is an object', { ...task, title: { en: 'It' } }, invalid('validation', '/title: must be ')],
    ['links that are numbers', { ...evidence, links: [1] }, invalid('validation', '/links/0: must be ')],
    ['a title that is too long', { ...task, title: 'x'.repeat(201) }, invalid('text', '/title: is longer than 200')],
    ['a title of 1.5 MB', { ...task, title: long }, invalid('text', '/title: is longer than 200', 'tooLarge')],
    ['a title of two lines', { ...task, title: 'Write\nit' }, invalid('text', '/title is a single line')],
    ['half of a character', { ...task, title: 'It \ud83d' }, invalid('text', '/title has half of a character')],
    ['a script', { ...evidence, links: ['javascript:alert(1)'] }, invalid('text', '/links/0 is not the address')],
    ['30 February', { ...task, dueOn: '2030-02-30' }, invalid('dates', '/dueOn: is not a day of the calendar')],
    ['a field that is missing', untitled, invalid('validation', '/title: is missing')],
    ['a field that is not known', { ...task, color: 'red' }, invalid('validation', '/color: is not known here')],
    ['the name of a field of 1.5 MB', { ...task, [long]: 1 }, invalid('validation', '/xxx', 'tooLarge')],
    ['fields of a prototype', withPrototype(), invalid('validation', '/__proto__: is not known', 'malformed')],
  ])('%s', async (_what, command, expected) => {
    await doors.refuse({ command }, expected);
    const { code, detail } = await doors.overHttp(command);
    expect(code).toBe(expected.http ?? expected.code);
    if (!expected.http) expect(detail).toContain(expected.detail);
  });

  test.each<[what: string, commands: unknown[], expected: Expected]>([
    ['201 commands', Array(201).fill(task), invalid('malformed', 'commands: send a list of 1 to 200', 'validation')],
    ['no commands', [], invalid('malformed', 'commands: send a list of 1 to 200', 'validation')],
    [
      'a wrong field in the third command',
      [task, task, { ...system, risk: 42 }],
      invalid('validation', '/commands/2/risk: '),
    ],
    [
      'a field missing in the third command',
      [task, task, untitled],
      invalid('validation', '/commands/2/title: is missing'),
    ],
    [
      'no day in the third command',
      [task, task, { ...task, dueOn: '2030-02-30' }],
      invalid('dates', '/commands/2/dueOn: '),
    ],
  ])('%s', async (_what, commands, expected) => {
    await doors.refuse({ commands, atomic: false }, expected);
    const { code } = await doors.call('POST', '/commands', { commands, atomic: false });
    expect(code).toBe(expected.http ?? expected.code);
  });

  test.each(['__proto__', 'constructor', 'toString', '__proto__-1', 'constructor-1'])('the id %s', async (name) => {
    const dates = { startsOn: '2030-03-04', endsOn: '2030-03-04' };
    const plan = { correction: 'a', rootCause: 'b', similarCases: 'c', action: 'd', dueOn: '2030-03-04' };
    const rating = { status: 'conforms', priority: 'low', gap: '', effortDays: 0, owner };
    const applies = { applicable: true, justification: 'It is ours', implementation: 'implemented' };
    const named: [command: Anything, expected: Expected][] = [
      [{ ...evidence, taskId: name }, unknown()],
      [{ type: 'acknowledgeTask', taskId: name, expectedOn: '2030-03-04' }, unknown()],
      [{ type: 'setDependencies', taskId: 'T-1', dependsOn: [name] }, unknown('invalid')],
      [{ ...task, dependsOn: [name] }, unknown('invalid')],
      [{ ...task, requirementId: name }, unknown('invalid')],
      [{ ...task, systemId: name }, unknown('invalid')],
      [{ type: 'scheduleAudit', auditId: name, ...dates, team: [manager] }, unknown()],
      [{ type: 'planCorrectiveAction', findingId: name, ...plan }, unknown()],
      [{ type: 'rateRequirement', requirementId: name, ...rating }, unknown('invalid')],
      [{ type: 'setApplicability', controlId: name, ...applies }, unknown('invalid')],
      [{ type: 'retireAiSystem', systemId: name }, unknown('invalid')],
    ];
    for (const [command, expected] of named) {
      await doors.refuse({ command }, expected);
      expect(await doors.overHttp(command)).toMatchObject({ code: expected.code });
    }
  });
});

describe('the doors of Temporal refuse', () => {
  test('an address in mixed case, which HTTP puts in lower case', async () => {
    const mixed = { ...task, assignee: 'Olu@Example.org' };
    await doors.refuse({ command: mixed }, invalid('validation', '/assignee: an address is kept in lower case'));
    const sentBy = (email: string) => ({ actor: { email }, command: task });
    await doors.refuse(
      sentBy('Mia@Example.org'),
      invalid('validation', 'actor.email: an address is kept in lower case'),
    );
    await doors.refuse(sentBy(`${long}@example.org`), invalid('malformed', 'actor.email: '));
    expect(await doors.overHttp(mixed)).toMatchObject({ task: { assignee: owner } });
  });

  const steps = ['tick', 'enterPhase', 'recordHolidays', 'noteRejection', 'planCycle', 'askForMissing'];

  test.each(['start', ...steps, 'constructor', '__proto__', 'toString', 'makeCoffee'])(
    '%s, whatever it carries',
    async (type) => {
      const { definition } = doors.program;
      const carried = { definition, phase: 'closed', why: 'certificateWithdrawn', through: 2040, holidays: [] };
      const expected: Expected = { kind: 'forbidden', code: 'role', detail: `${type} is sent by the program itself` };
      await doors.refuse({ command: { type } }, expected);
      await doors.refuse({ command: { type, ...carried } }, expected);
      await doors.refuse({ commands: [task, { type, ...carried }], atomic: true }, expected);
      await doors.refuse({ command: { type }, actor: { email: 'system' } }, invalid('malformed', 'actor.email: '));
    },
  );
});

describe('a program that was sent all of that', () => {
  test('still takes what has the names of what every object has', async () => {
    const { program } = doors;
    for (const name of ['__proto__', 'constructor', 'toString']) {
      const first = await program.send(manager, task, name);
      expect(await program.send(manager, task, name)).toEqual(first);
      expect((await program.records()).filter(({ commandId }) => commandId === name)).toHaveLength(1);
      await program.send(manager, { ...system, id: name });
      expect(Object.keys((await program.state()).aiSystems)).toContain(name);
      await program.send(manager, { type: 'retireAiSystem', systemId: name });
    }
  });

  test('has failed no task of its workflow, and its rejections are short', async () => {
    const { program } = doors;
    for (const { runId } of await program.runs()) {
      const { events } = await stage.client.workflow.getHandle(program.handle.workflowId, runId).fetchHistory();
      expect(events?.length).toBeGreaterThan(10);
      expect(events?.flatMap((event) => event.workflowTaskFailedEventAttributes ?? [])).toEqual([]);
    }
    const rejections = await program.recordsOf('CommandRejected');
    expect(rejections.length).toBeGreaterThan(100);
    for (const record of rejections) expect(JSON.stringify(record).length).toBeLessThan(3_000);
  });

  test('is read, verified, rebuilt and restored', async () => {
    const { client, database, taskQueue } = stage;
    const { program } = doors;
    const records = await program.records();
    expect(await database.register.verify(program.id)).toMatchObject({ ok: true, records: records.length });

    const state = asJson(await program.state());
    expect(asJson(fold(records))).toEqual(state);
    expect(asJson((await createProgramStates(database).read(program.id))?.state)).toEqual(state);
    expect(await doors.call('GET', '')).toMatchObject({ id: program.id, seq: records.length });

    const filter = { now: records.at(-1)!.at };
    const rows = () =>
      Promise.all([database.read.program(program.id), database.read.tasks(program.id, filter, { limit: 200 })]);
    const written = await rows();
    expect(await rebuild(database, program.id)).toEqual({ records: records.length });
    expect(await rows()).toEqual(written);

    await program.handle.terminate('The service was lost');
    for await (const restored of restoreAll(client, database, keys, taskQueue))
      expect(restored).toMatchObject({ programId: program.id, outcome: 'restored' });
    expect(asJson(await program.state())).toEqual(state);
    expect(await program.send(manager, task, randomUUID())).toMatchObject({ firstSeq: records.length + 1 });
  });
});

/** A task all of whose fields are said to be those of its prototype. */
function withPrototype(): Anything {
  return JSON.parse(JSON.stringify({ type: 'openTask', fields: task }).replace('"fields"', '"__proto__"'));
}

function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

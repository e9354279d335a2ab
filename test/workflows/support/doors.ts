import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { FastifyInstance } from 'fastify';
import { expect } from 'vitest';
import { methodOf, parametersOf } from '../../../api/calls.ts';
import { buildServer } from '../../../api/server.ts';
import { atMachine } from '../../../db/installation.ts';
import type { Rejection } from '../../../domain/answers.ts';
import { type CommandType, commands, type UserCommand } from '../../../domain/registry.ts';
import { folderStore } from '../../../files/stores/folder.ts';
import { toGapAssessment } from './paths.ts';
import { manager, owner } from './people.ts';
import type { Stage } from './stage.ts';
import type { TestProgram } from './testProgram.ts';

/** What is sent, right or wrong. */
export type Anything = Record<string, unknown>;

/** Why something is refused. */
export interface Expected {
  kind: Rejection['kind'];
  code: string;
  /** What the detail holds; anything when absent. */
  detail?: string;
  /** The code over HTTP, where it is refused earlier and with another. */
  http?: string;
}

/** A command that is taken. */
export const task: UserCommand = { type: 'openTask', title: 'Write the policy', assignee: owner, dueOn: '2030-02-15' };

/** The doors of a program: the API, the Update and the Signal of Temporal. */
export class Doors {
  readonly program: TestProgram;
  private readonly app: FastifyInstance;
  private readonly token: string;

  private constructor(program: TestProgram, app: FastifyInstance, token: string) {
    this.program = program;
    this.app = app;
    this.token = token;
  }

  /** Opens the doors of a program that is in its gap assessment. */
  static async open({ database, gateway, start }: Stage): Promise<Doors> {
    const program = await start();
    await toGapAssessment(program);
    // Nothing is uploaded here: the folder is never made.
    const files = { store: folderStore(join(tmpdir(), 'certloop-no-files')), mostBytes: 1 };
    const app = await buildServer({ database, gateway, files, settings: { publicUrl: 'http://certloop.test' } });
    const { token } = await database.tokens.create({ email: manager, name: 'Mia' }, atMachine);
    return new Doors(program, app, token);
  }

  close(): Promise<void> {
    return this.app.close();
  }

  /**
   * Sends an envelope as each of the Updates, of which nothing must be left, and as a Signal, of which a rejection must be
   * left: each time for the same reason. A good command is recorded after.
   */
  async refuse(sent: Anything, { kind, code, detail = '' }: Expected): Promise<void> {
    const { program } = this;
    const envelope = { commandId: randomUUID(), actor: { email: manager }, ...sent };
    const before = (await program.records()).length;
    const reasons: Rejection[] = [];
    for (const name of ['command', 'commands'])
      reasons.push(await rejectionOf(program.handle.executeUpdate(name, { args: [program.signed(envelope)] })));
    expect(reasons[0]).toMatchObject({ kind, code, detail: expect.stringContaining(detail) });
    expect(reasons[1]).toEqual(reasons[0]);
    expect(await program.records()).toHaveLength(before);

    await program.signal(envelope);
    const left = (await program.records()).slice(before);
    const { commandId } = envelope;
    expect(left).toMatchObject([{ type: 'CommandRejected', data: { commandId, code, detail: reasons[0]?.detail } }]);
    expect(await program.send(manager, task)).toMatchObject({ firstSeq: before + 2 });
  }

  /** Sends a command over HTTP, as its address says. Gives the body of the answer. */
  overHttp({ type, ...payload }: Anything): Promise<Anything> {
    const { address } = commands[type as CommandType];
    const fields = Object.entries(payload);
    const named = new Map(parametersOf(address).map(({ param, field }) => [field, param]));
    const path = fields.reduce(
      (url, [field, value]) => (named.has(field) ? url.replace(`:${named.get(field)}`, String(value)) : url),
      address.path,
    );
    return this.call(methodOf(address), path, Object.fromEntries(fields.filter(([field]) => !named.has(field))));
  }

  /** Makes a call to an address below the program. Gives the body of the answer. */
  async call(method: 'GET' | ReturnType<typeof methodOf>, path: string, body?: Anything): Promise<Anything> {
    const url = `/v1/programs/${this.program.id}${path}`;
    const hasBody = body !== undefined && method !== 'DELETE';
    const headers = { authorization: `Bearer ${this.token}`, ...(hasBody && { 'content-type': 'application/json' }) };
    const payload = hasBody ? JSON.stringify(body) : undefined;
    return (await this.app.inject({ method, url, headers, payload })).json();
  }
}

/** The rejection that an Update failed with. */
async function rejectionOf(update: Promise<unknown>): Promise<Rejection> {
  const error = await update.then(
    () => expect.fail('It was not refused.'),
    (thrown: unknown) => thrown,
  );
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : error;
  if (!(cause instanceof ApplicationFailure)) throw cause;
  const rejection = cause.details?.[0] as Rejection;
  expect({ type: cause.type, message: cause.message }).toEqual({ type: 'Rejected', message: rejection.detail });
  return rejection;
}

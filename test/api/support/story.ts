import { randomUUID } from 'node:crypto';
import type { Database } from '../../../db/types.ts';
import type { Email, Instant } from '../../../domain/basics.ts';
import { defineProgram } from '../../../domain/program/define.ts';
import type { DefinitionInput } from '../../../domain/program/definition.ts';
import type { Command } from '../../../domain/registry.ts';
import type { ProgramState } from '../../../domain/state.ts';
import { type Decided, decideFirst, decideOne } from '../../../workflows/decided.ts';

/** Who takes part in the programs of these tests. */
export const manager = 'mia@example.org';
export const owner = 'olu@example.org';
export const viewer = 'vic@example.org';
export const stranger = 'sam@example.net';

/** A body of `POST /v1/programs`, with a start that lies ahead of any day on which tests run. */
export function startBody(overrides: Partial<DefinitionInput> = {}): Omit<DefinitionInput, 'id'> {
  return {
    name: 'AI management',
    organization: 'Example Ltd',
    standard: 'iso-42001-2023',
    scope: { statement: 'The assistant that customers talk to.' },
    aiSystems: [{ id: 'assistant', name: 'Assistant', role: 'provider', risk: 'high' }],
    people: [
      { email: manager, name: 'Mia', roles: ['programManager', 'consultant'] },
      { email: 'sue@example.org', name: 'Sue', roles: ['sponsor', 'topManagement'] },
      { email: owner, name: 'Olu', roles: ['owner'] },
      { email: viewer, name: 'Vic', roles: ['viewer'] },
      { email: 'ira@example.org', name: 'Ira', roles: ['internalAuditor'] },
      { email: 'lea@body.example', name: 'Lea', roles: ['leadAuditor'] },
      { email: 'dan@body.example', name: 'Dan', roles: ['decisionMaker'] },
    ],
    plan: { startsOn: '2030-01-07' },
    calendar: { timeZone: 'America/New_York' },
    certificationBody: { name: 'Example Body' },
    ...overrides,
  };
}

/** A command as a story tells it: what, and as whom. */
export type Told = { command: Command; actor?: Email; at?: Instant; commandId?: string };

/**
 * Writes a program straight into the register, decided by the domain as a program on Temporal would: for tests of what
 * can be read, and of what happens while Temporal is away.
 */
export async function tellStory(
  database: Database,
  overrides: Partial<DefinitionInput> & { id: string },
  told: Told[] = [],
): Promise<ProgramState> {
  const definition = defineProgram({ ...startBody(), ...overrides });
  let now: Instant = '2030-01-07T13:00:00.000Z';
  let seq = 0;
  const commit = async (commandId: string, decided: Decided): Promise<ProgramState> => {
    await database.register.append({ programId: definition.id, expectedSeq: seq, commandId, ...decided.commit });
    seq = decided.state.seq;
    return decided.state;
  };
  const startId = randomUUID();
  let state = await commit(startId, decideFirst(startId, definition, { email: manager }, now));
  for (const { command, actor = 'system', at = now, commandId = randomUUID() } of told) {
    now = at;
    state = await commit(commandId, decideOne(state, { commandId, actor: { email: actor }, command }, now));
  }
  return state;
}

/** A program whose gap assessment is under way. */
export const begun: Told[] = [{ command: { type: 'tick' } }, { command: { type: 'planGapAssessment' } }];

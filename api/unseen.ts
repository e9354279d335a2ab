import type { FastifyRequest } from 'fastify';
import type { Rejection } from '../domain/answers.ts';
import { decide } from '../domain/decide.ts';
import { commands, type UserCommand } from '../domain/registry.ts';
import type { Sight } from '../identity/reading/sight.ts';
import { rejectionOf, speak } from '../words/sayings/index.ts';
import { Rejected } from './problem.ts';
import { readingOf, summaryOf } from './readings.ts';
import { callerOf } from './requests.ts';
import type { Services } from './services.ts';
import { type LateSight, sightFor } from './sights.ts';
import { clockNow } from './views/program.ts';

/** Fields of commands that name something which not everybody sees. */
const named = {
  taskId: { what: 'task', sees: (sight: Sight) => sight.task, unknown: 'T-0' },
  auditId: { what: 'audit', sees: (sight: Sight) => sight.audit, unknown: 'A-0' },
  findingId: { what: 'finding', sees: (sight: Sight) => sight.finding, unknown: 'F-0' },
} as const;

/**
 * Waits for what a program answers to one or to many commands. A refusal would tell something of a thing that the caller
 * does not see: whose it is, or how it stands. It becomes the refusal that there would be if the thing were not there.
 */
export async function asIfUnknown<T>(
  services: Services,
  request: FastifyRequest,
  sent: UserCommand | UserCommand[],
  answer: Promise<T>,
): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    // Of many, the detail begins with the place of the one that is refused.
    const [place = '', item] = /^[a-z]+\[(\d+)\](?: \(\w+\))?: /i.exec(error.message) ?? [];
    const command = Array.isArray(sent) ? sent[Number(item)] : sent;
    const rejection = command && (await createUnseen(services, request))(command);
    throw rejection ? new Rejected({ ...rejection, detail: place + rejection.detail }) : error;
  }
}

/** Gives the refusal of a command that names something which the caller does not see; undefined when they see it. */
export async function createUnseen(
  services: Services,
  request: FastifyRequest,
): Promise<(command: UserCommand) => Rejection | undefined> {
  const sight = await sightFor(services, request);
  const { id, roles } = request.program;
  const { state } = await readingOf(services, id);
  const now = clockNow(await summaryOf(services, id));
  return (command) => {
    const field = unseenField(command, sight);
    // Who may not send it at all is told so, whatever it names.
    if (!field || !roles.some((role) => commands[command.type].roles.includes(role))) return undefined;
    const asked = (command as unknown as Record<string, string>)[field];
    const probe = { ...command, [field]: named[field].unknown } as UserCommand;
    const decision = decide(state, probe, callerOf(request), now, speak);
    if (!decision.ok && decision.refusal.kind !== 'unknown') return rejectionOf(decision.refusal);
    const saying = { say: 'noSuchThing', with: { what: named[field].what, id: asked, programId: id } } as const;
    return rejectionOf({ kind: 'unknown', code: 'unknown', saying: saying as never });
  };
}

/** The ids that an answer gives, without those of things that somebody does not see. */
export async function idsSeen(ids: Record<string, string>, late: LateSight): Promise<Record<string, string>> {
  if (!Object.keys(ids).some(isNamed)) return ids;
  const sight = await late();
  const isSeen = ([name, id]: [string, string]) => !isNamed(name) || named[name].sees(sight)(id);
  return Object.fromEntries(Object.entries(ids).filter(isSeen));
}

function unseenField(command: UserCommand, sight: Sight): keyof typeof named | undefined {
  return Object.keys(named)
    .filter(isNamed)
    .find((name) => {
      const id = (command as unknown as Record<string, unknown>)[name];
      return typeof id === 'string' && !named[name].sees(sight)(id);
    });
}

function isNamed(name: string): name is keyof typeof named {
  return Object.hasOwn(named, name);
}

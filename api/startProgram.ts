import type { Static } from 'typebox';
import type { Answer } from '../domain/answers.ts';
import { defineProgram } from '../domain/program/define.ts';
import type { ProgramDefinition, programStart } from '../domain/program/definition.ts';
import { mustHaveRightToStart, withinBounds } from './bounds.ts';
import { mustBeKnownCountry } from './countries.ts';
import { forbidden } from './problem.ts';
import { programIdOf } from './programIds.ts';
import { callerOf } from './requests.ts';
import type { RequestCaller, Services } from './services.ts';

/** What starting a program takes, as somebody sends it. */
export type StartAsked = Static<typeof programStart>;

/** Starts a program for somebody, who must have the right to; within what one person may bring in on a day. */
export async function startProgram(
  services: Services,
  caller: RequestCaller,
  asked: StartAsked,
  commandId: string,
): Promise<{ definition: ProgramDefinition; answer: Answer }> {
  await mustHaveRightToStart(services, caller);
  const definition = defineFor(caller, asked, commandId);
  // Nobody gets mail from a rehearsal.
  const brings = definition.rehearsal
    ? { people: [] }
    : { commandId, programs: 1, people: definition.people.map(({ email }) => email) };
  const answer = await withinBounds(services, caller, brings, () =>
    services.gateway.start(definition, callerOf({ caller }), commandId),
  );
  return { definition, answer };
}

/** The definition of a program as somebody asks for it, who must be one of its program managers or an administrator. */
export function defineFor(caller: RequestCaller, asked: StartAsked, commandId: string): ProgramDefinition {
  const definition = defineProgram({ ...asked, id: asked.id ?? programIdOf(asked.name, commandId) });
  mustBeKnownCountry(definition.calendar.country, 'calendar.country');
  mustBeAllowedToStart(caller, definition);
  return definition;
}

function mustBeAllowedToStart(caller: RequestCaller, { people }: ProgramDefinition): void {
  const starter = people.find(({ email }) => email === caller.email);
  if (caller.installationRole === 'administrator' || starter?.roles.includes('programManager')) return;
  throw forbidden(
    `Only one of its program managers or an administrator can start a program; name ${caller.email} among people ` +
      'with the role programManager.',
  );
}

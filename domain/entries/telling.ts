import { bodyRoles, type Email, type Role } from '../basics.ts';
import { mustNotBeAhead, mustSay } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { mustDiffer } from '../evidence/showing.ts';
import { hasRole, nameOf, person } from '../people/people.ts';
import { forbidden, wrong } from '../refusal.ts';
import type { Told } from '../registry/told.ts';
import { type CommandType, commands } from '../registry.ts';
import type { ProgramState } from '../state.ts';

type WithPeople = Pick<ProgramState, 'people'>;

/** Whether a command tells an act of the certification body, which a program manager may enter for its people. */
export function tellsActOfBody(type: CommandType): boolean {
  return Object.hasOwn(commands[type].payload.properties, 'onBehalfOf');
}

/** What a command says of when it happened and of whose act it is; nothing where it takes no such fields. */
export function saidIn(type: string, payload: object): Told {
  const properties: object = Object.hasOwn(commands, type) ? commands[type as CommandType].payload.properties : {};
  // The schema of the command has these fields, as `told.ts` writes them.
  const { on, onBehalfOf, document } = payload as Told;
  return {
    ...(on && Object.hasOwn(properties, 'on') ? { on } : {}),
    ...(onBehalfOf && Object.hasOwn(properties, 'onBehalfOf') ? { onBehalfOf } : {}),
    ...(document && Object.hasOwn(properties, 'document') ? { document } : {}),
  };
}

/** The people of the certification body whose act a command can be. */
export function whoseAct({ people }: WithPeople, type: CommandType): Email[] {
  if (!tellsActOfBody(type)) return [];
  const able = rolesOfBody(commands[type].roles);
  return people.filter(({ roles }) => roles.some((role) => able.includes(role))).map(({ email }) => email);
}

/**
 * R30: what the body did is entered by a program manager, for one of its people whose act it can be; for oneself it is
 * simply done. Source: practice.
 */
export function mustSpeakFor(state: WithPeople, email: Email, of: Email, roles: readonly Role[]): void {
  if (email === of) wrong('R30', 'ownAct', {}, 'onBehalfOf');
  if (!hasRole(state, email, 'programManager')) forbidden('enteredByManager', { email });
  const able = rolesOfBody(roles);
  if (!person(state, of)) wrong('unknown', 'bodyPersonUnknown', { email: of }, 'onBehalfOf');
  if (!hasRole(state, of, ...able)) wrong('R30', 'notTheirAct', { name: nameOf(state, of), able }, 'onBehalfOf');
}

/**
 * R28, R30: what happened is never ahead, and what is entered for somebody rests on a document of the body that is named.
 * Source: ISO/IEC 17021-1, throughout; practice.
 */
export function mustBeTold(draft: Draft, { on, onBehalfOf, document }: Told): void {
  if (on) mustNotBeAhead(draft, on, 'on');
  if (document && !onBehalfOf) wrong('R30', 'documentOfNobody', {}, 'onBehalfOf');
  if (!onBehalfOf) return;
  if (!document) wrong('R30', 'restsOnDocument', {}, 'document');
  mustSay(document.title, 'document.title');
  mustDiffer(document.files, 'document.files');
  if (!document.links?.length && !document.files?.length) wrong('R30', 'documentNowhere', {}, 'document.files');
}

function rolesOfBody(roles: readonly Role[]): Role[] {
  return roles.filter((role) => bodyRoles.includes(role));
}

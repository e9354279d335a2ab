import { type Static, Type } from 'typebox';
import { requirementsOf } from '../assessment/requirements.ts';
import type { AuditKind } from '../audits/audit.ts';
import { bodyRoles, type Email, type Role } from '../basics.ts';
import type { Draft } from '../draft.ts';
import { email, name, role, strict } from '../registry/fields.ts';
import { organization } from '../registry/roles.ts';
import type { ProgramState } from '../state.ts';
import type { Duty } from './duty.ts';
import { nameOf, person } from './people.ts';

/**
 * What somebody is in another program of the same organization, as the API found it when a command was sent. A program knows
 * itself alone; what it is told of others comes with the command, and what it says to that is recorded.
 */
export const partElsewhere = Type.Object(
  {
    email,
    /** The other program's name; absent where the sender does not see that program. */
    program: Type.Optional(name),
    roles: Type.Array(role),
    /** How many of its requirements they own. */
    owns: Type.Integer({ minimum: 0 }),
  },
  strict,
);
export type PartElsewhere = Static<typeof partElsewhere>;

/** The most parts that come with a command. */
export const mostParts = 500;

/** Whether somebody who comes to a duty here had better not have this part there (R8, R9, R26). */
export function isAtOdds(duty: Duty, { roles, owns }: Pick<PartElsewhere, 'roles' | 'owns'>): boolean {
  if (duty === 'requirements') return roles.some((one) => bodyRoles.includes(one));
  if (owns > 0) return true;
  return duty !== 'internalAudit' && roles.some((one) => organization.includes(one));
}

/** The duties that somebody has by their roles alone. */
export function dutiesByRole(roles: readonly Role[]): Duty[] {
  const duties: Duty[] = [];
  if (roles.includes('decisionMaker')) duties.push('decision');
  if (roles.includes('leadAuditor') || roles.includes('auditor')) duties.push('bodyAudit');
  return duties;
}

/**
 * R8, R9, R26: whoever audits or decides has no part in what is audited, in no program of the organization. Warns of who came to
 * both by what was just decided; it is no refusal, for programs of one organization can be of things apart.
 */
export function warnOfPartsElsewhere(
  draft: Draft,
  before: ProgramState | undefined,
  parts: readonly PartElsewhere[],
): void {
  const told = new Set<string>();
  const taken = new Map<Email, Duty[]>();
  for (const part of parts) {
    const { email: of, program, roles, owns } = part;
    if (!taken.has(of)) taken.set(of, dutiesTaken(draft, before, of));
    for (const duty of taken.get(of)!) {
      const key = `${of} ${program} ${duty === 'requirements'}`;
      if (!isAtOdds(duty, part) || told.has(key)) continue;
      told.add(key);
      const given = { name: nameOf(draft.state, of), duty, roles, owns, ...(program ? { program } : {}) };
      draft.warn('independence', 'partElsewhere', given);
    }
  }
}

/** What fell to somebody by what was decided, and was not theirs before. */
function dutiesTaken({ state, emitted, actor }: Draft, before: ProgramState | undefined, of: Email): Duty[] {
  const decided = emitted.some(({ definition, data }) => {
    const { onBehalfOf = actor.email } = data as { onBehalfOf?: Email };
    return definition.type === 'DecisionRecorded' && onBehalfOf === of;
  });
  const had = before ? dutiesOf(before, of) : [];
  return [...(decided ? ['decision' as const] : []), ...dutiesOf(state, of).filter((duty) => !had.includes(duty))];
}

function dutiesOf(state: ProgramState, of: Email): Duty[] {
  const duties = dutiesByRole(person(state, of)?.roles ?? []);
  if (isOnTeam(state, of, 'internal')) duties.push('internalAudit');
  if (Object.values(requirementsOf(state)).some(({ rating }) => rating?.owner === of)) duties.push('requirements');
  return duties;
}

function isOnTeam({ audits }: ProgramState, of: Email, kind: AuditKind): boolean {
  return Object.values(audits).some((audit) => audit.kind === kind && audit.team.includes(of));
}

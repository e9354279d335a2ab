import { LRUCache } from 'lru-cache';
import type { Database, Participation } from '../db/types.ts';
import { requirementsOf } from '../domain/assessment/requirements.ts';
import type { Actor, Email } from '../domain/basics.ts';
import type { Duty } from '../domain/people/duty.ts';
import { dutiesByRole, isAtOdds, mostParts, type PartElsewhere } from '../domain/people/elsewhere.ts';
import type { ProgramDefinition } from '../domain/program/definition.ts';
import type { CommandType, UserCommand } from '../domain/registry.ts';
import type { Gateway } from './gateway.ts';
import type { ProgramStates } from './programStates.ts';
import { unlessUnreadable } from './unreadable.ts';

const byRoles: readonly Duty[] = ['bodyAudit', 'decision'];
const allDuties: readonly Duty[] = [...byRoles, 'internalAudit', 'requirements'];

/** The duties to which somebody can come by a command; by all others, to none. */
const giving: { [T in CommandType]?: readonly Duty[] } = {
  addPerson: byRoles,
  changePerson: [...byRoles, 'requirements'],
  setPeople: [...byRoles, 'requirements'],
  putInCharge: allDuties,
  removePerson: allDuties,
  rateRequirement: ['requirements'],
  scheduleAudit: ['internalAudit'],
  recordEarlierAudit: ['internalAudit'],
  recordDecision: ['decision'],
};

/** By these, what somebody cannot have anymore falls to the managers of the program, whom nobody names. */
const handingOver: readonly CommandType[] = ['changePerson', 'setPeople', 'putInCharge', 'removePerson'];

const mostKept = 5_000;

/** Another program as it was up to one of its records. */
interface Owning {
  seq: number;
  name: string;
  isCancelled: boolean;
  /** How many requirements each owns. */
  owned: Map<string, number>;
}

/** The program for which somebody is looked for in others of its organization. */
interface Here extends Place {
  id: string;
}

/** What programs have in common in which it matters who is what. */
interface Place {
  organization: string;
  rehearsal: boolean;
}

/**
 * A gateway that tells a program, with the commands that matter, what the people whom they name are in other programs of the same
 * organization: independence looks at the organization, and a program knows itself alone. What is told travels with the
 * command, so that the program decides the same whenever it is asked again.
 */
export function withElsewhere(gateway: Gateway, services: { database: Database; states: ProgramStates }): Gateway {
  const {
    states,
    database: { read },
  } = services;
  /** Whose a program is, which never changes. */
  const places = new LRUCache<string, Place>({ max: mostKept });
  const ownings = new LRUCache<string, Owning>({ max: mostKept });

  async function told(programId: string, actor: Actor, commands: readonly UserCommand[]) {
    const duties = new Map<string, Set<Duty>>();
    const managers = commands.some(({ type }) => handingOver.includes(type))
      ? await unlessUnreadable(services, () => managersOf(programId), [])
      : [];
    for (const command of commands) {
      // What is no command, which the program refuses, may be called as something that every object has.
      const given = Object.hasOwn(giving, command.type) ? giving[command.type] : undefined;
      if (!given) continue;
      const unnamed = handingOver.includes(command.type) ? managers : [];
      for (const address of [actor.email, ...unnamed, ...addressesIn(command)])
        duties.set(address, new Set([...(duties.get(address) ?? []), ...given]));
    }
    if (duties.size === 0) return {};
    const here = await read.program(programId);
    return here ? toldTo(here, actor, duties) : {};
  }

  async function managersOf(programId: string): Promise<Email[]> {
    const people = (await states.read(programId))?.state.people ?? [];
    return people.flatMap(({ email, roles }) => (roles.includes('programManager') ? [email] : []));
  }

  /** What some people are in the other programs of an organization, as far as it is at odds with what they may come to here. */
  async function toldTo(here: Here, actor: Actor, duties: ReadonlyMap<string, ReadonlySet<Duty>>) {
    const parts: (PartElsewhere & { programId: string; name: string })[] = [];
    for (const part of duties.size > 0 ? await read.partsOf([...duties.keys()]) : []) {
      const { programId, email, roles } = part;
      const areAtOdds = (owns: number) => [...duties.get(email)!].some((duty) => isAtOdds(duty, { roles, owns }));
      // Only where it would matter what they own there is that looked for.
      if (programId === here.id || !areAtOdds(Number.POSITIVE_INFINITY)) continue;
      const there = await unlessUnreadable(services, () => ofSamePlace(part, here), undefined);
      const owns = there?.owned.get(email) ?? 0;
      if (there && !there.isCancelled && areAtOdds(owns))
        parts.push({ programId, name: there.name, email, roles, owns });
      if (parts.length === mostParts) break;
    }
    if (parts.length === 0) return {};
    const seen = await read.rolesIn([...new Set(parts.map(({ programId }) => programId))], actor.email as Email);
    // A program that the sender does not see has no name.
    const isSeen = (programId: string) => actor.installationRole !== undefined || seen.has(programId);
    const elsewhere: PartElsewhere[] = parts.map(({ programId, name, ...part }) => ({
      ...part,
      ...(isSeen(programId) && { program: name }),
    }));
    return { elsewhere };
  }

  async function ofSamePlace(part: Participation, here: Here): Promise<Owning | undefined> {
    const place = await placeOf(part);
    return place && isSamePlace(place, here) ? owningOf(part) : undefined;
  }

  async function placeOf({ programId }: Participation): Promise<Place | undefined> {
    const known = places.get(programId);
    if (known) return known;
    const program = await read.program(programId);
    if (!program) return undefined;
    const { organization, rehearsal } = program;
    places.set(programId, { organization, rehearsal });
    return { organization, rehearsal };
  }

  /** Who owns how much in a program, counted again when it has newer records. */
  async function owningOf({ programId, seq }: Participation): Promise<Owning | undefined> {
    const known = ownings.get(programId);
    if (known && known.seq >= seq) return known;
    const state = (await states.read(programId))?.state;
    if (!state) return undefined;
    const owned: Owning['owned'] = new Map();
    for (const { rating } of Object.values(requirementsOf(state)))
      if (rating) owned.set(rating.owner, (owned.get(rating.owner) ?? 0) + 1);
    const owning = { seq: state.seq, name: state.name, isCancelled: state.status === 'cancelled', owned };
    ownings.set(programId, owning);
    return owning;
  }

  return {
    ...gateway,
    async start(definition, caller, commandId) {
      const { elsewhere } = await toldTo(definition, caller, dutiesAtStart(definition));
      return gateway.start(definition, caller, commandId, elsewhere);
    },
    async command(programId, envelope) {
      return gateway.command(programId, {
        ...envelope,
        ...(await told(programId, envelope.actor, [envelope.command])),
      });
    },
    async bulk(programId, envelope) {
      return gateway.bulk(programId, { ...envelope, ...(await told(programId, envelope.actor, envelope.commands)) });
    },
  };
}

/** To what people come by a start: by their roles, and to whatever a program that is taken over says of them. */
function dutiesAtStart({ people, adopt }: ProgramDefinition): Map<string, Set<Duty>> {
  const duties = people.map(({ email, roles }) => [email, new Set(adopt ? allDuties : dutiesByRole(roles))] as const);
  return new Map(duties.filter(([, ofOne]) => ofOne.size > 0));
}

function isSamePlace(one: Place, other: Place): boolean {
  return one.rehearsal === other.rehearsal && isSame(one.organization, other.organization);
}

/** People write the name of their organization as they like. */
function isSame(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function addressesIn(value: unknown): string[] {
  if (typeof value === 'string') return /^[^\s@]+@[^\s@]+$/.test(value) ? [value.toLowerCase()] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(addressesIn) : [];
}

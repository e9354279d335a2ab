import { timeZoneOf } from '../../api/countries.ts';
import { type AdoptablePhase, adoptablePhases } from '../../domain/adoption/adoption.ts';
import type { Role } from '../../domain/basics.ts';
import { programStart } from '../../domain/program/definition.ts';
import { asKnown } from '../../domain/registry/address.ts';
import { inLowerCase, type SchemaNode } from '../../domain/registry/walk.ts';
import { standardOutline } from '../../domain/standards/index.ts';
import { defaultLadder } from '../../domain/tasks/ladder.ts';
import { durationOf } from '../forms/durations.ts';
import type { Form } from '../forms/form.ts';
import { readPayload } from '../forms/payload.ts';
import type { FieldSchema } from '../forms/schema.ts';

/** What a form of a start asks for, and where in the form each of its people and systems stands. */
export interface StartRead {
  asked: Record<string, unknown>;
  people: number[];
  aiSystems: number[];
  /** Addresses under which two names were typed, and where the second is. */
  twoNames: { place: number; email: string; names: [string, string] }[];
}

/** The edition that programs are held against. */
export const standardId = 'iso-42001-2023';

const schema = programStart as unknown as FieldSchema;

/** What somebody filled in, as the payload of a start. Whether it is right the payload's own check says. */
export function readStart(form: Form): StartRead {
  const { people: _, aiSystems: __, escalation: ___, adopt, plan, calendar, ...rest } = readPayload(schema, form);
  const people = peopleIn(form);
  const systems = systemsIn(form);
  const phase = phaseIn(form);
  const asked = {
    ...rest,
    standard: standardId,
    people: people.map(({ person }) => person),
    aiSystems: systems.map(({ system }) => system),
    plan: inWords(plan as Plan | undefined),
    calendar: { ...(calendar as object), timeZone: zoneIn(form) },
    ...escalationIn(form),
    rehearsal: form.get('rehearsal') === 'true',
    ...(phase && { adopt: { ...(adopt as object), phase, ...ratingsIn(form, phase) } }),
  };
  return {
    asked: inLowerCase(schema as SchemaNode, asked) as Record<string, unknown>,
    people: people.map(({ place }) => place),
    twoNames: people.flatMap(({ twoNames }) => twoNames),
    aiSystems: systems.map(({ place }) => place),
  };
}

/** The phase of a program under way; undefined for one that begins. */
export function phaseIn(form: Form): AdoptablePhase | undefined {
  const phase = form.get('adopt.phase');
  return adoptablePhases.find((one) => one === phase);
}

/** As many people as a program takes, and more than anybody types; what lies beyond is no form of ours. */
const mostPlaces = 500;

/** How many entries of a list a form has. */
export function placesIn(form: Form, list: string): number {
  let most = -1;
  for (const name of form.names()) {
    if (!name.startsWith(`${list}[`)) continue;
    const place = Number.parseInt(name.slice(list.length + 1), 10);
    if (place < mostPlaces) most = Math.max(most, place);
  }
  return most + 1;
}

interface PersonRead {
  place: number;
  person: { email: string; name: string; roles: Role[] };
  twoNames: StartRead['twoNames'];
}

/** Somebody who plays two parts stands in the form twice, and is one person with two roles. */
function peopleIn(form: Form): PersonRead[] {
  const found = new Map<string, PersonRead>();
  const places = placesIn(form, 'people');
  for (let place = 0; place < places; place++) {
    const at = `people[${place}]`;
    const [email, name, role] = [asKnown(form.get(`${at}.email`)), form.get(`${at}.name`), form.get(`${at}.roles`)];
    if (email === '' && name === '') continue;
    const before = email === '' ? undefined : found.get(email);
    const roles = role === '' ? [] : [role as Role];
    if (!before) {
      found.set(email || at, { place, person: { email, name, roles }, twoNames: [] });
      continue;
    }
    const { person } = before;
    person.roles = [...new Set([...person.roles, ...roles])];
    // An address that was copied from the line above would make one person of two.
    if (name !== '' && !isSameName(name, person.name))
      before.twoNames.push({ place, email, names: [person.name, name] });
    if (person.name === '') person.name = name;
  }
  return [...found.values()];
}

/** `Sam` is `Sam Stone` too. */
function isSameName(one: string, other: string): boolean {
  const [words, others] = [one, other].map((name) => name.toLocaleLowerCase('en').split(/\s+/)) as [string[], string[]];
  return other === '' || words.every((word) => others.includes(word)) || others.every((word) => words.includes(word));
}

function systemsIn(form: Form): { place: number; system: Record<string, string> }[] {
  const taken = new Set<string>();
  const found = [];
  const places = placesIn(form, 'aiSystems');
  for (let place = 0; place < places; place++) {
    const at = `aiSystems[${place}]`;
    const name = form.get(`${at}.name`);
    if (name === '') continue;
    const id = idFor(name, taken);
    found.push({ place, system: { id, name, role: form.get(`${at}.role`), risk: form.get(`${at}.risk`) } });
  }
  return found;
}

/** An id that people recognize: `Credit Signals` is `credit-signals`. */
function idFor(name: string, taken: Set<string>): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  const slug = plain || 'system';
  let id = slug;
  for (let more = 2; taken.has(id); more++) id = `${slug}-${more}`;
  taken.add(id);
  return id;
}

interface Plan {
  phases?: Record<string, string>;
}

function inWords(plan: Plan | undefined): object {
  const phases = Object.entries(plan?.phases ?? {}).map(([phase, length]) => [phase, durationOf(length)]);
  return { ...plan, ...(phases.length > 0 && { phases: Object.fromEntries(phases) }) };
}

function zoneIn(form: Form): string | undefined {
  const zone = form.get('calendar.timeZone');
  if (zone !== '') return zone;
  try {
    return timeZoneOf(form.get('calendar.country'));
  } catch {
    // The country is wrong itself, and is named.
    return 'UTC';
  }
}

function escalationIn(form: Form): object {
  const days = form.get('escalation.reminderDays');
  const reminderDays = days === '' ? undefined : days.split(/[\s,;]+/).map(Number);
  const escalations = defaultLadder.escalations.map(({ workingDays, to }) => {
    const typed = form.get(`escalation.${to}`);
    return { workingDays: typed === '' ? workingDays : Number(typed), to };
  });
  const isUsual = JSON.stringify(escalations) === JSON.stringify(defaultLadder.escalations);
  if (!reminderDays && isUsual) return {};
  return { escalation: { ...(reminderDays && { reminderDays }), ...(!isUsual && { escalations }) } };
}

/** All requirements with how they stand; those for which nothing was chosen are as the others. */
function ratingsIn(form: Form, phase: AdoptablePhase): object {
  if (phase !== 'implementation') return {};
  const owner = asKnown(form.get('adopt.owner'));
  const ratings = standardOutline(standardId).requirements.map(({ id }) => {
    const status = form.get(`rated:${id}`) || form.get('adopt.others') || 'missing';
    const gap = form.get(`gap:${id}`) || (status === 'conforms' ? '' : 'As it was found before the takeover.');
    return { requirementId: id, status, priority: 'medium', gap, effortDays: status === 'conforms' ? 0 : 5, owner };
  });
  return { ratings };
}

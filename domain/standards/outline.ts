import { wrong } from '../refusal.ts';
import { iso42001of2023 } from './iso-42001-2023/outline.ts';
import type { EditionOutline, RequirementOutline, StandardOutline } from './types.ts';

interface KnownEdition {
  outline: StandardOutline;
  /** By number. */
  requirements: ReadonlyMap<string, RequirementOutline>;
}

/** Every edition by its id, oldest first. One that programs were pinned to is never taken out. */
const editions = new Map<string, KnownEdition>();

addEdition(iso42001of2023);

/**
 * Adds an edition of a standard, so that programs can be held against it. For those who bring an edition of their own:
 * every process and the bundle of the workflows add it as they load, before a program of it is started or read. Its
 * words go to `addCatalogue` of `index.ts`, wherever people are told of it.
 *
 * @throws Error when there is an edition with the same id, a requirement has its number twice, or a slot or an order
 *   names a requirement that the edition does not have
 */
export function addEdition({ sections, ...edition }: EditionOutline): void {
  if (editions.has(edition.id)) {
    throw new Error(`There is an edition ${edition.id} already; give the new one an id of its own.`);
  }
  const rows = sections.flatMap(({ id: section, kind, rows }) =>
    rows.map(
      ([id, title, usualOwnerRole, documented]): RequirementOutline => ({
        id,
        title,
        kind,
        section,
        documented: documented === 'documented',
        usualOwnerRole,
      }),
    ),
  );
  const outline = { ...edition, sections: sections.map(({ id, title }) => ({ id, title })), requirements: rows };
  const requirements = new Map(rows.map((one) => [one.id, one]));
  mustBeWhole(outline, requirements);
  editions.set(edition.id, { outline, requirements });
}

/** Every edition's outline, oldest first. */
export function standardOutlines(): StandardOutline[] {
  return [...editions.values()].map(({ outline }) => outline);
}

/**
 * The outline of an edition: number, short title and usual owner of each requirement. Light enough for a
 * workflow; the words are in `catalogue` of `index.ts`, which workflows do not import.
 *
 * @param id for example `iso-42001-2023`
 * @throws Refused (`invalid`, code `standard`) when there is no such edition
 */
export function standardOutline(id: string): StandardOutline {
  return editionOf(id).outline;
}

/**
 * The outline of one requirement, or undefined when the edition has none of that number.
 *
 * @throws Refused (`invalid`, code `standard`) when there is no such edition
 */
export function requirementOutline(standardId: string, requirementId: string): RequirementOutline | undefined {
  return editionOf(standardId).requirements.get(requirementId);
}

function editionOf(id: string): KnownEdition {
  return editions.get(id) ?? wrong('standard', 'noSuchStandard', { id, known: [...editions.keys()] });
}

function mustBeWhole(
  { id, sections, requirements, slots, comesAfter }: StandardOutline,
  byNumber: ReadonlyMap<string, RequirementOutline>,
): void {
  if (byNumber.size < requirements.length) {
    throw new Error(`The edition ${id} gives two requirements the same number; each has one of its own.`);
  }
  const numbers = new Set([...byNumber.keys(), ...sections.map((section) => section.id)]);
  const named = [...Object.values(slots), ...Object.entries(comesAfter).flat()];
  const unknown = named.find((number) => !numbers.has(number));
  if (unknown !== undefined) {
    throw new Error(`The edition ${id} names ${unknown} in its slots or its order, and has no such requirement.`);
  }
}

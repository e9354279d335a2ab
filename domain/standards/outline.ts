import { wrong } from '../rejection.ts';
import type { Role } from '../types/index.ts';
import { iso42001of2023 } from './iso-42001-2023/outline.ts';

/** A clause or a control by its name: all that a running program needs to know of it. */
export interface RequirementOutline {
  /** Its number in the standard: `6.1.4`, `A.6.2.5`. */
  id: string;
  title: string;
  kind: 'clause' | 'control';
  /** `4` to `10` for clauses, `A.2` to `A.10` for controls. */
  section: string;
  /**
   * The clause asks for documented information whatever the organization decides. Never set on a control: what
   * that wants in writing is owed only where the statement of applicability says it applies.
   */
  documented: boolean;
  /** The role in a program whose holder usually answers for it. */
  usualOwnerRole: Role;
}

/** An edition of a standard without its words. */
export interface StandardOutline {
  id: string;
  edition: string;
  title: string;
  /** SHA-256, in hex, of the RFC 8785 canonical JSON of the edition's `CatalogueContent`: what a program pins. */
  sha256: string;
  /** In the order of the standard. */
  requirements: readonly RequirementOutline[];
}

/** A requirement as an edition stores it: number, short title, who usually answers, documented information. */
export type OutlineRow = readonly [id: string, title: string, usualOwnerRole: Role, documented?: 'documented'];

/** What an edition's `outline.ts` holds. */
export interface EditionOutline {
  id: string;
  edition: string;
  title: string;
  sha256: string;
  rows: readonly OutlineRow[];
}

/** Every edition, oldest first. One that programs were pinned to is never taken out. */
const editions: readonly StandardOutline[] = [iso42001of2023].map(({ rows, ...edition }) => ({
  ...edition,
  requirements: rows.map(requirementOfRow),
}));

const outlines = new Map(editions.map((edition) => [edition.id, edition]));

const requirements = new Map(
  editions.map((edition) => [edition.id, new Map(edition.requirements.map((one) => [one.id, one]))]),
);

/**
 * The outline of an edition: number, short title and usual owner of each requirement. Light enough for a
 * workflow; the words are in `catalogue` of `index.ts`, which workflows do not import.
 *
 * @param id for example `iso-42001-2023`
 * @throws Rejected (422, `standard`) when the catalogue has no such edition
 */
export function standardOutline(id: string): StandardOutline {
  return outlines.get(id) ?? unknownStandard(id);
}

/**
 * The outline of one requirement, or undefined when the edition has none of that number.
 *
 * @throws Rejected (422, `standard`) when the catalogue has no such edition
 */
export function requirementOutline(standardId: string, requirementId: string): RequirementOutline | undefined {
  return (requirements.get(standardId) ?? unknownStandard(standardId)).get(requirementId);
}

function unknownStandard(id: string): never {
  const known = [...outlines.keys()].join(', ');
  return wrong('standard', `The catalogue has no standard "${id}". Name one of: ${known}.`);
}

function requirementOfRow([id, title, usualOwnerRole, documented]: OutlineRow): RequirementOutline {
  const parts = id.split('.');
  const control = parts[0] === 'A';
  return {
    id,
    title,
    kind: control ? 'control' : 'clause',
    section: parts.slice(0, control ? 2 : 1).join('.'),
    documented: documented === 'documented',
    usualOwnerRole,
  };
}

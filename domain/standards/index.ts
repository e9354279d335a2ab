/**
 * Standards as data. Workflows import `outline.ts` only: every cached workflow holds what it imports in memory, and
 * the words are for people.
 */
import { iso42001of2023Content } from './iso-42001-2023/index.ts';
import { standardOutline } from './outline.ts';
import type { Catalogue, Requirement } from './types.ts';

export { type RequirementOutline, requirementOutline, type StandardOutline, standardOutline } from './outline.ts';
export type { Catalogue, CatalogueContent, Crosswalk, Requirement, Section, Words } from './types.ts';

const all: readonly Catalogue[] = [iso42001of2023Content].map((content) => ({
  ...content,
  sha256: standardOutline(content.id).sha256,
}));

const byId = new Map(all.map((one) => [one.id, one]));

const requirements = new Map(all.map((one) => [one.id, new Map(one.requirements.map((each) => [each.id, each]))]));

/** Every edition in full, oldest first. */
export function catalogues(): Catalogue[] {
  return [...all];
}

/**
 * An edition in full.
 *
 * @param id for example `iso-42001-2023`
 * @throws Rejected (422, `standard`) when the catalogue has no such edition
 */
export function catalogue(id: string): Catalogue {
  return byId.get(standardOutline(id).id)!;
}

/**
 * One requirement in full, or undefined when the edition has none of that number.
 *
 * @throws Rejected (422, `standard`) when the catalogue has no such edition
 */
export function requirementOf(standardId: string, requirementId: string): Requirement | undefined {
  return requirements.get(standardOutline(standardId).id)!.get(requirementId);
}

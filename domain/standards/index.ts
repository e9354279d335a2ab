/**
 * Standards as data. Workflows import `outline.ts` only: the words are for people, and every copy of them costs memory.
 */
import { iso42001of2023Content } from './iso-42001-2023/index.ts';
import { standardOutline } from './outline.ts';
import type { Catalogue, CatalogueContent, Requirement } from './types.ts';

export { addEdition, requirementOutline, standardOutline } from './outline.ts';
export type * from './types.ts';

interface KnownCatalogue {
  catalogue: Catalogue;
  /** By number. */
  requirements: ReadonlyMap<string, Requirement>;
}

/** The editions whose words are here, oldest first. */
const known = new Map<string, KnownCatalogue>();

addCatalogue(iso42001of2023Content);

/**
 * Adds the words of an edition that `addEdition` has added before.
 *
 * @throws Refused (`invalid`, code `standard`) when the edition itself was not added
 * @throws Error when its words were added before
 */
export function addCatalogue(content: CatalogueContent): void {
  const { sha256 } = standardOutline(content.id);
  if (known.has(content.id)) throw new Error(`The words of ${content.id} were added before; add them once.`);
  known.set(content.id, {
    catalogue: { ...content, sha256 },
    requirements: new Map(content.requirements.map((one) => [one.id, one])),
  });
}

/** Every edition in full, oldest first. */
export function catalogues(): Catalogue[] {
  return [...known.values()].map(({ catalogue: one }) => one);
}

/**
 * An edition in full.
 *
 * @param id for example `iso-42001-2023`
 * @throws Refused (`invalid`, code `standard`) when there is no such edition
 * @throws Error when its words were not added
 */
export function catalogue(id: string): Catalogue {
  const found = known.get(standardOutline(id).id);
  if (!found) throw new Error(`The words of ${id} were not added: call addCatalogue with them.`);
  return found.catalogue;
}

/**
 * One requirement in full, or undefined when the edition has none of that number, or its words were not added.
 *
 * @throws Refused (`invalid`, code `standard`) when there is no such edition
 */
export function requirementOf(standardId: string, requirementId: string): Requirement | undefined {
  return known.get(standardOutline(standardId).id)?.requirements.get(requirementId);
}

import type { RequirementOutline } from './outline.ts';

/** What a requirement means for the person who must answer it, in this project's own words. */
export interface Words {
  /** What is asked for, addressed to the person who provides the evidence; one or two sentences. */
  ask: string;
  /** Why an auditor wants to see it; one sentence. */
  why: string;
  /** Two to four things that usually serve as evidence; none is prescribed. */
  usualEvidence: readonly string[];
  /** The job in an organization that usually answers for it. */
  usualOwner: string;
}

/** Where other frameworks speak of the same subject. Absent lists mean that no mapping with a source is known. */
export interface Crosswalk {
  /** Functions or subcategories of the NIST AI Risk Management Framework 1.0. */
  nistAiRmf?: readonly string[];
  /** Entries of the OWASP Top 10 for LLM Applications. */
  owaspLlm?: readonly string[];
  /** Risks of the NIST Generative AI Profile. */
  nistGenAi?: readonly string[];
  /**
   * Management system standards with the same clause, so that an integrated system gives its evidence once. The
   * subject is shared; the number can differ, above all within clause 10.
   */
  sharedClauseOf?: readonly string[];
  /** Where the mappings come from. */
  source: string;
}

/** A requirement in full. */
export interface Requirement extends RequirementOutline, Words {
  /** Names under which readers of other groupings of Annex A look for it; empty for clauses. */
  aliases: readonly string[];
  crosswalk: Crosswalk;
}

/** A clause of the first level, or a group of Annex A. */
export interface Section {
  id: string;
  title: string;
}

/** Everything that the hash of an edition covers. */
export interface CatalogueContent {
  id: string;
  edition: string;
  title: string;
  /** What a reader must know of the catalogue as a whole. */
  notes: readonly string[];
  /** In the order of the standard. */
  sections: readonly Section[];
  /** In the order of the standard. */
  requirements: readonly Requirement[];
}

/** An edition of a standard in full, with the hash that programs pin. */
export interface Catalogue extends CatalogueContent {
  sha256: string;
}

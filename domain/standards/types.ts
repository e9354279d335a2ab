import type { Role } from '../basics.ts';

/**
 * What a program needs a requirement of its standard for, by meaning. An edition says which of its requirements, or of
 * its sections, it is; what it has no requirement for does not come up in its programs.
 */
export type Slot =
  /** What the management system covers. */
  | 'scope'
  | 'policy'
  /** Who is responsible for what. */
  | 'roles'
  /** The same among the controls. */
  | 'rolesControl'
  /** The treatment of risks, from which the statement of applicability follows. */
  | 'riskTreatment'
  | 'objectives'
  | 'planningOfChanges'
  /** The section about operation. */
  | 'operation'
  /** The results of assessing risks, which come around. */
  | 'riskAssessment'
  /** The results of assessing the impact of a system. */
  | 'impactAssessment'
  | 'monitoring'
  | 'internalAudit'
  | 'managementReview'
  | 'improvement'
  | 'correctiveAction';

/** Clauses always apply; whether a control does, the statement of applicability says. */
export type RequirementKind = 'clause' | 'control';

/** A clause or a control by its name: all that a running program needs to know of it. */
export interface RequirementOutline {
  /** Its number in the standard: `6.1.4`, `A.6.2.5`. */
  id: string;
  title: string;
  kind: RequirementKind;
  /** The section that it stands in: `6`, `A.6`. */
  section: string;
  /**
   * The clause asks for documented information whatever the organization decides. Never set on a control: what
   * that wants in writing is owed only where the statement of applicability says it applies.
   */
  documented: boolean;
  /** The role in a program whose holder usually answers for it. */
  usualOwnerRole: Role;
}

/** A clause of the first level, or a group of controls. */
export interface Section {
  id: string;
  title: string;
}

/** An edition of a standard without its words. */
export interface StandardOutline {
  id: string;
  edition: string;
  title: string;
  /** SHA-256, in hex, of the RFC 8785 canonical JSON of the edition's `CatalogueContent`: what a program pins. */
  sha256: string;
  /** In the order of the standard. */
  sections: readonly Section[];
  /** In the order of the standard. */
  requirements: readonly RequirementOutline[];
  /** Numbers of requirements or sections. */
  slots: Readonly<Partial<Record<Slot, string>>>;
  /** The requirement that comes before another, where its document cannot be written earlier; by the later one's number. */
  comesAfter: Readonly<Record<string, string>>;
}

/** A requirement as an edition stores it: number, short title, who usually answers, documented information. */
export type OutlineRow = readonly [id: string, title: string, usualOwnerRole: Role, documented?: 'documented'];

/** A section as an edition stores it: with its requirements, which are all clauses or all controls. */
export interface OutlineSection extends Section {
  kind: RequirementKind;
  rows: readonly OutlineRow[];
}

/** What an edition's `outline.ts` holds. */
export interface EditionOutline extends Omit<StandardOutline, 'sections' | 'requirements'> {
  sections: readonly OutlineSection[];
}

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

/** What an audit looks at, and the standards it serves with that. */
export interface IntegratedItem {
  requirementId: string;
  standards: string[];
}

/** A standard of an integrated audit: its requirements, each with the standards that share its clause. */
export interface IntegratedStandard {
  standard: string;
  requirements: readonly { id: string; sharedClauseOf?: readonly string[] }[];
}

/**
 * R21: in an integrated audit a clause that standards share is audited once, for all of them; what only one of them asks
 * for is audited for that one. Gives the items in the order of the standards and their requirements.
 * Source: IAF MD 11.
 */
export function auditedOnce(standards: readonly IntegratedStandard[]): IntegratedItem[] {
  const items: IntegratedItem[] = [];
  for (const { standard, requirements } of standards) {
    for (const { id, sharedClauseOf = [] } of requirements) {
      const same = items.find(
        ({ requirementId, standards: served }) =>
          requirementId === id && served.every((one) => sharedClauseOf.includes(one)),
      );
      if (same) same.standards.push(standard);
      else items.push({ requirementId: id, standards: [standard] });
    }
  }
  return items;
}

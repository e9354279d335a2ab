/**
 * Some introductions to the standard group Annex A loosely from A.1 to A.9. Their numbers are not the standard's (its
 * A.5 is impact assessment, theirs is development), so each alias says that it belongs to that grouping.
 */
const looseGroups: Readonly<Record<string, readonly string[]>> = {
  'A.1 Policies': ['A.2', 'A.3.2'],
  'A.2 Internal organization': ['A.3', 'A.4.2', 'A.4.6'],
  'A.3 Resource management': ['A.4', 'A.7'],
  'A.4 Impact assessment': ['A.5'],
  'A.5 Development': ['A.6.1.2', 'A.6.1.3', 'A.6.2.2', 'A.6.2.3', 'A.6.2.4'],
  'A.6 Operation': ['A.6.2.5', 'A.6.2.6', 'A.9'],
  'A.7 Interested parties': ['A.8', 'A.10'],
  'A.8 Monitoring': ['A.6.2.6', 'A.6.2.8', 'A.8.3', 'A.8.4'],
  'A.9 Documentation': ['A.4.2', 'A.5.3', 'A.6.2.3', 'A.6.2.7', 'A.6.2.8', 'A.8.2'],
};

/** The names under which a reader of the loose grouping looks for a requirement; empty for clauses. */
export function aliasesOf(id: string, section: string): string[] {
  return Object.entries(looseGroups)
    .filter(([, members]) => members.includes(id) || members.includes(section))
    .map(([name]) => `${name} (loose grouping)`);
}

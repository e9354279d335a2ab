import type { Crosswalk } from '../types.ts';

const nistFunctions =
  'NIST AI RMF 1.0 (NIST AI 100-1), at the level of its functions; a reading, not an official mapping';
const secondary = 'identifiers paired by public secondary articles, not an official mapping';
const harmonized = 'harmonized structure of ISO management system standards (ISO/IEC Directives, Part 1, Annex SL)';

const structureStandards = ['ISO 9001', 'ISO 14001', 'ISO 22000', 'ISO/IEC 27001', 'ISO 45001'];

/** Clauses that ISO/IEC 42001 adds to the harmonized structure: no other standard's evidence serves for them. */
const aiSpecific = ['6.1.2', '6.1.3', '6.1.4', '8.2', '8.3', '8.4'];

/** Each mapping, with the requirements it holds for: whole sections or single requirements. */
const mappings: readonly { of: readonly string[]; is: Crosswalk }[] = [
  { of: ['4', '5', '7'], is: { nistAiRmf: ['GOVERN'], source: nistFunctions } },
  { of: ['6.1.4', '8.4', 'A.5'], is: { nistAiRmf: ['MAP'], source: nistFunctions } },
  { of: ['9.1'], is: { nistAiRmf: ['MEASURE'], source: nistFunctions } },
  { of: ['6.1.3', '8.3', '10'], is: { nistAiRmf: ['MANAGE'], source: nistFunctions } },
  {
    of: ['9'],
    is: {
      nistAiRmf: ['MEASURE 3.1'],
      owaspLlm: ['LLM10'],
      source: `NIST AI RMF 1.0 and OWASP Top 10 for LLM Applications 2025, ${secondary}`,
    },
  },
  {
    of: ['A.7'],
    is: {
      owaspLlm: ['LLM04'],
      nistGenAi: ['Data Privacy'],
      source: `OWASP Top 10 for LLM Applications 2025 and NIST Generative AI Profile (NIST AI 600-1), ${secondary}`,
    },
  },
  {
    of: ['A.10'],
    is: {
      nistAiRmf: ['GOVERN 6.1'],
      owaspLlm: ['LLM03'],
      source: `NIST AI RMF 1.0 and OWASP Top 10 for LLM Applications 2025, ${secondary}`,
    },
  },
];

/** The mappings of one requirement, merged, with every source named. */
export function crosswalkOf(id: string, section: string): Crosswalk {
  const found = mappings.filter(({ of }) => of.includes(id) || of.includes(section)).map(({ is }) => is);
  const shared = sharedClauseOf(id, section);
  if (shared.length > 0) found.push({ sharedClauseOf: shared, source: harmonized });
  if (found.length === 0) return { source: 'No mapping with a named source is known.' };

  const merged: Crosswalk = { source: [...new Set(found.map((one) => one.source))].join('; ') };
  for (const list of ['nistAiRmf', 'owaspLlm', 'nistGenAi', 'sharedClauseOf'] as const) {
    const values = found.flatMap((one) => one[list] ?? []);
    if (values.length > 0) merged[list] = values;
  }
  return merged;
}

function sharedClauseOf(id: string, section: string): readonly string[] {
  if (section.startsWith('A.') || aiSpecific.includes(id)) return [];
  // Planning of changes came to the structure after ISO 14001:2015 and ISO 45001:2018, which have no such clause.
  if (id === '6.3') return ['ISO 9001', 'ISO 22000', 'ISO/IEC 27001'];
  return structureStandards;
}

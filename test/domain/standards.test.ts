import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import canonicalize from 'canonicalize';
import { describe, expect, it } from 'vitest';
import { catalogue, catalogues, requirementOf } from '../../domain/standards/index.ts';
import { requirementOutline, standardOutline } from '../../domain/standards/outline.ts';
import type { Catalogue, Requirement } from '../../domain/standards/types.ts';
import { refusalOf } from './support.ts';

const id = 'iso-42001-2023';
const full = catalogue(id);
const idsOf = (requirements: readonly { id: string }[]) => requirements.map((one) => one.id);
const wordsOf = (one: Requirement) => [one.ask, one.why, one.usualOwner, ...one.usualEvidence];

/** Hashes an edition as its pin is defined: RFC 8785 canonical JSON of everything but the hash. */
function hashOf({ sha256: _, ...content }: Catalogue): string {
  return createHash('sha256').update(canonicalize(content)!).digest('hex');
}

describe('the requirements of ISO/IEC 42001:2023', () => {
  it('are the 32 leaf clauses, in order', () => {
    expect(idsOf(full.requirements.filter((one) => one.kind === 'clause'))).toEqual(
      (
        '4.1 4.2 4.3 4.4 5.1 5.2 5.3 6.1.1 6.1.2 6.1.3 6.1.4 6.2 6.3 7.1 7.2 7.3 7.4 7.5.1 7.5.2 7.5.3 ' +
        '8.1 8.2 8.3 8.4 9.1 9.2.1 9.2.2 9.3.1 9.3.2 9.3.3 10.1 10.2'
      ).split(' '),
    );
  });

  it('are the 38 controls of Annex A: 3+2+5+4+9+5+4+3+3', () => {
    const controls = full.requirements.filter((one) => one.kind === 'control');
    const counts = Object.fromEntries(
      full.sections
        .filter((section) => section.id.startsWith('A.'))
        .map((section) => [section.id, controls.filter((one) => one.section === section.id).length]),
    );
    expect(counts).toEqual({
      'A.2': 3,
      'A.3': 2,
      'A.4': 5,
      'A.5': 4,
      'A.6': 9,
      'A.7': 5,
      'A.8': 4,
      'A.9': 3,
      'A.10': 3,
    });
    expect(controls).toHaveLength(38);
    expect(idsOf(controls.filter((one) => one.section === 'A.6'))).toEqual(
      'A.6.1.2 A.6.1.3 A.6.2.2 A.6.2.3 A.6.2.4 A.6.2.5 A.6.2.6 A.6.2.7 A.6.2.8'.split(' '),
    );
  });

  it('ask for documented information where the standard does', () => {
    expect(idsOf(full.requirements.filter((one) => one.documented))).toEqual(
      '4.3 5.2 6.1.1 6.1.2 6.1.3 6.1.4 6.2 7.2 7.5.1 8.1 8.2 8.3 8.4 9.1 9.2.2 9.3.3 10.2'.split(' '),
    );
  });

  it('are answered by the organization, never by the certification body', () => {
    const owners = new Set(full.requirements.map((one) => one.usualOwnerRole));
    expect([...owners].sort()).toEqual(['owner', 'programManager', 'topManagement']);
  });
});

describe.each(catalogues().map((one) => [one.id, one] as const))('the edition %s', (_, edition) => {
  it('has unique requirements, each in a section that exists, no section empty', () => {
    expect(new Set(idsOf(edition.requirements)).size).toBe(edition.requirements.length);
    expect([...new Set(edition.requirements.map((one) => one.section))]).toEqual(idsOf(edition.sections));
  });

  it('has words for each requirement, two to four kinds of evidence, none of them said twice', () => {
    for (const one of edition.requirements) {
      expect(
        wordsOf(one).filter((text) => text.trim().length < 4),
        one.id,
      ).toEqual([]);
      expect(one.usualEvidence.length, one.id).toBeGreaterThanOrEqual(2);
      expect(one.usualEvidence.length, one.id).toBeLessThanOrEqual(4);
      expect(sentencesOf(one.ask).length, `ask of ${one.id}`).toBeLessThanOrEqual(2);
      expect(sentencesOf(one.why).length, `why of ${one.id}`).toBe(1);
    }
    const said = edition.requirements.flatMap((one) => [
      ...sentencesOf(one.ask),
      ...sentencesOf(one.why),
      ...one.usualEvidence,
    ]);
    expect(said.filter((text, index) => said.indexOf(text) !== index)).toEqual([]);
  });

  it('agrees with its outline', () => {
    const outline = standardOutline(edition.id);
    const { id: outlineId, edition: year, title, sha256 } = outline;
    expect(edition).toMatchObject({ id: outlineId, edition: year, title, sha256 });
    expect(idsOf(edition.requirements)).toEqual(idsOf(outline.requirements));
    for (const light of outline.requirements) {
      expect(requirementOf(edition.id, light.id)).toMatchObject(light);
      expect(requirementOutline(edition.id, light.id)).toBe(light);
    }
  });

  it('has the hash that programs are pinned to', () => {
    const hash = hashOf(edition);
    expect(
      edition.sha256,
      `The content of ${edition.id} changed. If no released version holds it yet, set sha256 in ` +
        `domain/standards/${edition.id}/outline.ts to ${hash}; otherwise leave it as it was and add a new edition.`,
    ).toBe(hash);
  });

  it('changes its hash with a single word', () => {
    const [first, ...rest] = edition.requirements;
    expect(hashOf({ ...edition, requirements: [{ ...first!, ask: `${first!.ask} Now.` }, ...rest] })).not.toBe(
      edition.sha256,
    );
  });

  it('names where its mappings come from', () => {
    for (const { id: requirementId, crosswalk } of edition.requirements) {
      expect(crosswalk.source.length, requirementId).toBeGreaterThan(10);
    }
  });
});

describe('the crosswalk', () => {
  const crosswalkOf = (requirementId: string) => requirementOf(id, requirementId)!.crosswalk;
  const mappedTo = (framework: 'nistAiRmf' | 'owaspLlm' | 'nistGenAi', item: string) =>
    idsOf(full.requirements.filter((one) => one.crosswalk[framework]?.includes(item)));
  const inSections = (...sections: string[]) =>
    idsOf(full.requirements.filter((one) => sections.includes(one.section)));

  it('maps the functions of the NIST AI RMF', () => {
    expect(mappedTo('nistAiRmf', 'GOVERN')).toEqual(inSections('4', '5', '7'));
    expect(mappedTo('nistAiRmf', 'MAP')).toEqual(['6.1.4', '8.4', ...inSections('A.5')]);
    expect(mappedTo('nistAiRmf', 'MEASURE')).toEqual(['9.1']);
    expect(mappedTo('nistAiRmf', 'MANAGE')).toEqual(['6.1.3', '8.3', ...inSections('10')]);
    expect(mappedTo('nistAiRmf', 'MEASURE 3.1')).toEqual(inSections('9'));
    expect(mappedTo('nistAiRmf', 'GOVERN 6.1')).toEqual(inSections('A.10'));
  });

  it('maps the risks of language models', () => {
    expect(mappedTo('owaspLlm', 'LLM03')).toEqual(inSections('A.10'));
    expect(mappedTo('owaspLlm', 'LLM04')).toEqual(inSections('A.7'));
    expect(mappedTo('owaspLlm', 'LLM10')).toEqual(inSections('9'));
    expect(mappedTo('nistGenAi', 'Data Privacy')).toEqual(inSections('A.7'));
  });

  it('shares clauses of the harmonized structure, and none that is about AI only', () => {
    const five = ['ISO 9001', 'ISO 14001', 'ISO 22000', 'ISO/IEC 27001', 'ISO 45001'];
    for (const shared of ['4.1', '7.5.1', '7.5.3', '9.2.2', '9.3.3', '10.2']) {
      expect(crosswalkOf(shared).sharedClauseOf, shared).toEqual(five);
    }
    const notShared = full.requirements.filter((one) => !one.crosswalk.sharedClauseOf);
    expect(idsOf(notShared.filter((one) => one.kind === 'clause'))).toEqual('6.1.2 6.1.3 6.1.4 8.2 8.3 8.4'.split(' '));
    expect(notShared.filter((one) => one.kind === 'control')).toHaveLength(38);
  });

  it('merges several mappings of one clause and names each source', () => {
    expect(crosswalkOf('9.1')).toMatchObject({ nistAiRmf: ['MEASURE', 'MEASURE 3.1'], owaspLlm: ['LLM10'] });
    expect(crosswalkOf('9.1').source).toMatch(/functions.*OWASP.*harmonized structure/);
    expect(crosswalkOf('A.2.2')).toEqual({ source: 'No mapping with a named source is known.' });
  });
});

describe('the catalogue as a whole', () => {
  it('lets a reader of the loose grouping find every control, under a name marked as loose', () => {
    const controls = full.requirements.filter((one) => one.kind === 'control');
    expect(controls.filter((one) => one.aliases.length === 0)).toEqual([]);
    const names = new Set(controls.flatMap((one) => one.aliases));
    expect([...names].map((name) => name.slice(0, 3)).sort()).toEqual('A.1 A.2 A.3 A.4 A.5 A.6 A.7 A.8 A.9'.split(' '));
    expect([...names].filter((name) => !name.endsWith('(loose grouping)'))).toEqual([]);
    expect(requirementOf(id, 'A.5.4')?.aliases).toEqual(['A.4 Impact assessment (loose grouping)']);
  });

  it('says that the EU AI Act is another matter and that the words are its own', () => {
    expect(full.notes.join(' ')).toMatch(/Neither .* gives a presumption of conformity with the EU AI Act/);
    expect(full.notes.join(' ')).toMatch(/own and does not replace the standard/);
  });

  it('keeps the words out of what workflows import', () => {
    const importsOf = (file: string) =>
      [...readFileSync(new URL(`../../domain/standards/${file}`, import.meta.url), 'utf8').matchAll(/from '(.+)'/g)]
        .map((match) => match[1])
        .sort();
    expect(importsOf('outline.ts')).toEqual(['../refusal.ts', './iso-42001-2023/outline.ts', './types.ts']);
    expect(importsOf('iso-42001-2023/outline.ts')).toEqual(['../types.ts']);
  });
});

describe('looking something up', () => {
  it('finds no requirement that the standard does not have', () => {
    for (const missing of ['8.5', 'A.1', 'A.5.1', 'A.6.2.1', 'constructor', '']) {
      expect(requirementOutline(id, missing), missing).toBeUndefined();
      expect(requirementOf(id, missing), missing).toBeUndefined();
    }
  });

  it.each([
    ['standardOutline', () => standardOutline('iso-9001-2015')],
    ['requirementOutline', () => requirementOutline('iso-9001-2015', '4.1')],
    ['catalogue', () => catalogue('iso-9001-2015')],
    ['requirementOf', () => requirementOf('iso-9001-2015', '4.1')],
    ['standardOutline of a name that every object has', () => standardOutline('constructor')],
  ])('refuses an unknown standard: %s', (_, lookUp) => {
    const refusal = refusalOf(lookUp);
    expect(refusal).toMatchObject({ status: 422, code: 'standard' });
    expect(refusal.detail).toContain(id);
  });
});

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?])\s+(?=[A-Z])/);
}

import { standardOutline } from '../outline.ts';
import type { CatalogueContent, Words } from '../types.ts';
import { policies } from './a2-policies.ts';
import { internalOrganization } from './a3-internal-organization.ts';
import { resources } from './a4-resources.ts';
import { impacts } from './a5-impacts.ts';
import { lifeCycle } from './a6-life-cycle.ts';
import { data } from './a7-data.ts';
import { information } from './a8-information.ts';
import { use } from './a9-use.ts';
import { thirdParties } from './a10-third-parties.ts';
import { aliasesOf } from './aliases.ts';
import { context } from './c4-context.ts';
import { leadership } from './c5-leadership.ts';
import { planning } from './c6-planning.ts';
import { support } from './c7-support.ts';
import { operation } from './c8-operation.ts';
import { evaluation } from './c9-evaluation.ts';
import { improvement } from './c10-improvement.ts';
import { crosswalkOf } from './crosswalk.ts';

const outline = standardOutline('iso-42001-2023');

const notes = [
  'Requirements are identified by the number and short title that the standard gives them. All other wording is this ' +
    "project's own and does not replace the standard, which has to be bought and read.",
  'Usual evidence is what organizations often show, not what they must show.',
  'Neither this catalogue nor certification to ISO/IEC 42001 gives a presumption of conformity with the EU AI Act.',
  'Aliases and crosswalks help readers who come from elsewhere; meeting a mapped item elsewhere proves nothing here.',
];

const words: Readonly<Record<string, Words>> = {
  ...context,
  ...leadership,
  ...planning,
  ...support,
  ...operation,
  ...evaluation,
  ...improvement,
  ...policies,
  ...internalOrganization,
  ...resources,
  ...impacts,
  ...lifeCycle,
  ...data,
  ...information,
  ...use,
  ...thirdParties,
};

/** ISO/IEC 42001:2023 in full: outline, words, aliases and crosswalk of each requirement. */
export const iso42001of2023Content: CatalogueContent = {
  id: outline.id,
  edition: outline.edition,
  title: outline.title,
  notes,
  sections: outline.sections,
  requirements: outline.requirements.map((requirement) => ({
    ...requirement,
    ...wordsOf(requirement.id),
    aliases: aliasesOf(requirement.id, requirement.section),
    crosswalk: crosswalkOf(requirement.id, requirement.section),
  })),
};

function wordsOf(id: string): Words {
  const found = words[id];
  if (!found)
    throw new Error(`The catalogue of ISO/IEC 42001:2023 has no words for ${id}: add them to its section's file.`);
  return found;
}

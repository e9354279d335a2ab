import type { Email, Priority } from '../../domain/basics.ts';
import type { CommandMap } from '../../domain/registry.ts';
import { cast } from './cast.ts';

type Rating = CommandMap['rateRequirement'];
type Gap = [id: string, status: 'partial' | 'missing', priority: Priority, effortDays: number, gap: string];

/** What the consultant finds lacking: no policy, no risk assessment process, and good practice that is poorly documented. */
const gaps: Gap[] = [
  ['4.2', 'partial', 'medium', 2, 'Interested parties are known, but what they need of AI is written down nowhere.'],
  ['4.3', 'missing', 'high', 3, 'Nobody has said which products the management system covers.'],
  ['5.2', 'missing', 'critical', 8, 'There is no formal AI policy.'],
  ['5.3', 'partial', 'high', 3, 'Roles for AI follow the organization chart by habit; authorities are not assigned.'],
  ['6.1.1', 'partial', 'high', 4, 'Risks are talked about in projects, without criteria and without a record.'],
  ['6.1.2', 'missing', 'critical', 12, 'There is no documented process of AI risk assessment.'],
  ['6.1.3', 'missing', 'high', 8, 'Without a risk assessment there is no treatment plan.'],
  ['6.1.4', 'partial', 'high', 6, 'Impact assessments are done inconsistently; there is no template.'],
  ['6.2', 'missing', 'medium', 3, 'There are product goals, but no AI objectives.'],
  ['7.2', 'partial', 'medium', 8, 'There is little AI-specific training, and no record of who had it.'],
  ['7.3', 'partial', 'medium', 4, 'Developers know what is expected of them, support and sales do not.'],
  ['7.5.1', 'partial', 'high', 6, 'Technical practice is good but poorly documented.'],
  ['7.5.3', 'partial', 'medium', 4, 'Documents lie on several drives, without versions and approval.'],
  ['8.2', 'missing', 'high', 10, 'No AI risk assessment was carried out and recorded.'],
  ['8.4', 'partial', 'high', 5, 'Two of four products have an impact assessment, each in a form of its own.'],
  ['9.1', 'partial', 'medium', 6, 'Uptime is measured; accuracy, bias and drift are not.'],
  ['9.2.2', 'missing', 'medium', 3, 'There is no program of internal audits.'],
  ['9.3.3', 'missing', 'medium', 2, 'Management reviews were not held, so there are no results.'],
  ['A.2.2', 'missing', 'high', 2, 'What the AI policy shall say of development and use is not written.'],
  ['A.3.2', 'partial', 'medium', 2, 'Responsibilities along the life cycle are not assigned to people.'],
  ['A.5.2', 'partial', 'high', 4, 'When and how impacts are assessed is left to the project lead.'],
  ['A.5.3', 'partial', 'high', 4, 'Results of impact assessments are kept in mails.'],
  ['A.6.2.3', 'partial', 'high', 6, 'Design decisions are made well and recorded in chats.'],
  ['A.6.2.7', 'partial', 'medium', 5, 'Model cards exist for one of four products.'],
  ['A.7.5', 'partial', 'medium', 4, 'Where training data comes from is known to the team, not to its documents.'],
  ['A.8.2', 'partial', 'medium', 4, 'Customers learn what a product cannot do only when they ask.'],
];

const notApplicable: [id: string, why: string][] = [
  ['A.7.3', 'TechServe acquires no data: models are trained on what customers bring.'],
  ['A.10.3', 'No supplier delivers AI components: the models are built in house.'],
];

/** Who answers for what, by the beginning of the requirement's number; the longest that fits counts. */
const owners: Record<string, Email> = {
  '4': cast.manager,
  '5': cast.chief,
  '6': cast.manager,
  '6.1.2': cast.dataScience,
  '6.1.3': cast.dataScience,
  '7': cast.training,
  '7.1': cast.chief,
  '7.5': cast.manager,
  '8': cast.dataScience,
  '8.1': cast.engineering,
  '9': cast.manager,
  '9.1': cast.operations,
  '9.3': cast.chief,
  '10': cast.manager,
  'A.2': cast.chief,
  'A.3': cast.manager,
  'A.4': cast.engineering,
  'A.4.6': cast.training,
  'A.5': cast.dataScience,
  'A.6': cast.engineering,
  'A.6.2.6': cast.operations,
  'A.7': cast.dataScience,
  'A.8': cast.product,
  'A.8.4': cast.operations,
  'A.9': cast.product,
  'A.10': cast.operations,
};

/** How many requirements are rated in each way. */
export const expectedCounts = (of: number) => ({
  conforms: of - gaps.length - notApplicable.length,
  partial: gaps.filter(([, status]) => status === 'partial').length,
  missing: gaps.filter(([, status]) => status === 'missing').length,
  notApplicable: notApplicable.length,
});

/** The consultant's rating of a requirement. */
export function ratingOf(requirementId: string): Rating {
  const owner = ownerOf(requirementId);
  const gap = gaps.find(([id]) => id === requirementId);
  if (gap) {
    const [, status, priority, effortDays, text] = gap;
    return { requirementId, status, priority, gap: text, effortDays, owner };
  }
  const left = notApplicable.find(([id]) => id === requirementId);
  if (left) return { requirementId, status: 'notApplicable', priority: 'low', gap: left[1], effortDays: 0, owner };
  return { requirementId, status: 'conforms', priority: 'low', gap: '', effortDays: 0, owner };
}

function ownerOf(requirementId: string): Email {
  const parts = requirementId.split('.');
  for (let length = parts.length; length > 0; length--) {
    const owner = owners[parts.slice(0, length).join('.')];
    if (owner) return owner;
  }
  return cast.manager;
}

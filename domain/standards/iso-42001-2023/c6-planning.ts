import type { Words } from '../types.ts';

/** Clause 6, planning. */
export const planning: Readonly<Record<string, Words>> = {
  '6.1.1': {
    ask: 'Show the risks and opportunities that you derived from your context and interested parties, the criteria by which an AI risk counts as acceptable or not, and what you do about each. Say how you will know that the actions worked.',
    why: 'Without agreed criteria two assessors reach two answers, and an auditor checks that the criteria existed before the assessments that use them.',
    usualEvidence: [
      'AI risk criteria and risk appetite, approved by management',
      'Register of risks and opportunities of the management system',
      'Actions with owner, date and the check of their effect',
    ],
    usualOwner: 'Head of AI governance',
  },
  '6.1.2': {
    ask: 'Provide the procedure by which AI risks are identified, analyzed and ranked, in line with your AI policy and objectives. It has to weigh consequences for the organization, for individuals and for society, and likelihood, in a way that a second assessor could repeat.',
    why: 'An auditor compares assessments of different AI systems or years and expects differences to come from the facts, not from the method.',
    usualEvidence: [
      'AI risk assessment procedure with scales and worked examples',
      'Catalog of AI risk sources that assessors start from',
      'Two assessments by different people that came to comparable results',
    ],
    usualOwner: 'AI risk manager',
  },
  '6.1.3': {
    ask: 'Provide the procedure for treating AI risks, the statement of applicability over the 38 controls of Annex A and your own additional controls, and the treatment plan. Include who approved the plan and accepted the risks that remain.',
    why: 'The statement of applicability is what the auditor samples controls from, and a left-out control without a sound reason is an easy finding.',
    usualEvidence: [
      'AI risk treatment procedure',
      'Statement of applicability with a reason for each control taken in or left out',
      'Risk treatment plan with owners and dates',
      'Signed acceptance of residual risks',
    ],
    usualOwner: 'AI risk manager',
  },
  '6.1.4': {
    ask: 'Provide the procedure for assessing what an AI system can do to individuals, groups and societies, through its deployment, its intended use and misuse that can be foreseen. It has to look at the technical and social setting and the jurisdictions, and say who gets to see results and how they reach the risk assessment.',
    why: 'This sets AI apart from other management systems, and an auditor looks for a procedure that asks about the people affected and not only about the business.',
    usualEvidence: [
      'AI system impact assessment procedure with triggers and approvers',
      'Template with questions on individuals, groups, society and foreseeable misuse',
      'Rule on which results are shared and with whom',
      'A risk assessment that cites impact assessment results',
    ],
    usualOwner: 'Head of responsible AI',
  },
  '6.2': {
    ask: 'Provide your AI objectives for the functions and levels concerned, measurable where that is practicable, and for each the plan: actions, means, responsible person, date, and how success is judged.',
    why: 'An auditor follows single objectives from the policy to a measured value and asks what was done when the value fell short.',
    usualEvidence: [
      'List of AI objectives with measure, target and owner',
      'Action plan or roadmap for each objective',
      'Latest progress figures and how they were shared',
    ],
    usualOwner: 'Head of AI governance',
  },
  '6.3': {
    ask: 'Show how you decide and plan changes to the AI management system itself, such as a wider scope, a new procedure or a reorganization, and give an example of one carried through.',
    why: 'Systems decay when they change by accident, so an auditor picks a recent change and asks who considered its side effects beforehand.',
    usualEvidence: [
      'Change procedure for the management system',
      'A change record with purpose, consequences, resources and approval',
      'Updated documents and briefings that followed from it',
    ],
    usualOwner: 'AI management system manager',
  },
};

import type { Words } from '../types.ts';

/** A.4, resources for AI systems. */
export const resources: Readonly<Record<string, Words>> = {
  'A.4.2': {
    ask: 'Provide the record of what each AI system depends on at each stage of its life: its components, data, tools, computing and people.',
    why: 'A risk or an impact in a component nobody listed cannot be assessed, so an auditor holds this record against the running system.',
    usualEvidence: [
      'Resource inventory for each AI system and stage',
      'Architecture or data-flow diagram that shows the dependencies',
      'Rule on who updates the inventory and when',
    ],
    usualOwner: 'Head of AI engineering',
  },
  'A.4.3': {
    ask: 'Describe the data sets that each AI system uses: origin, kind, purpose such as training or testing, labeling, last update, permitted use, retention, and known bias or quality issues.',
    why: 'An auditor asks of one data set in production where it came from and what it may be used for, and expects the answer in writing.',
    usualEvidence: [
      'Data catalog or data sheets for the data sets in use',
      'Link between each model version and its data sets',
      'Licenses or legal grounds for use',
    ],
    usualOwner: 'Head of data',
  },
  'A.4.4': {
    ask: 'Describe the tools used to build and run each AI system: algorithms and model types, pre-trained models, frameworks, data preparation, optimization and evaluation tools, with their versions.',
    why: 'Tools bring their own flaws and license terms, and an auditor wants to see that you would notice when one is withdrawn or found unsafe.',
    usualEvidence: [
      'Software bill of materials for the AI pipeline',
      'List of approved frameworks, models and services',
      'Selection record of a major tool',
    ],
    usualOwner: 'Head of machine learning engineering',
  },
  'A.4.5': {
    ask: 'Describe where each AI system is trained and run (own hardware, cloud, edge devices), what computing power, storage and network it needs, and how its environmental footprint was considered.',
    why: 'Capacity, location and dependence on one provider decide availability and legal exposure, so an auditor checks that these were choices.',
    usualEvidence: [
      'Infrastructure description with regions and providers',
      'Capacity figures and limits',
      'Estimate of energy use for training and operation',
    ],
    usualOwner: 'Head of infrastructure',
  },
  'A.4.6': {
    ask: 'Describe which people, with which skills, each AI system needs from development to decommissioning, for instance data scientists, human overseers, domain, safety and privacy experts, and how these roles are filled.',
    why: 'An auditor looks for systems that depend on a single person, and for missing viewpoints such as those of the people affected.',
    usualEvidence: [
      'Staffing plan for each AI system by life-cycle stage',
      'Skill profiles of the roles, human oversight among them',
      'Contracts for expertise bought from outside',
    ],
    usualOwner: 'Head of human resources',
  },
};

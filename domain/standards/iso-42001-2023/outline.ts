import type { EditionOutline } from '../types.ts';

/**
 * ISO/IEC 42001:2023: the 32 leaf clauses of 4 to 10 and the 38 controls of Annex A. Titles are the standard's short
 * ones in its spelling; those that say only "General" are told apart in brackets.
 */
export const iso42001of2023: EditionOutline = {
  id: 'iso-42001-2023',
  edition: '2023',
  title: 'ISO/IEC 42001:2023 Artificial intelligence management system',
  sha256: '6a75273dfb92eacfcd04458e4e56d1071935c88a25a6a214e2ab528bf80f836e',
  slots: {
    scope: '4.3',
    policy: '5.2',
    roles: '5.3',
    riskTreatment: '6.1.3',
    objectives: '6.2',
    planningOfChanges: '6.3',
    operation: '8',
    riskAssessment: '8.2',
    impactAssessment: '8.4',
    monitoring: '9.1',
    internalAudit: '9.2.1',
    managementReview: '9.3.1',
    improvement: '10.1',
    correctiveAction: '10.2',
    rolesControl: 'A.3.2',
  },
  // Risks are treated once they are assessed, and the policy is reviewed once there is one. Source: 6.1.3, 8.3 and A.2.4.
  comesAfter: { '6.1.3': '6.1.2', '8.3': '8.2', 'A.2.4': '5.2' },
  sections: [
    {
      id: '4',
      kind: 'clause',
      title: 'Context of the organization',
      rows: [
        ['4.1', 'Understanding the organization and its context', 'programManager'],
        ['4.2', 'Understanding the needs and expectations of interested parties', 'programManager'],
        ['4.3', 'Determining the scope of the AI management system', 'programManager', 'documented'],
        ['4.4', 'AI management system', 'programManager'],
      ],
    },
    {
      id: '5',
      kind: 'clause',
      title: 'Leadership',
      rows: [
        ['5.1', 'Leadership and commitment', 'topManagement'],
        ['5.2', 'AI policy', 'topManagement', 'documented'],
        ['5.3', 'Roles, responsibilities and authorities', 'topManagement'],
      ],
    },
    {
      id: '6',
      kind: 'clause',
      title: 'Planning',
      rows: [
        ['6.1.1', 'General (risks and opportunities)', 'programManager', 'documented'],
        ['6.1.2', 'AI risk assessment', 'programManager', 'documented'],
        ['6.1.3', 'AI risk treatment', 'programManager', 'documented'],
        ['6.1.4', 'AI system impact assessment', 'programManager', 'documented'],
        ['6.2', 'AI objectives and planning to achieve them', 'programManager', 'documented'],
        ['6.3', 'Planning of changes', 'programManager'],
      ],
    },
    {
      id: '7',
      kind: 'clause',
      title: 'Support',
      rows: [
        ['7.1', 'Resources', 'topManagement'],
        ['7.2', 'Competence', 'owner', 'documented'],
        ['7.3', 'Awareness', 'owner'],
        ['7.4', 'Communication', 'owner'],
        ['7.5.1', 'General (documented information)', 'programManager', 'documented'],
        ['7.5.2', 'Creating and updating documented information', 'programManager'],
        ['7.5.3', 'Control of documented information', 'programManager'],
      ],
    },
    {
      id: '8',
      kind: 'clause',
      title: 'Operation',
      rows: [
        ['8.1', 'Operational planning and control', 'owner', 'documented'],
        ['8.2', 'AI risk assessment', 'owner', 'documented'],
        ['8.3', 'AI risk treatment', 'owner', 'documented'],
        ['8.4', 'AI system impact assessment', 'owner', 'documented'],
      ],
    },
    {
      id: '9',
      kind: 'clause',
      title: 'Performance evaluation',
      rows: [
        ['9.1', 'Monitoring, measurement, analysis and evaluation', 'programManager', 'documented'],
        ['9.2.1', 'General (internal audit)', 'programManager'],
        ['9.2.2', 'Internal audit programme', 'programManager', 'documented'],
        ['9.3.1', 'General (management review)', 'topManagement'],
        ['9.3.2', 'Management review inputs', 'programManager'],
        ['9.3.3', 'Management review results', 'topManagement', 'documented'],
      ],
    },
    {
      id: '10',
      kind: 'clause',
      title: 'Improvement',
      rows: [
        ['10.1', 'Continual improvement', 'programManager'],
        ['10.2', 'Nonconformity and corrective action', 'programManager', 'documented'],
      ],
    },
    {
      id: 'A.2',
      kind: 'control',
      title: 'Policies related to AI',
      rows: [
        ['A.2.2', 'AI policy', 'topManagement'],
        ['A.2.3', 'Alignment with other organizational policies', 'programManager'],
        ['A.2.4', 'Review of the AI policy', 'topManagement'],
      ],
    },
    {
      id: 'A.3',
      kind: 'control',
      title: 'Internal organization',
      rows: [
        ['A.3.2', 'AI roles and responsibilities', 'programManager'],
        ['A.3.3', 'Reporting of concerns', 'owner'],
      ],
    },
    {
      id: 'A.4',
      kind: 'control',
      title: 'Resources for AI systems',
      rows: [
        ['A.4.2', 'Resource documentation', 'programManager'],
        ['A.4.3', 'Data resources', 'owner'],
        ['A.4.4', 'Tooling resources', 'owner'],
        ['A.4.5', 'System and computing resources', 'owner'],
        ['A.4.6', 'Human resources', 'owner'],
      ],
    },
    {
      id: 'A.5',
      kind: 'control',
      title: 'Assessing impacts of AI systems',
      rows: [
        ['A.5.2', 'AI system impact assessment process', 'programManager'],
        ['A.5.3', 'Documentation of AI system impact assessments', 'owner'],
        ['A.5.4', 'Assessing AI system impact on individuals or groups of individuals', 'owner'],
        ['A.5.5', 'Assessing societal impacts of AI systems', 'owner'],
      ],
    },
    {
      id: 'A.6',
      kind: 'control',
      title: 'AI system life cycle',
      rows: [
        ['A.6.1.2', 'Objectives for responsible development of AI system', 'owner'],
        ['A.6.1.3', 'Processes for responsible AI system design and development', 'owner'],
        ['A.6.2.2', 'AI system requirements and specification', 'owner'],
        ['A.6.2.3', 'Documentation of AI system design and development', 'owner'],
        ['A.6.2.4', 'AI system verification and validation', 'owner'],
        ['A.6.2.5', 'AI system deployment', 'owner'],
        ['A.6.2.6', 'AI system operation and monitoring', 'owner'],
        ['A.6.2.7', 'AI system technical documentation', 'owner'],
        ['A.6.2.8', 'AI system recording of event logs', 'owner'],
      ],
    },
    {
      id: 'A.7',
      kind: 'control',
      title: 'Data for AI systems',
      rows: [
        ['A.7.2', 'Data for development and enhancement of AI system', 'owner'],
        ['A.7.3', 'Acquisition of data', 'owner'],
        ['A.7.4', 'Quality of data for AI systems', 'owner'],
        ['A.7.5', 'Data provenance', 'owner'],
        ['A.7.6', 'Data preparation', 'owner'],
      ],
    },
    {
      id: 'A.8',
      kind: 'control',
      title: 'Information for interested parties of AI systems',
      rows: [
        ['A.8.2', 'System documentation and information for users', 'owner'],
        ['A.8.3', 'External reporting', 'owner'],
        ['A.8.4', 'Communication of incidents', 'owner'],
        ['A.8.5', 'Information for interested parties', 'owner'],
      ],
    },
    {
      id: 'A.9',
      kind: 'control',
      title: 'Use of AI systems',
      rows: [
        ['A.9.2', 'Processes for responsible use of AI systems', 'owner'],
        ['A.9.3', 'Objectives for responsible use of AI system', 'owner'],
        ['A.9.4', 'Intended use of the AI system', 'owner'],
      ],
    },
    {
      id: 'A.10',
      kind: 'control',
      title: 'Third-party and customer relationships',
      rows: [
        ['A.10.2', 'Allocating responsibilities', 'owner'],
        ['A.10.3', 'Suppliers', 'owner'],
        ['A.10.4', 'Customers', 'owner'],
      ],
    },
  ],
};

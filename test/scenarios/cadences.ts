import { surveillanceTopics } from '../../domain/audits/audit.ts';
import { manager, owner } from '../workflows/support/people.ts';
import { delivers, holds, on, reviews } from './support/acts.ts';
import { ahead, asked, happens, never, plans } from './support/expectations.ts';
import { certificate } from './support/givens.ts';
import type { Group } from './support/scenario.ts';

/** What comes around: asked for a month before it is due. */
export const cadences: Group = {
  name: 'Cadences and preparation',
  scenarios: [
    {
      rules: [],
      title: 'management reviews are planned up to the last day of the certificate, and counted from the last one held',
      given: certificate({ cadences: { managementReview: 6 } }),
      when: [on('2030-07-15', reviews)],
      follows: [
        ahead('2030-01-10', 'managementReview', 'a review to be asked for', [
          '2030-06-08',
          '2030-12-09',
          '2031-06-08',
          '2031-12-09',
          '2032-06-08',
          '2032-12-09',
        ]),
        asked('2030-06-08', 'managementReview', { assignee: manager, dueOn: '2030-07-08' }),
        ahead('2030-07-15', 'managementReview', 'a review to be asked for', [
          '2030-12-16',
          '2031-06-15',
          '2031-12-16',
          '2032-06-15',
        ]),
      ],
    },
    {
      rules: [],
      title: 'risks, impacts, policy, objectives and improvement come around each year, and the internal audit',
      given: certificate({
        cadences: {
          internalAudit: 12,
          riskAssessment: 12,
          impactAssessment: 12,
          policyReview: 12,
          objectivesReview: 12,
          improvementReview: 12,
        },
      }),
      when: [on('2030-12-10', holds('internal'), holds('surveillance')), on('2031-01-10')],
      follows: [
        plans('2030-09-11', 'internal', { targetOn: '2030-10-11' }),
        asked('2030-12-08', 'evidence', { assignee: owner, requirementId: '8.2', dueOn: '2031-01-07' }),
        asked('2030-12-08', 'evidence', { assignee: owner, requirementId: '5.2', dueOn: '2031-01-07' }),
        asked('2030-12-08', 'evidence', { assignee: owner, requirementId: '6.2', dueOn: '2031-01-07' }),
        asked('2030-12-08', 'evidence', { assignee: owner, requirementId: '10.1', dueOn: '2031-01-07' }),
        asked('2030-12-08', 'impactAssessment', { systemId: 'assistant', dueOn: '2031-01-07' }),
        ahead('2031-01-10', 'internalAudit', 'an internal audit to be planned', ['2031-11-10', '2032-11-10']),
      ],
    },
    {
      rules: ['R13'],
      title: 'a surveillance is prepared 90, 60 and 30 days before, and evidence that ends before it is renewed',
      given: certificate({ cadences: { policyReview: 6 } }),
      when: [on('2030-06-20', delivers('5.2', '2030-12-01')), on('2030-12-10', holds('surveillance'))],
      follows: [
        asked('2030-06-07', 'evidence', { requirementId: '5.2', dueOn: '2030-07-07' }),
        happens('2030-09-11', 'AuditPrepared', '90 days before, the preparation begins', { days: 90 }),
        asked('2030-09-11', 'evidence', { requirementId: '5.2', dueOn: '2030-11-10' }),
        plans('2030-09-11', 'internal', { targetOn: '2030-10-11' }),
        asked('2030-09-11', 'auditSchedule', { assignee: manager, dueOn: '2030-10-11' }),
        happens('2030-10-11', 'AuditPrepared', '60 days before, its dates are to be agreed', { days: 60 }),
        asked('2030-11-10', 'readinessChecklist', { assignee: manager, dueOn: '2030-12-03' }),
        never('WarningNoted', 'a topic of the surveillance was left out (R13)', { code: 'R13' }),
      ],
    },
    {
      rules: ['R13'],
      title: 'a surveillance says what it covered, and what it leaves out is a warning',
      given: certificate(),
      when: [
        on('2030-12-10', holds('surveillance', { covered: surveillanceTopics.filter((id) => id !== 'complaints') })),
      ],
      follows: [
        happens('2030-12-10', 'AuditOutcomeRecorded', 'the certificate is maintained', { result: 'maintained' }),
        happens('2030-12-10', 'WarningNoted', 'complaints were left out', {
          code: 'R13',
          text: 'The outcome of the surveillance audit A-4 does not name as covered: complaints.',
        }),
      ],
    },
  ],
};

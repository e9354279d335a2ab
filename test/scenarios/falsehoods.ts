import { leadAuditor, manager, owner } from '../workflows/support/people.ts';
import { holds, on, triesToSchedule } from './support/acts.ts';
import {
  ahead,
  asked,
  certificateIs,
  climbs,
  count,
  findingIs,
  happens,
  misses,
  never,
  nothingAsked,
  nothingOpen,
  nothingRecorded,
  phaseIs,
  plans,
  refused,
  taskIs,
  told,
} from './support/expectations.ts';
import { certificate } from './support/givens.ts';
import type { Scenario } from './support/scenario.ts';

const plan = 'Plan the corrective action for minor nonconformity F-1 on 7.2';

/** A scenario of which nothing holds: each kind of expectation, by a day or a word beside what is so. */
export const falsehoods: Scenario = {
  rules: [],
  title: 'nothing of this is so',
  given: certificate(),
  when: [
    on('2030-12-09', triesToSchedule('surveillance', '2031-01-11')),
    on('2030-12-10', holds('surveillance', { findings: [{ requirementId: '7.2', grade: 'minor' }] })),
    on('2031-01-11'),
  ],
  follows: [
    certificateIs('2031-01-11', { status: 'valid', lastDay: '2033-01-10' }),
    certificateIs('2031-01-11', { status: 'suspended', lastDay: '2033-01-09' }),
    happens('2030-12-11', 'AuditOutcomeRecorded', 'the audit has its outcome a day too late'),
    happens('2030-12-10', 'AuditOutcomeRecorded', 'the audit has another outcome', { result: 'suspend' }),
    happens('2030-12-10', 'CertificateLapsed', 'what never happened'),
    never('AuditOutcomeRecorded', 'an outcome'),
    count(2, 'FindingRaised', 'a finding is raised'),
    asked('2030-12-10', 'correctiveActionPlan', { assignee: manager }),
    asked('2030-12-10', 'correctiveActionPlan', { assignee: owner, dueOn: '2031-01-10' }),
    taskIs('2030-12-10', plan, { status: 'accepted' }),
    taskIs('2030-12-10', 'what nobody asked for', { status: 'open' }),
    climbs('2031-01-08', plan, 0, owner),
    told(plan, 7),
    nothingAsked('2030-12-10', 'correctiveActionPlan'),
    nothingRecorded('2030-12-10'),
    nothingOpen('2030-12-10'),
    plans('2030-01-10', 'surveillance', { targetOn: '2030-12-11' }),
    ahead('2031-01-11', 'audit', 'audit', []),
    findingIs('2030-12-10', 'F-1', { grade: 'major' }),
    findingIs('2030-12-09', 'F-1', { grade: 'minor' }),
    phaseIs('2030-01-10', 'certificationAudit'),
    refused('2030-12-09', 'R11', 'must be held by 2031-01-10'),
    refused('2030-12-09', 'R10', 'must be held by 2031-01-11'),
    refused('2030-12-10', 'R10', 'must be held by 2031-01-10'),
    misses('2031-01-11', 'F-1', 'plan', [leadAuditor]),
    misses('2031-01-10', 'F-1', 'plan', [leadAuditor]),
  ],
};

import type { Email } from '../../../domain/basics.ts';
import type { RecordType, UserCommand } from '../../../domain/registry.ts';

const links = ['https://docs.example.com/evidence'];

/** Commands that each go on from where a program stands, and records that they have to give. */
export const continued: { id: string; by: Email; command: UserCommand; gives: RecordType[] }[] = [
  {
    id: 'planned',
    by: 'pm@example.com',
    command: { type: 'changePlan', phases: { implementation: 'P5M' }, reason: 'The team is smaller.' },
    gives: ['PlanChanged'],
  },
  {
    id: 'begun-in-2026',
    by: 'consultant@example.com',
    command: {
      type: 'rateRequirement',
      requirementId: '7.2',
      status: 'partial',
      priority: 'high',
      gap: 'Nobody is trained.',
      effortDays: 3,
      owner: 'second@example.com',
    },
    gives: ['RequirementRated'],
  },
  {
    id: 'implementation',
    by: 'owner@example.com',
    command: { type: 'submitEvidence', taskId: 'T-9', links, note: 'The scope, as it was approved.' },
    gives: ['EvidenceSubmitted'],
  },
  {
    id: 'implementation',
    by: 'consultant@example.com',
    command: { type: 'reviewEvidence', taskId: 'T-6', verdict: 'accept', note: '' },
    gives: ['EvidenceAccepted'],
  },
  {
    id: 'internal-audit',
    by: 'internal@example.com',
    command: { type: 'reviewCorrectiveActionPlan', findingId: 'F-4', verdict: 'accept', note: '' },
    gives: ['CorrectiveActionPlanReviewed', 'TaskOpened'],
  },
  {
    id: 'decision-delayed',
    by: 'lead@body.example',
    command: { type: 'verifyFinding', findingId: 'F-1', effective: true, note: 'Looked at it.' },
    gives: ['FindingVerified', 'TaskOpened'],
  },
  {
    id: 'rehearsal-before-decision',
    by: 'decider@body.example',
    command: {
      type: 'recordDecision',
      auditId: 'A-3',
      decision: 'granted',
      certificateNumber: 'C-9',
      basis: 'The report.',
    },
    gives: ['DecisionRecorded', 'CertificateIssued', 'CycleStarted', 'PhaseStarted', 'PhasePlanned'],
  },
  {
    id: 'management-review',
    by: 'owner@example.com',
    command: { type: 'acknowledgeTask', taskId: 'T-2', expectedOn: '2030-10-07' },
    gives: ['TaskAcknowledged'],
  },
  {
    id: 'suspended',
    by: 'decider@body.example',
    command: {
      type: 'reduceScope',
      statement: 'The assistant for companies.',
      exclusions: 'The assistant for consumers.',
      reason: 'It fails for consumers.',
    },
    gives: ['CertificateScopeChanged', 'CertificateReinstated'],
  },
  {
    id: 'lapsed',
    by: 'lead@body.example',
    command: { type: 'reportSignificantChange', description: 'Two companies became one.' },
    gives: ['SignificantChangeReported', 'AuditPlanned'],
  },
  {
    id: 'cycle-2',
    by: 'pm@example.com',
    command: { type: 'reportIncident', occurredOn: '2026-11-02', severity: 'high', description: 'It was away.' },
    gives: ['IncidentReported', 'ChangeAssessed'],
  },
  { id: 'paused', by: 'pm@example.com', command: { type: 'resume', reason: 'It is over.' }, gives: ['ProgramResumed'] },
  { id: 'cycle-1', by: 'pm@example.com', command: { type: 'pause', reason: 'A merger.' }, gives: ['ProgramPaused'] },
];

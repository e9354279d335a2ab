import type { CommandMap } from '../../domain/registry.ts';
import { decisionMaker, leadAuditor, manager, owner } from '../workflows/support/people.ts';
import { decides, does, holds, lastOf, on, tries } from './support/acts.ts';
import {
  asked,
  certificateIs,
  count,
  findingIs,
  happens,
  nothingAsked,
  plans,
  refused,
} from './support/expectations.ts';
import { stage1Ahead, stage1Ready } from './support/givens.ts';
import type { Group } from './support/scenario.ts';

const minor = [{ requirementId: '7.2', grade: 'minor' as const }];
const major = [{ requirementId: '6.1.2', grade: 'major' as const }];
const plan: Omit<CommandMap['planCorrectiveAction'], 'findingId'> = {
  correction: 'Trained',
  rootCause: 'Nobody knew',
  similarCases: 'None',
  action: 'Train every newcomer',
  dueOn: '2030-04-01',
};
const report = { title: 'Audit report of February 5', links: ['https://docs.example.com/report'] };

/** Told late, told by others, told wrong. */
export const toldOtherwise: Group = {
  name: 'Told late, told by others, told wrong',
  scenarios: [
    {
      rules: ['R7', 'R28'],
      title: 'a plan of the last day that is entered five days later came in time',
      given: stage1Ready('2030-01-09'),
      when: [
        on('2030-02-05', holds('stage2', { findings: minor })),
        on(
          '2030-03-12',
          does(owner, 'enters the plan of March 7', {
            type: 'planCorrectiveAction',
            findingId: 'F-1',
            ...plan,
            on: '2030-03-07',
          }),
        ),
      ],
      follows: [
        happens('2030-03-08', 'DeadlineMissed', 'the plan is not there', { findingId: 'F-1', deadline: 'plan' }),
        happens('2030-03-12', 'DeadlineMet', 'that it was missed is taken back', { metOn: '2030-03-07' }),
        findingIs('2030-03-12', 'F-1', { status: 'planned', missed: [] }),
      ],
    },
    {
      rules: ['R7'],
      title: 'a plan that is sent back after its date has a date of its own',
      given: stage1Ready('2030-01-09'),
      when: [
        on('2030-02-05', holds('stage2', { findings: minor })),
        on('2030-03-06', does(owner, 'submits the plan', { type: 'planCorrectiveAction', findingId: 'F-1', ...plan })),
        on(
          '2030-03-12',
          does(leadAuditor, 'sends it back', {
            type: 'reviewCorrectiveActionPlan',
            findingId: 'F-1',
            verdict: 'reject',
            note: 'The root cause is not one',
          }),
        ),
        on('2030-03-27'),
      ],
      follows: [
        findingIs('2030-03-12', 'F-1', { status: 'open', missed: [], planDueOn: '2030-03-26' }),
        happens('2030-03-27', 'DeadlineMissed', 'the new plan is not there', { dueOn: '2030-03-26' }),
        count(1, 'DeadlineMissed', 'one deadline is missed'),
      ],
    },
    {
      rules: ['R30', 'R8'],
      title: 'the program manager enters what the body did from its report',
      given: stage1Ready('2030-01-09'),
      when: [
        on(
          '2030-02-05',
          holds('stage2'),
          tries(manager, 'enter a finding without the report', (state) => ({
            type: 'raiseFinding',
            auditId: lastOf(state, 'stage2'),
            requirementId: '7.2',
            grade: 'minor',
            statement: 'No records',
            onBehalfOf: leadAuditor,
          })),
          does(manager, 'enters a finding of the lead auditor from the report', (state) => ({
            type: 'raiseFinding',
            auditId: lastOf(state, 'stage2'),
            requirementId: '7.2',
            grade: 'minor',
            statement: 'No records',
            onBehalfOf: leadAuditor,
            document: report,
          })),
          does(leadAuditor, 'objects', { type: 'objectToEntry', entryId: 'E-1', statement: 'It is an observation' }),
        ),
        on(
          '2030-02-06',
          does(leadAuditor, 'puts it right', {
            type: 'correctFinding',
            findingId: 'F-1',
            grade: 'observation',
            reason: 'As in the report',
          }),
        ),
        on('2030-02-07', decides('granted')),
      ],
      follows: [
        refused('2030-02-05', 'R30', 'name the document'),
        happens('2030-02-05', 'FindingRaised', 'the finding is the lead auditor’s', { onBehalfOf: leadAuditor }),
        asked('2030-02-05', 'manual', { assignee: manager, dueOn: '2030-02-12' }),
        findingIs('2030-02-06', 'F-1', { status: 'noted', grade: 'observation' }),
        certificateIs('2030-02-07', { status: 'valid', lastDay: '2033-02-06' }),
      ],
    },
    {
      rules: ['R27', 'R5'],
      title: 'a major that was left out is added after the outcome, and the decision sees it',
      given: stage1Ready('2030-01-09'),
      when: [
        on('2030-02-05', holds('stage2')),
        on(
          '2030-02-11',
          does(leadAuditor, 'adds a major of February 5', (state) => ({
            type: 'raiseFinding',
            auditId: lastOf(state, 'stage2'),
            requirementId: '6.1.2',
            grade: 'major',
            statement: 'No risk assessment',
            on: '2030-02-05',
          })),
          tries(decisionMaker, 'grant it', (state) => ({
            type: 'recordDecision',
            auditId: lastOf(state, 'stage2'),
            decision: 'granted',
            certificateNumber: 'C-1',
            basis: 'The report',
          })),
          decides('delayed'),
        ),
      ],
      follows: [
        findingIs('2030-02-11', 'F-1', { planDueOn: '2030-03-13', verifyDueOn: '2030-05-12' }),
        refused('2030-02-11', 'R5', 'F-1'),
      ],
    },
    {
      rules: ['R27'],
      title: 'a finding is withdrawn and an outcome reopened until the decision, and not after it',
      given: stage1Ready('2030-01-09'),
      when: [
        on('2030-02-05', holds('stage2', { findings: major })),
        on(
          '2030-02-06',
          does(leadAuditor, 'withdraws the major', {
            type: 'withdrawFinding',
            findingId: 'F-1',
            reason: 'Another site was meant',
          }),
          does(leadAuditor, 'reopens the outcome', (state) => ({
            type: 'reopenOutcome',
            auditId: lastOf(state, 'stage2'),
            reason: 'The second day is missing in it',
          })),
        ),
        on(
          '2030-02-07',
          does(leadAuditor, 'records it anew', ({ audits }) => ({
            type: 'recordOutcome',
            auditId: Object.values(audits).find(({ kind }) => kind === 'stage2')?.id ?? '',
            result: 'completed',
            note: 'Both days',
          })),
          decides('granted'),
          tries(leadAuditor, 'reopen it again', (state) => ({
            type: 'reopenOutcome',
            auditId: Object.values(state.audits).find(({ kind }) => kind === 'stage2')?.id ?? '',
            reason: 'One more thing',
          })),
        ),
      ],
      follows: [
        findingIs('2030-02-06', 'F-1', { status: 'withdrawn' }),
        nothingAsked('2030-02-06', 'decision'),
        nothingAsked('2030-02-06', 'correctiveActionPlan'),
        asked('2030-02-06', 'auditOutcome', { assignee: leadAuditor }),
        certificateIs('2030-02-07', { status: 'valid', lastDay: '2033-02-06' }),
        refused('2030-02-07', 'R27', 'special audit'),
      ],
    },
    {
      rules: ['R29'],
      title: 'a scope that is widened after Stage 2 is not certified: what was audited is',
      given: stage1Ready('2030-01-09'),
      when: [
        on('2030-02-05', holds('stage2')),
        on(
          '2030-02-06',
          does(manager, 'widens the scope', {
            type: 'changeScope',
            statement: 'The assistant and the chat.',
            reason: 'The chat joins',
          }),
        ),
        on('2030-02-07', decides('granted')),
      ],
      follows: [
        certificateIs('2030-02-07', {
          status: 'valid',
          lastDay: '2033-02-06',
          scope: { statement: 'The assistant that customers talk to.' },
        }),
        happens('2030-02-07', 'WarningNoted', 'it is said', { code: 'R29' }),
        asked('2030-02-07', 'manual', { assignee: manager }),
      ],
    },
    {
      rules: ['R2', 'R27'],
      title: 'a Stage 1 that ended ready by mistake is held again',
      given: stage1Ahead('2030-01-08'),
      when: [
        on('2030-01-16', holds('stage1', { result: 'ready' })),
        on(
          '2030-01-17',
          does(leadAuditor, 'reopens it', (state) => ({
            type: 'reopenOutcome',
            auditId: lastOf(state, 'stage1'),
            reason: 'The management review was of another year',
          })),
          does(leadAuditor, 'ends it not ready', ({ audits }) => ({
            type: 'recordOutcome',
            auditId: Object.values(audits).find(({ kind }) => kind === 'stage1')?.id ?? '',
            result: 'notReady',
            note: 'No review',
          })),
        ),
      ],
      follows: [
        happens('2030-01-17', 'AuditCancelled', 'the Stage 2 that was planned on it is taken back', {
          takenBack: true,
        }),
        plans('2030-01-17', 'stage1'),
      ],
    },
  ],
};

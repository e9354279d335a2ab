import type { DecisionKind } from '../../domain/audits/audit.ts';
import type { IsoDate } from '../../domain/basics.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { decisionMaker, leadAuditor, manager } from '../workflows/support/people.ts';
import { decides, holds, on, tries, triesToDecide } from './support/acts.ts';
import { certificateIs, nothingRecorded, refused } from './support/expectations.ts';
import { certificate, stage1Ready } from './support/givens.ts';
import type { Group } from './support/scenario.ts';

const finding = (auditId: string, on?: IsoDate): UserCommand => ({
  type: 'raiseFinding',
  ...(on ? { on } : {}),
  auditId,
  requirementId: '7.2',
  grade: 'minor',
  statement: 'It is not so',
});
const outcome = (auditId: string): UserCommand => ({ type: 'recordOutcome', auditId, result: 'maintained', note: '' });
const decision = (auditId: string, decision: DecisionKind): UserCommand => ({
  type: 'recordDecision',
  auditId,
  decision,
  certificateNumber: 'C-1',
  basis: 'The report of the audit',
});
const restores = (auditId: string): UserCommand => ({ type: 'restoreCertificate', auditId, reason: 'It is done' });
const schedules = (auditId: string, startsOn: IsoDate, endsOn: IsoDate): UserCommand => ({
  type: 'scheduleAudit',
  auditId,
  startsOn,
  endsOn,
  team: [leadAuditor],
});

/** What cannot be, said all the same: it is refused, and leaves nothing behind. */
export const badInput: Group = {
  name: 'What cannot be',
  scenarios: [
    {
      rules: ['R1', 'R2'],
      title: 'the wrong audit, days that contradict each other, and what comes after the outcome',
      given: certificate(),
      when: [
        on('2030-12-10', holds('surveillance')),
        on(
          '2030-12-11',
          tries(leadAuditor, 'add a finding of before the audit', finding('A-4', '2030-12-09')),
          tries(leadAuditor, 'record its outcome again', outcome('A-4')),
          tries(leadAuditor, 'add a finding to an audit that has no dates', finding('A-5')),
          tries(leadAuditor, 'add a finding to an audit that is not there', finding('A-99')),
          tries(leadAuditor, 'schedule an audit that is held', schedules('A-4', '2031-01-08', '2031-01-08')),
          tries(leadAuditor, 'end an audit before it begins', schedules('A-5', '2031-12-10', '2031-12-09')),
          tries(leadAuditor, 'begin an audit in the past', schedules('A-5', '2030-12-10', '2031-12-12')),
          tries(leadAuditor, 'hold an audit on a day that is none', schedules('A-5', '2031-02-30', '2031-02-30')),
          tries(manager, 'plan a Stage 2', { type: 'planAudit', kind: 'stage2', targetOn: '2031-06-02' }),
        ),
      ],
      follows: [
        refused('2030-12-11', 'state', 'has its outcome (maintained)'),
        refused('2030-12-11', 'state', 'schedule it first'),
        refused('2030-12-11', 'unknown', 'A-99'),
        refused('2030-12-11', 'state', 'Audit A-4 was held and cannot be scheduled'),
        refused('2030-12-11', 'dates', '2031-12-09 is before'),
        refused('2030-12-11', 'dates', '2030-12-09 is before 2030-12-10'),
        refused('2030-12-11', 'dates', '2030-12-10'),
        refused('2030-12-11', 'dates', '/startsOn: is not a day of the calendar'),
        refused('2030-12-11', 'R1', 'The cycle plans a Stage 2 audit itself'),
        nothingRecorded('2030-12-11'),
      ],
    },
    {
      rules: ['R1', 'R17'],
      title: 'two decisions on one audit, on the audit of an earlier cycle, or on a certificate that has not lapsed',
      given: certificate(),
      when: [
        on('2032-10-09', holds('recertification'), decides('granted', 'recertification')),
        on(
          '2032-10-10',
          tries(decisionMaker, 'grant it on the same audit again', decision('A-6', 'granted')),
          tries(decisionMaker, 'refuse it on the same audit', decision('A-6', 'refused')),
          tries(decisionMaker, 'grant it on the first Stage 2', decision('A-3', 'granted')),
          tries(decisionMaker, 'restore a certificate that is valid', restores('A-6')),
          tries(leadAuditor, 'reinstate a certificate that is valid', {
            type: 'reinstateCertificate',
            reason: 'It is well meant',
          }),
          tries(leadAuditor, 'add a finding to the audit of an earlier cycle', finding('A-6')),
        ),
      ],
      follows: [
        refused('2032-10-10', 'state', 'has already been made'),
        refused('2032-10-10', 'state', 'this is possible while it is lapsed'),
        refused('2032-10-10', 'state', 'The certificate is not suspended'),
        refused('2032-10-10', 'R27', 'The decision on A-6 is taken'),
        nothingRecorded('2032-10-10'),
        certificateIs('2032-10-10', { status: 'valid', lastDay: '2036-01-09', cycle: 2 }),
      ],
    },
    {
      rules: ['R1', 'R5'],
      title: 'what is done to a certificate before there is one, and decisions on audits that none rests on',
      given: stage1Ready('2030-01-09'),
      when: [
        on(
          '2030-01-14',
          triesToDecide('granted', 'stage1'),
          tries(decisionMaker, 'decide on a Stage 2 that was not held', decision('A-3', 'granted')),
          tries(leadAuditor, 'suspend what is not granted', {
            type: 'suspendCertificate',
            reason: 'The marks were misused',
          }),
          tries(decisionMaker, 'restore what is not granted', restores('A-3')),
          tries(decisionMaker, 'withdraw what is not granted', { type: 'withdrawCertificate', reason: 'So' }),
        ),
        on('2030-01-15', holds('stage2'), decides('refused')),
        on('2030-01-16', tries(decisionMaker, 'grant what was refused', decision('A-3', 'granted'))),
      ],
      follows: [
        refused('2030-01-14', 'R1', 'A decision rests on'),
        refused('2030-01-14', 'state', 'has no outcome yet'),
        refused('2030-01-14', 'state', 'There is no certificate yet'),
        nothingRecorded('2030-01-14'),
        refused('2030-01-16', 'state', 'has already been made'),
        nothingRecorded('2030-01-16'),
      ],
    },
  ],
};

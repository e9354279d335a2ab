import type { Certificate } from '../../domain/certificate/certificate.ts';
import type { FindingInMail, NextRung, NoticeItem } from '../../domain/notices.ts';
import { aTaskInMail } from './mails.ts';

const next: NextRung = { on: '2031-03-07', who: 'Ana Pérez (program manager)' };
const finding: FindingInMail = {
  id: 'F-3',
  auditId: 'A-2',
  requirementId: '7.2',
  grade: 'minor',
  statement: 'Training records of four people are missing.',
};
const stage2 = { id: 'A-2', kind: 'stage2', targetOn: '2031-09-08' } as const;
const certificate: Certificate = {
  number: 'AIMS-0042',
  scope: { statement: 'The assistant.' },
  status: 'valid',
  initialDecisionOn: '2031-10-06',
  decidedOn: '2031-10-06',
  validFrom: '2031-10-06',
  lastDay: '2034-10-05',
  cycle: 1,
};

export interface NoticeSample {
  item: NoticeItem;
  /** Words that a reader cannot do without. */
  says: string[];
  /** Subject of a digest with this item alone. */
  subject: string;
  /** What its link says, and the page of the program that it leads to; none where there is nothing to see. */
  opens: [label: string, page: string] | undefined;
}

type Kind = NoticeItem['kind'];

/** Notices, with what a mail must say of them: of every kind but those that the example of a command comes to. */
export const noticeSamples = {
  taskOpened: [
    {
      item: {
        kind: 'taskOpened',
        task: aTaskInMail({ dueOn: '2031-03-31' }),
        why: 'The gap assessment rated it missing',
        next: { ...next, on: '2031-04-03' },
      },
      subject:
        '1 thing for you in TechServe AIMS: A.5.2 AI system impact assessment process, due on Monday, March 31, 2031',
      opens: ['Submit evidence', '/tasks/T-12'],
      says: [
        'The gap assessment rated it missing.',
        'Due: Monday, March 31, 2031',
        'If it is still open on Thursday, April 3, 2031, Ana Pérez (program manager) will be notified.',
      ],
    },
    {
      item: {
        kind: 'taskOpened',
        task: aTaskInMail({ kind: 'planReview', title: 'Review the corrective action plan for F-3', findingId: 'F-3' }),
        why: 'Training records are missing',
        plan: {
          correction: 'Records were written.',
          rootCause: 'Nobody was named.',
          similarCases: 'The records of suppliers.',
          action: 'Name somebody.',
          dueOn: '2031-04-30',
        },
      },
      subject: '1 thing for you in TechServe AIMS: A.5.2 Review the corrective action plan for F-3, due tomorrow',
      opens: ['Review the plan', '/tasks/T-12'],
      says: ['Where else it could happen', '> The records of suppliers.', '> Nobody was named.'],
    },
    {
      item: {
        kind: 'taskOpened',
        task: aTaskInMail({ title: 'Review the policy' }),
        why: 'Something comes before it.',
        waitsFor: ['T-3 Write the policy'],
      },
      subject: 'TechServe AIMS: A.5.2 Review the policy: assigned to you, but waits for other tasks',
      opens: ['Open the task', '/tasks/T-12'],
      says: ['T-3 Write the policy', 'You will get another mail when you can begin.'],
    },
  ],
  taskReminder: [
    {
      item: { kind: 'taskReminder', task: aTaskInMail(), dueIn: 1, next },
      subject: '1 thing for you in TechServe AIMS: A.5.2 AI system impact assessment process, due tomorrow',
      opens: ['Submit evidence', '/tasks/T-12'],
      says: ['Due: Tuesday, March 4, 2031'],
    },
  ],
  taskOverdue: [
    {
      item: { kind: 'taskOverdue', task: aTaskInMail({ dueOn: '2031-02-28' }), next },
      subject:
        '1 thing for you in TechServe AIMS: A.5.2 AI system impact assessment process, overdue, was due on Friday, February 28, 2031',
      opens: ['Submit evidence', '/tasks/T-12'],
      says: ['was due on Friday, February 28, 2031', 'Ana Pérez'],
    },
  ],
  taskEscalated: [
    {
      item: { kind: 'taskEscalated', task: aTaskInMail(), assignee: 'Dana Smith', level: 1, workingDays: 3, next },
      subject:
        '1 thing for you in TechServe AIMS: A.5.2 AI system impact assessment process, overdue by 3 working days, assigned to Dana Smith',
      opens: ['Reassign or extend', '/tasks/T-12'],
      says: [
        'Talk to Dana Smith',
        'It was due on Tuesday, March 4, 2031. Dana Smith was reminded, and it is still open.',
        'Ana Pérez',
      ],
    },
    {
      item: { kind: 'taskEscalated', task: aTaskInMail(), assignee: 'Dana Smith', level: 2, workingDays: 7 },
      subject:
        '1 thing for you in TechServe AIMS: A.5.2 AI system impact assessment process, overdue by 7 working days, assigned to Dana Smith',
      opens: ['Open the task', '/tasks/T-12'],
      says: ['time, people, or a decision'],
    },
    {
      item: { kind: 'taskEscalated', task: aTaskInMail(), assignee: 'Dana Smith', level: 3, workingDays: 14 },
      subject:
        '1 thing for you in TechServe AIMS: A.5.2 AI system impact assessment process, overdue by 14 working days, assigned to Dana Smith',
      opens: ['Open the task', '/tasks/T-12'],
      says: ['marked at risk'],
    },
  ],
  taskEnded: [
    {
      item: { kind: 'taskEnded', task: aTaskInMail(), how: 'waived', note: 'Covered by A.5.3' },
      subject: 'TechServe AIMS: A.5.2 AI system impact assessment process: waived, nothing more to do',
      opens: ['Open the task', '/tasks/T-12'],
      says: ['> Covered by A.5.3'],
    },
    {
      item: { kind: 'taskEnded', task: aTaskInMail(), how: 'accepted', note: '' },
      subject: 'TechServe AIMS: A.5.2 AI system impact assessment process: accepted, nothing more to do',
      opens: ['Open the task', '/tasks/T-12'],
      says: [],
    },
    {
      item: { kind: 'taskEnded', task: aTaskInMail(), how: 'cancelled', note: 'System retired' },
      subject: 'TechServe AIMS: A.5.2 AI system impact assessment process: cancelled, nothing more to do',
      opens: ['Open the task', '/tasks/T-12'],
      says: ['> System retired'],
    },
  ],
  taskHandedOn: [
    {
      item: { kind: 'taskHandedOn', task: aTaskInMail(), to: 'Sam Lee' },
      subject: 'TechServe AIMS: A.5.2 AI system impact assessment process: reassigned, nothing more for you to do',
      opens: undefined,
      says: ['Now assigned to: Sam Lee'],
    },
  ],
  taskExtended: [
    {
      item: { kind: 'taskExtended', task: aTaskInMail({ dueOn: '2031-04-15' }), reason: 'Vendor is late' },
      subject:
        'TechServe AIMS: A.5.2 AI system impact assessment process: extended, now due on Tuesday, April 15, 2031',
      opens: ['Submit evidence', '/tasks/T-12'],
      says: ['> Vendor is late'],
    },
  ],
  evidenceToReview: [
    {
      item: {
        kind: 'evidenceToReview',
        task: aTaskInMail(),
        by: 'Dana Smith',
        links: ['https://docs.example.org/aia'],
        files: [{ name: 'Impact assessment v2.pdf', bytes: 2_411_000 }],
        note: 'Version 2\napproved by legal',
      },
      subject:
        '1 thing for you in TechServe AIMS: A.5.2 AI system impact assessment process, evidence from Dana Smith to review',
      opens: ['Review', '/tasks/T-12'],
      says: [
        'Submitted by Dana Smith',
        '> Version 2\n> approved by legal',
        'https://docs.example.org/aia',
        '- Impact assessment v2.pdf (2.4 MB)',
      ],
    },
  ],
  evidenceRejected: [
    {
      item: { kind: 'evidenceRejected', task: aTaskInMail(), note: 'The approval is missing', next },
      subject:
        '1 thing for you in TechServe AIMS: A.5.2 AI system impact assessment process, evidence rejected, more is needed',
      opens: ['Submit evidence', '/tasks/T-12'],
      says: ['> The approval is missing', 'Due: Tuesday, March 4, 2031', 'Ana Pérez'],
    },
  ],
  reviewReminder: [
    {
      item: { kind: 'reviewReminder', task: aTaskInMail(), count: 2 },
      subject:
        '1 thing for you in TechServe AIMS: A.5.2 AI system impact assessment process, still waiting for your review (2 reminders)',
      opens: ['Review', '/tasks/T-12'],
      says: ['reminded again until it is reviewed'],
    },
  ],
  progress: [
    {
      item: { kind: 'progress', month: '2031-02', readiness: 61, open: 14, overdue: 3 },
      subject: 'TechServe AIMS: Progress in February 2031: 61% of the requirements met with evidence',
      opens: ['Open the program', ''],
      says: ['14 open, 3 of them overdue'],
    },
  ],
  findingRaised: [
    {
      item: { kind: 'findingRaised', finding },
      subject: 'TechServe AIMS: Minor nonconformity F-3 (7.2 Competence): raised',
      opens: ['Open the finding', '/findings/F-3'],
      says: ['> Training records of four people are missing.', 'corrective action plan', 'next audit'],
    },
    {
      item: { kind: 'findingRaised', finding: { ...finding, grade: 'concern' } },
      subject: 'TechServe AIMS: Area of concern F-3 (7.2 Competence): raised',
      opens: ['Open the finding', '/findings/F-3'],
      says: ['before Stage 2'],
    },
    {
      item: { kind: 'findingRaised', finding: { ...finding, grade: 'opportunity' } },
      subject: 'TechServe AIMS: Opportunity for improvement F-3 (7.2 Competence): raised',
      opens: ['Open the finding', '/findings/F-3'],
      says: ['not a nonconformity'],
    },
  ],
  findingRaisedToMajor: [
    {
      item: {
        kind: 'findingRaisedToMajor',
        finding: { ...finding, grade: 'major' },
        reason: 'Still open at the surveillance audit',
        rule: 'R14',
      },
      subject: 'TechServe AIMS: Minor nonconformity F-3 (7.2 Competence): raised to a major nonconformity',
      opens: ['Open the finding', '/findings/F-3'],
      says: [
        '> Still open at the surveillance audit',
        'still open then can become a major (rule R14)',
        'corrected and verified',
      ],
    },
  ],
  findingReopened: [
    {
      item: { kind: 'findingReopened', finding, note: 'Two records were missing again' },
      subject:
        'TechServe AIMS: Minor nonconformity F-3 (7.2 Competence): open again, its corrective action was not effective',
      opens: ['Open the finding', '/findings/F-3'],
      says: ['> Two records were missing again', 'root cause'],
    },
  ],
  deadlineMissed: [
    {
      item: { kind: 'deadlineMissed', finding, deadline: 'plan', dueOn: '2031-03-01' },
      subject:
        '1 thing for you in TechServe AIMS: Minor nonconformity F-3 (7.2 Competence), the corrective action plan was due on Saturday, March 1, 2031',
      opens: ['Open the finding', '/findings/F-3'],
      says: ['The response time set by the certification body (rule R7)', 'does not move'],
    },
    {
      item: {
        kind: 'deadlineMissed',
        finding: { ...finding, grade: 'major' },
        deadline: 'verification',
        dueOn: '2031-03-01',
      },
      subject:
        '1 thing for you in TechServe AIMS: Major nonconformity F-3 (7.2 Competence), the verification was due on Saturday, March 1, 2031',
      opens: ['Open the finding', '/findings/F-3'],
      says: ['suspension'],
    },
  ],
  auditScheduled: [
    {
      item: {
        kind: 'auditScheduled',
        audit: { ...stage2, startsOn: '2031-09-08', endsOn: '2031-09-09' },
        team: ['Lee Wong', 'Sam Okoro'],
      },
      subject: 'TechServe AIMS: Stage 2 audit: scheduled from Monday, September 8, 2031 to Tuesday, September 9, 2031',
      opens: ['Open the audit', '/audits/A-2'],
      says: ['- Lee Wong', '- Sam Okoro', 'Keep these days free'],
    },
  ],
  auditCalledOff: [
    {
      item: { kind: 'auditCalledOff', audit: stage2, reason: 'The audit team is snowed in.', forGood: false },
      subject: 'TechServe AIMS: Stage 2 audit: was called off',
      opens: ['Open the audit', '/audits/A-2'],
      says: ['> The audit team is snowed in.', 'Other days are agreed on'],
    },
    {
      item: { kind: 'auditCalledOff', audit: stage2, reason: 'Nobody applies any more.', forGood: true },
      subject: 'TechServe AIMS: Stage 2 audit: was called off',
      opens: ['Open the audit', '/audits/A-2'],
      says: ['does not take place'],
    },
  ],
  auditMissed: [
    {
      item: {
        kind: 'auditMissed',
        audit: { ...stage2, kind: 'surveillance' },
        rule: 'R10',
        latestOn: '2031-02-28',
      },
      subject:
        '1 thing for you in TechServe AIMS: Surveillance audit, was due by Friday, February 28, 2031 and was not held',
      opens: ['Open the audit', '/audits/A-2'],
      says: ['when the first surveillance audit after certification is due (rule R10)', 'at risk'],
    },
    {
      item: {
        kind: 'auditMissed',
        audit: { ...stage2, kind: 'surveillance', startsOn: undefined, endsOn: undefined },
        rule: 'R10',
        latestOn: '2031-02-28',
      },
      subject:
        '1 thing for you in TechServe AIMS: Surveillance audit, was due by Friday, February 28, 2031 and was not held',
      opens: ['Open the audit', '/audits/A-2'],
      says: ['The program manager has a task to agree on new dates with the certification body.'],
    },
  ],
  auditNotMissed: [
    {
      item: { kind: 'auditNotMissed', audit: { ...stage2, kind: 'surveillance' }, rule: 'R10', latestOn: '2032-02-28' },
      subject: 'TechServe AIMS: Surveillance audit: was held in time after all',
      opens: ['Open the audit', '/audits/A-2'],
      says: [
        'You were told that it was not held by Saturday, February 28, 2032',
        'it took place on Monday, September 8, 2031',
      ],
    },
  ],
  auditStands: [
    {
      item: { kind: 'auditStands', audit: stage2, findings: ['F-3'] },
      subject: 'TechServe AIMS: Stage 2 audit: stands after all',
      opens: ['Open the audit', '/audits/A-2'],
      says: ['F-3 had been verified in time', 'The decision rests on this audit'],
    },
  ],
  auditOutdated: [
    {
      item: { kind: 'auditOutdated', audit: stage2, rule: 'R6', untilOn: '2032-03-08', findings: ['F-3'] },
      subject: 'TechServe AIMS: Stage 2 audit: has to be held again before a decision',
      opens: ['Open the audit', '/audits/A-2'],
      says: ['Monday, March 8, 2032', 'F-3', 'rule R6', 'Another Stage 2 is planned'],
    },
  ],
  auditOutcome: [
    {
      item: { kind: 'auditOutcome', audit: { ...stage2, kind: 'stage1' }, result: 'notReady', note: 'Scope unclear' },
      subject: 'TechServe AIMS: Stage 1 audit: not ready for Stage 2',
      opens: ['Open the audit', '/audits/A-2'],
      says: ['> Scope unclear', 'Stage 1 is held again'],
    },
    {
      item: { kind: 'auditOutcome', audit: stage2, result: 'completed', note: '' },
      subject: 'TechServe AIMS: Stage 2 audit: completed',
      opens: ['Open the audit', '/audits/A-2'],
      says: ['the certification body decides'],
    },
    {
      item: {
        kind: 'auditOutcome',
        audit: { ...stage2, kind: 'surveillance' },
        result: 'maintained',
        note: '',
        notCovered: ['complaints', 'marks'],
      },
      subject: 'TechServe AIMS: Surveillance audit: certificate maintained',
      opens: ['Open the audit', '/audits/A-2'],
      says: ['Topics that the outcome does not name as covered (rule R13)', '- complaints\n', '- use of marks\n'],
    },
    {
      // An earlier version queued the words themselves.
      item: {
        kind: 'auditOutcome',
        audit: { ...stage2, kind: 'surveillance' },
        result: 'maintained',
        note: '',
        notCovered: ['complaints', 'use of marks'],
      },
      subject: 'TechServe AIMS: Surveillance audit: certificate maintained',
      opens: ['Open the audit', '/audits/A-2'],
      says: ['Topics that the outcome does not name as covered (rule R13)', '- complaints\n', '- use of marks\n'],
    },
  ],
  decision: [
    {
      item: { kind: 'decision', decision: 'grantedWithCorrectiveAction', basis: 'One minor with an accepted plan' },
      subject: 'TechServe AIMS: Decision on certification: granted with corrective action',
      opens: ['Open the program', ''],
      says: ['> One minor with an accepted plan', 'verified at the next audit'],
    },
    {
      item: { kind: 'decision', decision: 'refused', basis: 'It is not the same system', auditKind: 'special' },
      subject: 'TechServe AIMS: Decision on the extension of scope: refused',
      opens: ['Open the program', ''],
      says: ['The scope of the certificate stays as it was.'],
    },
    {
      item: { kind: 'decision', decision: 'refused', basis: 'Too little', auditKind: 'recertification' },
      subject: 'TechServe AIMS: Decision on recertification: refused',
      opens: ['Open the program', ''],
      says: ['The certificate is not renewed.'],
    },
    {
      item: { kind: 'decision', decision: 'refused', basis: 'The system does not work' },
      subject: 'TechServe AIMS: Decision on certification: refused',
      opens: ['Open the program', ''],
      says: ['back to implementation'],
    },
  ],
  certificate: [
    {
      item: { kind: 'certificate', event: 'issued', certificate },
      subject:
        'TechServe AIMS: Certificate AIMS-0042: issued, valid from Monday, October 6, 2031 through Thursday, October 5, 2034',
      opens: ['Open the certificate', '/certificate'],
      says: ['Surveillance audits follow each year'],
    },
    {
      item: { kind: 'certificate', event: 'renewed', certificate },
      subject: 'TechServe AIMS: Certificate AIMS-0042: renewed, valid through Thursday, October 5, 2034',
      opens: ['Open the certificate', '/certificate'],
      says: ['A new cycle begins'],
    },
    {
      item: { kind: 'certificate', event: 'suspended', certificate, reason: 'The audit was refused' },
      subject: 'TechServe AIMS: Certificate AIMS-0042: suspended',
      opens: ['Open the certificate', '/certificate'],
      says: ['> The audit was refused', 'must not be used', 'does not extend its last day, Thursday, October 5, 2034'],
    },
    {
      item: {
        kind: 'certificate',
        event: 'scopeReduced',
        certificate: { ...certificate, scope: { statement: 'The assistant.', exclusions: 'The chat.' } },
        reason: 'The chat failed',
      },
      subject: 'TechServe AIMS: Certificate AIMS-0042: reduced in scope, valid through Thursday, October 5, 2034',
      opens: ['Open the certificate', '/certificate'],
      says: ['The chat failed', 'It now certifies only this: The assistant. It does not certify: The chat.'],
    },
    {
      item: { kind: 'certificate', event: 'scopeExtended', certificate, reason: 'Audited' },
      subject: 'TechServe AIMS: Certificate AIMS-0042: extended in scope, valid through Thursday, October 5, 2034',
      opens: ['Open the certificate', '/certificate'],
      says: ['It now certifies: The assistant.', 'Its dates stay'],
    },
    {
      item: { kind: 'certificate', event: 'reinstated', certificate },
      subject: 'TechServe AIMS: Certificate AIMS-0042: reinstated, valid through Thursday, October 5, 2034',
      opens: ['Open the certificate', '/certificate'],
      says: ['can be used again'],
    },
    {
      item: { kind: 'certificate', event: 'withdrawn', certificate },
      subject: 'TechServe AIMS: Certificate AIMS-0042: withdrawn',
      opens: ['Open the certificate', '/certificate'],
      says: ['must not be used anymore'],
    },
    {
      item: { kind: 'certificate', event: 'notWithdrawn', certificate },
      subject: 'TechServe AIMS: Certificate AIMS-0042: was not withdrawn',
      opens: ['Open the certificate', '/certificate'],
      says: ['had ended in time'],
    },
    {
      item: { kind: 'certificate', event: 'lapsed', certificate },
      subject: 'TechServe AIMS: Certificate AIMS-0042: lapsed, its last day was Thursday, October 5, 2034',
      opens: ['Open the certificate', '/certificate'],
      says: ['restore'],
    },
    {
      item: { kind: 'certificate', event: 'restored', certificate },
      subject: 'TechServe AIMS: Certificate AIMS-0042: restored, valid through Thursday, October 5, 2034',
      opens: ['Open the certificate', '/certificate'],
      says: ['not covered'],
    },
  ],
  transferred: [
    {
      item: {
        kind: 'transferred',
        certificate,
        from: 'First Body',
        to: 'Second Body',
        on: '2032-05-03',
        reason: 'It is nearer',
        findings: ['F-3'],
        left: false,
      },
      subject:
        'TechServe AIMS: Certificate AIMS-0042: transferred from First Body to Second Body on Monday, May 3, 2032',
      opens: ['Open the program', ''],
      says: [
        'It is nearer',
        'F-3',
        'valid through Thursday, October 5, 2034',
        'Add the people of Second Body to the program.',
      ],
    },
    {
      item: {
        kind: 'transferred',
        certificate,
        from: 'First Body',
        to: 'Second Body',
        on: '2032-05-03',
        reason: 'It is nearer',
        findings: [],
        left: true,
      },
      subject:
        'TechServe AIMS: Certificate AIMS-0042: transferred from First Body to Second Body on Monday, May 3, 2032',
      opens: undefined,
      says: ['Your roles in this program have ended'],
    },
  ],
  significantChange: [
    {
      item: { kind: 'significantChange', description: 'Two companies became one' },
      subject: 'TechServe AIMS: Significant change: reported',
      opens: ['Open the program', ''],
      says: ['Two companies became one', 'begins with a Stage 1'],
    },
  ],
  findingPutRight: [
    {
      item: { kind: 'findingPutRight', finding, reason: 'The records were shown.', withdrawn: true },
      subject: 'TechServe AIMS: Minor nonconformity F-3 (7.2 Competence): withdrawn',
      opens: ['Open the finding', '/findings/F-3'],
      says: ['> The records were shown.'],
    },
  ],
  outcomeReopened: [
    {
      item: { kind: 'outcomeReopened', audit: stage2, reason: 'A finding was left out.' },
      subject: 'TechServe AIMS: Stage 2 audit: its outcome was reopened',
      opens: ['Open the audit', '/audits/A-2'],
      says: ['> A finding was left out.', 'does not count'],
    },
  ],
  deadlineMet: [
    {
      item: { kind: 'deadlineMet', finding, deadline: 'plan', dueOn: '2031-10-08', metOn: '2031-10-07' },
      subject:
        'TechServe AIMS: Minor nonconformity F-3 (7.2 Competence): the deadline of Wednesday, October 8, 2031 was kept after all',
      opens: ['Open the finding', '/findings/F-3'],
      says: ['taken back'],
    },
  ],
  enteredForYou: [
    {
      item: { kind: 'enteredForYou', what: 'A finding', by: 'Ana Pérez', document: 'Audit report of June 3', seq: 166 },
      subject: 'TechServe AIMS: A finding: entered for you by Ana Pérez',
      opens: ['Look at it', '/records/166'],
      says: ['> Audit report of June 3', 'object'],
    },
  ],
  incident: [
    {
      item: { kind: 'incident', id: 'I-1', severity: 'high', description: 'A model leaked names' },
      subject: 'TechServe AIMS: Incident I-1: reported, high severity',
      opens: ['Open the program', ''],
      says: ['> A model leaked names'],
    },
  ],
  planChanged: [
    {
      item: {
        kind: 'planChanged',
        reason: 'A reorganization',
        changes: ['implementation: 6 months instead of 4 months'],
        moved: [{ title: 'Write the policy', dueOn: '2031-03-31' }],
      },
      subject: 'TechServe AIMS: The plan: changed, 1 due date of yours moved',
      opens: ['Open the program', ''],
      says: [
        '> A reorganization',
        'implementation: 6 months instead of 4 months',
        'Write the policy: Monday, March 31, 2031',
      ],
    },
    {
      item: { kind: 'planChanged', reason: 'Later', changes: ['start: 2031-02-03 instead of 2031-01-06'], moved: [] },
      subject: 'TechServe AIMS: The plan: changed',
      opens: ['Open the program', ''],
      says: ['Deadlines of the certification body stay'],
    },
  ],
  change: [
    {
      item: {
        kind: 'change',
        change: 'systemChanged',
        what: 'The AI system Scoring was changed.',
        touched: ['Impact assessment of Scoring', 'Statement of applicability'],
        bodyTold: true,
      },
      subject: 'TechServe AIMS: Change to the management system: an AI system was changed',
      opens: ['Open the program', ''],
      says: [
        '> The AI system Scoring was changed.',
        'Impact assessment of Scoring',
        'The certification body is notified too',
      ],
    },
    {
      item: { kind: 'change', change: 'people', what: 'Other people are in charge.', touched: [], bodyTold: false },
      subject: 'TechServe AIMS: Change to the management system: other people are in charge',
      opens: ['Open the program', ''],
      says: ['Tasks ask the owners to review what it affects.'],
    },
  ],
  complaint: [
    {
      item: { kind: 'complaint', id: 'C-1', from: 'Acme Ltd', description: 'The score is unfair' },
      subject: 'TechServe AIMS: Complaint C-1: received from Acme Ltd',
      opens: ['Open the program', ''],
      says: ['> The score is unfair'],
    },
  ],
  taskLeft: [
    {
      item: { kind: 'taskLeft', task: aTaskInMail({ dueOn: '2030-08-05' }), assignee: 'Dana Smith' },
      subject:
        '1 thing for you in TechServe AIMS: A.5.2 AI system impact assessment process, still open, was due on Monday, August 5, 2030, assigned to Dana Smith',
      opens: ['Reassign, extend or waive', '/tasks/T-12'],
      says: ['waive it and say why', 'No more mails are sent of it'],
    },
  ],
  pauseProposed: [
    {
      item: { kind: 'pauseProposed', program: 'TechServe AIMS', overdue: 68, since: '2030-09-02' },
      subject: '1 thing for you in TechServe AIMS: The program, has been left alone for months: pause or cancel it?',
      opens: ['Pause or cancel', ''],
      says: ['68 tasks waited, the first since Monday, September 2, 2030', 'cancel it if nobody needs it anymore'],
    },
  ],
  program: [
    {
      item: { kind: 'program', event: 'started', phase: 'gapAssessment', text: 'It begins with the gap assessment.' },
      subject: 'TechServe AIMS: started',
      opens: ['Open the program', ''],
      says: ['What it means: It begins with the gap assessment.'],
    },
    {
      item: { kind: 'program', event: 'adopted', phase: 'surveillanceCycle', text: 'What is missing is asked for.' },
      subject: 'TechServe AIMS: taken over while under way',
      opens: ['Open the program', ''],
      says: ['What it means: What is missing is asked for.'],
    },
    {
      item: { kind: 'program', event: 'paused', phase: 'implementation', text: 'Merger' },
      subject: 'TechServe AIMS: paused',
      opens: ['Open the program', ''],
      says: ['> Merger', 'certification body run on'],
    },
    {
      item: { kind: 'program', event: 'resumed', phase: 'implementation', text: '' },
      subject: 'TechServe AIMS: resumed',
      opens: ['Open the program', ''],
      says: ['length of the pause'],
    },
    {
      item: { kind: 'program', event: 'cancelled', phase: 'implementation', text: 'Sold' },
      subject: 'TechServe AIMS: cancelled',
      opens: ['Open the program', ''],
      says: ['> Sold'],
    },
    {
      item: { kind: 'program', event: 'phase', phase: 'internalAudit', text: 'The implementation is done.' },
      subject: 'TechServe AIMS: Internal audit: has begun',
      opens: ['Open the program', ''],
      says: ['What it means: The implementation is done.'],
    },
    {
      item: { kind: 'program', event: 'phase', phase: 'closed', text: 'The certificate was withdrawn.' },
      subject: 'TechServe AIMS: has ended',
      opens: ['Open the program', ''],
      says: ['The certificate was withdrawn.'],
    },
    {
      item: { kind: 'program', event: 'nearlyFull', phase: 'implementation', text: 'It holds 80% of what it can.' },
      subject: 'TechServe AIMS: nearly full',
      opens: ['Open the program', ''],
      says: ['What it means: It holds 80% of what it can.'],
    },
  ],
} satisfies { [K in Kind]?: (NoticeSample & { item: Extract<NoticeItem, { kind: K }> })[] };

import type { IsoDate } from '../../domain/basics.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { decisionMaker, leadAuditor, manager, sponsor } from '../workflows/support/people.ts';
import { corrects, decides, does, holds, lastOf, on, tries, verifies } from './support/acts.ts';
import {
  asked,
  certificateIs,
  findingIs,
  happens,
  never,
  nothingAsked,
  nothingOpen,
  phaseIs,
  plans,
  refused,
} from './support/expectations.ts';
import { certificate } from './support/givens.ts';
import type { Group } from './support/scenario.ts';

const scope = { statement: 'The assistant that customers talk to.' };
const wider = { statement: 'The assistant and the chat.' };
const narrower = { statement: 'The assistant in English.', exclusions: 'Other languages.' };

const extension: UserCommand = {
  type: 'planAudit',
  kind: 'special',
  occasion: 'scopeExtension',
  scope: wider,
  targetOn: '2030-08-01',
  reason: 'The chat joins',
};
const applies = does(manager, 'applies for a wider scope', extension);

const suspends = does(decisionMaker, 'suspends the certificate', {
  type: 'suspendCertificate',
  reason: 'The marks were misused',
  ground: 'failure',
});

const reinstates = does(decisionMaker, 'reinstates the certificate', {
  type: 'reinstateCertificate',
  reason: 'It is corrected',
});

const transfersOn = (day: IsoDate, possible = false) =>
  (possible ? does : tries)(sponsor, `transfer the certificate as of ${day}`, {
    type: 'transferCertificate',
    to: { name: 'Second Body' },
    on: day,
    reason: 'It is nearer',
  });

/** Suspension, special audits and transfer. */
export const suspensions: Group = {
  name: 'Suspension, special audits and transfer',
  scenarios: [
    {
      rules: ['R18'],
      title:
        'a suspension that is not resolved in six months ends in withdrawal, and the program closes thirty days later',
      given: certificate(),
      when: [on('2030-06-03', suspends), on('2030-12-04'), on('2031-01-03')],
      follows: [
        asked('2030-06-03', 'suspension', { assignee: manager, dueOn: '2030-12-03', bodyDeadline: true }),
        certificateIs('2030-12-03', { status: 'suspended' }),
        certificateIs('2030-12-04', { status: 'withdrawn' }),
        asked('2030-12-04', 'suspension', { assignee: manager, dueOn: '2031-01-02', bodyDeadline: true }),
        phaseIs('2031-01-03', 'closed'),
      ],
    },
    {
      rules: ['R18', 'R28'],
      title: 'a reinstatement of the last day that is told four days later takes the withdrawal back',
      given: certificate(),
      when: [
        on('2030-06-03', suspends),
        on(
          '2030-12-07',
          tries(decisionMaker, 'reinstate', { type: 'reinstateCertificate', reason: 'It is corrected' }),
          does(decisionMaker, 'reinstate as of December 3', {
            type: 'reinstateCertificate',
            reason: 'It is corrected',
            on: '2030-12-03',
          }),
        ),
        on('2031-01-03'),
      ],
      follows: [
        certificateIs('2030-12-04', { status: 'withdrawn' }),
        refused('2030-12-07', 'R18', 'had to be resolved by December 3, 2030'),
        happens('2030-12-07', 'WithdrawalTakenBack', 'the withdrawal is taken back'),
        certificateIs('2030-12-07', { status: 'valid' }),
        certificateIs('2031-01-03', { status: 'valid' }),
        phaseIs('2031-01-03', 'surveillanceCycle'),
      ],
    },
    {
      rules: ['R18', 'R7'],
      title: 'suspended over a major, it is reinstated once the major is verified, and keeps its dates',
      given: certificate(),
      when: [
        on('2030-12-10', holds('surveillance', { findings: [{ requirementId: '6.1.2', grade: 'major' }] })),
        on(
          '2031-03-20',
          tries(decisionMaker, 'reinstate the certificate', {
            type: 'reinstateCertificate',
            reason: 'It is well meant',
          }),
        ),
        on(
          '2031-04-10',
          corrects('F-1'),
          verifies('F-1'),
          does(decisionMaker, 'reinstates the certificate', {
            type: 'reinstateCertificate',
            reason: 'It is corrected',
          }),
        ),
      ],
      follows: [
        certificateIs('2031-03-11', { status: 'suspended' }),
        refused('2031-03-20', 'R18', 'the major nonconformity F-1 is past its deadline and not verified'),
        certificateIs('2031-04-10', { status: 'valid', lastDay: '2033-01-09', cycle: 1 }),
        nothingAsked('2031-04-10', 'suspension'),
      ],
    },
    {
      rules: ['R18', 'R28'],
      title: 'a suspension that is told later counts from its day, and so does its end',
      given: certificate(),
      when: [
        on(
          '2030-06-13',
          does(decisionMaker, 'suspends the certificate, as of 2030-06-03', {
            type: 'suspendCertificate',
            reason: 'The marks were misused',
            on: '2030-06-03',
          }),
        ),
        on(
          '2030-07-01',
          tries(decisionMaker, 'reinstate it before that', {
            type: 'reinstateCertificate',
            reason: 'It is corrected',
            on: '2030-06-02',
          }),
        ),
        on('2030-12-04'),
      ],
      follows: [
        asked('2030-06-13', 'suspension', { assignee: manager, dueOn: '2030-12-03', bodyDeadline: true }),
        refused('2030-07-01', 'dates', '2030-06-02'),
        certificateIs('2030-12-03', { status: 'suspended' }),
        certificateIs('2030-12-04', { status: 'withdrawn' }),
      ],
    },
    {
      rules: ['R18', 'R7', 'R28'],
      title: 'suspended over a major that had been verified in time, which is told later: it is taken back',
      given: certificate(),
      when: [
        on('2030-12-10', holds('surveillance', { findings: [{ requirementId: '6.1.2', grade: 'major' }] })),
        on('2031-02-03', corrects('F-1')),
        on(
          '2031-03-20',
          does(leadAuditor, 'says that F-1 was verified on 2031-03-07', {
            type: 'verifyFinding',
            findingId: 'F-1',
            effective: true,
            note: 'It was seen on site',
            on: '2031-03-07',
          }),
        ),
      ],
      follows: [
        certificateIs('2031-03-19', { status: 'suspended' }),
        happens('2031-03-20', 'SuspensionTakenBack', 'the suspension is taken back', { findingId: 'F-1' }),
        certificateIs('2031-03-20', { status: 'valid', lastDay: '2033-01-09', cycle: 1 }),
        nothingAsked('2031-03-20', 'suspension'),
      ],
    },
    {
      rules: ['R20'],
      title: 'a transfer is not dated before the last act of the body that has the certificate',
      given: certificate(),
      when: [
        on('2030-12-10', holds('surveillance')),
        on('2030-12-20', transfersOn('2030-12-09'), transfersOn('2030-12-10', true)),
      ],
      follows: [
        refused('2030-12-20', 'R20', 'before the last act of the body'),
        happens('2030-12-20', 'CertificateTransferred', 'it is transferred', { on: '2030-12-10' }),
      ],
    },
    {
      rules: ['R18'],
      title: 'a suspension ends with a smaller scope in place of a withdrawal',
      given: certificate(),
      when: [
        on('2030-06-03', suspends),
        on(
          '2030-08-01',
          does(decisionMaker, 'reduces the scope', {
            type: 'reduceScope',
            ...narrower,
            reason: 'The rest is in order',
          }),
        ),
      ],
      follows: [
        certificateIs('2030-07-31', { status: 'suspended', scope }),
        certificateIs('2030-08-01', { status: 'valid', scope: narrower, lastDay: '2033-01-09' }),
        nothingAsked('2030-08-01', 'suspension'),
      ],
    },
    {
      rules: ['R18', 'R16'],
      title: 'a suspension never makes a certificate live longer',
      given: certificate(),
      when: [on('2032-10-01', suspends), on('2033-04-02')],
      follows: [
        asked('2032-10-01', 'suspension', { assignee: manager, dueOn: '2033-01-09' }),
        certificateIs('2033-01-09', { status: 'suspended', lastDay: '2033-01-09' }),
        certificateIs('2033-01-10', { status: 'lapsed' }),
        never('CertificateWithdrawn', 'the certificate is withdrawn'),
      ],
    },
    {
      rules: ['R18'],
      title: 'the organization has its certificate suspended on request, for no other reason',
      given: certificate(),
      when: [
        on(
          '2030-06-03',
          tries(manager, 'suspend the certificate for failure', {
            type: 'suspendCertificate',
            reason: 'We failed',
            ground: 'failure',
          }),
          does(manager, 'has the certificate suspended', { type: 'suspendCertificate', reason: 'The system rests' }),
        ),
      ],
      follows: [
        refused('2030-06-03', 'R18', 'only at its own request'),
        happens('2030-06-03', 'CertificateSuspended', 'the certificate is suspended on request until 2030-12-03', {
          ground: 'onRequest',
          untilOn: '2030-12-03',
        }),
      ],
    },
    {
      rules: ['R25', 'R18', 'R19'],
      title:
        'the team of a surveillance recommends suspension, that of a special audit reinstatement; who did not audit decides',
      given: certificate(),
      when: [
        on(
          '2030-12-10',
          holds('surveillance', { result: 'suspend' }),
          tries(leadAuditor, 'suspend the certificate', { type: 'suspendCertificate', reason: 'As recommended' }),
        ),
        on('2030-12-11', suspends),
        on(
          '2031-02-03',
          does(leadAuditor, 'plans a special audit over the suspension', {
            type: 'planAudit',
            kind: 'special',
            occasion: 'suspension',
            targetOn: '2031-02-10',
            reason: 'They say that it is corrected',
          }),
        ),
        on('2031-02-10', holds('special', { result: 'maintained' })),
        on(
          '2031-02-12',
          tries(leadAuditor, 'reinstate the certificate', { type: 'reinstateCertificate', reason: 'We saw it' }),
          does(decisionMaker, 'reinstates the certificate', { type: 'reinstateCertificate', reason: 'They saw it' }),
        ),
      ],
      follows: [
        certificateIs('2030-12-10', { status: 'valid' }),
        asked('2030-12-10', 'recommendation', { assignee: decisionMaker }),
        refused('2030-12-10', 'R25', 'someone who did not audit must decide'),
        happens('2030-12-11', 'CertificateSuspended', 'it is suspended until 2031-06-11', { untilOn: '2031-06-11' }),
        nothingAsked('2030-12-11', 'recommendation'),
        certificateIs('2031-02-11', { status: 'suspended', lastDay: '2033-01-09' }),
        refused('2031-02-12', 'R25', 'took part in the special audit'),
        certificateIs('2031-02-12', { status: 'valid', lastDay: '2033-01-09', cycle: 1 }),
        nothingAsked('2031-02-12', 'suspension'),
      ],
    },
    {
      rules: ['R25'],
      title: 'a lead auditor alone ends a surveillance with withdrawal: it is recommended, and can be seen otherwise',
      given: certificate(),
      when: [
        on('2030-12-10', holds('surveillance', { result: 'withdraw' })),
        on(
          '2030-12-12',
          does(decisionMaker, 'keeps the certificate as it is', (state) => ({
            type: 'keepCertificate',
            auditId: lastOf(state, 'surveillance'),
            reason: 'What failed was put right',
          })),
        ),
      ],
      follows: [
        certificateIs('2030-12-11', { status: 'valid' }),
        phaseIs('2030-12-11', 'surveillanceCycle'),
        happens('2030-12-12', 'RecommendationDeclined', 'what the team recommended is not followed'),
        certificateIs('2030-12-12', { status: 'valid', lastDay: '2033-01-09' }),
        nothingAsked('2030-12-12', 'recommendation'),
      ],
    },
    {
      rules: ['R18', 'R15'],
      title: 'a suspended certificate that is renewed stays suspended, in the time that its suspension always had',
      given: certificate(),
      when: [
        on('2032-10-09', holds('recertification')),
        on('2032-11-01', suspends),
        on('2032-12-01', decides('granted', 'recertification')),
        on('2033-04-30', reinstates),
      ],
      follows: [
        asked('2032-11-01', 'suspension', { assignee: manager, dueOn: '2033-01-09' }),
        certificateIs('2032-12-01', {
          status: 'suspended',
          lastDay: '2036-01-09',
          cycle: 2,
        }),
        asked('2032-12-01', 'suspension', { assignee: manager, dueOn: '2033-05-01', bodyDeadline: true }),
        certificateIs('2033-04-30', { status: 'valid', lastDay: '2036-01-09', cycle: 2 }),
      ],
    },
    {
      rules: ['R18', 'R17'],
      title: 'a suspended certificate that lapses and is restored stays suspended, and ends as it would have',
      given: certificate(),
      when: [
        on('2032-10-09', holds('recertification')),
        on('2032-11-01', suspends),
        on('2033-02-01', decides('granted', 'recertification')),
        on('2033-05-02'),
      ],
      follows: [
        certificateIs('2033-01-10', { status: 'lapsed' }),
        certificateIs('2033-02-01', {
          status: 'suspended',
          validFrom: '2033-02-01',
          cycle: 2,
        }),
        asked('2033-02-01', 'suspension', { assignee: manager, dueOn: '2033-05-01' }),
        certificateIs('2033-05-01', { status: 'suspended' }),
        certificateIs('2033-05-02', { status: 'withdrawn' }),
      ],
    },
    {
      rules: ['R29', 'R19'],
      title: 'a scope that was widened after the recertification audit is not certified with it',
      given: certificate(),
      when: [
        on('2032-10-09', holds('recertification')),
        on(
          '2032-10-20',
          does(manager, 'widens the scope', { type: 'changeScope', ...wider, reason: 'The chat joins' }),
        ),
        on('2032-11-01', decides('granted', 'recertification')),
      ],
      follows: [
        certificateIs('2032-11-01', { status: 'valid', scope, cycle: 2 }),
        asked('2032-11-01', 'manual', { assignee: manager, dueOn: '2032-11-15' }),
      ],
    },
    {
      rules: ['R18'],
      title: 'audits are refused, and the body withdraws the certificate without waiting',
      given: certificate(),
      when: [
        on(
          '2030-12-10',
          does(decisionMaker, 'suspends the certificate over refused audits', {
            type: 'suspendCertificate',
            reason: 'Nobody let us in',
            ground: 'auditRefused',
          }),
        ),
        on(
          '2031-01-08',
          tries(manager, 'withdraw the certificate', { type: 'withdrawCertificate', reason: 'It is of no use' }),
          does(decisionMaker, 'withdraws it', { type: 'withdrawCertificate', reason: 'Nobody lets us in' }),
        ),
      ],
      follows: [
        asked('2030-12-10', 'suspension', { assignee: manager, dueOn: '2031-06-10', bodyDeadline: true }),
        certificateIs('2031-01-08', { status: 'withdrawn' }),
        phaseIs('2031-01-08', 'closed'),
        refused('2031-01-08', 'role', 'withdrawCertificate'),
        nothingOpen('2031-01-08'),
      ],
    },
    {
      rules: ['R19', 'R7'],
      title: 'a special audit at short notice is the body’s to plan, and what it finds has the times of any other',
      given: certificate(),
      when: [
        on(
          '2030-06-03',
          tries(manager, 'plan a special audit over a complaint', {
            type: 'planAudit',
            kind: 'special',
            occasion: 'complaint',
            targetOn: '2030-06-10',
            reason: 'Customers complain',
          }),
          does(decisionMaker, 'plans a special audit over a complaint', {
            type: 'planAudit',
            kind: 'special',
            occasion: 'complaint',
            targetOn: '2030-06-10',
            reason: 'Customers complain',
          }),
        ),
        on(
          '2030-06-10',
          holds('special', { findings: [{ requirementId: '8.1', grade: 'major' }], result: 'maintained' }),
        ),
      ],
      follows: [
        refused('2030-06-03', 'role', 'Only the certification body can plan a special audit over a complaint'),
        plans('2030-06-03', 'special', { targetOn: '2030-06-10' }),
        findingIs('2030-06-10', 'F-1', { grade: 'major', planDueOn: '2030-07-10', verifyDueOn: '2030-09-08' }),
        certificateIs('2030-06-10', { status: 'valid', lastDay: '2033-01-09' }),
      ],
    },
    {
      rules: ['R19'],
      title: 'an extension of scope is applied for, audited and decided on; the dates stay',
      given: certificate(),
      when: [
        on(
          '2030-06-03',
          does(manager, 'applies for a wider scope', {
            type: 'planAudit',
            kind: 'special',
            occasion: 'scopeExtension',
            scope: wider,
            targetOn: '2030-07-01',
            reason: 'The chat joins',
          }),
        ),
        on('2030-07-01', holds('special')),
        on('2030-07-08', decides('granted', 'special')),
      ],
      follows: [
        asked('2030-07-01', 'decision', { assignee: decisionMaker, dueOn: '2030-07-31' }),
        certificateIs('2030-07-07', { scope, lastDay: '2033-01-09' }),
        certificateIs('2030-07-08', { scope: wider, lastDay: '2033-01-09', cycle: 1 }),
      ],
    },
    {
      rules: ['R19'],
      title: 'an extension of scope that is refused leaves the certificate as it is, and can be applied for again',
      given: certificate(),
      when: [
        on('2030-06-03', applies, tries(manager, 'apply for another extension meanwhile', extension)),
        on('2030-07-01', holds('special')),
        on('2030-07-08', decides('refused', 'special')),
        on('2030-07-09', applies),
      ],
      follows: [
        refused('2030-06-03', 'R19', 'one at a time'),
        certificateIs('2030-07-08', { status: 'valid', scope, lastDay: '2033-01-09', cycle: 1 }),
        plans('2030-07-09', 'special', { targetOn: '2030-08-01' }),
      ],
    },
    {
      rules: ['R20'],
      title: 'a valid certificate goes to another body with its dates, and a suspended one does not',
      given: certificate(),
      when: [
        on(
          '2030-06-03',
          suspends,
          tries(sponsor, 'transfer the certificate', {
            type: 'transferCertificate',
            to: { name: 'Second Body' },
            on: '2030-06-03',
            reason: 'It is nearer',
          }),
        ),
        on(
          '2030-07-01',
          does(decisionMaker, 'reinstates the certificate', {
            type: 'reinstateCertificate',
            reason: 'It is corrected',
          }),
          does(sponsor, 'transfers the certificate to Second Body', {
            type: 'transferCertificate',
            to: { name: 'Second Body' },
            on: '2030-07-01',
            reason: 'It is nearer',
          }),
          tries(leadAuditor, 'suspend the certificate', { type: 'suspendCertificate', reason: 'They left' }),
        ),
      ],
      follows: [
        refused('2030-06-03', 'R20', 'The certificate is suspended; only a valid one can be transferred'),
        happens(
          '2030-07-01',
          'CertificateTransferred',
          'it goes from Example Body to Second Body, whose people are not those of the old',
          {
            from: 'Example Body',
            to: { name: 'Second Body' },
            left: [leadAuditor, decisionMaker],
          },
        ),
        refused('2030-07-01', 'role', 'not among the people'),
        certificateIs('2030-07-01', { status: 'valid', validFrom: '2030-01-10', lastDay: '2033-01-09', cycle: 1 }),
      ],
    },
  ],
};

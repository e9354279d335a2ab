import type { AuditKind, DecisionKind } from '../../domain/audits/audit.ts';
import type { CertificateEvent, CertificateInMail, NoticeOf } from '../../domain/notices.ts';
import { decisionLabels } from '../labels.ts';
import { openCertificate, openProgram } from './actions.ts';
import type { WordsOfNotices } from './noticeWords.ts';
import type { Context, Detail, Entry } from './types.ts';
import { day, sentence } from './words.ts';

/** What a mail says of the certification body's decision, and of what happens to the certificate. */
export const certificationNotices = {
  decision: { entry: decided },
  certificate: { entry: changed },
  transferred: { entry: transferred },
} satisfies Partial<WordsOfNotices>;

const follows: Record<DecisionKind, string> = {
  granted: 'The certificate is issued, and its cycle of surveillance audits begins.',
  grantedWithCorrectiveAction:
    'The certificate is issued. The accepted corrective action plans are carried out, and verified at the next audit.',
  delayed: 'What the decision names is corrected and verified; then the certification body decides again.',
  refused: 'The program goes back to implementation, with its findings open.',
};

/** What follows where it is not what follows from the first certification. */
const otherwise: Partial<Record<AuditKind, Partial<Record<DecisionKind, string>>>> = {
  recertification: {
    granted: 'The certificate is renewed, and its next cycle begins.',
    grantedWithCorrectiveAction:
      'The certificate is renewed, and its next cycle begins. The accepted corrective action plans are carried out, and verified at the next audit.',
    refused:
      'The certificate is not renewed. It can be used through its last day and then lapses, unless another recertification audit leads to another decision first.',
  },
  special: {
    granted: 'The scope of the certificate is extended. Its dates stay as they are.',
    grantedWithCorrectiveAction:
      'The scope of the certificate is extended; its dates stay as they are. The accepted corrective action plans are carried out, and verified at the next audit.',
    refused: 'The scope of the certificate stays as it was. The findings stay open.',
  },
};

const decidedOn: Partial<Record<AuditKind, string>> = {
  recertification: 'recertification',
  special: 'the extension of scope',
};

function decided({ decision, basis, auditKind = 'stage2' }: NoticeOf<'decision'>, context: Context): Entry {
  return {
    group: 'news',
    name: `Decision on ${decidedOn[auditKind] ?? 'certification'}`,
    state: decisionLabels[decision],
    lead: [
      { label: 'Basis', quote: basis },
      { label: 'What happens next', text: otherwise[auditKind]?.[decision] ?? follows[decision] },
    ],
    action: openProgram(context),
    details: [],
  };
}

const events: Record<CertificateEvent, { state(of: CertificateInMail): string; next(of: CertificateInMail): string }> =
  {
    issued: {
      state: (of) => `issued, valid from ${day(of.validFrom)} through ${day(of.lastDay)}`,
      next: () => 'Surveillance audits follow each year, and recertification before the certificate expires.',
    },
    renewed: {
      state: (of) => `renewed, valid through ${day(of.lastDay)}`,
      next: () => 'A new cycle begins, with surveillance audits each year.',
    },
    corrected: {
      state: (of) => `put right: ${of.number}, valid from ${day(of.validFrom)} through ${day(of.lastDay)}`,
      next: () => 'Use what is right from now on. What was recorded first stays readable.',
    },
    suspended: {
      state: () => 'suspended',
      next: (of) =>
        `The certificate must not be used until it is reinstated. If the suspension is not resolved in time, the certificate is withdrawn. A suspension does not extend its last day, ${day(of.lastDay)}.`,
    },
    reinstated: {
      state: (of) => `reinstated, valid through ${day(of.lastDay)}`,
      next: () => 'The certificate can be used again. Its dates stay as they were.',
    },
    notLapsed: {
      state: () => 'had not lapsed',
      next: () =>
        'The certificate was said to have lapsed. It was recertified by its last day, and that was entered later: it goes on without a gap.',
    },
    notSuspended: {
      state: () => 'was not to be suspended',
      next: () =>
        'The certificate was said to be suspended over a major nonconformity. That had been verified in time, or was not to be one, and it was entered later: the certificate is valid.',
    },
    notWithdrawn: {
      state: () => 'was not withdrawn',
      next: () =>
        'The certificate was said to be withdrawn. Its suspension had ended in time, and that was entered later.',
    },
    kept: {
      state: (of) => `stays as it is, valid through ${day(of.lastDay)}`,
      next: () => 'What the audit team recommended was not followed. Nothing changes for the certificate.',
    },
    scopeReduced: {
      state: (of) => `reduced in scope, valid through ${day(of.lastDay)}`,
      next: ({ scope: { statement, exclusions } }) =>
        [
          `It now certifies only this: ${sentence(statement)}`,
          ...(exclusions ? [`It does not certify: ${sentence(exclusions)}`] : []),
          'Remove what is left out from everything that refers to the certificate.',
        ].join(' '),
    },
    scopeExtended: {
      state: (of) => `extended in scope, valid through ${day(of.lastDay)}`,
      next: (of) => `It now certifies: ${sentence(of.scope.statement)} Its dates stay as they were.`,
    },
    withdrawn: {
      state: () => 'withdrawn',
      next: () => 'The certificate must not be used anymore. A new certification would start over with Stage 1.',
    },
    lapsed: {
      state: (of) => `lapsed, its last day was ${day(of.lastDay)}`,
      next: () =>
        'The certificate must not be used. For a limited time the certification body can restore it, once the outstanding work is complete; after that, at least a Stage 2 is needed.',
    },
    restored: {
      state: (of) => `restored, valid through ${day(of.lastDay)}`,
      next: () => 'The certificate can be used again. The days between its lapse and the decision are not covered.',
    },
  };

function changed({ event, certificate, reason }: NoticeOf<'certificate'>, context: Context): Entry {
  const { state, next } = events[event];
  return {
    group: 'news',
    name: `Certificate ${certificate.number}`,
    state: state(certificate),
    lead: [
      ...(reason ? [{ label: 'Why', quote: reason }] : []),
      { label: 'What happens next', text: next(certificate) },
    ],
    action: openCertificate(context),
    details: [],
  };
}

/** Said to those who stay, and to those whose roles ended: they have no page there anymore. */
function transferred(item: NoticeOf<'transferred'>, context: Context): Entry {
  const { certificate, from, to, on, reason, findings, left } = item;
  const lead: Detail[] = [{ label: 'Why', quote: reason }];
  if (findings.length > 0) lead.push({ label: 'Open nonconformities transferred with it', list: findings });
  lead.push({
    label: 'What happens next',
    text: left
      ? `Your roles in this program have ended, and audits that were agreed on with ${from} will not take place. There is nothing more for you to do here.`
      : `The certificate stays valid through ${day(certificate.lastDay)}. Add the people of ${to} to the program. Audits that were agreed on with ${from} have to be rescheduled, and separate tasks ask for their dates.`,
  });
  const name = `Certificate ${certificate.number}`;
  const state = `transferred from ${from} to ${to} on ${day(on)}`;
  return { group: 'news', name, state, lead, ...(left ? {} : { action: openProgram(context) }), details: [] };
}

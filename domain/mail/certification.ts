import type { AuditKind, Certificate, DecisionKind, NoticeItem } from '../types/index.ts';
import type { Detail, Entry } from './types.ts';
import { day } from './words.ts';

type DecisionItem = Extract<NoticeItem, { kind: 'decision' }>;
type CertificateItem = Extract<NoticeItem, { kind: 'certificate' }>;
type TransferItem = Extract<NoticeItem, { kind: 'transferred' }>;
type CertificateEvent = CertificateItem['event'];

const decisions: Record<DecisionKind, { state: string; next: string }> = {
  granted: { state: 'granted', next: 'The certificate is issued, and its cycle of surveillance audits begins.' },
  grantedWithCorrectiveAction: {
    state: 'granted, with corrective action required',
    next: 'The certificate is issued. The accepted corrective action plans are carried out, and verified at the next audit.',
  },
  delayed: {
    state: 'delayed',
    next: 'What the decision names is corrected and verified; then the certification body decides again.',
  },
  refused: {
    state: 'refused',
    next: 'The program goes back to implementation, with the findings open.',
  },
};

/** What follows where it is not what follows from the first certification. */
const otherwise: Partial<Record<AuditKind, Partial<Record<DecisionKind, string>>>> = {
  recertification: {
    granted: 'The certificate is renewed, and its next cycle begins.',
    refused:
      'The certificate is not renewed. It can be used to its last day and lapses then, unless another recertification audit leads to another decision before.',
  },
  special: {
    granted: 'The scope of the certificate is extended. Its dates stay as they are.',
    grantedWithCorrectiveAction:
      'The scope of the certificate is extended; its dates stay as they are. The accepted corrective action plans are carried out, and verified at the next audit.',
    refused: 'The scope of the certificate stays as it was. The findings stay open.',
  },
};

/** What a mail says of the certification body's decision. */
export function decisionEntry({ decision, basis, auditKind }: DecisionItem): Entry {
  const { state, next } = decisions[decision];
  const text = (auditKind && otherwise[auditKind]?.[decision]) ?? next;
  const what =
    auditKind === 'special' ? 'the extension of scope' : (auditKind ?? '').replace(/stage2/, '') || 'certification';
  return {
    group: 'news',
    name: `Decision on ${what}`,
    state,
    details: [
      { label: 'Basis', quote: basis },
      { label: 'What happens next', text },
    ],
  };
}

const events: Record<CertificateEvent, { state(of: Certificate): string; next(of: Certificate): string }> = {
  issued: {
    state: (of) => `issued, valid from ${day(of.validFrom)} to ${day(of.lastDay)}`,
    next: () => 'Surveillance audits follow each year, and recertification before the certificate expires.',
  },
  renewed: {
    state: (of) => `renewed, valid to ${day(of.lastDay)}`,
    next: () => 'A new cycle begins, with surveillance audits each year.',
  },
  suspended: {
    state: () => 'suspended',
    next: (of) =>
      `The certificate must not be used until it is reinstated. A suspension that is not resolved in time becomes a withdrawal. It does not extend the last day, ${day(of.lastDay)}.`,
  },
  reinstated: {
    state: (of) => `reinstated, valid to ${day(of.lastDay)}`,
    next: () => 'The certificate can be used again. Its dates stay as they were.',
  },
  scopeReduced: {
    state: (of) => `reduced in scope, valid to ${day(of.lastDay)}`,
    next: (of) =>
      `It certifies only this: ${of.scope.statement} Not: ${of.scope.exclusions} Take what is left out from everything that refers to the certificate.`,
  },
  scopeExtended: {
    state: (of) => `extended in scope, valid to ${day(of.lastDay)}`,
    next: (of) => `It now certifies: ${of.scope.statement} Its dates stay as they were.`,
  },
  withdrawn: {
    state: () => 'withdrawn',
    next: () => 'The certificate must not be used any more. Certification would begin anew, with Stage 1.',
  },
  lapsed: {
    state: (of) => `lapsed, its last day was ${day(of.lastDay)}`,
    next: () =>
      'The certificate must not be used. For a limited time the certification body can restore it, once the outstanding work is complete; later, at least Stage 2 is needed.',
  },
  restored: {
    state: (of) => `restored, valid to ${day(of.lastDay)}`,
    next: () => 'The certificate can be used again. The days between its lapse and the decision are not covered.',
  },
};

/** What a mail says of a change of the certificate. */
export function certificateEntry({ event, certificate, reason }: CertificateItem): Entry {
  const { state, next } = events[event];
  const details: Detail[] = reason ? [{ label: 'Why', quote: reason }] : [];
  details.push({ label: 'What happens next', text: next(certificate) });
  return { group: 'news', name: `Certificate ${certificate.number}`, state: state(certificate), details };
}

/** What a mail says of the transfer of the certificate, to those who stay and to those whose roles ended. */
export function transferEntry({ certificate, from, to, on, reason, findings, left }: TransferItem): Entry {
  const details: Detail[] = [{ label: 'Why', quote: reason }];
  if (findings.length > 0) details.push({ label: 'Open nonconformities that go along', list: findings });
  details.push({
    label: 'What happens next',
    text: left
      ? `Your roles in this program have ended, and audits that were agreed with ${from} do not take place. Nothing more is asked of you here.`
      : `The certificate stays valid to ${day(certificate.lastDay)}. Name the people of ${to} in the program; audits that were agreed with ${from} are scheduled anew, and tasks of their own ask for it.`,
  });
  const state = `transferred from ${from} to ${to} on ${day(on)}`;
  return { group: 'news', name: `Certificate ${certificate.number}`, state, details };
}

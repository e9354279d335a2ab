import type { Email } from '../../domain/basics.ts';
import type { RecordType } from '../../domain/registry.ts';
import { cast, nameOf, partOf } from './cast.ts';
import type { ShownMail } from './ending.ts';
import type { RehearsalResult } from './rehearse.ts';

/** The records that are told in the timeline; the others are the work between them. */
const told: RecordType[] = [
  'ProgramBegan',
  'GapAssessmentCompleted',
  'ScopeChanged',
  'PhaseStarted',
  'WarningNoted',
  'EvidenceRejected',
  'TaskEscalated',
  'ManagementReviewHeld',
  'AuditScheduled',
  'AuditOutcomeRecorded',
  'FindingRaised',
  'CorrectiveActionPlanReviewed',
  'CorrectiveActionDone',
  'FindingVerified',
  'DecisionRecorded',
  'CertificateIssued',
  'CertificateRenewed',
  'CycleStarted',
];

/** What a rehearsal came to, in lines; the last of them says all of it in one. */
export function reportOf(result: RehearsalResult): string[] {
  return [
    '',
    'Timeline',
    ...result.told
      .filter(({ type }) => told.includes(type))
      .map(({ at, text }) => `  ${result.dateOf(at)}  ${shortened(text)}`),
    '',
    ...lateTaskOf(result),
    '',
    `Mails: ${result.mails.length}, kept and not sent`,
    ...mailsByPerson(result.mails),
    ...samples(result.mails).flatMap(shownMail),
    '',
    lastLine(result),
  ];
}

/** The rehearsal in one line. */
export function lastLine({ records, mails, certificate, seconds }: RehearsalResult): string {
  return (
    `TechServe: ${records.length} records, ${mails.length} mails, certificate ${certificate.number} valid until ` +
    `${certificate.lastDay}, recertified on ${certificate.decidedOn}, ${seconds.toFixed(1)} s`
  );
}

function lateTaskOf({ lateTask: { title, assignee, dueOn, rungs, answeredOn } }: RehearsalResult): string[] {
  return [
    `Answered late: ${title}, due on ${dueOn}`,
    ...rungs.map(({ on, what, to }) => `  ${on}  ${what}: ${to.map(nameOf).join(', ')}`),
    `  ${answeredOn}  ${nameOf(assignee)} submits it; nobody else hears of it`,
  ];
}

function mailsByPerson(mails: ShownMail[]): string[] {
  const count = (to: Email, isDigest: boolean) =>
    mails.filter((mail) => mail.to === to && (mail.kind === 'digest') === isDigest).length;
  return [...new Set(mails.map(({ to }) => to))]
    .sort((one, other) => nameOf(one).localeCompare(nameOf(other)))
    .map((to) => {
      const who = `${nameOf(to)} (${partOf(to)})`.padEnd(46);
      return `  ${who} ${String(count(to, true)).padStart(4)} digests ${String(count(to, false)).padStart(4)} at once`;
    });
}

/** The sponsor's notice of the late task, and the digest with most sections: what people see of the program. */
function samples(mails: ShownMail[]): ShownMail[] {
  const notice = mails.find(
    ({ kind, to, subject }) => kind === 'escalation' && to === cast.sponsor && /overdue/i.test(subject),
  );
  const sections = ({ text }: ShownMail) => text.match(/^[A-Z][A-Z ]+( \(\d+\))?$/gm)?.length ?? 0;
  const [digest] = mails
    .filter(({ kind }) => kind === 'digest')
    .sort((one, other) => sections(other) - sections(one) || one.text.length - other.text.length);
  return [notice, digest].filter((mail) => mail !== undefined);
}

function shownMail({ to, dueAt, subject, text }: ShownMail): string[] {
  const lines = [
    `To: ${nameOf(to)} <${to}>`,
    `Date: ${dueAt}`,
    `Subject: ${subject}`,
    '',
    ...text.trimEnd().split('\n'),
  ];
  return ['', ...lines.map((line) => `  | ${line}`.trimEnd())];
}

function shortened(text: string): string {
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}

import { auditName } from '../auditNames.ts';
import type { AuditInMail, AuditKind, NoticeItem } from '../types/index.ts';
import type { Context, Detail, Entry } from './types.ts';
import { capitalized, day, days, rule } from './words.ts';

type AuditItem = Extract<NoticeItem, { kind: 'auditScheduled' | 'auditMissed' | 'auditOutdated' | 'auditOutcome' }>;

/** What a mail says of an audit: its dates, its outcome, or that it is late. */
export function auditEntry(item: AuditItem, context: Context): Entry {
  switch (item.kind) {
    case 'auditScheduled':
      return scheduled(item);
    case 'auditMissed':
      return missed(item, context);
    case 'auditOutdated':
      return outdated(item);
    case 'auditOutcome':
      return outcome(item);
  }
}

function scheduled({ audit, team }: Extract<AuditItem, { kind: 'auditScheduled' }>): Entry {
  const when = days(audit.startsOn ?? audit.targetOn, audit.endsOn);
  const details: Detail[] = team.length > 0 ? [{ label: 'Audit team', list: team }] : [];
  details.push({ label: 'What is asked', text: 'Keep these days free if the audit concerns your work.' });
  return { group: 'news', name: name(audit), state: `scheduled for ${when}`, details };
}

function missed(item: Extract<AuditItem, { kind: 'auditMissed' }>, context: Context): Entry {
  const { audit, latestOn } = item;
  return {
    group: 'overdue',
    name: name(audit),
    state: `was owed until ${day(latestOn)} and has not taken place`,
    subject: `Audit missed: ${auditName(audit.kind)} was owed until ${day(latestOn)}`,
    dueOn: latestOn,
    details: [
      { label: 'What is asked', text: 'Agree on dates with the certification body without delay, and record them.' },
      {
        label: 'Why',
        text: `The rule is ${rule(item.rule)}. It is the certification body's and cannot be extended here.`,
      },
      {
        label: 'What happens next',
        text: `${audit.startsOn ? '' : 'The program manager has a task to agree with the body how the audit is made good. '}The program is marked at risk until the audit has taken place. The certification body can suspend a certificate over a missed audit.`,
      },
      {
        label: 'How to answer',
        calls: [
          {
            method: 'POST',
            url: `${context.programUrl}/audits/${encodeURIComponent(audit.id)}/schedule`,
            body: '{ "startsOn": "YYYY-MM-DD", "endsOn": "YYYY-MM-DD", "team": ["…"] }',
          },
        ],
      },
    ],
  };
}

function outdated({ audit, rule: name_, untilOn, findings }: Extract<AuditItem, { kind: 'auditOutdated' }>): Entry {
  return {
    group: 'news',
    name: name(audit),
    state: 'is done again before a decision',
    subject: `${name(audit)} is done again: ${findings.join(', ')} not verified until ${day(untilOn)}`,
    details: [
      {
        label: 'Why',
        text: `Not verified until ${day(untilOn)}: ${findings.join(', ')}. ${capitalized(rule(name_))} has passed.`,
      },
      {
        label: 'What happens next',
        text: 'No decision rests on this audit any more. Another Stage 2 is planned, and a task of its own asks for its dates; Stage 1 is not repeated. The findings stay open until they are verified.',
      },
    ],
  };
}

const results: Record<string, string> = {
  ready: 'ready for Stage 2',
  notReady: 'not ready for Stage 2',
  completed: 'completed',
  maintained: 'certificate maintained',
  suspend: 'suspension of the certificate',
  withdraw: 'withdrawal of the certificate',
};

const follows: Record<string, string> = {
  ready: 'Stage 2 is planned next.',
  notReady: 'The areas of concern are resolved first; then Stage 1 takes place again.',
  maintained: 'The certificate stays valid. Open findings keep their deadlines.',
};

const followsCompletion: Record<AuditKind, string> = {
  internal: 'Nonconformities are corrected before Stage 1.',
  stage1: 'Stage 2 is planned next.',
  stage2: 'Open findings are dealt with; then the certification body decides.',
  surveillance: 'Open findings keep their deadlines.',
  recertification: 'Open findings are dealt with; then the certification body decides, before the certificate expires.',
  special:
    'Open findings keep their deadlines. Where it was for an extension of scope, the certification body decides.',
};

function outcome({ audit, result, note, notCovered }: Extract<AuditItem, { kind: 'auditOutcome' }>): Entry {
  const next = result === 'completed' ? followsCompletion[audit.kind] : follows[result];
  const details: Detail[] = note ? [{ label: 'Note of the audit team', quote: note }] : [];
  if (notCovered) details.push({ label: 'Not named as covered (rule R13)', list: notCovered });
  if (next) details.push({ label: 'What happens next', text: next });
  return { group: 'news', name: name(audit), state: results[result] ?? result, details };
}

function name(audit: AuditInMail): string {
  return capitalized(auditName(audit.kind));
}

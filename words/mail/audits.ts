import type { AuditKind, AuditResult } from '../../domain/audits/audit.ts';
import type { AuditInMail, NoticeOf } from '../../domain/notices.ts';
import { auditLabels, topicLabels } from '../labels.ts';
import { capitalized, list } from '../phrases.ts';
import type { WordsOfNotices } from './noticeWords.ts';
import type { Context, Detail, Entry } from './types.ts';
import { day, rule } from './words.ts';

/** What a mail says of an audit: its dates, its outcome, or that it is late. */
export const auditNotices = {
  auditScheduled: { entry: scheduled },
  auditMissed: { entry: missed },
  auditOutdated: { entry: outdated },
  auditOutcome: { entry: outcome },
} satisfies Partial<WordsOfNotices>;

function scheduled({ audit, team }: NoticeOf<'auditScheduled'>): Entry {
  const details: Detail[] = team.length > 0 ? [{ label: 'Audit team', list: team }] : [];
  details.push({ label: 'What to do', text: 'Keep these days free if the audit concerns your work.' });
  return { group: 'news', name: name(audit), state: `scheduled ${days(audit)}`, details };
}

function days({ targetOn, startsOn = targetOn, endsOn = startsOn }: AuditInMail): string {
  return endsOn === startsOn ? `for ${day(startsOn)}` : `from ${day(startsOn)} to ${day(endsOn)}`;
}

function missed({ audit, latestOn, rule: ruleName }: NoticeOf<'auditMissed'>, context: Context): Entry {
  const task = audit.startsOn
    ? ''
    : 'The program manager has a task to agree on new dates with the certification body. ';
  return {
    group: 'overdue',
    name: name(audit),
    state: `was due by ${day(latestOn)} and was not held`,
    subject: `Audit missed: the ${auditLabels[audit.kind]} was due by ${day(latestOn)}`,
    dueOn: latestOn,
    details: [
      { label: 'What to do', text: 'Agree on dates with the certification body right away, and record them.' },
      {
        label: 'Why',
        text: `The date follows from a rule of the certification body and cannot be extended here: ${rule(ruleName)}.`,
      },
      {
        label: 'What happens next',
        text: `${task}The program is marked at risk until the audit is held. The certification body can suspend a certificate over a missed audit.`,
      },
      { label: 'How to answer', calls: [context.callOf('scheduleAudit', { auditId: audit.id })] },
    ],
  };
}

function outdated({ audit, rule: ruleName, untilOn, findings }: NoticeOf<'auditOutdated'>): Entry {
  const late = `${list(findings)} not verified by ${day(untilOn)}`;
  return {
    group: 'news',
    name: name(audit),
    state: 'has to be held again before a decision',
    subject: `${name(audit)} has to be held again: ${late}`,
    details: [
      { label: 'Why', text: `${capitalized(late)}. ${capitalized(rule(ruleName))} is over.` },
      {
        label: 'What happens next',
        text: 'No decision can rest on this audit. Another Stage 2 is planned, and a separate task asks for its dates; Stage 1 is not repeated. The findings stay open until they are verified.',
      },
    ],
  };
}

const results: Record<AuditResult, string> = {
  ready: 'ready for Stage 2',
  notReady: 'not ready for Stage 2',
  completed: 'completed',
  maintained: 'certificate maintained',
  suspend: 'suspension of the certificate',
  withdraw: 'withdrawal of the certificate',
};

const follows: Partial<Record<AuditResult, string>> = {
  ready: 'Stage 2 is planned next.',
  notReady: 'The areas of concern are resolved first; then Stage 1 is held again.',
  maintained: 'The certificate stays valid. Open findings keep their deadlines.',
};

const followsCompletion: Record<AuditKind, string> = {
  internal: 'Nonconformities are corrected before Stage 1.',
  stage1: 'Stage 2 is planned next.',
  stage2: 'Open findings are resolved; then the certification body decides.',
  surveillance: 'Open findings keep their deadlines.',
  recertification: 'Open findings are resolved; then the certification body decides, before the certificate expires.',
  special:
    'Open findings keep their deadlines. If the audit was for an extension of scope, the certification body decides.',
};

function outcome({ audit, result, note, notCovered }: NoticeOf<'auditOutcome'>): Entry {
  const next = result === 'completed' ? followsCompletion[audit.kind] : follows[result];
  const details: Detail[] = note ? [{ label: 'Note from the audit team', quote: note }] : [];
  if (notCovered) {
    details.push({ label: 'Topics that the outcome does not name as covered (rule R13)', list: notCovered.map(topic) });
  }
  if (next) details.push({ label: 'What happens next', text: next });
  return { group: 'news', name: name(audit), state: results[result], details };
}

/** A topic in words; mails that an earlier version queued hold the words themselves. */
function topic(of: string): string {
  const labels: Record<string, string> = topicLabels;
  return (Object.hasOwn(labels, of) ? labels[of] : undefined) ?? of;
}

function name(audit: AuditInMail): string {
  return capitalized(auditLabels[audit.kind]);
}

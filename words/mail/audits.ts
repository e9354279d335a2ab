import type { AuditKind, AuditResult } from '../../domain/audits/audit.ts';
import type { IsoDate } from '../../domain/basics.ts';
import type { AuditInMail, NoticeOf } from '../../domain/notices.ts';
import { auditLabels, topicLabels } from '../labels.ts';
import { capitalized, list } from '../phrases.ts';
import { openAudit } from './actions.ts';
import type { WordsOfNotices } from './noticeWords.ts';
import type { Context, Detail, Entry } from './types.ts';
import { day, rule } from './words.ts';

/** What a mail says of an audit: its dates, its outcome, or that it is late. */
export const auditNotices = {
  auditScheduled: { entry: scheduled },
  auditCalledOff: { entry: calledOff },
  auditMissed: { entry: missed },
  auditNotMissed: { entry: notMissed },
  auditStands: { entry: stands },
  auditOutdated: { entry: outdated },
  auditOutcome: { entry: outcome },
  outcomeReopened: { entry: reopened },
} satisfies Partial<WordsOfNotices>;

function reopened({ audit, reason }: NoticeOf<'outcomeReopened'>, context: Context): Entry {
  return {
    group: 'news',
    name: name(audit),
    state: 'its outcome was reopened',
    lead: [
      { label: 'Why', quote: reason },
      {
        label: 'What happens next',
        text: 'The audit team records another outcome. Until then the first does not count.',
      },
    ],
    action: openAudit(audit, context),
    details: [],
  };
}

function scheduled({ audit, team }: NoticeOf<'auditScheduled'>, context: Context): Entry {
  return {
    group: 'news',
    name: name(audit),
    state: `scheduled ${days(audit)}`,
    lead: [
      { label: 'What to do', text: 'Keep these days free if the audit concerns your work.' },
      ...(team.length > 0 ? [{ label: 'Audit team', list: team }] : []),
    ],
    action: openAudit(audit, context),
    details: [],
  };
}

function calledOff({ audit, reason, forGood }: NoticeOf<'auditCalledOff'>, context: Context): Entry {
  const next = forGood ? 'Nothing: it does not take place.' : 'Other days are agreed on, and you are told of them.';
  return {
    group: 'news',
    name: name(audit),
    state: 'was called off',
    lead: [
      { label: 'Why', quote: reason },
      { label: 'What happens next', text: next },
    ],
    action: openAudit(audit, context),
    details: [],
  };
}

function days({ targetOn, startsOn = targetOn, endsOn = startsOn }: AuditInMail): string {
  return endsOn === startsOn ? `for ${day(startsOn)}` : `from ${day(startsOn)} to ${day(endsOn)}`;
}

function missed({ audit, latestOn, rule: ruleName }: NoticeOf<'auditMissed'>, context: Context): Entry {
  if (audit.kind === 'stage2') return stage2Missed(audit, latestOn, context);
  const isLate = audit.endsOn !== undefined && audit.endsOn > latestOn;
  const task = isLate ? '' : 'The program manager has a task to agree on new dates with the certification body. ';
  return {
    group: 'overdue',
    name: name(audit),
    state: `was due by ${day(latestOn)} and was not held`,
    subject: `Audit missed: the ${auditLabels[audit.kind]} was due by ${day(latestOn)}`,
    dueOn: latestOn,
    lead: [
      {
        label: 'What to do',
        text:
          audit.startsOn && !isLate
            ? 'If it was held, record its outcome: it is not missed then. Otherwise agree on new dates with the certification body right away, and record them.'
            : 'Agree on dates with the certification body right away, and record them.',
      },
    ],
    action: openAudit(audit, context),
    details: [
      {
        label: 'Why',
        text: `The date follows from a rule of the certification body and cannot be extended here: ${rule(ruleName)}.`,
      },
      {
        label: 'What happens next',
        text: `${task}The program is marked at risk until the audit is held. The certification body can suspend a certificate over a missed audit.`,
      },
    ],
  };
}

function stage2Missed(audit: AuditInMail, latestOn: IsoDate, context: Context): Entry {
  return {
    group: 'overdue',
    name: name(audit),
    state: `had to begin by ${day(latestOn)}, and has no outcome`,
    subject: `Stage 2 was not held: it had to begin by ${day(latestOn)}`,
    dueOn: latestOn,
    lead: [
      {
        label: 'What to do',
        text: 'If it was held, record its outcome: everything goes on from there. Otherwise Stage 1 is held again; agree on its dates.',
      },
    ],
    action: openAudit(audit, context),
    details: [{ label: 'Why', text: `${capitalized(rule('R3'))} is over.` }],
  };
}

function notMissed({ audit, latestOn, rule: ruleName }: NoticeOf<'auditNotMissed'>, context: Context): Entry {
  const { targetOn, startsOn = targetOn, endsOn = startsOn } = audit;
  return {
    group: 'news',
    name: name(audit),
    state: 'was held in time after all',
    lead: [
      {
        label: 'What changed',
        text: `You were told that it was not held by ${day(latestOn)}. Its outcome was recorded since: it took place ${endsOn === startsOn ? `on ${day(startsOn)}` : `from ${day(startsOn)} to ${day(endsOn)}`}, within what the rule allows (${rule(ruleName)}).`,
      },
      { label: 'What to do', text: 'Nothing. The program is no longer at risk for this.' },
    ],
    action: openAudit(audit, context),
    details: [],
  };
}

function stands({ audit, findings }: NoticeOf<'auditStands'>, context: Context): Entry {
  return {
    group: 'news',
    name: name(audit),
    state: 'stands after all',
    lead: [
      {
        label: 'What changed',
        text: `You were told that it has to be held again. ${capitalized(list(findings))} had been verified in time, and that was entered later.`,
      },
      {
        label: 'What happens next',
        text: 'The decision rests on this audit. The Stage 2 that was planned in its place does not take place.',
      },
    ],
    action: openAudit(audit, context),
    details: [],
  };
}

function outdated({ audit, rule: ruleName, untilOn, findings }: NoticeOf<'auditOutdated'>, context: Context): Entry {
  const late = `${list(findings)} not verified by ${day(untilOn)}`;
  return {
    group: 'news',
    name: name(audit),
    state: 'has to be held again before a decision',
    subject: `${name(audit)} has to be held again: ${late}`,
    lead: [{ label: 'Why', text: `${capitalized(late)}. ${capitalized(rule(ruleName))} is over.` }],
    action: openAudit(audit, context),
    details: [
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

function outcome({ audit, result, note, notCovered }: NoticeOf<'auditOutcome'>, context: Context): Entry {
  const next = result === 'completed' ? followsCompletion[audit.kind] : follows[result];
  const lead: Detail[] = note ? [{ label: 'Note from the audit team', quote: note }] : [];
  if (notCovered) {
    lead.push({ label: 'Topics that the outcome does not name as covered (rule R13)', list: notCovered.map(topic) });
  }
  if (next) lead.push({ label: 'What happens next', text: next });
  const action = openAudit(audit, context);
  return { group: 'news', name: name(audit), state: results[result], lead, action, details: [] };
}

/** A topic in words; mails that an earlier version queued hold the words themselves. */
function topic(of: string): string {
  const labels: Record<string, string> = topicLabels;
  return (Object.hasOwn(labels, of) ? labels[of] : undefined) ?? of;
}

function name(audit: AuditInMail): string {
  return capitalized(auditLabels[audit.kind]);
}

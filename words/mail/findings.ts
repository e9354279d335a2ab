import type { Grade } from '../../domain/findings/finding.ts';
import type { FindingInMail, NoticeOf } from '../../domain/notices.ts';
import { gradeLabels } from '../labels.ts';
import { capitalized } from '../phrases.ts';
import { openFinding } from './actions.ts';
import type { WordsOfNotices } from './noticeWords.ts';
import type { Context, Detail, Entry } from './types.ts';
import { day, rule } from './words.ts';

/** What a mail says of a finding of an audit, and of deadlines of the certification body that passed. */
export const findingNotices = {
  findingRaised: { entry: raised },
  findingRaisedToMajor: { entry: raisedToMajor },
  findingReopened: { entry: reopened },
  deadlineMissed: { entry: missed },
  deadlineMet: { entry: met },
  findingPutRight: { entry: putRight },
} satisfies Partial<WordsOfNotices>;

const follows: Record<Grade, string> = {
  major:
    'A separate task asks for a corrective action plan. A major must be corrected and verified before certification is granted or maintained.',
  minor: 'A separate task asks for a corrective action plan. The corrective action is verified at the next audit.',
  concern: 'Resolve it before Stage 2, where it could become a nonconformity. A separate task asks for it.',
  observation: 'It is not a nonconformity, and no action is required.',
  opportunity: 'It is not a nonconformity, and no action is required.',
};

function raised({ finding }: NoticeOf<'findingRaised'>, context: Context): Entry {
  return {
    group: 'news',
    name: name(finding, context),
    state: 'raised',
    lead: [statement(finding), { label: 'What happens next', text: follows[finding.grade] }],
    action: openFinding(finding, context),
    details: [],
  };
}

function raisedToMajor(item: NoticeOf<'findingRaisedToMajor'>, context: Context): Entry {
  return {
    group: 'news',
    name: name({ ...item.finding, grade: 'minor' }, context),
    state: 'raised to a major nonconformity',
    lead: [
      { label: 'Why', quote: item.reason },
      { label: 'The rule', text: capitalized(rule(item.rule)) },
      ...(item.together ? [{ label: 'Minors that are now part of it', list: item.together }] : []),
      statement(item.finding),
      { label: 'What happens next', text: follows.major },
    ],
    action: openFinding(item.finding, context),
    details: [],
  };
}

function reopened({ finding, note }: NoticeOf<'findingReopened'>, context: Context): Entry {
  return {
    group: 'news',
    name: name(finding, context),
    state: 'open again, its corrective action was not effective',
    lead: [
      { label: 'Why', quote: note },
      statement(finding),
      {
        label: 'What happens next',
        text: 'A separate task asks for a new corrective action plan, beginning with the root cause.',
      },
    ],
    action: openFinding(finding, context),
    details: [],
  };
}

function missed({ finding, deadline, dueOn }: NoticeOf<'deadlineMissed'>, context: Context): Entry {
  const plan = deadline === 'plan';
  const what = plan ? 'corrective action plan' : 'verification';
  return {
    group: 'overdue',
    name: name(finding, context),
    state: `the ${what} was due on ${day(dueOn)}`,
    subject: `Deadline of the certification body missed: ${what} for ${name(finding, context)}`,
    dueOn,
    lead: [
      {
        label: 'What to do',
        text: plan
          ? 'Make sure that the corrective action plan is submitted now: correction, root cause, similar cases, action and date.'
          : 'Make sure that the corrective action is carried out, reported done and verified now.',
      },
    ],
    action: openFinding(finding, context),
    details: [
      { label: 'Why', text: `${capitalized(rule('R7'))} is over. The certification body sees this too.` },
      statement(finding),
      {
        label: 'What happens next',
        text: 'The deadline does not move. Before certification, it holds up the decision; after certification, a major that stays open can lead to the suspension of the certificate.',
      },
    ],
  };
}

/** `Minor nonconformity F-3 (7.2 Competence)`. */
function putRight({ finding, reason, withdrawn }: NoticeOf<'findingPutRight'>, context: Context): Entry {
  return {
    group: 'news',
    name: name(finding, context),
    state: withdrawn ? 'withdrawn' : 'put right by the auditors',
    lead: [{ label: 'Why', quote: reason }, statement(finding)],
    action: openFinding(finding, context),
    details: [],
  };
}

function met({ finding, deadline, dueOn, metOn }: NoticeOf<'deadlineMet'>, context: Context): Entry {
  const what = deadline === 'plan' ? 'corrective action plan' : 'verification';
  return {
    group: 'news',
    name: name(finding, context),
    state: `the deadline of ${day(dueOn)} was kept after all`,
    lead: [
      {
        text: `The ${what} was there on ${day(metOn)}, as was told later. That the deadline was missed is taken back.`,
      },
    ],
    action: openFinding(finding, context),
    details: [],
  };
}

function name(finding: FindingInMail, context: Context): string {
  const title = context.requirement(finding.requirementId)?.title;
  const requirement = title ? `${finding.requirementId} ${title}` : finding.requirementId;
  return `${capitalized(gradeLabels[finding.grade])} ${finding.id} (${requirement})`;
}

function statement(finding: FindingInMail): Detail {
  return { label: 'What was found', quote: finding.statement };
}

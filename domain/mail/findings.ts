import type { FindingInMail, Grade, NoticeItem } from '../types/index.ts';
import type { Context, Detail, Entry } from './types.ts';
import { capitalized, day, gradeWords, rule } from './words.ts';

type FindingItem = Extract<
  NoticeItem,
  { kind: 'findingRaised' | 'findingRaisedToMajor' | 'findingReopened' | 'deadlineMissed' }
>;

/** What a mail says of a finding of an audit, and of deadlines of the certification body that passed. */
export function findingEntry(item: FindingItem, context: Context): Entry {
  switch (item.kind) {
    case 'findingRaised':
      return raised(item.finding, context);
    case 'findingRaisedToMajor':
      return raisedToMajor(item, context);
    case 'findingReopened':
      return reopened(item, context);
    case 'deadlineMissed':
      return missed(item, context);
  }
}

const follows: Record<Grade, string> = {
  major:
    'A corrective action plan is asked for in a task of its own. A major must be corrected and verified before certification is granted or kept.',
  minor: 'A corrective action plan is asked for in a task of its own. What was done is verified at the next audit.',
  concern: 'It is to be resolved before Stage 2, where it could become a nonconformity. A task of its own asks for it.',
  observation: 'It is not a nonconformity, and nothing is owed for it.',
  opportunity: 'It is not a nonconformity, and nothing is owed for it.',
};

function raised(finding: FindingInMail, context: Context): Entry {
  return {
    group: 'news',
    name: name(finding, context),
    state: 'raised',
    details: [statement(finding), { label: 'What happens next', text: follows[finding.grade] }],
  };
}

function raisedToMajor(item: Extract<FindingItem, { kind: 'findingRaisedToMajor' }>, context: Context): Entry {
  return {
    group: 'news',
    name: name({ ...item.finding, grade: 'minor' }, context),
    state: 'raised to a major nonconformity',
    details: [
      { label: 'Why', quote: item.reason },
      { label: 'The rule', text: capitalized(rule(item.rule)) },
      ...(item.together ? [{ label: 'Minors that are part of it now', list: item.together }] : []),
      statement(item.finding),
      { label: 'What happens next', text: follows.major },
    ],
  };
}

function reopened(item: Extract<FindingItem, { kind: 'findingReopened' }>, context: Context): Entry {
  return {
    group: 'news',
    name: name(item.finding, context),
    state: 'open again, its corrective action was not effective',
    details: [
      { label: 'Why', quote: item.note },
      statement(item.finding),
      {
        label: 'What happens next',
        text: 'A new corrective action plan is asked for in a task of its own, beginning with the root cause.',
      },
    ],
  };
}

function missed(item: Extract<FindingItem, { kind: 'deadlineMissed' }>, context: Context): Entry {
  const { finding, deadline, dueOn } = item;
  const id = encodeURIComponent(finding.id);
  const plan = deadline === 'plan';
  const what = plan ? 'corrective action plan' : 'verified correction';
  return {
    group: 'overdue',
    name: name(finding, context),
    state: `the ${what} was due on ${day(dueOn)}`,
    subject: `Deadline of the certification body missed: ${what} for ${name(finding, context)}`,
    dueOn,
    details: [
      {
        label: 'What is asked',
        text: plan
          ? 'See that the corrective action plan is handed in now: correction, root cause, similar cases, action and date.'
          : 'See that the corrective action is carried out, reported done and verified now.',
      },
      { label: 'Why', text: `${capitalized(rule('R7'))} has passed. The certification body sees this too.` },
      statement(finding),
      {
        label: 'What happens next',
        text: 'The deadline does not move. Before certification it holds up the decision; afterward, a major that stays open can lead to suspension of the certificate.',
      },
      {
        label: 'How to answer',
        calls: [
          plan
            ? {
                method: 'POST',
                url: `${context.programUrl}/findings/${id}/plan`,
                body: '{ "correction": "…", "rootCause": "…", "similarCases": "…", "action": "…", "dueOn": "YYYY-MM-DD" }',
              }
            : {
                method: 'POST',
                url: `${context.programUrl}/findings/${id}/done`,
                body: '{ "evidence": { "links": ["https://…"], "note": "…" } }',
              },
        ],
      },
    ],
  };
}

/** `Minor nonconformity F-3 (7.2 Competence)`. */
function name(finding: FindingInMail, context: Context): string {
  const title = context.requirement(finding.requirementId)?.title;
  const requirement = title ? `${finding.requirementId} ${title}` : finding.requirementId;
  return `${capitalized(gradeWords[finding.grade])} ${finding.id} (${requirement})`;
}

function statement(finding: FindingInMail): Detail {
  return { label: 'What was found', quote: finding.statement };
}

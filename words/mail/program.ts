import type { ChangeKind } from '../../domain/changes/change.ts';
import type { NoticeOf, ProgramEvent } from '../../domain/notices.ts';
import { phaseLabels } from '../labels.ts';
import { capitalized, count } from '../phrases.ts';
import type { WordsOfNotices } from './noticeWords.ts';
import type { Detail, Entry } from './types.ts';
import { day, monthOfYear } from './words.ts';

/** What a mail says of the program as a whole, and of what was reported to it. */
export const programNotices = {
  progress: { entry: progress },
  planChanged: { entry: planChanged },
  incident: { entry: incident },
  change: { entry: change },
  significantChange: { entry: significantChange },
  complaint: { entry: complaint },
  program: { entry: program },
} satisfies Partial<WordsOfNotices>;

function progress({ month, readiness, open, overdue }: NoticeOf<'progress'>): Entry {
  return {
    group: 'news',
    name: `Progress in ${monthOfYear(month)}`,
    state: `${readiness}% of the requirements met with evidence`,
    details: [{ label: 'Tasks', text: `${open} open, ${overdue} of them overdue.` }],
  };
}

function planChanged({ reason, changes, moved }: NoticeOf<'planChanged'>): Entry {
  const details: Detail[] = [
    { label: 'Why', quote: reason },
    { label: 'What changed', list: changes },
  ];
  if (moved.length > 0) {
    const list = [...moved]
      .sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
      .map(({ title, dueOn }) => `${title}: ${day(dueOn)}`);
    details.push({ label: 'Your new due dates', list });
  }
  details.push({ label: 'What happens next', text: 'Deadlines of the certification body stay where they were.' });
  const theirs = moved.length > 0 ? `, ${count(moved.length, 'due date')} of yours moved` : '';
  return { group: 'news', name: 'The plan', state: `changed${theirs}`, details };
}

function incident({ id, severity, description }: NoticeOf<'incident'>): Entry {
  return {
    group: 'news',
    name: `Incident ${id}`,
    state: `reported, ${severity} severity`,
    details: [{ label: 'What happened', quote: description }],
  };
}

const changeStates: Record<ChangeKind, string> = {
  scope: 'the scope was changed',
  people: 'other people are in charge',
  systemAdded: 'an AI system was added',
  systemChanged: 'an AI system was changed',
  systemRetired: 'an AI system was retired',
  incident: 'an incident was reported',
  complaint: 'a complaint was received',
};

function change({ change: kind, what, touched, bodyTold }: NoticeOf<'change'>): Entry {
  const body = bodyTold
    ? ' The certification body is notified too, and decides whether to look at it before its next audit.'
    : '';
  return {
    group: 'news',
    name: 'Change to the management system',
    state: changeStates[kind],
    details: [
      { label: 'What changed', quote: what },
      ...(touched.length > 0 ? [{ label: 'What has to be reviewed', list: touched }] : []),
      { label: 'What happens next', text: `Tasks ask the owners to review what it affects.${body}` },
    ],
  };
}

function significantChange({ description }: NoticeOf<'significantChange'>): Entry {
  return {
    group: 'news',
    name: 'Significant change',
    state: 'reported',
    details: [
      { label: 'What changed', quote: description },
      {
        label: 'What happens next',
        text: 'The recertification (or, after a lapse, the new certification) begins with a Stage 1. The certification body may hold a special audit before that.',
      },
    ],
  };
}

function complaint({ id, from, description }: NoticeOf<'complaint'>): Entry {
  return {
    group: 'news',
    name: `Complaint ${id}`,
    state: `received from ${from}`,
    details: [{ label: 'What it says', quote: description }],
  };
}

const follows: Partial<Record<ProgramEvent, string>> = {
  paused: 'Internal due dates wait, and move by the length of the pause. Deadlines of the certification body run on.',
  resumed: 'Internal due dates have moved by the length of the pause.',
  cancelled: 'There is nothing more for you to do here.',
};

function program({ event, phase, text }: NoticeOf<'program'>): Entry {
  const story = event === 'phase' || event === 'started' || event === 'adopted';
  const details: Detail[] = [];
  if (text) details.push(story ? { label: 'What it means', text } : { label: 'Why', quote: text });
  const next = follows[event];
  if (next) details.push({ label: 'What happens next', text: next });
  if (event === 'adopted') return { group: 'news', name: 'The program', state: 'taken over while under way', details };
  if (event !== 'phase') return { group: 'news', name: 'The program', state: event, details };
  if (phase === 'closed') return { group: 'news', name: 'The program', state: 'has ended', details };
  return { group: 'news', name: capitalized(phaseLabels[phase]), state: 'has begun', details };
}

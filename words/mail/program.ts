import type { Phase } from '../../domain/basics.ts';
import type { ChangeKind } from '../../domain/changes/change.ts';
import type { NoticeOf, ProgramEvent } from '../../domain/notices.ts';
import { phaseLabels } from '../labels.ts';
import { capitalized, count } from '../phrases.ts';
import { openProgram } from './actions.ts';
import type { WordsOfNotices } from './noticeWords.ts';
import type { Context, Detail, Entry } from './types.ts';
import { day, monthOfYear } from './words.ts';

/** What a mail says of the program as a whole, and of what was reported to it. */
export const programNotices = {
  progress: { entry: progress },
  planChanged: { entry: planChanged },
  incident: { entry: incident },
  change: { entry: change },
  significantChange: { entry: significantChange },
  complaint: { entry: complaint },
  pauseProposed: { entry: pauseProposed },
  program: { entry: program },
} satisfies Partial<WordsOfNotices>;

function progress({ month, readiness, open, overdue }: NoticeOf<'progress'>, context: Context): Entry {
  return {
    group: 'news',
    name: `Progress in ${monthOfYear(month)}`,
    state: `${readiness}% of the requirements met with evidence`,
    lead: [{ label: 'Tasks', text: `${open} open, ${overdue} of them overdue.` }],
    action: openProgram(context),
    details: [],
  };
}

function planChanged({ reason, changes, moved }: NoticeOf<'planChanged'>, context: Context): Entry {
  const lead: Detail[] = [
    { label: 'Why', quote: reason },
    { label: 'What changed', list: changes },
  ];
  if (moved.length > 0) {
    const list = [...moved]
      .sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
      .map(({ title, dueOn }) => `${title}: ${day(dueOn)}`);
    lead.push({ label: 'Your new due dates', list });
  }
  lead.push({ label: 'What happens next', text: 'Deadlines of the certification body stay where they were.' });
  const theirs = moved.length > 0 ? `, ${count(moved.length, 'due date')} of yours moved` : '';
  const action = openProgram(context);
  return { group: 'news', name: 'The plan', state: `changed${theirs}`, lead, action, details: [] };
}

function incident({ id, severity, description }: NoticeOf<'incident'>, context: Context): Entry {
  return {
    group: 'news',
    name: `Incident ${id}`,
    state: `reported, ${severity} severity`,
    lead: [{ label: 'What happened', quote: description }],
    action: openProgram(context),
    details: [],
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

function change({ change: kind, what, touched, bodyTold }: NoticeOf<'change'>, context: Context): Entry {
  const body = bodyTold
    ? ' The certification body is notified too, and decides whether to look at it before its next audit.'
    : '';
  return {
    group: 'news',
    name: 'Change to the management system',
    state: changeStates[kind],
    lead: [
      { label: 'What changed', quote: what },
      ...(touched.length > 0 ? [{ label: 'What has to be reviewed', list: touched }] : []),
      { label: 'What happens next', text: `Tasks ask the owners to review what it affects.${body}` },
    ],
    action: openProgram(context),
    details: [],
  };
}

function significantChange({ description }: NoticeOf<'significantChange'>, context: Context): Entry {
  return {
    group: 'news',
    name: 'Significant change',
    state: 'reported',
    lead: [
      { label: 'What changed', quote: description },
      {
        label: 'What happens next',
        text: 'The recertification (or, after a lapse, the new certification) begins with a Stage 1. The certification body may hold a special audit before that.',
      },
    ],
    action: openProgram(context),
    details: [],
  };
}

function complaint({ id, from, description }: NoticeOf<'complaint'>, context: Context): Entry {
  return {
    group: 'news',
    name: `Complaint ${id}`,
    state: `received from ${from}`,
    lead: [{ label: 'What it says', quote: description }],
    action: openProgram(context),
    details: [],
  };
}

function pauseProposed({ program: name, overdue, since }: NoticeOf<'pauseProposed'>, context: Context): Entry {
  return {
    group: 'overdue',
    name: 'The program',
    state: 'has been left alone for months: pause or cancel it?',
    subject: `Pause or cancel ${name}? ${capitalized(count(overdue, 'task'))} waited for months`,
    lead: [
      {
        label: 'Why',
        text: `${capitalized(count(overdue, 'task'))} waited, the first since ${day(since)}, and everybody was told again and again.`,
      },
      {
        label: 'What to do',
        text: 'Pause the program if it goes on later, or cancel it if nobody needs it anymore. If it goes on now, somebody does or reassigns what waits.',
      },
      {
        label: 'What happens next',
        text: 'Nothing more is said of what is overdue until somebody does something. Deadlines of the certification body are still told.',
      },
    ],
    action: { label: 'Pause or cancel', url: context.pages.program() },
    details: [],
  };
}

const follows: Partial<Record<ProgramEvent, string>> = {
  calendar: 'What is open is counted again: a due date that is a day off now means the next working day.',
  paused: 'Internal due dates wait, and move by the length of the pause. Deadlines of the certification body run on.',
  resumed: 'Internal due dates have moved by the length of the pause.',
  cancelled: 'There is nothing more for you to do here.',
  stuck: 'Everything else goes on, and it is tried again. Tell your administrator: it is a defect, and the log has it.',
};

function program({ event, phase, text }: NoticeOf<'program'>, context: Context): Entry {
  const story = event === 'phase' || event === 'started' || event === 'adopted';
  const lead: Detail[] = [];
  if (text)
    lead.push(story || event === 'nearlyFull' ? { label: 'What it means', text } : { label: 'Why', quote: text });
  const next = follows[event];
  if (next) lead.push({ label: 'What happens next', text: next });
  const about = nameAndState(event, phase);
  return { group: 'news', ...about, lead, action: openProgram(context), details: [] };
}

function nameAndState(event: ProgramEvent, phase: Phase): Pick<Entry, 'name' | 'state' | 'ofProgram'> {
  const itself = (state: string) => ({ name: 'The program', state, ofProgram: true as const });
  if (event === 'adopted') return itself('taken over while under way');
  if (event === 'nearlyFull') return itself('nearly full');
  if (event === 'calendar') return { name: 'The calendar', state: 'changed' };
  if (event === 'stuck') return itself('could not do something by itself');
  if (event !== 'phase') return itself(event);
  if (phase === 'closed') return itself('has ended');
  return { name: capitalized(phaseLabels[phase]), state: 'has begun' };
}

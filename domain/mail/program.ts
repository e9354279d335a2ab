import type { ChangeKind, NoticeItem } from '../types/index.ts';
import type { Detail, Entry } from './types.ts';
import { capitalized, count, day, month, phaseWords } from './words.ts';

type ProgramItem = Extract<
  NoticeItem,
  { kind: 'progress' | 'planChanged' | 'incident' | 'change' | 'significantChange' | 'complaint' | 'program' }
>;

/** What a mail says of the program as a whole, and of what was reported to it. */
export function programEntry(item: ProgramItem): Entry {
  switch (item.kind) {
    case 'progress':
      return progress(item);
    case 'planChanged':
      return planChanged(item);
    case 'incident':
      return incident(item);
    case 'change':
      return change(item);
    case 'significantChange':
      return significantChange(item);
    case 'complaint':
      return complaint(item);
    case 'program':
      return program(item);
  }
}

function progress({ month: of, readiness, open, overdue }: Extract<ProgramItem, { kind: 'progress' }>): Entry {
  return {
    group: 'news',
    name: `Progress in ${month(of)}`,
    state: `${readiness}% of the requirements met with evidence`,
    details: [{ label: 'Tasks', text: `${open} open, of which ${overdue} overdue.` }],
  };
}

function planChanged({ reason, changes, moved }: Extract<ProgramItem, { kind: 'planChanged' }>): Entry {
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
  const own = moved.length > 0 ? `, ${count(moved.length, 'due date')} of yours moved` : '';
  return { group: 'news', name: 'The plan', state: `changed${own}`, details };
}

function incident({ id, severity, description }: Extract<ProgramItem, { kind: 'incident' }>): Entry {
  return {
    group: 'news',
    name: `Incident ${id}`,
    state: `reported, severity ${severity}`,
    details: [{ label: 'What happened', quote: description }],
  };
}

const changeWords: Record<ChangeKind, string> = {
  scope: 'the scope was changed',
  people: 'other people are in charge',
  systemAdded: 'an AI system was added',
  systemChanged: 'an AI system was changed',
  systemRetired: 'an AI system was retired',
  incident: 'an incident was reported',
  complaint: 'a complaint was received',
};

function change({ change: kind, what, touched, bodyTold }: Extract<ProgramItem, { kind: 'change' }>): Entry {
  const again = touched.length > 0 ? [{ label: 'What is looked at again', list: touched }] : [];
  return {
    group: 'news',
    name: 'A change of the management system',
    state: changeWords[kind],
    details: [
      { label: 'What changed', quote: what },
      ...again,
      {
        label: 'What happens next',
        text: bodyTold
          ? 'Its owners are asked for what it touches. The certification body is told, and decides whether it looks at it before its next audit.'
          : 'Its owners are asked for what it touches.',
      },
    ],
  };
}

function significantChange({ description }: Extract<ProgramItem, { kind: 'significantChange' }>): Entry {
  return {
    group: 'news',
    name: 'Significant change',
    state: 'reported',
    details: [
      { label: 'What changed', quote: description },
      {
        label: 'What happens next',
        text: 'The recertification, or after a lapse the new certification, begins with a Stage 1, which is planned before it. The certification body may hold a special audit earlier.',
      },
    ],
  };
}

function complaint({ id, from, description }: Extract<ProgramItem, { kind: 'complaint' }>): Entry {
  return {
    group: 'news',
    name: `Complaint ${id}`,
    state: `received from ${from}`,
    details: [{ label: 'What it says', quote: description }],
  };
}

const follows: Partial<Record<Extract<ProgramItem, { kind: 'program' }>['event'], string>> = {
  paused: 'Internal due dates wait and move by the length of the pause. Deadlines of the certification body run on.',
  resumed: 'Internal due dates have moved by the length of the pause.',
  cancelled: 'Nothing more is asked of you here.',
};

function program({ event, phase, text }: Extract<ProgramItem, { kind: 'program' }>): Entry {
  const story = event === 'phase' || event === 'started' || event === 'adopted';
  const details: Detail[] = [];
  if (text) details.push(story ? { label: 'What it means', text } : { label: 'Why', quote: text });
  const next = follows[event];
  if (next) details.push({ label: 'What happens next', text: next });
  if (event === 'adopted') return { group: 'news', name: 'The program', state: 'taken over while under way', details };
  if (event !== 'phase') return { group: 'news', name: 'The program', state: event, details };
  if (phase === 'closed') return { group: 'news', name: 'The program', state: 'has come to its end', details };
  return { group: 'news', name: capitalized(phaseWords[phase]), state: 'has begun', details };
}

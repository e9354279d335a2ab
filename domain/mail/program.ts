import type { NoticeItem } from '../types/index.ts';
import type { Detail, Entry } from './types.ts';
import { capitalized, month, phaseWords } from './words.ts';

type ProgramItem = Extract<
  NoticeItem,
  { kind: 'progress' | 'incident' | 'significantChange' | 'complaint' | 'program' }
>;

/** What a mail says of the program as a whole, and of what was reported to it. */
export function programEntry(item: ProgramItem): Entry {
  switch (item.kind) {
    case 'progress':
      return progress(item);
    case 'incident':
      return incident(item);
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

function incident({ id, severity, description }: Extract<ProgramItem, { kind: 'incident' }>): Entry {
  return {
    group: 'news',
    name: `Incident ${id}`,
    state: `reported, severity ${severity}`,
    details: [{ label: 'What happened', quote: description }],
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
        text: 'The recertification begins with a Stage 1, which is planned before it. The certification body may hold a special audit earlier.',
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
  const story = event === 'phase' || event === 'started';
  const details: Detail[] = [];
  if (text) details.push(story ? { label: 'What it means', text } : { label: 'Why', quote: text });
  const next = follows[event];
  if (next) details.push({ label: 'What happens next', text: next });
  if (event !== 'phase') return { group: 'news', name: 'The program', state: event, details };
  if (phase === 'closed') return { group: 'news', name: 'The program', state: 'has come to its end', details };
  return { group: 'news', name: capitalized(phaseWords[phase]), state: 'has begun', details };
}

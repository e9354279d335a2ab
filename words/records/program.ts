import type { NoticeItem, ProgramEvent } from '../../domain/notices.ts';
import type { ProgramState } from '../../domain/state.ts';
import { phaseLabels } from '../labels.ts';
import { capitalized, count } from '../phrases.ts';
import { atOnce, later, silent, type WordsOfRecords } from './entry.ts';
import { steerers } from './recipients.ts';

/** How the records of a program's life read, and who hears of them. */
export const programRecords = {
  ProgramStarted: {
    line: ({ definition }) => `Program "${definition.name}" of ${definition.organization} started`,
    tells: silent,
  },
  ProgramBegan: {
    line: () => 'Work began',
    tells: (state) => [
      later(steerers(state), program(state, 'started', 'The program begins with the gap assessment.')),
    ],
  },
  PhaseStarted: {
    line: ({ phase, why }) =>
      phase === 'closed' ? `Program closed: ${why}` : `${capitalized(phaseLabels[phase])} began: ${why}`,
    tells: (state, { why }) => [later(steerers(state), program(state, 'phase', why))],
  },
  PhasePlanned: {
    line: ({ phase }) => `Work of the ${phaseLabels[phase]} planned`,
    tells: silent,
  },
  WarningNoted: {
    line: ({ code, text }) => `Warning (${code}): ${text}`,
    tells: silent,
  },
  ProgramPaused: {
    line: ({ reason }) => `Program paused: ${reason}`,
    tells: (state, { reason }) => [atOnce(steerers(state), program(state, 'paused', reason))],
  },
  ProgramResumed: {
    line: ({ reason, days }) => `Program resumed after ${count(days, 'day')}: ${reason}`,
    tells: (state, { reason }) => [atOnce(steerers(state), program(state, 'resumed', reason))],
  },
  ProgramCancelled: {
    line: ({ reason }) => `Program cancelled: ${reason}`,
    tells: (state, { reason }) => [atOnce(steerers(state), program(state, 'cancelled', reason))],
  },
  HolidaysRecorded: {
    line: ({ through, holidays }) => `Public holidays through ${through} recorded: ${holidays.length}`,
    tells: silent,
  },
  CommandRejected: {
    line: ({ commandType, sentBy, detail }) => `${commandType} from ${sentBy} refused: ${detail}`,
    tells: silent,
  },
  ProgressReported: {
    line: ({ month, readiness, open, overdue }) =>
      `Progress in ${month}: ${readiness}% ready, ${count(open, 'task')} open, ${overdue} overdue`,
    tells: (_, { month, to, readiness, open, overdue }) => [
      later(to, { kind: 'progress', month, readiness, open, overdue }),
    ],
  },
  ManagementReviewHeld: {
    line: ({ id, heldOn, attendees, actions }) =>
      `Management review ${id} held on ${heldOn} with ${count(attendees.length, 'attendee')} and ${count(actions.length, 'action')}`,
    tells: silent,
  },
} satisfies Partial<WordsOfRecords>;

function program({ phase }: ProgramState, event: ProgramEvent, text: string): NoticeItem {
  return { kind: 'program', event, phase, text };
}

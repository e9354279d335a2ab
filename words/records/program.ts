import type { NoticeItem, ProgramEvent } from '../../domain/notices.ts';
import type { ProgramState } from '../../domain/state.ts';
import { openTasks } from '../../domain/tasks/queries.ts';
import { calendarChanges } from '../calendar.ts';
import { phaseLabels } from '../labels.ts';
import { because, capitalized, count, list, percentOf } from '../phrases.ts';
import { carriedSayings } from '../sayings/carried.ts';
import { atOnce, later, overdue, silent, type WordsOfRecords } from './entry.ts';
import { withFiles } from './files.ts';
import { invited } from './people.ts';
import { managers, steerers } from './recipients.ts';

/** How the records of a program's life read, and who hears of them. */
export const programRecords = {
  ProgramStarted: {
    line: ({ definition }) => `Program "${definition.name}" of ${definition.organization} started`,
    tells: (state, { definition }) => definition.people.flatMap(({ email, roles }) => invited(state, email, roles)),
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
  ProgramNearlyFull: {
    line: ({ bytes, most }) => `The program holds ${percentOf(bytes, most)} of what it can`,
    tells: (state, told) => [atOnce(managers(state), program(state, 'nearlyFull', carriedSayings.nearlyFull(told)))],
  },
  ClosedWorkShelved: {
    line: ({ taskIds, systemIds }) => {
      const what = [
        taskIds.length > 0 ? count(taskIds.length, 'closed task') : undefined,
        systemIds.length > 0 ? count(systemIds.length, 'retired AI system') : undefined,
      ];
      return `${list(what.filter((one) => one !== undefined))} put aside: they are read from the register from now on`;
    },
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
  CalendarChanged: {
    line: (data) => `Calendar changed (${calendarChanges(data).join('; ')}): ${data.reason}`,
    tells: (state, data) => [
      later(
        [...new Set([...steerers(state), ...openTasks(state).map(({ assignee }) => assignee)])],
        program(state, 'calendar', `${capitalized(calendarChanges(data).join('; '))}. ${data.reason}`),
      ),
    ],
  },
  HolidaysRecorded: {
    line: ({ through, holidays }) => `Public holidays through ${through} recorded: ${holidays.length}`,
    tells: silent,
  },
  CommandRejected: {
    line: ({ commandType, sentBy, code, detail }) =>
      code === 'unsigned'
        ? `${commandType || 'Something'} in the name of ${sentBy || 'nobody'} refused, for nobody signed it: ${detail}`
        : `${commandType} from ${sentBy} refused: ${detail}`,
    // What the program itself could not do nobody else would notice.
    tells: (state, { code, detail }) =>
      code === 'ownStep' ? [later(managers(state), program(state, 'stuck', detail))] : silent(),
  },
  PauseProposed: {
    line: ({ overdue: tasks, since, to }) =>
      `Proposed to ${list(to)}: pause or cancel the program, for ${count(tasks, 'task')} waited, the first since ${since}`,
    tells: (state, { overdue: tasks, since, to }) => [
      overdue(to, { kind: 'pauseProposed', program: state.name, overdue: tasks, since }),
    ],
  },
  ProgressReported: {
    line: ({ month, readiness, open, overdue }) =>
      `Progress in ${month}: ${readiness}% ready, ${count(open, 'task')} open, ${overdue} overdue`,
    tells: (_, { month, to, readiness, open, overdue }) => [
      later(to, { kind: 'progress', month, readiness, open, overdue }),
    ],
  },
  ManagementReviewCorrected: {
    line: ({ reviewId, heldOn, attendees, inputs, decisions, reason }) => {
      const what = [
        heldOn ? `held on ${heldOn}` : undefined,
        attendees ? `attended by ${list(attendees)}` : undefined,
        inputs !== undefined ? `inputs "${inputs}"` : undefined,
        decisions !== undefined ? `decisions "${decisions}"` : undefined,
      ];
      return `Management review ${reviewId} put right: ${what.filter(Boolean).join('; ')}${because(reason)}`;
    },
    tells: silent,
  },
  ManagementReviewHeld: {
    line: ({ id, heldOn, attendees, actions, files }) =>
      `Management review ${id} held on ${heldOn} with ${count(attendees.length, 'attendee')} and ${count(actions.length, 'action')}${withFiles(files)}`,
    tells: silent,
  },
} satisfies Partial<WordsOfRecords>;

function program({ phase }: ProgramState, event: ProgramEvent, text: string): NoticeItem {
  return { kind: 'program', event, phase, text };
}

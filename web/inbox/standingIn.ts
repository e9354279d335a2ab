import type { FastifyInstance } from 'fastify';
import { readingOf, summaryOf } from '../../api/readings.ts';
import { unlessUnreadable } from '../../api/unreadable.ts';
import { clockNow } from '../../api/views/program.ts';
import type { Email, IsoDate } from '../../domain/basics.ts';
import { todayIn } from '../../domain/calendar.ts';
import { deputyOf } from '../../domain/people/absence.ts';
import { nameOf } from '../../domain/people/people.ts';
import { getsIn } from '../../domain/people/standing.ts';

/** Somebody who is away, and for whom the reader of an inbox answers meanwhile. */
export interface StandingIn {
  name: string;
  program: string;
  /** Where their open tasks are. */
  url: string;
  /** How many there are. */
  open: number;
  today: IsoDate;
  /** The last day of the absence. */
  endsOn: IsoDate;
}

/** For whom somebody answers today, over all programs. */
export async function standingIn({ services }: FastifyInstance, email: Email): Promise<StandingIn[]> {
  const programIds = await services.database.inbox.deputyIn(email);
  const each = await Promise.all(
    programIds.map((programId) => unlessUnreadable(services, () => inProgram(services, programId, email), [])),
  );
  return each.flat();
}

async function inProgram(
  services: FastifyInstance['services'],
  programId: string,
  email: Email,
): Promise<StandingIn[]> {
  const [{ state }, summary] = await Promise.all([readingOf(services, programId), summaryOf(services, programId)]);
  const today = todayIn(state.calendar, clockNow(summary));
  if (!getsIn(state, email, today)) return [];
  const away = (state.absences ?? []).filter((one) => deputyOf(state, one.email, today) === email);
  const tasks = Object.values(state.tasks).filter(({ status }) => status === 'open');
  return away.map((one) => ({
    name: nameOf(state, one.email),
    program: state.name,
    url: `/programs/${encodeURIComponent(programId)}/tasks?assignee=${encodeURIComponent(one.email)}`,
    open: tasks.filter(({ assignee }) => assignee === one.email).length,
    today,
    endsOn: one.endsOn,
  }));
}

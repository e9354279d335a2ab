import type { ProgramSummary } from '../domain/views.ts';
import type { Reader } from '../identity/reading/reader.ts';
import { type Sight, seesEveryDay } from '../identity/reading/sight.ts';
import type { Services } from './services.ts';
import { sightsOf } from './sights.ts';
import { unlessUnreadable } from './unreadable.ts';
import { summaryView } from './views/program.ts';

/** Somebody who looks at several programs; their roles are those that they have in each. */
type Viewer = Pick<Reader, 'email' | 'installationRole'>;

/** Programs as lists show them to somebody. */
export async function summariesFor(services: Services, summaries: ProgramSummary[], viewer: Viewer) {
  const sights = await sightsOf(services, new Set(summaries.map(({ id }) => id)), viewer);
  return Promise.all(summaries.map((summary) => summaryIn(services, summary, sights.get(summary.id)!)));
}

/** One program as lists show it to somebody. */
export async function summaryFor(services: Services, summary: ProgramSummary, viewer: Viewer) {
  const sights = await sightsOf(services, new Set([summary.id]), viewer);
  return summaryIn(services, summary, sights.get(summary.id)!);
}

/** A program as lists show it to whoever sees so much of it. */
export async function summaryIn(services: Services, summary: ProgramSummary, sight: Sight) {
  // Its row is enough for who sees every day of it; and for everybody when the next day is no task's, which has words of its own.
  const { nextDue } = summary;
  const isEnough = seesEveryDay(sight) || typeof nextDue?.title !== 'string';
  if (isEnough) return summaryView(summary, sight, undefined);
  const otherwise = summaryView({ ...summary, nextDue: null }, sight, undefined);
  return unlessUnreadable(
    services,
    async () => summaryView(summary, sight, await services.states.read(summary.id)),
    otherwise,
  );
}

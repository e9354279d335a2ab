import { now as worldNow } from '../../../api/clock.ts';
import { letInto } from '../../../api/guests.ts';
import { pageOfAll } from '../../../api/pages.ts';
import type { Services } from '../../../api/services.ts';
import { summariesFor } from '../../../api/summaries.ts';
import { clockNow, type summaryView } from '../../../api/views/program.ts';
import type { IsoDate } from '../../../domain/basics.ts';
import { dateAt } from '../../../domain/calendar.ts';
import type { ProgramSummary } from '../../../domain/views.ts';
import type { Reader } from '../../../identity/reading/reader.ts';
import { type Sight, seesEveryDay, sightOf } from '../../../identity/reading/sight.ts';
import { noTies } from '../../../identity/reading/ties.ts';

/** By what the programs are sorted: what needs attention, when certificates end, or their names. */
export const sorts = ['attention', 'expiry', 'name'] as const;
export type Sort = (typeof sorts)[number];

/** A program in the list of somebody's programs. */
export type Line = ReturnType<typeof summaryView> & {
  today: IsoDate;
  timeZone: string;
  /** Tasks that are overdue: all of them, or the reader's own where they do not see the others. */
  overdue: number;
};

export interface Portfolio {
  lines: Line[];
  total: number;
  nextCursor: string | null;
}

const perPage = 50;
/** Rows read at once; all of them are looked at, for what needs attention is to come first wherever it stands. */
const atOnce = 1_000;

type Viewer = Pick<Reader, 'email' | 'installationRole'>;

/** A program with what its reader may be told of it. */
interface Candidate {
  summary: ProgramSummary;
  sight: Sight;
  overdue: number;
}

/** A page of the programs that somebody may see, sorted. */
export async function readPortfolio(
  services: Services,
  viewer: Viewer,
  { sort, cursor }: { sort: Sort; cursor?: string | undefined },
): Promise<Portfolio> {
  const candidates = await candidatesFor(services, viewer);
  const sorted = candidates.sort(orders[sort]);
  const { items, nextCursor } = pageOfAll(sorted, { limit: perPage, ...(cursor && { cursor }) });
  const views = await summariesFor(
    services,
    items.map(({ summary }) => summary),
    viewer,
  );
  const lines = items.map(({ summary, overdue }, index) => ({
    ...views[index]!,
    overdue,
    timeZone: summary.timeZone,
    today: dateAt(clockNow(summary), summary.timeZone),
  }));
  return { lines, total: candidates.length, nextCursor };
}

async function candidatesFor(services: Services, viewer: Viewer): Promise<Candidate[]> {
  const { read } = services.database;
  const known: ProgramSummary[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await read.programs(viewer, { limit: atOnce, cursor });
    known.push(...page.items);
    cursor = page.nextCursor;
  }
  const roles = await read.rolesIn(
    known.map(({ id }) => id),
    viewer.email,
  );
  const summaries = await letInto(services, known, viewer, roles);
  const ids = summaries.map(({ id }) => id);
  // What is asked of it here does not depend on how somebody is tied to single things.
  const sights = summaries.map(({ id }) => sightOf({ ...viewer, roles: roles.get(id) ?? [] }, noTies));
  const seesAll = new Set(ids.filter((_, index) => sights[index]!.all('task')));
  const now = worldNow();
  const [all, own] = await Promise.all([
    read.overdueIn([...seesAll], now),
    read.overdueIn(
      ids.filter((id) => !seesAll.has(id)),
      now,
      viewer.email,
    ),
  ]);
  return summaries.map((summary, index) => ({
    summary,
    sight: sights[index]!,
    overdue: (seesAll.has(summary.id) ? all : own).get(summary.id) ?? 0,
  }));
}

type Order = (one: Candidate, other: Candidate) => number;

const byName: Order = ({ summary: one }, { summary: other }) =>
  one.name.localeCompare(other.name, 'en') || compare(one.id, other.id);

const orders: Record<Sort, Order> = {
  attention: (one, other) =>
    rank(one) - rank(other) || compare(dueOf(one), dueOf(other)) || other.overdue - one.overdue || byName(one, other),
  expiry: (one, other) => compare(endOf(one), endOf(other)) || byName(one, other),
  name: byName,
};

/** At risk, overdue, in time, at rest: nobody is told by the order what they do not read. */
function rank({ summary: { status, atRisk, certificateStatus }, sight, overdue }: Candidate): number {
  if (status === 'cancelled' || status === 'closed') return 4;
  if (certificateStatus === 'suspended' || certificateStatus === 'lapsed') return 0;
  if (atRisk && sight.all('readiness')) return 0;
  return overdue > 0 ? 1 : status === 'active' ? 2 : 3;
}

function dueOf({ summary: { nextDue }, sight }: Candidate): string {
  return (seesEveryDay(sight) && nextDue?.at) || '~';
}

function endOf({ summary: { certificateLastDay, status } }: Candidate): string {
  return status === 'cancelled' || status === 'closed' ? '~~' : (certificateLastDay ?? '~');
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

import type { Instant } from '../domain/basics.ts';
import type { ProgramSummary } from '../domain/views.ts';
import type { Connection } from './connection.ts';
import { faultOf, isOutage } from './faults.ts';
import { docOf, ifReadable } from './readable.ts';
import { run } from './statements.ts';

/** For how long a program may be about what it has to do, in milliseconds. */
const graceMs = 60_000;

/** Whether programs do in time what they do by themselves. */
export interface Moments {
  /**
   * How many programs have let a moment pass for more than a minute, and the moment of the first of them. Not those whose rows
   * an earlier version wrote last or that are damaged, and no rehearsals, whose clocks stand still.
   */
  late(now: Instant): Promise<Late>;
}

interface Late {
  programs: number;
  since: Instant | null;
}

/** The moments of programs, as the rows of the last commits have them. */
export function createMoments({ kind, reader }: Connection): Moments {
  const moment = kind === 'sqlite' ? "json_extract(doc, '$.nextMomentAt')" : "(doc::json ->> 'nextMomentAt')";
  const later = kind === 'sqlite' ? 'max' : 'greatest';
  // What was told later can make a moment one of the past: it is acted on after the commit that did.
  const sql = `select count(*) as programs, min(at) as since from (
      select ${later}(${moment}, clock_at) as at from programs where rehearsal = ? and ${moment} is not null
    ) as ahead where at < ?`;
  /** One document that is no JSON ends the statement for all: each is read by itself then, and that one left out. */
  async function oneByOne(before: Instant): Promise<Late> {
    const rows: { clock_at: Instant; doc: string }[] = await reader('programs')
      .where({ rehearsal: false })
      .select('clock_at', 'doc');
    const moments = rows.flatMap(({ clock_at, doc }) => {
      const at = ifReadable(() => docOf<Pick<ProgramSummary, 'nextMomentAt'>>(doc).nextMomentAt);
      return at === undefined ? [] : [at > clock_at ? at : clock_at];
    });
    const late = moments.filter((at) => at < before).sort();
    return { programs: late.length, since: late[0] ?? null };
  }

  async function together(before: Instant): Promise<Late> {
    const [row] = await run<{ programs: number | string; since: Instant | null }>(reader, sql, [false, before]);
    return { programs: Number(row?.programs), since: row?.since ?? null };
  }

  return {
    late(now) {
      const before = new Date(Date.parse(now) - graceMs).toISOString() as Instant;
      return together(before).catch((error: unknown) => {
        const fault = faultOf(error);
        if (fault && isOutage(fault)) throw error;
        return oneByOne(before);
      });
    },
  };
}

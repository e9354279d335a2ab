import { patched, workflowInfo } from '@temporalio/workflow';
import type { Instant } from '../domain/basics.ts';
import type { ProgramState } from '../domain/state.ts';

/** What a program does by itself: the steps of its story, what is due by its clock, looking up holidays. */
export type OwnWork = 'story' | 'clock' | 'holidays';

/** Work of its own that failed: on which state, how often in a row, and when it is tried again. */
interface Stumble {
  seq: number;
  tries: number;
  again: Instant;
}

/** The stumbles that one run hands to the next. */
export type Stumbled = Partial<Record<OwnWork, Stumble>>;

/** The first pause; each is twice the one before, up to the longest. A rehearsal's hours cost as much as real ones, and pass at once. */
const firstPauseMs = 60_000;
const longestPauseMs = { real: 3_600_000, rehearsed: 24 * 3_600_000 };

/** A run with more of them makes way for another. */
const mostInRun = 20;

/**
 * What a program could not do by itself. It is tried again when the state is another, or after a pause that grows; meanwhile
 * people's commands go on.
 */
export class Stumbles {
  private readonly known: Map<OwnWork, Stumble>;
  private inRun = 0;

  constructor(handed: Stumbled = {}) {
    this.known = new Map(Object.entries(handed) as [OwnWork, Stumble][]);
  }

  /** Whether work is left for later. */
  holds(work: OwnWork, { seq }: ProgramState, now: Instant): boolean {
    const stumble = this.known.get(work);
    return stumble !== undefined && stumble.seq === seq && stumble.again > now;
  }

  /** When there is something to do: at the first moment of the agenda, unless that was tried in vain. */
  firstAt(at: Instant | undefined, { seq }: ProgramState, now: Instant): Instant | undefined {
    const again = [...this.known.values()]
      .filter((stumble) => stumble.seq === seq && stumble.again > now)
      .map((stumble) => stumble.again)
      .sort()[0];
    if (again === undefined) return at;
    return at === undefined || at <= now || again < at ? again : at;
  }

  /**
   * Notes that work failed. A failure that no activity brought leaves a mark in the history: a version in which it is mended
   * would not fail when it replays this run, and do something else than what was done.
   *
   * @returns whether it is the first time in a row
   */
  note(work: OwnWork, type: string, { seq }: ProgramState, byActivity: boolean): boolean {
    if (!byActivity) patched(this.mark(work, type, seq));
    this.inRun++;
    const tries = this.triesOf(work) + 1;
    this.known.set(work, { seq: -1, tries, again: '9999-12-31T00:00:00.000Z' });
    return tries === 1;
  }

  /** Says from which state on, and when, work that failed is tried again: what was noted of it is part of the state by then. */
  wait(work: OwnWork, { seq, rehearsal }: ProgramState, now: Instant): void {
    const tries = this.triesOf(work);
    const longest = rehearsal ? longestPauseMs.rehearsed : longestPauseMs.real;
    const pause = Math.min(firstPauseMs * 2 ** Math.min(tries - 1, 20), longest);
    this.known.set(work, { seq, tries, again: new Date(Date.parse(now) + pause).toISOString() as Instant });
  }

  over(work: OwnWork): void {
    this.known.delete(work);
  }

  /** Whether this very attempt failed when the run was recorded that is replayed now. */
  hasFailedBefore(work: OwnWork, type: string, { seq }: ProgramState): boolean {
    return workflowInfo().unsafe.isReplaying && patched(this.mark(work, type, seq));
  }

  /** Whether the run should make way for another. */
  get areMany(): boolean {
    return this.inRun >= mostInRun;
  }

  /** What the next run is given; undefined when nothing failed. */
  get handedOn(): Stumbled | undefined {
    return this.known.size > 0 ? Object.fromEntries(this.known) : undefined;
  }

  private triesOf(work: OwnWork): number {
    return this.known.get(work)?.tries ?? 0;
  }

  private mark(work: OwnWork, type: string, seq: number): string {
    return `stumbled-${type}@${seq}-${this.triesOf(work) + 1}`;
  }
}

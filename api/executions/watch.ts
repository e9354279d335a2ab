import type { Client } from '@temporalio/client';
import pLimit from 'p-limit';
import type { Database } from '../../db/types.ts';
import type { Instant } from '../../domain/basics.ts';
import { isEnded } from '../../domain/program/queries.ts';
import type { SigningKeys } from '../../signing/keys.ts';
import { type ExecutionTrouble, remedyWords, troubleWords } from '../../words/executions.ts';
import { taskQueue } from '../../workflows/messages.ts';
import { instantAgo, now } from '../clock.ts';
import { headOf } from './begin.ts';
import { createHealer, type Healer, maySelfHeal } from './healing.ts';
import { endedSince, reasonOfEnd, runningPrograms, standingOf } from './listing.ts';

/** An open program whose execution is not as the register has it. */
export interface Finding {
  programId: string;
  trouble: ExecutionTrouble;
  /** What is wrong, with what Temporal says of it. */
  detail: string;
  /** What to do, or why it does not heal by itself. */
  remedy: string;
  since: Instant;
  /** When it was healed; such a finding is shown for a day. */
  healedAt?: Instant;
}

/** Watches the executions of open programs, for one process. */
export interface ExecutionWatch {
  /** Compares once; tells what it found and heals what may heal by itself. Rejects when the service or the database is away. */
  sweep(): Promise<void>;
  /** What is wrong now, and what was healed lately, by program. */
  findings(): Finding[];
  /** What is wrong with one program now. */
  of(programId: string): Finding | undefined;
  /** How many programs have each trouble now, for metrics. */
  counts(): Record<ExecutionTrouble, number>;
  /** When the last comparison was done; undefined before the first. */
  sweptAt(): Instant | undefined;
}

export interface WatchOptions {
  client: Client;
  database: Database;
  /** What runs begin with is signed with. */
  keys: SigningKeys;
  log: WatchLog;
  /** Where programs are started; the queue of the messages when absent. */
  taskQueue?: string;
}

/** The part of a logger that a watch uses. */
export interface WatchLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

/** Suspects that are asked for by themselves in one sweep, and how many at a time. */
const mostAsked = 100;
const atOnce = 8;

/** So many that do not answer are waited for in one sweep. */
const mostMute = 16;

/** What only the run itself tells: it stays as it was found while the run does not answer. */
const learntFromRun: ReadonlySet<ExecutionTrouble> = new Set(['ahead', 'reset', 'replaced', 'silent']);

/** How far back resets are looked for at the first sweep, and by how much later sweeps overlap, in milliseconds. */
const backMs = 24 * 3_600_000;
const overlapMs = 5 * 60_000;

/** How long what was healed is shown, in milliseconds. */
const healedMs = 24 * 3_600_000;

/** Makes a watch. Any number of them may run: each looks, and healing is the same whoever does it. */
export function createExecutionWatch(options: WatchOptions): ExecutionWatch {
  const { client, database, log, taskQueue: queue = taskQueue } = options;
  const healer: Healer = createHealer(options);
  const findings = new Map<string, Finding>();
  const limit = pLimit(atOnce);
  /** Programs that have ended, which is for good. */
  const over = new Set<string>();
  /** The last record of each program at the sweep before. */
  let heads = new Map<string, number>();
  /** Runs that were compared with the register and are right. */
  const right = new Set<string>();
  /** Runs that did not answer when they were asked last. */
  let mute = new Set<string>();
  let unseenBefore = new Set<string>();
  /** When programs without an execution were last asked for by themselves. */
  const askedAt = new Map<string, Instant>();
  let sweptAt: Instant | undefined;

  async function sweep(): Promise<void> {
    const began = now();
    const since = instantAgo(sweptAt ? Date.now() - Date.parse(sweptAt) + overlapMs : backMs);
    // The register first: a program that starts meanwhile is then not one that has no execution.
    const known = await database.read.heads();
    const [running, ended] = await Promise.all([runningPrograms(client, queue), endedSince(client, since)]);
    const open = known.filter(({ id }) => !over.has(id));
    const troubled = new Map<string, [ExecutionTrouble, string]>();

    const unseen = await stillOpen(open.filter(({ id }) => !running.has(id)).map(({ id }) => id));
    const asked = unseen.filter(isToBeAsked).sort(longestNotAsked).slice(0, mostAsked);
    for (const id of asked) askedAt.set(id, began);
    const answers = await Promise.all(asked.map((id) => limit(async () => [id, await troubleOf(id)] as const)));
    for (const [id, trouble] of answers) if (trouble) troubled.set(id, trouble);
    for (const id of unseen) {
      const before = findings.get(id);
      if (troubled.has(id)) continue;
      if (before && !before.healedAt) troubled.set(id, [before.trouble, before.detail]);
      // Too many to ask for each: those that the list has not had for two sweeps.
      else if (!asked.includes(id) && unseenBefore.has(id)) troubled.set(id, ['missing', '']);
    }
    const doubted: string[] = [];
    for (const { id, seq } of open) {
      const run = running.get(id);
      if (!run) continue;
      if (run.stranger) troubled.set(id, ['foreign', run.stranger]);
      else if (run.problems) troubled.set(id, ['stuck', run.problems]);
      else if (run.isPaused) troubled.set(id, ['paused', '']);
      else if (run.isAhead || seq < (heads.get(id) ?? 0) || (ended.has(id) && !right.has(run.runId))) doubted.push(id);
    }
    const stillMute = new Set<string>();
    // Those that do not answer cost seconds each: they come last.
    doubted.sort((a, b) => Number(mute.has(running.get(a)!.runId)) - Number(mute.has(running.get(b)!.runId)));
    await Promise.all(doubted.map((id) => limit(() => lookInto(id, running.get(id)!.runId, stillMute, troubled))));
    mute = stillMute;
    unseenBefore = new Set(unseen);
    heads = new Map(known.map(({ id, seq }) => [id, seq]));
    keep(troubled);
    // Those that turned out to have ended are none of the open ones.
    await heal(open.filter(({ id }) => !over.has(id)).length);
    sweptAt = began;
  }

  const longestNotAsked = (a: string, b: string) => (askedAt.get(a) ?? '').localeCompare(askedAt.get(b) ?? '');

  /**
   * Whether it is not known why a program has no execution: one that was stuck, paused or reset may have been ended since, and of
   * one that is missing it may never have been asked.
   */
  function isToBeAsked(programId: string): boolean {
    const before = findings.get(programId);
    return (
      !before ||
      before.healedAt !== undefined ||
      ['stuck', 'paused', 'reset', 'foreign', 'silent', 'missing'].includes(before.trouble)
    );
  }

  /** Of programs without an execution, those that have not ended. */
  async function stillOpen(ids: string[]): Promise<string[]> {
    const summaries = await Promise.all(ids.map((id) => limit(() => database.read.program(id).catch(() => undefined))));
    return ids.filter((id, index) => {
      const summary = summaries[index];
      if (summary && isEnded(summary)) over.add(id);
      return !over.has(id);
    });
  }

  async function troubleOf(programId: string): Promise<[ExecutionTrouble, string] | undefined> {
    const { is, runId } = await standingOf(client, programId, queue);
    if (is === 'running') return undefined;
    if (is === 'missing') return [is, ''];
    const reason = await reasonOfEnd(client, programId, runId).catch(() => '');
    return [is === 'terminated' && /\bhold\b/i.test(reason) ? 'held' : is, reason];
  }

  /** Notes what is wrong with a run that may be behind the register; one that does not answer twice in a row is silent. */
  async function lookInto(
    id: string,
    runId: string,
    stillMute: Set<string>,
    troubled: Map<string, [ExecutionTrouble, string]>,
  ): Promise<void> {
    const before = findings.get(id);
    const trouble = stillMute.size < mostMute ? await compared(id) : null;
    if (trouble) troubled.set(id, trouble);
    else if (trouble === undefined) right.add(runId);
    else {
      stillMute.add(runId);
      if (before && !before.healedAt && learntFromRun.has(before.trouble)) troubled.set(id, [before.trouble, '']);
      else if (mute.has(runId)) troubled.set(id, ['silent', '']);
    }
  }

  /** Compares a run with the register; null when it does not say how far it is, so that it is asked again. */
  async function compared(programId: string): Promise<[ExecutionTrouble, string] | undefined | null> {
    const [known, { isReset }] = await Promise.all([headOf(client, programId), standingOf(client, programId, queue)]);
    if (!known) return null;
    const { seq } = known;
    const [head] = await database.read.heads(programId);
    if (!head) return undefined;
    if (known.hash !== null && seq <= head.seq && (await database.register.hashOf(programId, seq)) !== known.hash)
      return ['replaced', ''];
    if (seq === head.seq) return undefined;
    const told = `Its execution is at record ${seq}, the register at ${head.seq}.`;
    if (seq > head.seq) return ['ahead', told];
    return isReset ? ['reset', told] : undefined;
  }

  /** Notes what is wrong, and tells once of what is new and of what is right again. */
  function keep(troubled: Map<string, [ExecutionTrouble, string]>): void {
    for (const [programId, [trouble, said]] of troubled) {
      const before = findings.get(programId);
      if (before?.trouble === trouble && !before.healedAt) continue;
      const detail = [troubleWords[trouble], said].filter(Boolean).join(' ');
      findings.set(programId, { programId, trouble, detail, remedy: remedyWords[trouble], since: now() });
      log.warn({ programId, trouble, said }, 'The execution of an open program is not as the register has it');
    }
    for (const [programId, finding] of findings) {
      if (finding.healedAt) {
        if (finding.healedAt < instantAgo(healedMs)) findings.delete(programId);
      } else if (!troubled.has(programId)) {
        findings.set(programId, { ...finding, healedAt: now() });
        log.info({ programId, trouble: finding.trouble }, 'The execution of a program is right again');
      }
    }
  }

  /** When most programs are not there, it is more likely the wrong service, or an empty one, than that each was lost. */
  async function heal(open: number): Promise<void> {
    const wrong = [...findings.values()].filter(({ healedAt }) => !healedAt);
    const missing = wrong.filter(({ trouble }) => trouble === 'missing').length;
    const may = wrong.filter(({ trouble }) => maySelfHeal(trouble) && !(trouble === 'missing' && missing * 2 > open));
    await Promise.all(may.map((finding) => limit(() => healOne(finding))));
  }

  async function healOne(finding: Finding): Promise<void> {
    const { programId, trouble } = finding;
    // Of one that was not asked for it is not known yet whether somebody holds it, or it came to its end.
    const [is] = (trouble === 'missing' && (await troubleOf(programId))) || [trouble];
    if (!maySelfHeal(is)) return void findings.delete(programId);
    const healed = await healer.heal(programId);
    if (healed.is === 'healed') {
      findings.set(programId, { ...finding, healedAt: now() });
      log.warn({ programId, trouble }, 'The program was begun anew from the register, which is whole');
    } else if (healed.is === 'not' && finding.remedy !== healed.why) {
      findings.set(programId, { ...finding, remedy: healed.why });
      log.warn({ programId, trouble, reason: healed.why }, 'A program does not heal by itself');
    }
  }

  let sweeping: Promise<void> | undefined;
  return {
    sweep() {
      sweeping ??= sweep().finally(() => {
        sweeping = undefined;
      });
      return sweeping;
    },
    findings: () => [...findings.values()].sort((a, b) => (a.programId < b.programId ? -1 : 1)),
    of(programId) {
      const finding = findings.get(programId);
      return finding?.healedAt ? undefined : finding;
    },
    counts() {
      const counts = Object.fromEntries(Object.keys(troubleWords).map((trouble) => [trouble, 0]));
      for (const { trouble, healedAt } of findings.values()) if (!healedAt) counts[trouble] = counts[trouble]! + 1;
      return counts as Record<ExecutionTrouble, number>;
    },
    sweptAt: () => sweptAt,
  };
}

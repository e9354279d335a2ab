import { patched, setCurrentDetails, sleep, upsertSearchAttributes } from '@temporalio/workflow';
import type { Answer, BulkAnswer } from '../domain/answers.ts';
import type { Instant } from '../domain/basics.ts';
import type { AppendResult, Grounds } from '../domain/commit.ts';
import { fold } from '../domain/fold.ts';
import { registerBehind } from '../domain/registerBehind.ts';
import type { ProgramState } from '../domain/state.ts';
import { KnownAnswers } from './answers.ts';
import { append } from './appending.ts';
import { clock } from './clock.ts';
import { failureOf, type TellAway } from './commit.ts';
import { type Decided, nothingToDo } from './decided.ts';
import { Lock } from './lock.ts';
import { aheadStatus, type ProgramCarry, type ProgramStart } from './messages.ts';
import { statusAttribute } from './searchAttributes.ts';
import { details, searchAttributesOf } from './visibility.ts';

/** Between two looks whether the newest register was brought back: each pause is twice the one before, up to the longest. */
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

/**
 * What one run knows of what is recorded of its program: the state, the hash of the last record, the answers that were given.
 * It moves on by commits, one at a time, and shows in Temporal where it stands.
 */
export class Journal {
  state: ProgramState;
  /** The hash of the last record, where it is known: a register that has another one was changed. */
  headHash: string | undefined;
  /** Why nothing can be recorded, while the register is waited for because it is away or does not hold what was recorded. */
  behind: string | undefined;
  readonly known: KnownAnswers;
  private readonly lock = new Lock();
  private shown = '';

  constructor(state: ProgramState, { headHash, known }: Partial<ProgramCarry> = {}) {
    this.state = state;
    this.headHash = headHash;
    this.known = new KnownAnswers(known);
  }

  /** Does something while nothing else is decided or committed. */
  whileHeld<T>(work: () => Promise<T>): Promise<T> {
    return this.lock.whileHeld(work);
  }

  /** Commits the start of the program, as it was decided. */
  begin(start: ProgramStart, decided: Decided): Promise<void> {
    return this.lock.whileHeld(async () => {
      const { definition, commandId } = start;
      const input = { programId: definition.id, expectedSeq: 0, commandId, ...decided.commit };
      const result = await append({ ...input, grounds: { start } }, this.tellAway).catch((error: unknown) => {
        throw failureOf(error) ?? error;
      });
      if (!result.appended) this.state = fold(result.records);
      this.headHash = result.hash;
      this.known.remember(result.appended ? decided.answer : decided.answered(result.known));
    });
  }

  /**
   * Compare-and-append, under the lock. When the register is ahead, an earlier attempt of this very code got through to
   * it and its answer was lost: what it holds is taken over, and the command is decided again unless it is among it.
   */
  async commit(
    commandId: string,
    decision: (now: Instant) => Decided,
    grounds?: Grounds,
  ): Promise<Answer | BulkAnswer> {
    for (let attempt = 0; ; attempt++) {
      const known = this.known.of(commandId);
      if (known) return known;
      const decided = decision(clock());
      if (decided.commit.records.length === 0) return this.known.remember(decided.answer);
      const { id: programId, seq: expectedSeq } = this.state;
      let result: AppendResult;
      try {
        const input = { programId, expectedSeq, expectedHash: this.headHash, commandId, ...decided.commit };
        result = await append({ ...input, ...(grounds && { grounds }) }, this.tellAway);
      } catch (error) {
        await this.waitForRegister(error, attempt);
        continue;
      }
      if (result.appended) this.state = decided.state;
      else if (result.records.length > 0) this.state = fold(result.records, this.state);
      this.headHash = result.hash;
      this.show();
      if (result.appended) return this.known.remember(decided.answer);
      if (result.known.length > 0) return this.known.remember(decided.answered(result.known));
    }
  }

  /**
   * Takes over, under the lock, what the register has after this state: what recorded it was killed before it could say so. Tells
   * whether a command is recorded.
   */
  async catchUp(commandId = `catchUp@${this.state.seq}`): Promise<boolean> {
    const { id: programId, seq: expectedSeq } = this.state;
    const { commit } = nothingToDo(this.state, commandId, clock());
    const input = { programId, expectedSeq, expectedHash: this.headHash, commandId, ...commit };
    const result = await append(input, this.tellAway);
    if (!result.appended && result.records.length > 0) {
      this.state = fold(result.records, this.state);
      this.known.forgetEmpty();
    }
    this.headHash = result.hash;
    this.show();
    return !result.appended && result.known.length > 0;
  }

  /** Tells the Temporal UI where the program stands; search attributes only when a day, a phase or a status changed. */
  show(): void {
    setCurrentDetails(details(this.state));
    const attributes = searchAttributesOf(this.state);
    const shown = JSON.stringify(attributes);
    if (shown === this.shown) return;
    this.shown = shown;
    upsertSearchAttributes(attributes);
  }

  /**
   * Waits a while when the register ends before this state, or has another last record: an older copy of the database was put
   * in its place, or its records were changed. Nothing is decided anew from it, for the right one may come back. Throws every
   * other error again.
   */
  private async waitForRegister(error: unknown, attempt: number): Promise<void> {
    const failure = failureOf(error);
    if (failure?.type !== registerBehind) throw error;
    this.behind = failure.message;
    this.showAhead();
    await sleep(Math.min(firstPauseMs * 2 ** attempt, longestPauseMs));
    this.behind = undefined;
  }

  /** Lets Temporal's lists say that the register is waited for. */
  private showAhead(): void {
    if (this.shown === aheadStatus || !patched('shows that it is ahead')) return;
    this.shown = aheadStatus;
    upsertSearchAttributes([{ key: statusAttribute, value: aheadStatus }]);
  }

  private readonly tellAway: TellAway = (why, isBehind) => {
    this.behind = why;
    if (isBehind) this.showAhead();
  };
}

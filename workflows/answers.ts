import type { Answer, BulkAnswer } from '../domain/answers.ts';
import { sizeOf } from '../domain/carried/size.ts';

type Answers = Record<string, Answer | BulkAnswer>;

/** How many answers a run hands on, and of how many bytes: those that can still be asked for by a caller who is waiting. */
const mostCarried = 500;
const mostBytesCarried = 128 * 1_024;

/** The bytes of the answers that a run keeps at hand: one to a call of many commands can take hundreds of thousands. */
const mostBytesKept = 1_024 * 1_024;

/**
 * The answers of this run and the one before it: an update can reach both sides of a continue-as-new. Older command ids
 * the register knows.
 */
export class KnownAnswers {
  private readonly previous: Map<string, Answer | BulkAnswer>;
  private readonly current = new Map<string, { answer: Answer | BulkAnswer; bytes: number }>();
  private bytes = 0;

  constructor(carried: Answers = {}) {
    this.previous = new Map(Object.entries(carried));
  }

  of(commandId: string): Answer | BulkAnswer | undefined {
    return this.current.get(commandId)?.answer ?? this.previous.get(commandId);
  }

  /** Keeps an answer, except of the program's own steps: nobody asks for those again. */
  remember(answer: Answer | BulkAnswer): Answer | BulkAnswer {
    const { commandId } = answer;
    if (commandId.includes('@')) return answer;
    this.forget(commandId);
    const bytes = sizeOf(answer);
    this.current.set(commandId, { answer, bytes });
    this.bytes += bytes;
    for (const oldest of this.current.keys()) {
      if (this.bytes <= mostBytesKept || oldest === commandId) break;
      this.forget(oldest);
    }
    return answer;
  }

  /** Forgets the answers of what came to nothing: it was decided without all that is recorded. */
  forgetEmpty(): void {
    for (const [commandId, { answer }] of this.current) if (answer.firstSeq === 0) this.forget(commandId);
    for (const [commandId, answer] of this.previous) if (answer.firstSeq === 0) this.previous.delete(commandId);
  }

  /** What the next run is given: the newest, as far as they fit. */
  carried(): Answers {
    const newest: [string, Answer | BulkAnswer][] = [];
    let left = mostBytesCarried;
    for (const [commandId, { answer, bytes }] of [...this.current].slice(-mostCarried).reverse()) {
      if (bytes > left) break;
      left -= bytes;
      newest.push([commandId, answer]);
    }
    return Object.fromEntries(newest.reverse());
  }

  private forget(commandId: string): void {
    this.bytes -= this.current.get(commandId)?.bytes ?? 0;
    this.current.delete(commandId);
  }
}

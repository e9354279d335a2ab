import type { Answer, BulkAnswer } from '../domain/types/index.ts';

type Answers = Record<string, Answer | BulkAnswer>;

/** How many answers a run hands on: those that can still be asked for again by a caller who is waiting. */
const mostCarried = 500;

/**
 * The answers of this run and the one before it: an update can reach both sides of a continue-as-new. Older command ids
 * the register knows.
 */
export class KnownAnswers {
  private readonly previous: Answers;
  private readonly current: Answers = {};

  constructor(carried: Answers = {}) {
    this.previous = carried;
  }

  of(commandId: string): Answer | BulkAnswer | undefined {
    return this.current[commandId] ?? this.previous[commandId];
  }

  /** Keeps an answer, except of the program's own steps: nobody asks for those again. */
  remember(answer: Answer | BulkAnswer): Answer | BulkAnswer {
    if (!answer.commandId.includes('@')) this.current[answer.commandId] = answer;
    return answer;
  }

  /** What the next run is given. */
  carried(): Answers {
    return Object.fromEntries(Object.entries(this.current).slice(-mostCarried));
  }
}

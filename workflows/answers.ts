import type { Answer, BulkAnswer } from '../domain/answers.ts';

type Answers = Record<string, Answer | BulkAnswer>;

/** How many answers a run hands on: those that can still be asked for again by a caller who is waiting. */
const mostCarried = 500;

/**
 * The answers of this run and the one before it: an update can reach both sides of a continue-as-new. Older command ids
 * the register knows.
 */
export class KnownAnswers {
  private readonly previous: Map<string, Answer | BulkAnswer>;
  private readonly current = new Map<string, Answer | BulkAnswer>();

  constructor(carried: Answers = {}) {
    this.previous = new Map(Object.entries(carried));
  }

  of(commandId: string): Answer | BulkAnswer | undefined {
    return this.current.get(commandId) ?? this.previous.get(commandId);
  }

  /** Keeps an answer, except of the program's own steps: nobody asks for those again. */
  remember(answer: Answer | BulkAnswer): Answer | BulkAnswer {
    if (!answer.commandId.includes('@')) this.current.set(answer.commandId, answer);
    return answer;
  }

  /** What the next run is given. */
  carried(): Answers {
    return Object.fromEntries([...this.current].slice(-mostCarried));
  }
}

import {
  ActivityFailure,
  ApplicationFailure,
  allHandlersFinished,
  condition,
  makeContinueAsNewFunc,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { ProgramActivities } from '../activities/contract.ts';
import { holidaysWanted } from '../domain/agenda/cadence.ts';
import { firstDue, firstMoment } from '../domain/agenda/index.ts';
import type { Answer, BulkAnswer, Rejection } from '../domain/answers.ts';
import type { Actor, Instant, IsoDate, Phase } from '../domain/basics.ts';
import type { AppendResult } from '../domain/commit.ts';
import { fold } from '../domain/fold.ts';
import { isEnded } from '../domain/program/queries.ts';
import { registerBehind } from '../domain/registerBehind.ts';
import type { BulkEnvelope, Envelope, SystemCommand } from '../domain/registry.ts';
import type { ProgramState } from '../domain/state.ts';
import { nextStep } from '../domain/story.ts';
import { KnownAnswers } from './answers.ts';
import { type Decided, decideAll, decideFirst, decideOne, nothingToDo, rejected } from './decided.ts';
import { mustBeEnvelope, NotAnEnvelope, readable } from './envelope.ts';
import { Lock } from './lock.ts';
import {
  behindQuery,
  commandSignal,
  commandsUpdate,
  commandUpdate,
  type ProgramCarry,
  type ProgramStart,
  settleUpdate,
  stateQuery,
} from './messages.ts';
import { details, searchAttributesOf } from './visibility.ts';

const { append, lookUpHolidays } = proxyLocalActivities<ProgramActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '200ms', maximumInterval: '10s' },
});

/** Between two looks whether the newest register was brought back: each pause is twice the one before, up to the longest. */
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

/**
 * Events after which a program begins a new run. A worker that takes a program over from one that died replays its history,
 * six events for each command, and has ten seconds for it; the service itself suggests a new run after thousands, which takes
 * longer than that where many programs are taken over at once.
 */
const longestHistory = 800;

/** The program itself: who acts when its clock or its story does. */
const itself: Actor = { email: 'system' };

/**
 * One run of a program: its state, the lock on it, its one timer, and its messages. It takes the steps of its story
 * (`domain/story.ts`) as they come; commands come in between.
 */
export class Program {
  state: ProgramState;
  private readonly known: KnownAnswers;
  private readonly lock = new Lock();
  /** Whether the story waits; it acts otherwise. */
  private waiting = false;
  private leaving = false;
  /** Why nothing can be recorded, while the register is waited for because it ends before this state. */
  private behind: string | undefined;
  private shown = '';
  private ahead: { of: ProgramState; at: Instant | undefined; step: SystemCommand | undefined } | undefined;
  /** The last envelope decided, on which state and when. */
  private last: { commandId: string; of: ProgramState; now: Instant; decided: Decided } | undefined;

  private constructor(state: ProgramState, known: KnownAnswers) {
    this.state = state;
    this.known = known;
  }

  /** Starts a program, or takes it over from the run before. Returns once its state is in the register. */
  static async open(input: ProgramStart | ProgramCarry): Promise<Program> {
    if (!('state' in input)) return Program.started(input);
    const program = new Program(input.state, new KnownAnswers(input.known));
    program.show();
    program.listen();
    return program;
  }

  /** Messages can come with the very first task: the handlers are there at once, and wait for the lock. */
  private static async started({ definition, startedBy, commandId }: ProgramStart): Promise<Program> {
    const decided = decideFirst(commandId, definition, startedBy, clock());
    const program = new Program(decided.state, new KnownAnswers());
    const recorded = program.lock.whileHeld(async () => {
      const result = await append({ programId: definition.id, expectedSeq: 0, commandId, ...decided.commit });
      if (!result.appended) program.state = fold(result.records);
      program.known.remember(result.appended ? decided.answer : decided.answered(result.known));
    });
    program.listen();
    await recorded;
    program.show();
    return program;
  }

  /**
   * Follows the story through a phase, until the program leaves it or ends: takes each step as it comes, and waits in
   * between, doing meanwhile whatever falls due. The only wait of a program and its only timer.
   */
  async follow(phase: Phase): Promise<void> {
    while (this.state.phase === phase && !isEnded(this.state)) {
      if (this.nextStep()) {
        await this.takeNextStep();
        continue;
      }
      if (mustBeginAnew()) await this.continueAs(phase);
      this.waiting = true;
      await this.sleepUntilSomethingHappens();
      this.waiting = false;
      await this.doWhatIsDue();
    }
  }

  /**
   * Ends this run and begins the next, of the given workflow type, with the state and the answers known so far; on the
   * present version of the workers, where they have versions.
   */
  async continueAs(workflowType: Phase): Promise<never> {
    this.leaving = true;
    await condition(allHandlersFinished);
    const carry: ProgramCarry = { state: this.state, known: this.known.carried() };
    return await makeContinueAsNewFunc<(carry: ProgramCarry) => Promise<void>>({
      workflowType,
      initialVersioningBehavior: 'AUTO_UPGRADE',
    })(carry);
  }

  /** Whether the program has come to its end, for good. */
  get hasEnded(): boolean {
    return isEnded(this.state);
  }

  /** Lets every message that came in be answered before the execution ends. */
  async end(): Promise<void> {
    this.leaving = true;
    await condition(allHandlersFinished);
  }

  /**
   * Sleeps until the first moment of the agenda, or until a command changes what has to be done. A first moment that
   * moves later leaves the timer armed: it fires in vain once, which costs less than re-arming it with every command.
   */
  private async sleepUntilSomethingHappens(): Promise<void> {
    const armed = this.firstAt();
    const wake = () =>
      this.nextStep() !== undefined ||
      isEnded(this.state) ||
      mustBeginAnew() ||
      (this.firstAt() ?? '9') < (armed ?? '9');
    if (armed === undefined) await condition(wake);
    else if (armed > clock()) await condition(wake, Date.parse(armed) - Date.now());
  }

  private async doWhatIsDue(): Promise<void> {
    const wanted = holidaysWanted(this.state, clock());
    if (wanted) {
      const found = await holidaysOf(wanted);
      await this.stepUnlessEnded({ type: 'recordHolidays', through: wanted.through, ...found });
    }
    if (firstDue(this.state, clock())) await this.stepUnlessEnded({ type: 'tick' });
  }

  /** Takes the next step of the story. It is asked for again under the lock: a command that held it may have changed it. */
  private async takeNextStep(): Promise<void> {
    const { seq } = this.state;
    const step = this.nextStep();
    await this.step(() => this.nextStep());
    if (this.state.seq === seq) throw new Error(`The story of ${this.state.id} does not move on from ${step?.type}.`);
  }

  private async stepUnlessEnded(command: SystemCommand): Promise<void> {
    await this.step(() => (isEnded(this.state) ? undefined : command));
  }

  private nextStep(): SystemCommand | undefined {
    return this.lookAhead().step;
  }

  private firstAt(): Instant | undefined {
    return this.lookAhead().at;
  }

  /** What comes next, by the story and by the agenda: found out once for each state. */
  private lookAhead() {
    if (this.ahead?.of !== this.state)
      this.ahead = { of: this.state, at: firstMoment(this.state)?.at, step: nextStep(this.state) };
    return this.ahead;
  }

  private listen(): void {
    const validator = (envelope: Envelope | BulkEnvelope) => this.refuseWithoutTrace(envelope);
    setHandler(commandUpdate, (envelope) => this.carryOut(envelope), { validator });
    setHandler(commandsUpdate, (envelope) => this.carryOut(envelope) as Promise<BulkAnswer>, { validator });
    setHandler(settleUpdate, async () => {
      await condition(() => this.isAtRest());
      return { now: clock(), seq: this.state.seq, continues: this.leaving };
    });
    setHandler(commandSignal, (envelope) => this.signaled(envelope));
    setHandler(behindQuery, () => this.behind ?? null);
    setHandler(stateQuery, () => this.state);
  }

  /**
   * Commits what an envelope asks for. The answer is given when the story has done what follows from it, so that
   * whoever asks next sees the whole effect.
   */
  private async carryOut(envelope: Envelope | BulkEnvelope): Promise<Answer | BulkAnswer> {
    const { commandId } = envelope;
    const answer = await this.lock.whileHeld(() => this.commit(commandId, (now) => this.decide(envelope, now)));
    if (!this.isAtRest()) await condition(() => this.isAtRest());
    return this.leaving ? { ...answer, continues: true } : answer;
  }

  private async signaled(envelope: Envelope | BulkEnvelope): Promise<void> {
    try {
      mustBeEnvelope(envelope);
      const answer = await this.carryOut(envelope);
      for (const { command, rejection } of refusedIn(envelope, answer))
        await this.note({ ...envelope, command }, rejection);
    } catch (error) {
      await this.note(envelope, rejectionOf(error));
    }
  }

  /** Records that what came as a message without an answer was refused. */
  private async note(envelope: unknown, { code, detail }: Rejection): Promise<void> {
    await this.step(() => ({ type: 'noteRejection', ...readable(envelope), code, detail }));
  }

  /** An update's validator: a refused command leaves nothing in the history, a known one is let through to its answer. */
  private refuseWithoutTrace(envelope: Envelope | BulkEnvelope): void {
    const known = this.known.of(readable(envelope).commandId);
    if (this.behind && !known)
      throw ApplicationFailure.create({
        type: registerBehind,
        message: this.behind,
        nonRetryable: true,
      });
    try {
      mustBeEnvelope(envelope);
      if (!known) this.decide(envelope, clock());
    } catch (error) {
      throw rejected(rejectionOf(error));
    }
  }

  /** Decides an envelope. What the validator decided the handler takes over, unless something happened in between. */
  private decide(envelope: Envelope | BulkEnvelope, now: Instant): Decided {
    const { commandId } = envelope;
    const { last } = this;
    if (last?.commandId === commandId && last.of === this.state && last.now === now) return last.decided;
    const decided =
      'commands' in envelope ? decideAll(this.state, envelope, now) : decideOne(this.state, envelope, now);
    this.last = { commandId, of: this.state, now, decided };
    return decided;
  }

  /** Whether the story waits for others again, or leaves the rest to the next run. */
  private isAtRest(): boolean {
    if (this.leaving) return true;
    const isDue = (this.firstAt() ?? '9') <= clock();
    return this.waiting && this.nextStep() === undefined && !isDue;
  }

  /**
   * What the program does by itself, if it is still to be done once the lock is held. Its command id is made under the lock,
   * so that no other step can have the same.
   */
  private step(stepNow: () => SystemCommand | undefined): Promise<unknown> {
    return this.lock.whileHeld(async () => {
      const command = stepNow();
      if (!command) return;
      const commandId = `${command.type}@${this.state.seq}`;
      await this.commit(commandId, (now) => {
        const still = stepNow();
        return still ? this.decideStep(commandId, still, now) : nothingToDo(this.state, commandId, now);
      });
    });
  }

  /** A step of its own that is refused is a defect: its task is tried again until it is mended, and the program lives on. */
  private decideStep(commandId: string, command: SystemCommand, now: Instant): Decided {
    try {
      return decideOne(this.state, { commandId, actor: itself, command }, now);
    } catch (error) {
      throw new Error(`The program's own ${command.type} failed: ${rejectionOf(error).detail}`, { cause: error });
    }
  }

  /**
   * Compare-and-append, under the lock. When the register is ahead, an earlier attempt of this very code got through to
   * it and its answer was lost: what it holds is taken over, and the command is decided again unless it is among it.
   */
  private async commit(commandId: string, decision: (now: Instant) => Decided): Promise<Answer | BulkAnswer> {
    for (let attempt = 0; ; attempt++) {
      const known = this.known.of(commandId);
      if (known) return known;
      const decided = decision(clock());
      if (decided.commit.records.length === 0) return this.known.remember(decided.answer);
      const { id: programId, seq: expectedSeq } = this.state;
      let result: AppendResult;
      try {
        result = await append({ programId, expectedSeq, commandId, ...decided.commit });
      } catch (error) {
        await this.waitForRegister(error, attempt);
        continue;
      }
      this.last = undefined;
      if (result.appended) this.state = decided.state;
      else if (result.records.length > 0) this.state = fold(result.records, this.state);
      this.show();
      if (result.appended) return this.known.remember(decided.answer);
      if (result.known.length > 0) return this.known.remember(decided.answered(result.known));
    }
  }

  /**
   * Waits a while when the register ends before this state: an older copy of the database was put in its place. Nothing is
   * decided anew from it, for the newest may come back. Throws every other error again.
   */
  private async waitForRegister(error: unknown, attempt: number): Promise<void> {
    const failure = failureOf(error);
    if (failure?.type !== registerBehind) throw error;
    this.behind = failure.message;
    await sleep(Math.min(firstPauseMs * 2 ** attempt, longestPauseMs));
    this.behind = undefined;
  }

  /** Tells the Temporal UI where the program stands; search attributes only when a day, a phase or a status changed. */
  private show(): void {
    setCurrentDetails(details(this.state));
    const attributes = searchAttributesOf(this.state);
    const shown = JSON.stringify(attributes);
    if (shown === this.shown) return;
    this.shown = shown;
    upsertSearchAttributes(attributes);
  }
}

/** The commands of an envelope of many that were refused each by itself. */
function refusedIn(envelope: Envelope | BulkEnvelope, answer: Answer | BulkAnswer) {
  if (!('commands' in envelope) || !('results' in answer)) return [];
  return answer.results.flatMap((result, index) =>
    result.ok ? [] : [{ command: envelope.commands[index], rejection: result.rejection }],
  );
}

/** A country that the look-up does not know costs the program its holidays, with a warning, never its life. */
async function holidaysOf(
  wanted: Parameters<ProgramActivities['lookUpHolidays']>[0],
): Promise<{ holidays: IsoDate[]; warning?: string }> {
  try {
    return { holidays: await lookUpHolidays(wanted) };
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    return { holidays: [], warning: failure.message };
  }
}

/** What an activity threw: it comes as it was thrown, or as the cause of a failure that tells of the activity. */
function failureOf(error: unknown): ApplicationFailure | undefined {
  const thrown = error instanceof ActivityFailure ? error.cause : error;
  return thrown instanceof ApplicationFailure ? thrown : undefined;
}

/** Whether this run should make way for another: its history is long, or its worker's version no longer the present one. */
function mustBeginAnew(): boolean {
  const { historyLength, continueAsNewSuggested, targetWorkerDeploymentVersionChanged } = workflowInfo();
  return historyLength >= longestHistory || continueAsNewSuggested || targetWorkerDeploymentVersionChanged;
}

/** The program's only clock. */
function clock(): Instant {
  return new Date().toISOString();
}

/** Why something was refused; what the domain could not even read was malformed. */
function rejectionOf(error: unknown): Rejection {
  if (error instanceof NotAnEnvelope) return error.rejection;
  if (error instanceof ApplicationFailure && error.type === 'Rejected') return error.details?.[0] as Rejection;
  return { kind: 'invalid', code: 'malformed', detail: `The command cannot be read: ${error}` };
}

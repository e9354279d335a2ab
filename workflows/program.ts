import {
  allHandlersFinished,
  condition,
  isCancellation,
  log,
  makeContinueAsNewFunc,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { holidaysWanted, knowsHolidaysFirst } from '../domain/agenda/cadence.ts';
import { firstDue, firstMoment } from '../domain/agenda/index.ts';
import type { Answer, BulkAnswer } from '../domain/answers.ts';
import type { Actor, Instant, Phase } from '../domain/basics.ts';
import { isEnded } from '../domain/program/queries.ts';
import type { SystemCommand } from '../domain/registry.ts';
import type { ProgramState } from '../domain/state.ts';
import { nextStep } from '../domain/story.ts';
import { byWorker } from '../signing/flaws.ts';
import { clock } from './clock.ts';
import { awayFailure, refusedByRegister } from './commit.ts';
import { type Decided, decideAll, decideFirst, decideOne, nothingToDo, rejected } from './decided.ts';
import { readable } from './envelope.ts';
import { holidaysOf } from './holidays.ts';
import { Journal } from './journal.ts';
import {
  type BulkEnvelope,
  behindQuery,
  type Envelope,
  headQuery,
  type ProgramCarry,
  type ProgramStart,
  runLength,
  type Settled,
  stateQuery,
  taskTimeout,
} from './messages.ts';
import { isOfActivity, messageOf, rejectionOf } from './rejections.ts';
import { type Refused, takeSignals } from './signals.ts';
import { asRegistered, isContinued, isDoubted, mustBeSignedAtFirst, mustBeSignedStart } from './signatures.ts';
import { type OwnWork, Stumbles } from './stumbles.ts';
import { UnsignedMessages } from './unsigned.ts';
import { letUpdatesWaitFor, refuseUnsigned, takeUpdates } from './updates.ts';

/** That of the runs which an earlier version began: how a run goes on must not change while it runs. */
const runLengthBefore = 800;

/** The program itself: who acts when its clock or its story does. */
const itself: Actor = { email: 'system' };

/**
 * One run of a program: its state, the lock on it, its one timer, and its messages. It takes the steps of its story
 * (`domain/story.ts`) as they come; commands come in between.
 */
export class Program {
  private readonly journal: Journal;
  private readonly unsigned: UnsignedMessages;
  /** What could not be done by itself. */
  private readonly stumbles: Stumbles;
  private readonly runLength: number | undefined;
  /** Whether the story waits; it acts otherwise. */
  private waiting = false;
  private leaving = false;
  /** Whether records of the register were taken over, by which the program may be in another phase, since it last looked. */
  private learned = false;
  private ahead: { of: ProgramState; at: Instant | undefined; step: SystemCommand | undefined } | undefined;
  /** The last envelope decided, on which state and when. */
  private last: { commandId: string; of: ProgramState; now: Instant; decided: Decided } | undefined;

  private constructor(state: ProgramState, carried: Partial<ProgramCarry>) {
    this.journal = new Journal(state, carried);
    this.stumbles = new Stumbles(carried.stumbled);
    this.unsigned = new UnsignedMessages(carried.unsigned);
    this.runLength = carried.runLength;
  }

  /** Starts a program, or takes it over from the run before. Returns once its state is in the register. */
  static async open(input: ProgramStart | ProgramCarry): Promise<Program> {
    let program: Program;
    if (!isState(input)) program = await Program.started(input);
    else if (!isContinued()) program = await Program.checked(mustBeSignedStart(input).then(() => input));
    else if (isDoubted(input)) program = await Program.checked(asRegistered(input));
    else program = Program.continued(input);
    program.journal.show();
    return program;
  }

  /** With what `certloop restore` gave, or anybody could who reaches Temporal: nothing of it is used before it is known to hold. */
  private static checked(carry: Promise<ProgramCarry>): Promise<Program> {
    const opening = carry.then((holds) => Program.continued(holds));
    letUpdatesWaitFor(opening);
    return opening;
  }

  private static continued(carry: ProgramCarry): Program {
    const program = new Program(carry.state, carry);
    program.listen();
    return program;
  }

  /** Messages can come with the very first task: the handlers are there at once, and wait for the lock. */
  private static async started(start: ProgramStart): Promise<Program> {
    mustBeSignedAtFirst(start);
    const { definition, startedBy, tokenId, commandId, elsewhere, runLength: length } = start;
    const starter = { email: startedBy, ...(tokenId && { tokenId }) };
    const decided = decideFirst(commandId, definition, starter, clock(), elsewhere);
    const program = new Program(decided.state, length === undefined ? {} : { runLength: length });
    const recorded = program.journal.begin(start, decided);
    program.listen();
    await recorded.catch((error: unknown) => {
      // Nothing is recorded of it, so that its id can be used again.
      const refusal = refusedByRegister(error);
      throw refusal ? rejected(refusal) : error;
    });
    return program;
  }

  get state(): ProgramState {
    return this.journal.state;
  }

  /**
   * Follows the story through a phase, until the program leaves it or ends: takes each step as it comes, and waits in
   * between, doing meanwhile whatever falls due. The only wait of a program and its only timer.
   */
  async follow(phase: Phase): Promise<void> {
    while (this.state.phase === phase && !isEnded(this.state)) {
      if (knowsHolidaysFirst(this.state)) await this.learnHolidays();
      if (this.nextStep()) {
        await this.takeNextStep();
        continue;
      }
      if (this.mustBeginAnew()) await this.continueAs(phase);
      this.waiting = true;
      await this.sleepUntilSomethingHappens();
      this.waiting = false;
      this.learned = false;
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
    const carry: ProgramCarry = {
      state: this.state,
      headHash: this.journal.headHash,
      known: this.journal.known.carried(),
      runLength,
      signature: byWorker,
    };
    if (this.stumbles.handedOn) carry.stumbled = this.stumbles.handedOn;
    if (this.unsigned.noted) carry.unsigned = this.unsigned.noted;
    return await makeContinueAsNewFunc<(carry: ProgramCarry) => Promise<void>>({
      workflowType,
      workflowTaskTimeout: taskTimeout,
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
      this.learned ||
      isEnded(this.state) ||
      this.mustBeginAnew() ||
      (this.firstAt() ?? '9') < (armed ?? '9');
    if (armed === undefined) await condition(wake);
    else if (armed > clock()) await condition(wake, Date.parse(armed) - Date.now());
  }

  /** Looks up the holidays that the program has to know by now, and records them. */
  private async learnHolidays(): Promise<void> {
    const wanted = this.stumbles.holds('holidays', this.state, clock())
      ? undefined
      : holidaysWanted(this.state, clock());
    if (!wanted) return;
    await this.attempt('holidays', 'recordHolidays', async () => {
      const found = await holidaysOf(wanted);
      await this.stepUnlessEnded({ type: 'recordHolidays', through: wanted.through, ...found });
      return holidaysWanted(this.state, clock()) === undefined;
    });
  }

  private async doWhatIsDue(): Promise<void> {
    await this.learnHolidays();
    if (this.stumbles.holds('clock', this.state, clock()) || !firstDue(this.state, clock())) return;
    await this.attempt('clock', 'tick', async () => {
      await this.stepUnlessEnded({ type: 'tick' });
      return firstDue(this.state, clock()) === undefined;
    });
  }

  /** Takes the next step of the story. It is asked for again under the lock: a command that held it may have changed it. */
  private async takeNextStep(): Promise<void> {
    await this.attempt('story', this.nextStep()!.type, async () => {
      await this.step(() => this.nextStep(), 'story');
      return this.nextStep() === undefined;
    });
  }

  /**
   * Does something by itself. What fails, or changes nothing of it that it is still to be done, is recorded once and left for
   * later: people's commands go on, and the run does not turn in a circle.
   *
   * @param act gives whether it is done
   */
  private async attempt(work: OwnWork, type: SystemCommand['type'], act: () => Promise<boolean>): Promise<void> {
    const { state } = this;
    try {
      const isDone = await act();
      if (!isDone && this.state.seq === state.seq) throw new Error(`${type} changes nothing, and is still to be done.`);
      this.stumbles.over(work);
    } catch (error) {
      if (isCancellation(error)) throw error;
      const isFirst = this.stumbles.note(work, type, state, isOfActivity(error));
      if (isFirst) {
        log.error(`${state.id}: ${type}: ${messageOf(error)}`);
        const detail = `The program could not do this by itself, and tries again later: ${messageOf(error)}`;
        const envelope = { commandId: `${type}@${state.seq}`, actor: itself, command: { type } };
        await this.note(envelope, { code: 'ownStep', detail });
      }
      this.stumbles.wait(work, this.state, clock());
    }
  }

  private async stepUnlessEnded(command: SystemCommand): Promise<void> {
    const work = command.type === 'tick' ? 'clock' : 'holidays';
    await this.step(() => (isEnded(this.state) ? undefined : command), work);
  }

  private nextStep(): SystemCommand | undefined {
    const { step } = this.lookAhead();
    return step && this.stumbles.holds('story', this.state, clock()) ? undefined : step;
  }

  private firstAt(): Instant | undefined {
    return this.stumbles.firstAt(this.lookAhead().at, this.state, clock());
  }

  /** What comes next, by the story and by the agenda: found out once for each state. */
  private lookAhead() {
    if (this.ahead?.of !== this.state)
      this.ahead = { of: this.state, at: firstMoment(this.state)?.at, step: nextStep(this.state) };
    return this.ahead;
  }

  private listen(): void {
    takeUpdates({
      refuse: (envelope) => this.refuseWithoutTrace(envelope),
      answer: (envelope) => this.answer(envelope),
      settled: () => this.settled(),
      catchUp: () => this.catchUp(),
    });
    takeSignals({
      carryOut: (envelope) => this.carryOut(envelope),
      seq: () => this.state.seq,
      learn: (commandId) => this.learn(commandId),
      mayNoteUnsigned: () => this.unsigned.isNoted(clock()),
      note: (refused) => this.noteAll(refused),
    });
    setHandler(behindQuery, () => this.journal.behind ?? null);
    setHandler(headQuery, () => ({ seq: this.state.seq, hash: this.journal.headHash ?? null }));
    setHandler(stateQuery, () => this.state);
  }

  async settled(): Promise<Settled> {
    await condition(() => this.isAtRest());
    return { now: clock(), seq: this.state.seq, continues: this.leaving };
  }

  async catchUp(): Promise<void> {
    await this.learn();
    await condition(() => this.isAtRest());
  }

  /** Answers an update. One whose records the database refuses is noted: nothing else would be left of it. */
  async answer(envelope: Envelope | BulkEnvelope): Promise<Answer | BulkAnswer> {
    try {
      return await this.carryOut(envelope);
    } catch (error) {
      const refusal = refusedByRegister(error);
      if (!refusal) throw error;
      await this.note(envelope, refusal);
      throw rejected(refusal);
    }
  }

  /**
   * Commits what an envelope asks for. The answer is given when the story has done what follows from it, so that
   * whoever asks next sees the whole effect.
   */
  private async carryOut(envelope: Envelope | BulkEnvelope): Promise<Answer | BulkAnswer> {
    const { commandId } = envelope;
    const answer = await this.journal.whileHeld(() =>
      this.journal.commit(commandId, (now) => this.decide(envelope, now), { envelope }),
    );
    this.last = undefined;
    if (!this.isAtRest()) await condition(() => this.isAtRest());
    return this.leaving ? { ...answer, continues: true } : answer;
  }

  private async learn(commandId?: string): Promise<boolean> {
    const { seq } = this.state;
    const isRecorded = await this.journal.whileHeld(() => this.journal.catchUp(commandId));
    this.learned ||= this.state.seq > seq;
    return isRecorded;
  }

  /** Records that something was refused, and to whom no answer says so. Where even that is refused, the log has it. */
  private note(...refused: Refused): Promise<void> {
    return this.noteAll([refused]);
  }

  private async noteAll(refused: Refused[]): Promise<void> {
    const rejections = refused.map(([envelope, { code, detail }]) => ({ ...readable(envelope), code, detail }));
    try {
      await this.step(() => ({ type: 'noteRejection', rejections }));
    } catch (error) {
      if (!refusedByRegister(error)) throw error;
      const details = rejections.map(({ detail }) => detail).join(' ');
      log.error(`${this.state.id}: ${details} That cannot be recorded either: ${messageOf(error)}`);
    }
  }

  /** An update's validator: a refused command leaves nothing in the history, a known one is let through to its answer. */
  private refuseWithoutTrace(envelope: Envelope | BulkEnvelope): void {
    const { known: answers, behind } = this.journal;
    const known = answers.of(readable(envelope).commandId);
    if (behind && !known) throw awayFailure(behind);
    refuseUnsigned(envelope);
    if (known) return;
    try {
      this.decide(envelope, clock());
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
  private step(stepNow: () => SystemCommand | undefined, work?: OwnWork): Promise<unknown> {
    return this.journal.whileHeld(async () => {
      const command = stepNow();
      if (!command) return;
      const commandId = `${command.type}@${this.state.seq}`;
      await this.journal.commit(commandId, (now) => {
        const still = stepNow();
        return still ? this.decideStep(commandId, still, now, work) : nothingToDo(this.state, commandId, now);
      });
    });
  }

  /** A step of its own that is refused is a defect, and no answer to anybody. */
  private decideStep(commandId: string, command: SystemCommand, now: Instant, work?: OwnWork): Decided {
    try {
      if (work && this.stumbles.hasFailedBefore(work, command.type, this.state)) throw new Error('It did before.');
      return decideOne(this.state, { commandId, actor: itself, command }, now);
    } catch (error) {
      throw new Error(`The program's own ${command.type} failed: ${rejectionOf(error).detail}`, { cause: error });
    }
  }

  private mustBeginAnew(): boolean {
    return this.stumbles.areMany || mustBeginAnew(this.runLength);
  }
}

/** Whether a run begins with a state: it may be begun with anything. */
function isState(input: ProgramStart | ProgramCarry): input is ProgramCarry {
  return typeof input === 'object' && input !== null && 'state' in input;
}

/**
 * Whether this run should make way for another: its history is long, or its worker's version no longer the present one.
 *
 * @param length what the run was begun with
 */
function mustBeginAnew(length = runLengthBefore): boolean {
  const { historyLength, continueAsNewSuggested, targetWorkerDeploymentVersionChanged } = workflowInfo();
  return historyLength >= length || continueAsNewSuggested || targetWorkerDeploymentVersionChanged;
}

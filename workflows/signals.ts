import { patched, setHandler } from '@temporalio/workflow';
import type { Answer, BulkAnswer, Rejection } from '../domain/answers.ts';
import { mustBeEnvelope } from './envelope.ts';
import { type BulkEnvelope, commandSignal, type Envelope } from './messages.ts';
import { refusedIn, rejectionOf } from './rejections.ts';
import { mustBeSigned, unsignedCode } from './signatures.ts';

/** What was asked for, of which some cannot be read, and why it was not done. */
export type Refused = [envelope: unknown, rejection: Pick<Rejection, 'code' | 'detail'>];

/** What answers a program's Signals, which nobody waits for: what is refused of them is noted. */
export interface Signals {
  carryOut(envelope: Envelope | BulkEnvelope): Promise<Answer | BulkAnswer>;
  /** The number of the last record that the program knows. */
  seq(): number;
  /** Takes over what the register has and the program does not know; whether the command is recorded. */
  learn(commandId: string): Promise<boolean>;
  /** Whether one more message that nobody signed is noted: there can be any number of them. */
  mayNoteUnsigned(): boolean;
  note(refused: Refused[]): Promise<void>;
}

/** Has a program's Signals answered from here on. */
export function takeSignals(signals: Signals): void {
  setHandler(commandSignal, (envelope) => take(signals, envelope));
}

async function take(signals: Signals, envelope: Envelope | BulkEnvelope): Promise<void> {
  try {
    await mustBeSigned(envelope);
    mustBeEnvelope(envelope);
    const answer = await carryOutOnce(signals, envelope);
    if (!answer) return;
    const refused = refusedIn(envelope, answer).map(
      ({ command, rejection }): Refused => [{ ...envelope, command }, rejection],
    );
    // Hundreds of messages with hundreds of them would each be an event, and more than a run can have.
    if (refused.length > 1 && patched('notes-together')) await signals.note(refused);
    else for (const one of refused) await signals.note([one]);
  } catch (error) {
    const rejection = rejectionOf(error);
    if (rejection.code !== unsignedCode || signals.mayNoteUnsigned()) await signals.note([[envelope, rejection]]);
  }
}

/**
 * Carries out what came as a Signal, of which some come more than once; undefined for one that a run before carried out. What is
 * refused is decided once more where the register had more than the program knew.
 */
async function carryOutOnce(
  signals: Signals,
  envelope: Envelope | BulkEnvelope,
): Promise<Answer | BulkAnswer | undefined> {
  const came = await signals.carryOut(envelope).then(
    (answer) => ({ answer, isRefused: answer.firstSeq === 0 && refusedIn(envelope, answer).length > 0 }),
    (error: unknown) => ({ error, isRefused: true }),
  );
  if (came.isRefused && patched('signals-of-before')) {
    const seq = signals.seq();
    const isRecorded = await signals.learn(envelope.commandId).catch(() => false);
    if (isRecorded) return undefined;
    if (signals.seq() > seq) return await signals.carryOut(envelope);
  }
  if ('error' in came) throw came.error;
  return came.answer;
}

import { setHandler } from '@temporalio/workflow';
import type { Answer, BulkAnswer } from '../domain/answers.ts';
import { rejected } from './decided.ts';
import { mustBeEnvelope } from './envelope.ts';
import {
  type BulkEnvelope,
  catchUpUpdate,
  commandsUpdate,
  commandUpdate,
  type Envelope,
  type Settled,
  settleUpdate,
} from './messages.ts';
import { rejectionOf } from './rejections.ts';
import { isNotSigned, mustBeSignedNow } from './signatures.ts';

/** What answers a program's Updates. `refuse` is their validator: what it throws is the answer, and leaves no trace. */
export interface Updates {
  refuse(envelope: Envelope | BulkEnvelope): void;
  answer(envelope: Envelope | BulkEnvelope): Promise<Answer | BulkAnswer>;
  settled(): Promise<Settled>;
  catchUp(): Promise<void>;
}

/** Has a program's Updates answered from here on. */
export function takeUpdates({ refuse, answer, settled, catchUp }: Updates): void {
  const validator = refuse;
  setHandler(commandUpdate, answer, { validator });
  setHandler(commandsUpdate, answer as (envelope: BulkEnvelope) => Promise<BulkAnswer>, { validator });
  setHandler(settleUpdate, settled);
  setHandler(catchUpUpdate, catchUp);
}

/**
 * Lets Updates wait for what will answer them: one that finds no handler is refused for good, and it can come with the very first
 * task. Signals wait by themselves. The program first does what it has to do by itself: a replay does not bring the two in the
 * order in which they came.
 */
export function letUpdatesWaitFor(opening: Promise<Omit<Updates, 'refuse'>>): void {
  const rested = async () => {
    const program = await opening;
    await program.settled();
    return program;
  };
  takeUpdates({
    refuse: refuseUnsigned,
    answer: async (envelope) => (await rested()).answer(envelope),
    settled: async () => (await opening).settled(),
    catchUp: async () => (await rested()).catchUp(),
  });
}

/**
 * Refuses what is no envelope, and what nobody signed. For validators.
 *
 * @throws ApplicationFailure of type `Rejected` or `NotSigned`
 */
export function refuseUnsigned(envelope: Envelope | BulkEnvelope): void {
  try {
    mustBeEnvelope(envelope);
    mustBeSignedNow(envelope);
  } catch (error) {
    throw isNotSigned(error) ? error : rejected(rejectionOf(error));
  }
}

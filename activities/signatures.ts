import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { AppendInput, Grounds } from '../domain/commit.ts';
import { notSigned } from '../domain/notSigned.ts';
import type { ProgramRecord } from '../domain/registry.ts';
import { workflowIdOf } from '../domain/workflowId.ts';
import { flawText } from '../signing/flaws.ts';
import type { SigningKeys } from '../signing/keys.ts';
import { flawOf } from '../signing/sign.ts';
import type { ProgramActivities } from './contract.ts';

/**
 * Refuses to append for whoever is not a run of that program: activities can be asked for by everybody who reaches Temporal. A
 * local one comes from this worker itself; for the others a worker signs.
 *
 * @throws ApplicationFailure of type `NotSigned`, which is not tried again
 */
export function mustBeOfProgram(input: AppendInput, keys: SigningKeys): void {
  const workflowId = mustBeOfWorkflow();
  const { programId, rows } = input;
  if (workflowIdOf(programId) !== workflowId || rows.program.id !== programId)
    throw notSignedFailure(flawText({ flaw: 'altered' }));
  const flaw = activityInfo().isLocal ? undefined : flawOf('append', workflowId, input, keys);
  if (flaw) throw notSignedFailure(flawText(flaw));
}

/**
 * Refuses what does not come from a workflow on this worker.
 *
 * @throws ApplicationFailure of type `NotSigned`, which is not tried again
 */
export function mustBeLocal(): void {
  if (!activityInfo().isLocal) throw notSignedFailure(flawText({ flaw: 'unsigned' }));
}

function mustBeOfWorkflow(): string {
  const { workflowExecution } = activityInfo();
  if (!workflowExecution) throw notSignedFailure(flawText({ flaw: 'unsigned' }));
  return workflowExecution.workflowId;
}

/** Says for the record whether somebody signed what came in, for workflows that cannot know the keys. */
export function createCheckSignature(keys: SigningKeys): ProgramActivities['checkSignature'] {
  return async (grounds) => {
    mustBeLocal();
    mustHold(grounds, keys, Date.now());
  };
}

/**
 * Refuses records of a person that rest on nothing which was signed in that person's name, under the same command id: whatever
 * a history of Temporal says happened, only what was signed is written.
 *
 * @throws ApplicationFailure of type `NotSigned`, which is not tried again
 */
export function mustBeSigned(records: readonly ProgramRecord[], grounds: Grounds | undefined, keys: SigningKeys): void {
  const ofPeople = records.filter(({ actor }) => actor !== 'system');
  if (ofPeople.length === 0) return;
  if (!grounds) throw notSignedFailure(flawText({ flaw: 'unsigned' }));
  mustHold(grounds, keys);
  const signer = signerOf(grounds);
  const strange = ofPeople.find(({ actor, commandId }) => actor !== signer.email || commandId !== signer.commandId);
  if (strange) throw notSignedFailure(flawText({ flaw: 'altered' }));
}

function mustHold(grounds: Grounds, keys: SigningKeys, now?: number): void {
  const workflowId = mustBeOfWorkflow();
  const flaw =
    'start' in grounds
      ? flawOf('start', workflowId, grounds.start, keys, now)
      : flawOf('command', workflowId, grounds.envelope, keys, now);
  if (flaw) throw notSignedFailure(flawText(flaw));
}

/** Who signed, and for which command. To be asked of grounds that hold only. */
function signerOf(grounds: Grounds): { email: unknown; commandId: unknown } {
  if ('start' in grounds) {
    const { startedBy, commandId } = grounds.start as Record<string, unknown>;
    return { email: startedBy, commandId };
  }
  const { actor, commandId } = grounds.envelope as { actor?: { email?: unknown }; commandId?: unknown };
  return { email: actor?.email, commandId };
}

/** What is not signed as it should be, which is not tried again. */
export function notSignedFailure(message: string): ApplicationFailure {
  return ApplicationFailure.create({ type: notSigned, message, nonRetryable: true });
}

import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Grounds } from '../domain/commit.ts';
import { notSigned } from '../domain/notSigned.ts';
import type { ProgramRecord } from '../domain/registry.ts';
import { flawText } from '../signing/flaws.ts';
import type { SigningKeys } from '../signing/keys.ts';
import { flawOf } from '../signing/sign.ts';
import type { ProgramActivities } from './contract.ts';

/** Says for the record whether somebody signed what came in, for workflows that cannot know the keys. */
export function createCheckSignature(keys: SigningKeys): ProgramActivities['checkSignature'] {
  return async (grounds) => mustHold(grounds, keys);
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
  if (!grounds) throw failure(flawText({ flaw: 'unsigned' }));
  mustHold(grounds, keys);
  const signer = signerOf(grounds);
  const strange = ofPeople.find(({ actor, commandId }) => actor !== signer.email || commandId !== signer.commandId);
  if (strange) throw failure(flawText({ flaw: 'altered' }));
}

function mustHold(grounds: Grounds, keys: SigningKeys): void {
  const { workflowId } = activityInfo().workflowExecution!;
  const flaw =
    'start' in grounds
      ? flawOf('start', workflowId, grounds.start, keys)
      : flawOf('command', workflowId, grounds.envelope, keys);
  if (flaw) throw failure(flawText(flaw));
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

function failure(message: string): ApplicationFailure {
  return ApplicationFailure.create({ type: notSigned, message, nonRetryable: true });
}

import type { SerializationContext } from '@temporalio/common';
import { DefaultFailureConverter, type FailureConverter, type PayloadConverter } from '@temporalio/common';

/**
 * Temporal's own converter of failures, except that the words of each, and its stack trace, are a payload (`encodedAttributes`), which
 * passes the codecs as all payloads do: where what Temporal keeps is encrypted, so is why somebody was refused. A failure that is
 * converted again keeps its words.
 */
class PayloadFailureConverter extends DefaultFailureConverter {
  override errorToFailure(...given: Parameters<FailureConverter['errorToFailure']>) {
    const [error, payloads, context] = given;
    return inPayload(this.errorToFailureInner(error, payloads, context), payloads, context);
  }
}

type Failure = ReturnType<FailureConverter['errorToFailure']>;

/** A copy: Temporal's own would write into the failure that the error was made of. */
function inPayload(failure: Failure, payloads: PayloadConverter, context?: SerializationContext): Failure {
  const encodedAttributes = payloads.toPayload({ message: failure.message, stack_trace: failure.stackTrace }, context);
  return { ...failure, message: 'Encoded failure', stackTrace: '', encodedAttributes };
}

export const failureConverter: FailureConverter = new PayloadFailureConverter();

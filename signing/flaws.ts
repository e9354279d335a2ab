/**
 * Why a signature does not hold.
 * - `unsigned`: there is none.
 * - `unknownKey`: it was made with a key that is not among ours, or not any more.
 * - `altered`: what is signed is something else, or for another program.
 * - `notForThem`: its key signs in the names of others only.
 * - `late`: it was good until some moment, in milliseconds since the epoch, that is over.
 */
export type Flaw =
  | { flaw: 'unsigned' | 'altered' | 'notForThem' }
  | { flaw: 'unknownKey'; key: string }
  | { flaw: 'late'; until: number };

/** What a workflow puts in the place of a signature, for its worker to sign: workflows know no keys. */
export const byWorker = 'by-worker';

/** Where a worker says in a payload's metadata what is wrong with the signature in it; an empty text when it holds. */
export const signatureMark = 'certloop-signature';

/** What to say of it, and what to do. */
export function flawText(flaw: Flaw): string {
  switch (flaw.flaw) {
    case 'unsigned':
      return 'The message is not signed: whoever sends to a program through Temporal signs with a key of the installation.';
    case 'altered':
      return 'The signature does not fit the message: it was changed after it was signed, or is meant for another program.';
    case 'notForThem':
      return 'The key of the message signs in the names of other people only.';
    case 'late':
      return (
        `The message could be sent until ${new Date(flaw.until).toISOString()}: sign it anew, if it is still meant. Clocks of those who ` +
        'sign and of the workers are to be the same.'
      );
    case 'unknownKey':
      return (
        `The message is signed with the key ${flaw.key}, which the workers do not have: give every api and worker the same ` +
        'signing keys (signing.key of the data folder, or CERTLOOP_SIGNING_KEYS_FILE).'
      );
  }
}

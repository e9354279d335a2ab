/** Why an upload is not taken, though the place for it is there. */
export type RefusedBecause = 'tooLarge' | 'empty' | 'infected' | 'stopped' | 'stalled' | 'name';

/** An upload that is not taken; nothing of it is left. */
export class UploadRefused extends Error {
  override readonly name = 'UploadRefused';
  readonly because: RefusedBecause;

  constructor(because: RefusedBecause, message: string, cause?: unknown) {
    super(message, { cause });
    this.because = because;
  }
}

/** The place of the files cannot be used: it is `away`, or `full`. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly is: 'away' | 'full';

  constructor(is: 'away' | 'full', message: string, cause: unknown) {
    super(message, { cause });
    this.is = is;
  }
}

/** The virus scanner cannot be asked, or cannot say. */
export class ScannerError extends Error {
  override readonly name = 'ScannerError';
}

/** A file that is not where it should be. */
export class FileGone extends Error {
  override readonly name = 'FileGone';

  constructor(sha256: string, cause?: unknown) {
    super(`The file ${sha256} is not among the files that are kept.`, { cause });
  }
}

/** A file that is not what it was when it was taken. */
export class FileChanged extends Error {
  override readonly name = 'FileChanged';

  constructor(sha256: string) {
    super(`The file ${sha256} was changed since it was taken: what is in it has another hash.`);
  }
}

const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What goes wrong on the way to a sender, not to a disk. */
const ofNetwork = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_|EHOST|ENET)/;

/** An error of the file system as one of the store; every other error as it is. */
export function ofFileSystem(error: unknown, place: string): unknown {
  const { code = '', errno, syscall, message } = error as NodeJS.ErrnoException;
  if (full.has(code))
    return new StoreError('full', `There is no room left in ${place}: an administrator has to make some.`, error);
  if (errno === undefined || syscall === undefined || ofNetwork.test(code)) return error;
  return new StoreError('away', `The folder ${place} cannot be used (${message}).`, error);
}

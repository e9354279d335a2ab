import { FileGone, ScannerError, StoreError, UploadRefused } from '../../files/errors.ts';
import { Problem, unavailable } from '../problem.ts';

/** HTTP statuses of uploads that are not taken. */
const statuses: Record<UploadRefused['because'], number> = {
  tooLarge: 413,
  empty: 422,
  infected: 422,
  name: 422,
  stopped: 400,
  stalled: 408,
};

/** The problem that an error of files stands for; every other error as it is. What is the administrator's is only logged. */
export function fileProblem(error: unknown): unknown {
  if (error instanceof UploadRefused)
    return new Problem(statuses[error.because], error.because, error.message, { cause: error });
  if (error instanceof ScannerError) {
    const detail =
      'The file cannot be scanned for viruses now, and nothing is kept unscanned. Try again in a few minutes.';
    return new Problem(503, 'scanner', detail, { headers: { 'retry-after': '60' }, cause: error });
  }
  if (error instanceof StoreError && error.is === 'full') {
    const detail =
      'There is no room left for files; nothing of this one was kept. Tell an administrator, or give a link instead.';
    return new Problem(503, 'full', detail, { headers: { 'retry-after': '60' }, cause: error });
  }
  if (error instanceof StoreError) {
    const detail = 'The place where files are kept cannot be reached; nothing was changed. Try again in a few minutes.';
    return unavailable(detail, error);
  }
  if (error instanceof FileGone) {
    const detail =
      'The file is not where it was kept. Tell an administrator: "certloop verify" names every file that is missing.';
    return new Problem(503, 'fileMissing', detail, { cause: error });
  }
  return error;
}

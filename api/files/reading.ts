import type { Readable } from 'node:stream';
import type { FileWithUses } from '../../db/files.ts';
import { readWhole } from '../../files/open.ts';
import type { Reader } from '../../identity/reading/reader.ts';
import { sightOf } from '../../identity/reading/sight.ts';
import { notFound, Problem } from '../problem.ts';
import { readingOf } from '../readings.ts';
import type { Services } from '../services.ts';
import { fileProblem } from './problems.ts';

/** A file of a program, and what is in it, as it was taken. */
export interface OpenFile {
  file: FileWithUses;
  content: Readable;
}

/** Tells of each file of a program whether somebody reads it: it stands in what they read, or they uploaded it. */
export async function fileReader(
  services: Pick<Services, 'database' | 'states'>,
  programId: string,
  reader: Reader,
): Promise<(sha256: string) => boolean> {
  const { ties } = await readingOf(services, programId);
  const sight = sightOf(reader, ties);
  const own = await services.database.files.uploadedBy(programId, reader.email);
  return (sha256) => own.has(sha256) || sight.file(sha256);
}

/**
 * A file that somebody may read. Its content must be read, or let go with `destroy`.
 *
 * @throws Problem 404 when it is not there, or not theirs to read; 410 when it was erased; 503 when it cannot be read now
 */
export async function openFile(
  services: Services,
  programId: string,
  reader: Reader,
  sha256: string,
): Promise<OpenFile> {
  const file = await findFile(services, programId, reader, sha256);
  try {
    return { file, content: await readWhole(services.files.store, file) };
  } catch (error) {
    throw fileProblem(error);
  }
}

async function findFile(services: Services, programId: string, reader: Reader, sha256: string): Promise<FileWithUses> {
  const file = await services.database.files.find(programId, sha256);
  if (!file || !(await fileReader(services, programId, reader))(sha256)) throw notFound(`The file ${sha256}`);
  if (!file.erased) return file;
  const { at, by, reason } = file.erased;
  throw new Problem(410, 'erased', `The file was erased on ${at.slice(0, 10)} by ${by}: ${reason}`);
}

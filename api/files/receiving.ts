import type { Readable } from 'node:stream';
import type { ProgramFile } from '../../db/files.ts';
import type { Email } from '../../domain/basics.ts';
import type { FileRef } from '../../domain/registry/fields.ts';
import { fileName } from '../../files/name.ts';
import { type ReceivedFile, receive } from '../../files/receive.ts';
import { now } from '../clock.ts';
import { conflict, notFound, unavailable } from '../problem.ts';
import type { Services } from '../services.ts';
import { removeReleased } from './place.ts';
import { fileProblem } from './problems.ts';
import { fileReader } from './reading.ts';

/** An upload: into which program, by whom, and what it says of itself. */
export interface Uploading {
  programId: string;
  email: Email;
  /** As the sender called it. */
  name: string;
  /** A request, a part of a form, a file: it is read to its end, or what is left of it is thrown away. */
  stream: Readable;
  declaredType?: string | undefined;
  announcedBytes?: number | undefined;
}

/** A file as answers name it, and what its sender should know of it. */
export type Uploaded = FileRef & { remarks: string[] };

/**
 * Takes a file into a program. Whether its sender may is the caller's to know. When this throws, nothing of the file is left.
 *
 * @throws Problem that says what to do: 413 too large, 422 empty, infected or without a name, 408 and 400 broken off, 409
 * erased before, 503 when it cannot be kept or scanned
 */
export async function receiveFile(services: Services, uploading: Uploading): Promise<Uploaded> {
  const { programId, email, stream, ...upload } = uploading;
  const received = await receive(services.files, stream, upload).catch((error: unknown) => {
    throw fileProblem(error);
  });
  const { sha256, bytes, mediaType, name, remarks } = received;
  const known = await addReceived(services, programId, received, email);
  // What was uploaded before is what it was then: its type may have been told with what this version does not know.
  return { sha256, name, bytes, mediaType: known.mediaType ?? mediaType, remarks };
}

async function addReceived(
  services: Services,
  programId: string,
  received: ReceivedFile,
  email: Email,
): Promise<ProgramFile> {
  const { files, database } = services;
  const { sha256 } = received;
  try {
    const added = await add(services, programId, received, email);
    // It may have been removed after it was stored, for it was erased elsewhere in that moment.
    if (await files.store.has(sha256)) return added;
    await database.files.drop(programId, sha256);
  } catch (error) {
    await letGo(services, sha256);
    throw fileProblem(error);
  }
  throw beingRemoved();
}

/** A file that no program has is not kept; whether that can be seen to now or later, the refusal stands. */
async function letGo({ database, files }: Services, sha256: string): Promise<void> {
  try {
    await database.files.release(sha256);
    await removeReleased(database, files);
  } catch {
    // The database or the store is away. `certloop verify` tells of files that nobody names.
  }
}

async function add(
  { database }: Services,
  programId: string,
  { sha256, bytes, mediaType, name }: Omit<ReceivedFile, 'remarks'>,
  email: Email,
): Promise<ProgramFile> {
  const file = { sha256, bytes, mediaType, name, uploadedBy: email, uploadedAt: now() };
  const added = await database.files.add(programId, file);
  if (added.is === 'beingRemoved') throw beingRemoved();
  if (added.is === 'erased') throw erasedBefore(added.file);
  return added.file;
}

/** A file of another program, which somebody may read there. */
export interface Reusing {
  fromProgram: string;
  sha256: string;
  /** What it is to be called here; as it is called there when absent. */
  name?: string | undefined;
}

/**
 * Takes a file of another program into this one, without sending it again.
 *
 * @throws Problem 404 when it is not there, or not the caller's to read; 409 when it was erased here before
 */
export async function reuseFile(
  services: Services,
  programId: string,
  email: Email,
  { fromProgram, sha256, name }: Reusing,
): Promise<FileRef> {
  const { database, files } = services;
  const roles = await database.read.rolesOf(fromProgram, email);
  const file = roles.length > 0 ? await database.files.find(fromProgram, sha256) : undefined;
  const reads = file && !file.erased && (await fileReader(services, fromProgram, { email, roles }))(sha256);
  if (!file || !reads || !(await files.store.has(sha256)))
    throw notFound(`The file ${sha256} of program ${fromProgram}`);
  const called = name === undefined ? file.name : fileName(name);
  const { bytes, mediaType } = await add(services, programId, { ...file, name: called }, email);
  return { sha256, name: called, bytes, mediaType };
}

function erasedBefore({ erased }: ProgramFile) {
  const how = erased && `on ${erased.at.slice(0, 10)} by ${erased.by}: ${erased.reason}`;
  return conflict(
    'erased',
    `This file was erased from the program ${how} It is not taken again; send one without what was to be erased.`,
  );
}

function beingRemoved() {
  return unavailable('The same file is just being erased; nothing was kept. Send it again in a minute.', undefined);
}

import type { ProgramFile } from '../../db/files.ts';
import { answerOf } from '../../domain/answer.ts';
import type { Answer } from '../../domain/answers.ts';
import { decide } from '../../domain/decide.ts';
import { carriedBy } from '../../domain/evidence/carried.ts';
import type { FileRef } from '../../domain/registry/fields.ts';
import { type Envelope, type ProgramRecord, sentBy, type UserCommand } from '../../domain/registry.ts';
import { rowsChanged } from '../../domain/views.ts';
import { rejectionOf, speak } from '../../words/sayings/index.ts';
import type { Gateway } from '../gateway.ts';
import { conflict, notFound, Rejected, wrongField } from '../problem.ts';
import { readingOf, summaryOf } from '../readings.ts';
import type { Services } from '../services.ts';
import { hasEnded } from '../updates.ts';
import { clockNow } from '../views/program.ts';
import { removeReleased } from './place.ts';
import { fileReader } from './reading.ts';

/** What the check of files works with. */
type Checking = Pick<Services, 'database' | 'states' | 'files'>;

/** A command that was to be sent. */
type Sent = Pick<Envelope, 'commandId' | 'actor'>;

/**
 * A gateway that lets no command pass which names a file that is not there, or that its sender may not read. What a program
 * decides does not depend on what was uploaded: it is checked here, whoever sends the command. What is erased goes at once
 * from where it is kept, and later when that cannot be reached.
 */
export function withFiles(gateway: Gateway, services: Checking): Gateway {
  const { database, files } = services;

  async function erase(programId: string, envelope: Envelope): Promise<Answer> {
    const ended = hasEnded(await database.read.program(programId));
    return ended ? eraseAfterEnd(services, programId, envelope) : gateway.command(programId, envelope);
  }

  async function thenRemove<T>(answer: Promise<T>): Promise<T> {
    const given = await answer;
    await removeReleased(database, files).catch(() => undefined);
    return given;
  }

  return {
    ...gateway,
    async command(programId, envelope) {
      const { command } = envelope;
      await mustBeThere(services, programId, envelope, named(command, ''));
      return command.type === 'eraseFile'
        ? thenRemove(erase(programId, envelope))
        : gateway.command(programId, envelope);
    },
    async bulk(programId, envelope) {
      const { commands } = envelope;
      const all = commands.flatMap((command, index) => named(command, `commands[${index}].`));
      await mustBeThere(services, programId, envelope, all);
      const answer = gateway.bulk(programId, envelope);
      return commands.some(({ type }) => type === 'eraseFile') ? thenRemove(answer) : answer;
    },
  };
}

/** A file that a command names, and the field in which it does; `erased`: to erase it. */
interface Named {
  field: string;
  file: Pick<FileRef, 'sha256'> & Partial<FileRef>;
  erased: boolean;
}

function named(command: UserCommand, at: string): Named[] {
  if (command.type === 'eraseFile') {
    return [{ field: `${at}sha256`, file: { sha256: command.sha256 }, erased: true }];
  }
  return carriedBy(command).flatMap(({ field, files }) =>
    files.map((file, index) => ({ field: `${at}${field}[${index}]`, file, erased: false })),
  );
}

/** Refuses what names a file that is not there. A command that was recorded before gets the answer that it got. */
async function mustBeThere(
  services: Checking,
  programId: string,
  { commandId, actor: { email, installationRole } }: Sent,
  all: Named[],
): Promise<void> {
  const { database } = services;
  if (all.length === 0 || email === 'system' || (await database.register.command(programId, commandId))) return;
  const hashes = all.map(({ file }) => file.sha256);
  const known = new Map((await database.files.findAll(programId, hashes)).map((file) => [file.sha256, file]));
  const roles = await database.read.rolesOf(programId, email);
  const reads = await fileReader(services, programId, { email, roles, installationRole });
  const mayErase = roles.includes('programManager') || installationRole === 'administrator';
  for (const { field, file, erased } of all) {
    const there = known.get(file.sha256);
    // Who may not erase is told so by the program, whatever they name.
    if (erased && mayErase) mustBeErasable(there, file.sha256);
    if (!erased) mustBeAsUploaded(reads(file.sha256) ? there : undefined, file, field, programId);
  }
}

function mustBeErasable(there: ProgramFile | undefined, sha256: string): void {
  if (!there) throw notFound(`The file ${sha256}`);
  if (there.erased) throw conflict('erased', `The file was erased before, by ${there.erased.by}.`);
}

function mustBeAsUploaded(
  there: ProgramFile | undefined,
  { bytes, mediaType }: Partial<FileRef>,
  field: string,
  programId: string,
): void {
  if (!there) {
    const detail = `is not among the files of this program: upload it first, with POST /v1/programs/${programId}/files.`;
    throw wrongField('unknownFile', field, detail);
  }
  if (there.erased) throw wrongField('erased', field, 'was erased: upload another file.');
  if (there.bytes === bytes && there.mediaType === mediaType) return;
  const detail = `is not as it was uploaded: it has ${there.bytes} bytes and the type ${there.mediaType}.`;
  throw wrongField('unknownFile', field, detail);
}

/** The law does not end with the program. Its execution is over: nobody else records anything. */
async function eraseAfterEnd(
  services: Checking,
  programId: string,
  { commandId, actor, command }: Envelope,
): Promise<Answer> {
  const { register } = services.database;
  const recorded = await register.command(programId, commandId);
  if (recorded) return answerOf(commandId, recorded);
  const { state } = await readingOf(services, programId);
  const at = clockNow(await summaryOf(services, programId));
  const decision = decide(state, command, actor, at, speak);
  if (!decision.ok) throw new Rejected(rejectionOf(decision.refusal));
  const records = decision.records.map(
    (record, index): ProgramRecord => ({
      ...record,
      seq: state.seq + 1 + index,
      at,
      ...sentBy(actor),
      commandId,
      item: 0,
    }),
  );
  const rows = rowsChanged(state, decision.state, at);
  const result = await register.append({ programId, expectedSeq: state.seq, commandId, records, rows, notices: [] });
  if (!result.appended) throw conflict('busy', 'Something else was recorded in that moment. Send it again.');
  return answerOf(commandId, records, at);
}

/** `certloop/registry`: every command and every record, what may be asked and what follows from it; pure, without I/O. */
export type { Actor, Email, Instant, IsoDate } from '../domain/basics.ts';
export { type Decision, decide, decideStart } from '../domain/decide.ts';
export { apply, fold } from '../domain/fold.ts';
export {
  type BulkEnvelope,
  type Command,
  type CommandMap,
  type CommandType,
  commands,
  type Envelope,
  isCommandType,
  isRecordType,
  type ProgramRecord,
  type RecordMap,
  type RecordType,
  records,
  recordTypes,
  type UserCommand,
} from '../domain/registry.ts';
export type { ProgramState } from '../domain/state.ts';

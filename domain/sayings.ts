import type { AuditKind } from './audits/audit.ts';
import type { Email, IsoDate, Month, Phase, ProgramStatus, Role } from './basics.ts';
import type { TextProblem } from './text.ts';

/** What the domain says about any subject. */
export interface CommonSayings {
  notADate: { on: string };
  dateOutOfRange: { on: string; first: IsoDate; last: IsoDate };
  inThePast: { on: IsoDate; today: IsoDate };
  notYet: { on: IsoDate; today: IsoDate };
  beforeWhatItFollows: { on: IsoDate; after: IsoDate };
  endsBeforeItStarts: { startsOn: IsoDate; endsOn: IsoDate };
  beforeProgramBegan: { what: 'review' | 'internalAudit'; on: IsoDate; startsOn: IsoDate };
  tooLongBeforeTakeover: { what: 'review' | 'internalAudit'; on: IsoDate; months: number; adoptedOn: IsoDate };
  nothingSaid: Record<never, never>;
  /** `pointer` is empty for the text as a whole. */
  brokenText: { pointer: string; problem: TextProblem };
  namedTwice: { what: string; each: 'task' | 'person' | 'requirement' | 'email' | 'id' | 'role' | 'file' };
  noSuchRequirement: { standard: string; requirementId: string };
  noSuchStandard: { id: string; known: string[] };
  noSuchSystem: { systemId: string };
  noSuchCommand: { type: string };
  sentByProgramItself: { type: string };
  notTheirRole: { type: string; allowed: Role[]; email: Email | 'system'; held: Role[] };
  adoptedHasBegun: { startsOn: IsoDate };
  noSuchThing: { what: 'task' | 'audit' | 'finding'; id: string; programId: string };
  closedLongAgo: { what: 'task' | 'audit' | 'finding'; id: string };
  otherPhase: { allowed: Phase[]; phase: Phase };
  notBegun: { startsOn: IsoDate };
  programEnded: { programId: string; status: ProgramStatus };
  startTooLarge: { bytes: number; most: number };
  nextAudit: { kind: AuditKind; auditId: string };
  nextExpiry: { number: string };
  nextBeginning: Record<never, never>;
  unreadableCommand: Record<never, never>;
  noCommandId: { longest: number };
  reservedCommandId: { commandId: string };
  noSender: Record<never, never>;
  noCommands: { most: number };
  noCommand: Record<never, never>;
  lowerCaseEmail: Record<never, never>;
  momentProgramBegins: Record<never, never>;
  momentHolidays: Record<never, never>;
  momentProgress: { month: Month };
}

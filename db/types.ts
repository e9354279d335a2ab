import type { Audit } from '../domain/audits/audit.ts';
import type { Email, InstallationRole, Instant, IsoDate, Phase, Role } from '../domain/basics.ts';
import type { AppendInput, AppendResult } from '../domain/commit.ts';
import type { Finding } from '../domain/findings/finding.ts';
import type { NoticeItem } from '../domain/notices.ts';
import type { ProgramRecord } from '../domain/registry.ts';
import type { Task } from '../domain/tasks/task.ts';
import type { ProgramSummary, Rows } from '../domain/views.ts';

/** A page of a list: at most `limit` items (1 to 200) after an opaque `cursor`. */
export interface PageRequest {
  limit: number;
  cursor?: string;
}
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export interface VerifyResult {
  programId: string;
  ok: boolean;
  records: number;
  /** Where the chain breaks first, and how. */
  brokenAt?: { seq: number; reason: string };
}

/** The append-only register of records, and what is derived from it in the same transaction. */
export interface Register {
  append(input: AppendInput): Promise<AppendResult>;
  /** Records with `seq` > `after`, ascending. */
  records(programId: string, page?: { after?: number; limit?: number }): Promise<ProgramRecord[]>;
  /** The records of a command, or undefined when the command id is not known. */
  command(programId: string, commandId: string): Promise<ProgramRecord[] | undefined>;
  verify(programId: string): Promise<VerifyResult>;
  /** Ids of all programs in the register, ascending. */
  programIds(): Promise<string[]>;
  /** Replaces all rows of a program's read tables. */
  replaceRows(programId: string, rows: Rows): Promise<void>;
}

/** Who sees which programs: people see theirs, installation roles see all. */
export interface Viewer {
  email: Email;
  installationRole?: InstallationRole;
}

export interface TaskFilter {
  status?: Task['status'];
  assignee?: Email;
  /** True: overdue by the program's own clock (`domain/overdue.ts`); false: all others. */
  overdue?: boolean;
  /** Now, for programs whose clock is the world's; rehearsals use their own. */
  now: Instant;
}

/** The read tables. */
export interface ReadTables {
  programs(viewer: Viewer, page: PageRequest): Promise<Page<ProgramSummary>>;
  program(programId: string): Promise<ProgramSummary | undefined>;
  /** How many programs there are in each phase; a phase without programs is left out. */
  programsByPhase(): Promise<Map<Phase, number>>;
  /** Roles of a person in a program; empty when none. */
  rolesOf(programId: string, email: Email): Promise<Role[]>;
  tasks(programId: string, filter: TaskFilter, page: PageRequest): Promise<Page<Task>>;
  task(programId: string, taskId: string): Promise<Task | undefined>;
  /** Tasks assigned to a person over all programs. */
  inbox(assignee: Email, filter: TaskFilter, page: PageRequest): Promise<Page<Task & { programId: string }>>;
  audits(programId: string, page: PageRequest): Promise<Page<Audit>>;
  findings(programId: string, page: PageRequest): Promise<Page<Finding>>;
  finding(programId: string, findingId: string): Promise<Finding | undefined>;
  audit(programId: string, auditId: string): Promise<Audit | undefined>;
  /** A rehearsal's clock after it was advanced. */
  setClock(programId: string, clockAt: Instant): Promise<void>;
}

export type MailStatus = 'queued' | 'sending' | 'sent' | 'failed' | 'kept' | 'overtaken';

/** A mail in the outbox: a digest of many items, or one urgent item. */
export interface Mail {
  id: string;
  programId: string;
  programName: string;
  organization: string;
  to: Email;
  kind: 'digest' | 'urgent';
  dueAt: Instant;
  /**
   * `kept`: a rehearsal's mail, shown and never sent. `failed`: given up after the last attempt. `overtaken`: not sent, for
   * nothing that it was to tell held any more.
   */
  status: MailStatus;
  attempts: number;
  lastError?: string;
  sentAt?: Instant;
  /** Deterministic, so that a mail sent twice by a crash is recognized as one. */
  messageId: string;
  items: { seq: number; item: NoticeItem }[];
  /** Of a digest, the program's records after its first item until it left; absent when there are none. */
  later?: ProgramRecord[];
}

/** A mail as it was leased: each lease counts as an attempt, which tells it from those of others. */
export type Leased = Pick<Mail, 'id' | 'attempts'>;

/** The outbox, filled by `Register.append`, emptied by the courier. */
export interface Outbox {
  /**
   * Takes up to `limit` due mails for `leaseSeconds`; a lease that runs out makes them available again. Mails of others
   * whose lease ran out are left alone unless `takingOver` (they are taken when absent).
   */
  lease(now: Instant, limit: number, leaseSeconds: number, options?: { takingOver: boolean }): Promise<Mail[]>;
  /** Takes leases anew, from now; gives the ids of those that nobody else has taken since. */
  renew(mails: Leased[], now: Instant, leaseSeconds: number): Promise<string[]>;
  /** A mail that the mail server took, whoever holds it by now. */
  sent(mailId: string, at: Instant): Promise<void>;
  /** A mail that need not be sent any more; not when somebody else has taken it since. */
  overtaken(mail: Leased): Promise<void>;
  /** Back to the queue until `retryAt`, or `failed` when `retryAt` is null; not when somebody else has taken it since. */
  failed(mail: Leased, error: string, retryAt: Instant | null): Promise<void>;
  /** A program's mails that are due by `now`, latest first. */
  list(programId: string, now: Instant, page: PageRequest): Promise<Page<Mail>>;
  /** Mails that are due and not sent, for metrics. */
  backlog(now: Instant): Promise<{ due: number; failed: number }>;
}

export interface TokenInfo {
  id: string;
  email: Email;
  name: string;
  installationRole?: InstallationRole;
  expiresOn?: IsoDate;
}

/** Bearer tokens; only their SHA-256 is kept. */
export interface Tokens {
  /** Makes a token; the returned secret is shown once and never kept. */
  create(input: Omit<TokenInfo, 'id'>): Promise<{ token: string; info: TokenInfo }>;
  /** The person of a token, or undefined when unknown or expired on `today`. */
  find(token: string, today: IsoDate): Promise<TokenInfo | undefined>;
  count(): Promise<number>;
  /** Every token, by e-mail address. */
  list(page: PageRequest): Promise<Page<TokenInfo>>;
  /**
   * Removes a token: at once where it is removed, within a minute in other processes. With `unlessLast` the last token of an
   * administrator that is good on `today` stays; gives whether others are left.
   */
  revoke(id: string, today: IsoDate, options?: { unlessLast: boolean }): Promise<Revoked>;
}

/** What became of a token: `unknown` when there is none of the id, `last` when it was kept as the last administrator's. */
export type Revoked =
  | { outcome: 'unknown' | 'last' }
  | { outcome: 'revoked'; info: TokenInfo; administratorsLeft: boolean };

/** Answers kept for `Idempotency-Key`; the scope of a key is caller and program. */
export interface IdempotencyKeys {
  /**
   * Claims a key for a body. `new`: go on; `pending`: it was claimed with the same body and has no answer yet
   * (go on: the command id is the same, and `aim` is what an earlier attempt set out for, if it said so); `answered`: give
   * this answer; `conflict`: claimed with another body.
   */
  claim(
    scope: { caller: Email; programId: string; key: string },
    bodyHash: string,
    now: Instant,
  ): Promise<
    | { state: 'new' | 'conflict' }
    | { state: 'pending'; aim?: unknown }
    | { state: 'answered'; status: number; body: unknown }
  >;
  /** Keeps what the first attempt sets out for, until there is an answer. */
  aim(scope: { caller: Email; programId: string; key: string }, aim: unknown): Promise<void>;
  answer(scope: { caller: Email; programId: string; key: string }, status: number, body: unknown): Promise<void>;
  /**
   * Forgets the answers to keys claimed before a moment, and gives how many. The keys stay, so that none is ever taken for
   * another body: whoever asks again gets what the register holds of the command.
   */
  forget(before: Instant): Promise<number>;
}

/** Everything that keeps data, on one connection pool. */
export interface Database {
  register: Register;
  read: ReadTables;
  outbox: Outbox;
  tokens: Tokens;
  idempotency: IdempotencyKeys;
  /** Throws when the database cannot be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

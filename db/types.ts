import type { Audit } from '../domain/audits/audit.ts';
import type { Email, InstallationRole, Instant, IsoDate, Phase, Role } from '../domain/basics.ts';
import type { AppendInput, AppendResult } from '../domain/commit.ts';
import type { Finding } from '../domain/findings/finding.ts';
import type { MailKind, NoticeItem } from '../domain/notices.ts';
import type { MailPreferences } from '../domain/people/mailPreferences.ts';
import type { ProgramRecord } from '../domain/registry.ts';
import type { Task } from '../domain/tasks/task.ts';
import type { ProgramSummary, Rows } from '../domain/views.ts';
import type { Accounts } from './accounts.ts';
import type { CheckpointTable } from './checkpoints.ts';
import type { PoolUse } from './connection.ts';
import type { Drafts } from './drafts.ts';
import type { FileTable } from './files.ts';
import type { Inbox } from './inbox.ts';
import type { By, InstallationRegister, TokenScope } from './installation.ts';
import type { MailPreferencesTable } from './mailPreferences.ts';
import type { Moments } from './moments.ts';
import type { Page, PageRequest } from './page.ts';
import type { Passkeys } from './passkeys.ts';
import type { ProviderRoles } from './providerRoles.ts';
import type { Secrets } from './secrets.ts';
import type { Sessions } from './sessions.ts';
import type { SignIns } from './signIns.ts';

export type { Page, PageRequest, TokenScope };

export interface VerifyResult {
  programId: string;
  ok: boolean;
  records: number;
  /** Where the chain breaks first, and how. */
  brokenAt?: { seq: number; reason: string };
}

/** Among which records some are looked for: those with `seq` > `after`, up to `through`. */
export interface Among {
  after?: number;
  through?: number;
  limit?: number;
  latest?: boolean;
}

/** The append-only register of records, and what is derived from it in the same transaction. */
export interface Register {
  append(input: AppendInput): Promise<AppendResult>;
  /** Records with `seq` > `after`, ascending. */
  records(programId: string, page?: { after?: number; limit?: number }): Promise<ProgramRecord[]>;
  /**
   * Records that have some of each of these lists of names, ascending: types, people by their addresses, and whatever has an id
   * (`domain/registry/names.ts`). With `latest`, a `limit` keeps the last ones instead of the first.
   */
  naming(programId: string, names: readonly (readonly string[])[], among?: Among): Promise<ProgramRecord[]>;
  /** The hash of a record in lower-case hexadecimal, as it was written; undefined when there is no such record. */
  hashOf(programId: string, seq: number): Promise<string | undefined>;
  /** The records of a command, or undefined when the command id is not known. */
  command(programId: string, commandId: string): Promise<ProgramRecord[] | undefined>;
  verify(programId: string): Promise<VerifyResult>;
  /** Ids of all programs in the register, ascending. */
  programIds(): Promise<string[]>;
  /**
   * Replaces all rows of a program's read tables; `noted` are the records of which tasks have a note. Gives whether it did: where
   * the program has records beyond `through`, the last one that the rows know, nothing is replaced.
   */
  replaceRows(
    programId: string,
    rows: Rows,
    of?: { noted?: readonly ProgramRecord[]; through?: number },
  ): Promise<boolean>;
}

/** What somebody is in a program. */
export interface Participation {
  email: Email;
  roles: Role[];
  programId: string;
  /** The number of the program's last record. */
  seq: number;
}

/** Who sees which programs: people see theirs, installation roles see all; of one program only where it is named. */
export interface Viewer {
  email: Email;
  installationRole?: InstallationRole | undefined;
  programId?: string | undefined;
}

/** Whether the thing of an id is to be on a list; the others are left out as if they were not there. */
export type Keep = (id: string) => boolean;

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
  /** The number of the last record of every program, or of one. */
  heads(programId?: string): Promise<{ id: string; seq: number }[]>;
  /** How many programs there are in each phase; a phase without programs is left out. */
  programsByPhase(): Promise<Map<Phase, number>>;
  /**
   * How many tasks are overdue in each of some programs, of one person where named; a program without any is left out.
   */
  overdueIn(programIds: readonly string[], now: Instant, assignee?: Email): Promise<Map<string, number>>;
  /** Roles of a person in a program; empty when none. */
  rolesOf(programId: string, email: Email): Promise<Role[]>;
  /** Roles of a person in each of some programs; a program in which they have none is left out. */
  rolesIn(programIds: readonly string[], email: Email): Promise<Map<string, Role[]>>;
  /** What some people are in all programs in which they take part. */
  partsOf(emails: readonly string[]): Promise<Participation[]>;
  tasks(programId: string, filter: TaskFilter, page: PageRequest, keep?: Keep): Promise<Page<Task>>;
  task(programId: string, taskId: string): Promise<Task | undefined>;
  /** Those of some ids, by number; ended ones too. */
  tasksOf(programId: string, ids: readonly string[]): Promise<Task[]>;
  /** Tasks assigned to a person over all programs in which they take part, or of one of them. */
  inbox(assignee: Viewer, filter: TaskFilter, page: PageRequest): Promise<Page<Task & { programId: string }>>;
  audits(programId: string, page: PageRequest, keep?: Keep): Promise<Page<Audit>>;
  findings(programId: string, page: PageRequest, keep?: Keep): Promise<Page<Finding>>;
  finding(programId: string, findingId: string): Promise<Finding | undefined>;
  /** Those of some ids, by number; closed ones too. */
  findingsOf(programId: string, ids: readonly string[]): Promise<Finding[]>;
  audit(programId: string, auditId: string): Promise<Audit | undefined>;
  /** A rehearsal's clock after it was advanced. */
  setClock(programId: string, clockAt: Instant): Promise<void>;
}

export type MailStatus = 'queued' | 'sending' | 'sent' | 'failed' | 'kept' | 'overtaken' | 'unwanted';

/** What one program tells one person in a mail: all of it, or with what other programs tell them. */
export interface Mail {
  id: string;
  programId: string;
  programName: string;
  organization: string;
  /** The program's. */
  timeZone: string;
  standardId: string;
  /** Where its recipient's day is counted. */
  zone: string;
  to: Email;
  kind: MailKind;
  dueAt: Instant;
  /**
   * `kept`: a rehearsal's mail, shown and never sent. `failed`: given up after the last attempt. `overtaken`: not sent, for
   * nothing that it was to tell held any more. `unwanted`: not sent, for its recipient chose to get no digests.
   */
  status: MailStatus;
  attempts: number;
  /** How often the mail server did not take it, other than by being away. */
  tries: number;
  lastError?: string;
  sentAt?: Instant;
  /** It went into the local mailbox, for no mail server was set: it reached nobody outside. */
  local?: true;
  /** What it goes out in; absent before it is taken. */
  bundle?: string;
  /** Deterministic, so that a mail sent twice by a crash is recognized as one; that of the bundle, once it is in one. */
  messageId: string;
  items: { seq: number; item: NoticeItem }[];
  /** Of one that gathers things, the program's records after its first item until it left; absent when there are none. */
  later?: ProgramRecord[];
}

/** What goes out as one mail: the digest or the escalation of a person's day, of all their programs, or one mail alone. */
export interface Bundle {
  id: string;
  to: Email;
  kind: MailKind;
  /** When the last of its parts was due. */
  dueAt: Instant;
  /** Where its recipient's day is counted. */
  zone: string;
  attempts: number;
  tries: number;
  messageId: string;
  /** What each program has in it. */
  parts: [Mail, ...Mail[]];
}

/** A bundle as it was leased: each lease counts as an attempt, which tells it from those of others. */
export type Leased = Pick<Bundle, 'id' | 'attempts'>;

/** How mails are leased, beside what is usual. */
export interface LeaseOptions {
  /** Whether those of others are taken whose lease ran out; they are when absent. */
  takingOver?: boolean;
  /** What stands after the `@` of the Message-ID of a mail that was never taken. */
  domain?: string;
}

/** A person to whom no mail of a program gets through. */
export interface Unreached {
  to: Email;
  /** How many mails were given up since the last that was taken. */
  mails: number;
  /** The last of them: when it was due, and what the mail server said. */
  dueAt: Instant;
  lastError: string;
}

/** The outbox, filled by `Register.append`, emptied by the courier. */
export interface Outbox {
  /**
   * Takes up to `limit` due mails of each sort for `leaseSeconds`; a lease that runs out makes them available again. What
   * is due for one person on one day is taken as one, and what comes too late for that day is moved to the next digest.
   */
  lease(now: Instant, limit: number, leaseSeconds: number, options?: LeaseOptions): Promise<Bundle[]>;
  /** Takes leases anew, from now; gives the ids of those that nobody else has taken since. */
  renew(bundles: Leased[], now: Instant, leaseSeconds: number): Promise<string[]>;
  /** A mail that the mail server took, or the local mailbox, whoever holds it by now. */
  sent(bundleId: string, at: Instant, options?: { local: boolean }): Promise<void>;
  /** Parts that need not be sent any more, all when none are named; not when somebody else has taken the mail since. */
  overtaken(bundle: Leased, mailIds?: string[]): Promise<void>;
  /** A digest that its recipient does not want; not when somebody else has taken it since. */
  unwanted(bundle: Leased): Promise<void>;
  /** Back to the queue until then, untried; not when somebody else has taken it since. */
  postponed(bundle: Leased, until: Instant): Promise<void>;
  /**
   * Puts what a digest tells into the weekly one of its recipient, of which it becomes a part, all of it at once; not when
   * somebody else has taken it since.
   */
  intoWeekly(bundle: Bundle, preferences: MailPreferences): Promise<void>;
  /** Back to the queue until `retryAt`, or `failed` when `retryAt` is null; not when somebody else has taken it since. */
  failed(bundle: Leased, error: string, retryAt: Instant | null): Promise<void>;
  /**
   * Back to the queue until `retryAt`: it certainly did not arrive, so that what is due by then goes with it; not when
   * somebody else has taken it since.
   */
  untried(bundle: Leased, reason: string, retryAt: Instant): Promise<void>;
  /** Lets all that the mail server did not take, and that waits to be tried again, be tried from then on. */
  retryAt(at: Instant): Promise<void>;
  /** A program's mails that are due by `now`, latest first; those to one person when there is one. */
  list(programId: string, now: Instant, page: PageRequest, to?: Email): Promise<Page<Mail>>;
  /** The people to whom no mail of a program gets through. */
  unreached(programId: string): Promise<Unreached[]>;
  /** One of a program's mails. */
  find(programId: string, mailId: string): Promise<Mail | undefined>;
  /** Mails that are due and not sent, for metrics; without those that wait because somebody chose it. */
  backlog(now: Instant): Promise<{ due: number; oldestDueAt: Instant | null; failed: number }>;
}

export interface TokenInfo {
  id: string;
  email: Email;
  name: string;
  installationRole?: InstallationRole;
  /** Everything that its person may when absent. */
  scope?: TokenScope;
  /** The last day on which it is good; absent for one of before there always was one. */
  expiresOn?: IsoDate;
  /** When it was made, and by whom; nobody by name where the database is at hand, and not known of one made before it was kept. */
  madeAt?: Instant;
  madeBy?: Email;
  /** To about a minute. */
  lastUsedAt?: Instant;
}

/** A token that is to be made. */
export type NewToken = Omit<TokenInfo, 'id' | 'madeAt' | 'madeBy' | 'lastUsedAt'>;

/** Bearer tokens; only their SHA-256 is kept. Each that is made or revoked is in the installation's chain. */
export interface Tokens {
  /** Makes a token; the returned secret is shown once and never kept. */
  create(input: NewToken, by: By): Promise<{ token: string; info: TokenInfo }>;
  /** Makes a token where there is none at all, also when processes ask at once; gives undefined where there is one. */
  createFirst(input: NewToken): Promise<{ token: string; info: TokenInfo } | undefined>;
  /** The person of a token, or undefined when unknown or expired on `today`. */
  find(token: string, today: IsoDate): Promise<TokenInfo | undefined>;
  count(): Promise<number>;
  /** Every token by e-mail address, or those of one person, or of those the ones for one program alone. */
  list(page: PageRequest, of?: Email, programId?: string): Promise<Page<TokenInfo>>;
  /** A token by its id. */
  get(id: string): Promise<TokenInfo | undefined>;
  /**
   * Removes a token: at once where it is removed, within a minute in other processes. With `unlessLast` the last token of an
   * administrator that is good on `today` stays; gives whether others are left.
   */
  revoke(id: string, today: IsoDate, options: { by: By; unlessLast?: boolean }): Promise<Revoked>;
}

/** What became of a token: `unknown` when there is none of the id, `last` when it was kept as the last administrator's. */
export type Revoked =
  | { outcome: 'unknown' | 'last' }
  | { outcome: 'revoked'; info: TokenInfo; administratorsLeft: boolean };

/** What one person brings in on one day. */
export interface Brought {
  programs: number;
  addresses: number;
}

/** How many programs and new addresses people bring in, day by day. */
export interface BroughtIn {
  /**
   * Adds to what a person brought in on a day, unless it would be more than `most`: then nothing is added. Gives what it
   * comes to, and whether it was added.
   */
  add(email: Email, day: IsoDate, more: Brought, most: Brought): Promise<Brought & { added: boolean }>;
  /** Of some addresses, those that no program and no account has. */
  unknownOf(addresses: readonly Email[]): Promise<Email[]>;
}

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

/** Compares what programs have beside their chains with their records; nothing of them is changed. */
export interface Comparison {
  /**
   * What is not as a program's records give it: columns of the records, kept answers, rows of read tables; a line for each. The
   * chain must be whole.
   */
  differences(programId: string): Promise<string[]>;
  close(): Promise<void>;
}

/** Everything that keeps data, on one connection pool. */
export interface Database {
  register: Register;
  read: ReadTables;
  inbox: Inbox;
  moments: Moments;
  outbox: Outbox;
  tokens: Tokens;
  installation: InstallationRegister;
  broughtIn: BroughtIn;
  idempotency: IdempotencyKeys;
  accounts: Accounts;
  sessions: Sessions;
  signIns: SignIns;
  secrets: Secrets;
  drafts: Drafts;
  passkeys: Passkeys;
  providerRoles: ProviderRoles;
  mailPreferences: MailPreferencesTable;
  files: FileTable;
  checkpoints: CheckpointTable;
  /** Opens what compares programs with their records. Close it when done. */
  comparison(): Promise<Comparison>;
  /** Throws when the database cannot be reached. */
  ping(): Promise<void>;
  /** How the connections are used; of SQLite, those that read. */
  pool(): PoolUse;
  /** Throws when nothing can be written to the database; tries it once a second at most. */
  mustTakeWrites(): Promise<void>;
  close(): Promise<void>;
}

import type { Email, Instant, IsoDate, Phase, ProgramStatus } from './basics.ts';
import type {
  Audit,
  AuditKind,
  Certificate,
  ChangeKind,
  CorrectiveActionPlan,
  DecisionKind,
  Finding,
  Task,
} from './state.ts';

/** The part of a task that a mail needs. */
export type TaskInMail = Pick<
  Task,
  'id' | 'kind' | 'title' | 'requirementId' | 'systemId' | 'auditId' | 'findingId' | 'priority' | 'dueOn' | 'status'
>;

/** The next person who hears of a task if it stays undone, and the day. */
export interface NextRung {
  on: IsoDate;
  who: string;
}

export type AuditInMail = Pick<Audit, 'id' | 'kind' | 'targetOn' | 'startsOn' | 'endsOn'>;
export type FindingInMail = Pick<Finding, 'id' | 'auditId' | 'requirementId' | 'grade' | 'statement'>;

/** One thing that a person is told. `next` says what happens if nothing is done. */
export type NoticeItem =
  | {
      kind: 'taskOpened';
      task: TaskInMail;
      why: string;
      waitsFor?: string[];
      plan?: CorrectiveActionPlan;
      next?: NextRung;
    }
  | { kind: 'taskReminder'; task: TaskInMail; dueIn: number; next?: NextRung }
  | { kind: 'taskOverdue'; task: TaskInMail; next?: NextRung }
  | { kind: 'taskEscalated'; task: TaskInMail; assignee: string; level: number; workingDays: number; next?: NextRung }
  | { kind: 'taskEnded'; task: TaskInMail; how: 'accepted' | 'waived' | 'cancelled'; note: string }
  /** Told to who had it before. */
  | { kind: 'taskHandedOn'; task: TaskInMail; to: string }
  | { kind: 'taskExtended'; task: TaskInMail; reason: string }
  | { kind: 'planChanged'; reason: string; changes: string[]; moved: { title: string; dueOn: IsoDate }[] }
  | { kind: 'evidenceToReview'; task: TaskInMail; by: string; links: string[]; note: string }
  | { kind: 'evidenceRejected'; task: TaskInMail; note: string; next?: NextRung }
  | { kind: 'reviewReminder'; task: TaskInMail; count: number }
  | { kind: 'progress'; month: string; readiness: number; open: number; overdue: number }
  | { kind: 'findingRaised'; finding: FindingInMail }
  | { kind: 'findingRaisedToMajor'; finding: FindingInMail; reason: string; rule: string; together?: string[] }
  | { kind: 'findingReopened'; finding: FindingInMail; note: string }
  | { kind: 'deadlineMissed'; finding: FindingInMail; deadline: 'plan' | 'verification'; dueOn: IsoDate }
  | { kind: 'auditScheduled'; audit: AuditInMail; team: string[] }
  | { kind: 'auditMissed'; audit: AuditInMail; rule: string; latestOn: IsoDate }
  | { kind: 'auditOutdated'; audit: AuditInMail; rule: string; untilOn: IsoDate; findings: string[] }
  | {
      kind: 'auditOutcome';
      audit: AuditInMail;
      result: string;
      note: string;
      /** R13: of a surveillance, the topics that its outcome does not name as covered. */
      notCovered?: string[];
    }
  | { kind: 'decision'; decision: DecisionKind; basis: string; auditKind?: AuditKind }
  | {
      kind: 'certificate';
      event:
        | 'issued'
        | 'renewed'
        | 'suspended'
        | 'reinstated'
        | 'scopeReduced'
        | 'scopeExtended'
        | 'withdrawn'
        | 'lapsed'
        | 'restored';
      certificate: Certificate;
      reason?: string;
    }
  | {
      kind: 'transferred';
      certificate: Certificate;
      from: string;
      to: string;
      on: IsoDate;
      reason: string;
      findings: string[];
      /** Told to somebody of the old body, whose roles ended. */
      left: boolean;
    }
  | { kind: 'significantChange'; description: string }
  | { kind: 'incident'; id: string; severity: string; description: string }
  | { kind: 'change'; change: ChangeKind; what: string; touched: string[]; bodyTold: boolean }
  | { kind: 'complaint'; id: string; from: string; description: string }
  | {
      kind: 'program';
      event: 'started' | 'adopted' | 'paused' | 'resumed' | 'cancelled' | 'phase';
      phase: Phase;
      text: string;
    };

export interface Notice {
  to: Email;
  /** Urgent notices are mails of their own, sent at once; the others wait for the person's digest. */
  urgent: boolean;
  /** When the mail is due: now for an urgent one, the next 08:00 of the program's time zone for a digest. */
  dueAt: Instant;
  /** Sequence number of the record that it tells of. */
  seq: number;
  item: NoticeItem;
}

/** A program in lists, as the register's read table keeps it. */
export interface ProgramSummary {
  id: string;
  name: string;
  organization: string;
  standardId: string;
  phase: Phase;
  status: ProgramStatus;
  certificateStatus: 'none' | Certificate['status'];
  rehearsal: boolean;
  timeZone: string;
  /** The program's clock when the last record was written. */
  clockAt: Instant;
  atRisk: boolean;
  nextDue: { at: Instant; title: string } | null;
  /** Percent of the applicable requirements that are met with evidence, 0 to 100. */
  readiness: number;
  seq: number;
}

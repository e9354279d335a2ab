import type { ApplicabilityEntry, RequirementState } from './assessment/requirement.ts';
import type { Audit, DecisionKind } from './audits/audit.ts';
import type { Email, Instant, IsoDate, Month, Phase, ProgramStatus } from './basics.ts';
import type { BodyProfile } from './certificate/bodyProfile.ts';
import type { Certificate } from './certificate/certificate.ts';
import type { Entry } from './entries/entry.ts';
import type { Finding } from './findings/finding.ts';
import type { Absence } from './people/absence.ts';
import type { Person } from './people/person.ts';
import type { FormerPlan, Plan } from './plan/plan.ts';
import type { CalendarSpec, StandardPin } from './program/definition.ts';
import type { Scope } from './program/scope.ts';
import type { KnownAiSystem } from './systems/aiSystem.ts';
import type { LadderSpec } from './tasks/ladderSpec.ts';
import type { Task } from './tasks/task.ts';

export interface ManagementReview {
  id: string;
  heldOn: IsoDate;
}

export interface CalendarState extends CalendarSpec {
  /** The last year whose holidays were looked up; absent without a country or before the first look-up. */
  holidaysThrough?: number;
  /** Of the holidays, those that the organization named itself; none when absent. */
  ownHolidays?: IsoDate[];
  /** Days that are worked although they are on a weekend or a holiday; none when absent. */
  workingDays?: IsoDate[];
  /** The program's date when its time zone last changed: its days do not go back. */
  notBefore?: IsoDate;
}

/**
 * What a date of the present phase was before plans moved it, and how the phase lay then. Every later plan counts from
 * this, so that a plan put back gives the dates that there were.
 */
export interface DateBeforePlans {
  on: IsoDate;
  /** The first and the last day of the phase. */
  startsOn: IsoDate;
  endsOn: IsoDate;
  /** Whether it was overdue already. */
  overdue: boolean;
  /** Days by which pauses moved it since. */
  paused: number;
  /** The date that the last plan gave, moved with the pauses; the entry counts as long as the date is this one. */
  gave: IsoDate;
}

/** Everything that a program knows of itself: the fold of its records, never anything else. */
export interface ProgramState {
  id: string;
  name: string;
  organization: string;
  standard: StandardPin;
  scope: Scope;
  aiSystems: Record<string, KnownAiSystem>;
  people: Person[];
  /** Who is away, or will be, with their deputies; none when absent. Those that are over are in the register. */
  absences?: Absence[];
  plan: Plan;
  /** The plans before this one, oldest first, each with who replaced it, when and why; the last twenty. */
  formerPlans: FormerPlan[];
  calendar: CalendarState;
  body: { name: string; profile: BodyProfile };
  ladder: LadderSpec;
  rehearsal: boolean;

  status: ProgramStatus;
  pausedOn?: IsoDate;
  /** When it was proposed to pause or cancel the program; absent once somebody has done something since. */
  pauseProposedOn?: IsoDate;
  /** When it was said in this cycle that the program nearly holds what it can; absent when it was not. */
  nearlyFullOn?: IsoDate;
  /** When a person last did something; absent where an earlier version wrote the state. */
  lastActOn?: IsoDate;
  phase: Phase;
  phaseStartedOn: IsoDate;
  /** Whether the work of the phase was planned (tasks opened, audits planned). */
  phasePlanned: boolean;
  /** Number of the last audit when the certification audit began: Stage 1 and 2 of this attempt come after it. */
  auditsFrom: number;
  gapAssessmentCompletedOn?: IsoDate;
  /** The day on which the implementation was first complete: from then on things come around. */
  implementedOn?: IsoDate;
  /** Pauses that are over, oldest first; the last twenty. */
  pauses: { from: IsoDate; until: IsoDate }[];
  /** When a round that was waived would have been due: by `managementReview`, requirement, or `system` and its id. */
  waivedRounds: Record<string, IsoDate>;
  /** The month of the last progress report. */
  lastProgress?: Month;

  /** By standard, then by the requirement's number. */
  requirements: Record<string, Record<string, RequirementState>>;
  /**
   * R9: by person, the requirements that they owned before, answered or reviewed, each with the last day on which they did;
   * what counts no more leaves. Absent in a register of an earlier version: nothing was noted.
   */
  workedOn?: Record<Email, Record<string, IsoDate>>;
  /** R9, R28: since when, where it was before that last day: an audit that is told late may lie between. */
  workedFrom?: Record<Email, Record<string, IsoDate>>;
  /** R26: who was of the organization and is not any more, each with the last day, as long as it counts. */
  formerly?: Record<Email, IsoDate>;
  /** R23: the day of the first evidence of a requirement that was accepted; what is renewed later does not move it. */
  firstEvidenceOn?: IsoDate;
  applicability: Record<string, ApplicabilityEntry>;
  /** How many versions of the statement of applicability were frozen. */
  soaVersion: number;
  tasks: Record<string, Task>;
  audits: Record<string, Audit>;
  findings: Record<string, Finding>;
  /** Held reviews, latest last; only the last eight. */
  reviews: ManagementReview[];
  certificate?: Certificate;
  /** R15, R17: the last significant change since the last decision; what comes next begins with a Stage 1. */
  significantChange?: { on: IsoDate; description: string };
  /** The decision on the present certification or recertification audit, until the next one is planned. */
  decision?: { auditId: string; decision: DecisionKind; on: IsoDate };

  /** R20: the day of the last act by which the body decided on the certificate. */
  bodyActedOn?: IsoDate;

  /** When a program under way was taken over. */
  adoptedAt?: Instant;
  /** Taken over, and what is missing not yet asked for; whether the words of the certificate's scope are known. */
  unasked?: { scopeStatement: boolean };

  /** R30: what was lately entered for people of the body, oldest first; none when absent. */
  entries?: Entry[];

  /** Dates of tasks and audits as they were before the plan of the present phase was changed, by id. */
  beforePlans?: Record<string, DateBeforePlans>;

  /** Last number given out for tasks, audits, findings and so on. */
  counters: Record<string, number>;
  /** Sequence number of the last record. */
  seq: number;
}

import type { IsoDate } from '../../../domain/basics.ts';

/** What stretches from one day to another: a phase, or a cycle of the certificate. */
export interface Band {
  label: string;
  from: IsoDate;
  to: IsoDate;
  /** Whether it is still to come. */
  planned: boolean;
}

/** An audit: its days, and until when a rule allows it. */
export interface AuditMark {
  id: string;
  /** Short enough to stand beside its mark. */
  label: string;
  from: IsoDate;
  to: IsoDate;
  until?: IsoDate | undefined;
  held: boolean;
  late: boolean;
}

/** A day to keep, or that was kept. */
export interface DayMark {
  on: IsoDate;
  label: string;
  /** The same, short enough to stand beside its mark. */
  short?: string | undefined;
  past: boolean;
}

/** A program from its start to the end of its certificate, or of its plan. */
export interface Timeline {
  from: IsoDate;
  to: IsoDate;
  today: IsoDate;
  bands: Band[];
  audits: AuditMark[];
  /** Deadlines that the certification body or a rule sets: nothing moves them. */
  body: DayMark[];
  /** The organization's own days. */
  own: DayMark[];
}

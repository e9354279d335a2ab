import type { Email, IsoDate, Role } from '../basics.ts';
import type { Duty } from './duty.ts';

/** What the domain says about people. */
export interface PeopleSayings {
  notAmongPeople: { email: string };
  isOfBody: { email: string };
  roleNotHeld: { role: Role };
  onBothSides: { email: Email };
  assigneeLeft: { name: string };
  assigneeCannotAnswer: { name: string };
  requirementsHandedOver: { requirements: string[]; name: string; toName: string; to: Email };
  tasksHandedOver: { tasks: number; name: string; toName: string; to: Email };
  isForBody: Record<never, never>;
  othersInCharge: { reason?: string };
  amongPeople: { email: Email };
  tooManyPeople: { most: number };
  personUnchanged: { name: string };
  handsToThemselves: Record<never, never>;
  partElsewhere: { name: string; duty: Duty; program?: string; roles: Role[]; owns: number };
  comesAndLeaves: { email: Email };
  nobodyInCharge: Record<never, never>;
  cannotAnswer: { email: Email };
  taskIsForBody: { taskId: string; email: Email };
  leftTeam: { name: string; audits: string[] };
  absenceOfAnother: { name: string };
  ownDeputy: Record<never, never>;
  deputyOfOtherSide: { email: Email };
  absenceTooLong: { endsOn: IsoDate; latestOn: IsoDate; months: number };
  awayAlready: { name: string; startsOn: IsoDate; endsOn: IsoDate };
  deputyIsAway: { name: string; startsOn: IsoDate; endsOn: IsoDate };
  deputyGoesAway: { name: string; of: string[] };
  notAway: { name: string };
  momentAbsenceEnds: { name: string; endsOn: IsoDate };
}

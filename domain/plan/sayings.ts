import type { CadenceName, IsoDate } from '../basics.ts';

/** What the domain says about plans. */
export interface PlanSayings {
  planUnchanged: Record<never, never>;
  startCannotMove: Record<never, never>;
  notADuration: { duration: string };
  phaseIsOver: Record<never, never>;
  phaseWouldHaveEnded: { startsOn: IsoDate; endsOn: IsoDate };
  planEndsTooLate: { endsOn: IsoDate; last: IsoDate };
  noSuchCadence: { known: CadenceName[] };
  notMonths: { months: number; most: number };
  planUnusuallyShort: { stage2On: IsoDate; months: number };
  planUnusuallyLong: { stage2On: IsoDate; months: number };
  tooLittleOperation: { stage2On: IsoDate; months: number; firstEvidenceOn?: IsoDate };
  tooMuchWork: { workingDays: number; endsOn: IsoDate; overloaded: { name: string; effortDays: number }[] };
}

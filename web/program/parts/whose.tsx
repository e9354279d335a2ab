import type { Email } from '../../../domain/basics.ts';
import { dateAt } from '../../../domain/calendar.ts';
import type { Told } from '../../../domain/registry/told.ts';
import type { ProgramRecord } from '../../../domain/registry.ts';
import { Day, Moment } from '../../html/parts.tsx';
import type { ProgramView } from '../reading.ts';

/** Whose act a record tells: of who entered it, unless they entered it for somebody else (R30). */
export function whoseAct({ actor, data }: ProgramRecord): Email | 'system' {
  return (data as Told).onBehalfOf ?? actor;
}

/** Who did what a record tells, and on which day; and who entered it when, where that is another or was later (R28, R30). */
export function WhoWhen({ record, view }: { record: ProgramRecord; view: ProgramView }) {
  const { nameOf, timeZone, today } = view;
  const { on } = record.data as Told;
  const whose = whoseAct(record);
  const entered = whose !== record.actor || (on !== undefined && on !== dateAt(record.at, timeZone));
  const moment = <Moment at={record.at} timeZone={timeZone} today={today} />;
  return (
    <>
      {nameOf(whose)} {on ? <Day on={on} today={today} near={false} /> : moment}
      {entered && (
        <>
          , entered {whose !== record.actor && `by ${nameOf(record.actor)} `}
          {on && moment}
        </>
      )}
    </>
  );
}

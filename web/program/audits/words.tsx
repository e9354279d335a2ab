import type { Audit } from '../../../domain/audits/audit.ts';
import type { IsoDate } from '../../../domain/basics.ts';
import { auditLabels } from '../../../words/labels.ts';
import { capitalized } from '../../../words/phrases.ts';
import { Day } from '../../html/parts.tsx';

/** What an audit is called: `Surveillance audit A-5`. */
export function auditName({ kind, id }: Pick<Audit, 'kind' | 'id'>): string {
  return `${capitalized(auditLabels[kind])} ${id}`;
}

/** When an audit is or was. */
export function AuditDates({ audit, today }: { audit: Audit; today: IsoDate }) {
  if (audit.status === 'planned' || !audit.startsOn) {
    return (
      <>
        {audit.status === 'planned' ? 'planned for about ' : ''}
        <Day on={audit.targetOn} today={today} near={audit.status === 'planned'} />
      </>
    );
  }
  const { startsOn, endsOn = startsOn } = audit;
  return (
    <>
      <Day on={startsOn} today={today} near={startsOn === endsOn && audit.status === 'scheduled'} />
      {endsOn !== startsOn && (
        <>
          {' to '}
          <Day on={endsOn} today={today} near={audit.status === 'scheduled'} />
        </>
      )}
    </>
  );
}

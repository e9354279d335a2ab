import type { FastifyInstance } from 'fastify';
import { pageRequest } from '../../../api/pages.ts';
import { type Audit, isComing } from '../../../domain/audits/audit.ts';
import { resultLabels } from '../../../words/labels.ts';
import type { Page } from '../../html/layout.tsx';
import { Empty } from '../../html/parts.tsx';
import { Done } from '../done.tsx';
import { Offers } from '../parts/forms.tsx';
import { More, withQuery } from '../parts/links.tsx';
import { Table } from '../parts/table.tsx';
import { inProgram, type ProgramView } from '../reading.ts';
import { AuditDates, auditName } from './words.tsx';

/** The audits of a program: those ahead first, then those that were held. */
export async function auditsPage(
  app: FastifyInstance,
  view: ProgramView,
  query: Record<string, string | undefined>,
): Promise<Page> {
  const { cursor } = query;
  const { state, sight, url } = view;
  const page = pageRequest({ limit: 200, ...(cursor && { cursor }) });
  const { items, nextCursor } = await app.services.database.read.audits(state.id, page, sight.audit);
  const coming = items.filter(isComing);
  const past = items.filter((audit) => !isComing(audit)).reverse();
  const offers = view.offers('program').filter(({ command }) => /^(planAudit|recordEarlierAudit)$/.test(command));
  return {
    title: 'Audits',
    program: inProgram(view, 'audits'),
    wide: true,
    body: (
      <>
        <h1>Audits</h1>
        <Done query={query} />
        <h2>Ahead</h2>
        {coming.length > 0 ? (
          <AuditTable audits={coming} view={view} label="Audits ahead" />
        ) : (
          <Empty>No audit is planned now. The program plans each when its time comes.</Empty>
        )}
        <Offers url={url} offers={offers} />
        <h2>Before</h2>
        {past.length > 0 ? (
          <AuditTable audits={past} view={view} label="Audits before" />
        ) : (
          <Empty>No audit was held yet. Their dates, findings and outcomes will be here.</Empty>
        )}
        <More href={nextCursor ? withQuery(`${url}/audits`, { cursor: nextCursor }) : undefined}>Show more</More>
      </>
    ),
  };
}

function AuditTable({ audits, view, label }: { audits: Audit[]; view: ProgramView; label: string }) {
  const { today, url, nameOf } = view;
  return (
    <Table
      label={label}
      columns={[{ label: 'Audit' }, { label: 'Dates' }, { label: 'How it stands' }, { label: 'Team' }]}
      rows={audits.map((audit) => ({
        key: audit.id,
        cells: [
          <a key="link" class="row-link" href={`${url}/audits/${encodeURIComponent(audit.id)}`}>
            {auditName(audit)}
          </a>,
          <AuditDates key="dates" audit={audit} today={today} />,
          statusWords(audit, view),
          audit.team.length > 0 ? audit.team.map(nameOf).join(', ') : <span class="none">–</span>,
        ],
      }))}
    />
  );
}

function statusWords(audit: Audit, { sight, today }: ProgramView) {
  if (audit.status === 'cancelled') return <span class="quiet">Cancelled</span>;
  if (audit.status === 'held') return sight.auditResult(audit.id) ? `Held: ${resultLabels[audit.result]}` : 'Held';
  if (audit.missed) return <span class="late">Its last day is over</span>;
  if (audit.status === 'planned') return 'Needs agreed dates';
  if (audit.startsOn > today) return 'Agreed';
  return audit.endsOn >= today ? 'Under way' : <span class="soon">Its outcome is missing</span>;
}

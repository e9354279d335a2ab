import { dateAt } from '../../../domain/calendar.ts';
import { phaseLabels } from '../../../words/labels.ts';
import { capitalized } from '../../../words/phrases.ts';
import { shortDay } from '../../../words/when.ts';
import type { Page } from '../../html/layout.tsx';
import { Day, Empty } from '../../html/parts.tsx';
import { More, Views, withQuery } from '../parts/links.tsx';
import { Table } from '../parts/table.tsx';
import type { Line, Portfolio, Sort } from './read.ts';

interface PortfolioPage {
  portfolio: Portfolio;
  sort: Sort;
  mayStart: boolean;
  /** Whether the worked example can be played here. */
  canPlay: boolean;
}

/** The programs that somebody may see: each with how it stands, what is due, and when its certificate ends. */
export function portfolioPage({ portfolio, sort, mayStart, canPlay }: PortfolioPage): Page {
  const { lines, nextCursor, total } = portfolio;
  return {
    title: 'Programs',
    at: 'programs',
    wide: true,
    body: (
      <>
        <h1>Programs</h1>
        {total === 0 ? (
          <Empty>
            {mayStart
              ? 'There is no program yet. Start one from nothing, or take over one that is under way.'
              : 'No program names you. When a program manager does, it will be here, and you get a mail.'}
          </Empty>
        ) : (
          <>
            <p class="lead reading-width">{leadWords(portfolio)}</p>
            {total > 1 && <Views label="Sorted by" views={viewsOf(sort)} />}
            <Programs lines={lines} />
          </>
        )}
        <More href={nextCursor ? withQuery('/programs', { sort: queryOf(sort), cursor: nextCursor }) : undefined}>
          More programs
        </More>
        {mayStart && (
          <p class="row">
            <a class={total === 0 ? 'button primary' : 'button'} href="/programs/new">
              Start a program
            </a>
            <a class="button" href="/programs/new?under-way">
              Take over one under way
            </a>
            {canPlay && <a href="/example">Play TechServe</a>}
          </p>
        )}
      </>
    ),
  };
}

function leadWords({ lines, total }: Portfolio): string {
  const atRisk = lines.filter((line) => line.atRisk && !isEnded(line)).length;
  const late = lines.filter(({ overdue }) => overdue > 0).length;
  if (total === 1 && lines[0]) return `${capitalized(standing(lines[0]))}.`;
  const which = total > lines.length ? 'On this page, ' : '';
  const risk = atRisk === 0 ? 'none is at risk' : atRisk === 1 ? 'one is at risk' : `${atRisk} are at risk`;
  const overdue =
    late === 0 ? 'nothing is overdue' : late === 1 ? 'one has overdue tasks' : `${late} have overdue tasks`;
  return `${total} programs. ${capitalized(`${which}${risk}, and ${overdue}`)}.`;
}

const labels: Record<Sort, string> = {
  attention: 'What needs attention',
  expiry: 'End of certificate',
  name: 'Name',
};

function viewsOf(sort: Sort) {
  return (Object.entries(labels) as [Sort, string][]).map(([name, label]) => ({
    label,
    href: withQuery('/programs', { sort: queryOf(name) }),
    current: name === sort,
  }));
}

function queryOf(sort: Sort): string | undefined {
  return sort === 'attention' ? undefined : sort;
}

function Programs({ lines }: { lines: Line[] }) {
  return (
    <Table
      label="Programs"
      columns={[
        { label: 'Program' },
        { label: 'How it stands' },
        { label: 'Next' },
        { label: 'Overdue' },
        { label: 'Ready' },
        { label: 'Certificate until' },
      ]}
      rows={lines.map((line) => ({
        key: line.id,
        cells: [
          <>
            <a class="row-link" href={`/programs/${encodeURIComponent(line.id)}`}>
              {line.name}
            </a>
            <span class="under quiet">
              {line.organization}
              {line.rehearsal && ', a rehearsal'}
            </span>
          </>,
          <>
            {capitalized(standing(line))}
            {line.atRisk && !isEnded(line) && (
              <>
                , <strong class="late">at risk</strong>
              </>
            )}
          </>,
          <NextDue key="next" line={line} />,
          line.overdue > 0 ? (
            <a class="count late" href={`/programs/${encodeURIComponent(line.id)}/tasks?show=overdue`}>
              {line.overdue}
              <span class="hidden-text"> overdue tasks of {line.name}</span>
            </a>
          ) : (
            <span class="none">–</span>
          ),
          line.readiness === undefined ? <span class="none">–</span> : `${line.readiness}\u00A0%`,
          line.certificateLastDay ? (
            <Day key="until" on={line.certificateLastDay} today={line.today} near={false} />
          ) : (
            <span class="none">–</span>
          ),
        ],
      }))}
    />
  );
}

function NextDue({ line: { nextDue, timeZone, today } }: { line: Line }) {
  if (!nextDue) return <span class="none">–</span>;
  const on = dateAt(nextDue.at, timeZone);
  return (
    <>
      {capitalized(nextDue.title)}:{' '}
      <span class={on < today ? 'late' : undefined}>
        <Day on={on} today={today} />
      </span>
    </>
  );
}

/** Where a program stands, in a sentence without its period. */
function standing({ status, phase, certificateStatus, certificateLastDay, today }: Line): string {
  if (status === 'planned') return 'has not begun yet';
  if (status === 'cancelled') return 'cancelled';
  if (status === 'closed') return 'closed, its certificate withdrawn';
  const paused = status === 'paused' ? 'paused in the ' : 'in the ';
  if (phase !== 'surveillanceCycle') return `${paused}${phaseLabels[phase]}`;
  const until = certificateLastDay ? ` through ${shortDay(certificateLastDay, today)}` : '';
  const certified = {
    none: 'in its surveillance cycle',
    valid: `certified${until}`,
    suspended: 'its certificate is suspended',
    lapsed: 'its certificate lapsed',
    withdrawn: 'its certificate was withdrawn',
  }[certificateStatus];
  return status === 'paused' ? `paused, ${certified}` : certified;
}

function isEnded({ status }: Line): boolean {
  return status === 'cancelled' || status === 'closed';
}

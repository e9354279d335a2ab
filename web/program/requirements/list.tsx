import { readiness } from '../../../domain/assessment/readiness.ts';
import type { Page } from '../../html/layout.tsx';
import { Empty } from '../../html/parts.tsx';
import { type View, Views, withQuery } from '../parts/links.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { inProgram, type ProgramView } from '../reading.ts';
import { RequirementMap } from './map.tsx';
import { Mark } from './mark.tsx';
import { type SeenStanding, seenStandings } from './seen.ts';
import { declaredShape, declaredWords, EvidenceWords, evidenceShape } from './words.tsx';

/** What the address of the list says. */
export interface RequirementsQuery {
  show?: string;
  owner?: string;
  sort?: string;
}

const shows: Record<string, { label: string; holds: (standing: SeenStanding, reader: string) => boolean }> = {
  all: { label: 'All', holds: () => true },
  notEvidenced: { label: 'Without evidence', holds: ({ applies, evidenced }) => applies && evidenced !== 'accepted' },
  inReview: { label: 'In review', holds: ({ inReview }) => inReview },
  over: { label: 'Expired or stale', holds: ({ evidenced }) => evidenced === 'expired' || evidenced === 'stale' },
  unrated: { label: 'Not rated', holds: ({ rating, seesRating }) => seesRating && !rating },
  mine: { label: 'Mine', holds: ({ rating }, reader) => rating?.owner === reader },
};

const sorts: Record<string, (one: SeenStanding) => string | number> = {
  owner: ({ rating }) => rating?.owner ?? '~',
  declared: (one) => ['unknown', 'empty', 'half', 'full', 'out'].indexOf(declaredShape(one)),
  evidence: (one) => ['empty', 'over', 'review', 'unknown', 'full', 'out'].indexOf(evidenceShape(one)),
};

/** All requirements: a map, and a table that can be sorted and filtered. */
export function requirementsPage(view: ProgramView, query: RequirementsQuery): Page {
  const all = seenStandings(view);
  // Whoever asked for some of them wants to see those first.
  const isAsked = Boolean(query.show ?? query.owner ?? query.sort);
  return {
    title: 'Requirements',
    program: inProgram(view, 'requirements'),
    wide: true,
    body: (
      <>
        <h1>Requirements</h1>
        {all.length === 0 ? (
          <Empty>No requirement of this program concerns you now. What you own, or are asked for, will be here.</Empty>
        ) : (
          <>
            <Lead view={view} standings={all} />
            <p>
              <a href={`${view.url}/applicability`}>Statement of applicability, with the versions that audits saw</a>
            </p>
            {!isAsked && <RequirementMap view={view} standings={all} />}
            <Filters view={view} all={all} query={query} />
            <List view={view} all={all} query={query} />
            {isAsked && <RequirementMap view={view} standings={all} />}
          </>
        )}
      </>
    ),
  };
}

function Lead({ view, standings }: { view: ProgramView; standings: SeenStanding[] }) {
  const applying = standings.filter(({ applies }) => applies);
  const count = (holds: (one: SeenStanding) => boolean) => applying.filter(holds).length;
  const shown = count(({ evidenced }) => evidenced === 'accepted');
  const reviewing = count(({ inReview }) => inReview);
  const over = count(({ evidenced }) => evidenced === 'expired' || evidenced === 'stale');
  const parts = [
    `${shown} of ${applying.length} requirements that apply have accepted evidence.`,
    reviewing > 0 ? `${reviewing === 1 ? 'One is' : `${reviewing} are`} in review.` : '',
    over > 0 ? `The evidence of ${over === 1 ? 'one' : over} holds no more.` : '',
    view.sight.all('gapAssessment') ? `Ready: ${readiness(view.state).percent} %.` : '',
  ];
  return <p class="lead reading-width">{parts.filter(Boolean).join(' ')}</p>;
}

function Filters({ view, all, query }: { view: ProgramView; all: SeenStanding[]; query: RequirementsQuery }) {
  const { url, reader, nameOf } = view;
  const path = `${url}/requirements`;
  const { sort, owner } = query;
  const show = query.show !== undefined && Object.hasOwn(shows, query.show) ? query.show : 'all';
  const views: View[] = Object.entries(shows).flatMap(([name, { label, holds }]) => {
    const count = all.filter((one) => holds(one, reader)).length;
    if (count === 0 && name !== show) return [];
    const href = withQuery(path, { show: name === 'all' ? undefined : name, sort });
    return [{ label, href, current: show === name && !owner, count }];
  });
  const owners = [...new Set(all.flatMap(({ rating }) => rating?.owner ?? []))].sort();
  return (
    <>
      <Views label="Which requirements" views={views} />
      {owners.length > 1 && (
        <form method="get" action={path} class="inline-form">
          {show !== 'all' && <input type="hidden" name="show" value={show} />}
          {sort && <input type="hidden" name="sort" value={sort} />}
          <label for="owner">Owner</label>
          <select id="owner" name="owner">
            <option value="">Everybody</option>
            {owners.map((email) => (
              <option key={email} value={email} selected={email === owner}>
                {nameOf(email)}
              </option>
            ))}
          </select>
          <button type="submit">Show</button>
        </form>
      )}
    </>
  );
}

function List({ view, all, query }: { view: ProgramView; all: SeenStanding[]; query: RequirementsQuery }) {
  const { url, nameOf, reader } = view;
  const { show = 'all', owner, sort = '' } = query;
  const holds = Object.hasOwn(shows, show) ? shows[show]!.holds : () => true;
  const chosen = all.filter((one) => holds(one, reader) && (!owner || one.rating?.owner === owner));
  const by = sort.replace(/^-/, '');
  const rows = sorted(chosen, by, sort.startsWith('-'));
  if (rows.length === 0) return <Empty>No requirement is like that now.</Empty>;
  return (
    <Table
      label="Requirements"
      columns={columns(`${url}/requirements`, query)}
      rows={rows.map((one) => {
        const { id, title } = one.outline;
        return {
          key: id,
          cells: [
            <a key="link" class="row-link" href={`${url}/requirements/${encodeURIComponent(id)}`}>
              <span class="code">{id}</span> {title}
            </a>,
            <>
              <Mark kind="declared" shape={declaredShape(one)} /> {declaredWords(one)}
            </>,
            <>
              <Mark kind="evidenced" shape={evidenceShape(one)} /> <EvidenceWords standing={one} view={view} />
            </>,
            one.rating ? nameOf(one.rating.owner) : <span class="none">–</span>,
          ],
        };
      })}
    />
  );
}

function sorted(rows: SeenStanding[], by: string, descending: boolean): SeenStanding[] {
  const key = Object.hasOwn(sorts, by) ? sorts[by] : undefined;
  if (!key) return descending ? [...rows].reverse() : rows;
  const order = (one: SeenStanding, other: SeenStanding) =>
    key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0;
  const up = [...rows].sort(order);
  return descending ? up.reverse() : up;
}

/** The heads: each sorts by its column, and the other way round when it does already. */
function columns(path: string, { sort = '', ...query }: RequirementsQuery): Column[] {
  const by = sort.replace(/^-/, '') || 'number';
  const column = (label: string, name: string): Column => {
    const isBy = by === name;
    const down = sort.startsWith('-');
    const next = isBy && !down ? `-${name}` : name;
    return {
      label,
      href: withQuery(path, { ...query, sort: next === 'number' ? undefined : next }),
      sorted: isBy ? (down ? 'descending' : 'ascending') : undefined,
    };
  };
  return [
    column('Requirement', 'number'),
    column('Declared', 'declared'),
    column('Evidence', 'evidence'),
    column('Owner', 'owner'),
  ];
}

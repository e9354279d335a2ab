import type { FastifyInstance } from 'fastify';
import { type FrozenApplicability, frozenApplicability } from '../../../api/applicability.ts';
import { notFound } from '../../../api/problem.ts';
import type { ApplicabilityEntry } from '../../../domain/assessment/requirement.ts';
import { own } from '../../../domain/basics.ts';
import { standardOutline } from '../../../domain/standards/outline.ts';
import type { RequirementOutline } from '../../../domain/standards/types.ts';
import { auditLabels } from '../../../words/labels.ts';
import { capitalized } from '../../../words/phrases.ts';
import { shortDay } from '../../../words/when.ts';
import type { Page } from '../../html/layout.tsx';
import { Empty } from '../../html/parts.tsx';
import { Back, type View, Views, withQuery } from '../parts/links.tsx';
import { Table } from '../parts/table.tsx';
import { inProgram, type ProgramView } from '../reading.ts';
import { implementationLabels } from './words.tsx';

/** What the address of the statement says: which of its versions; as it is now without one. */
export interface ApplicabilityQuery {
  version?: string;
}

/** The statement of applicability: as it is, and each version that was frozen for an audit. */
export async function applicabilityPage(
  app: FastifyInstance,
  view: ProgramView,
  query: ApplicabilityQuery,
): Promise<Page> {
  const { state, sight, url } = view;
  const controls = standardOutline(state.standard.id).requirements.filter(
    ({ id, kind }) => kind === 'control' && sight.requirement('applicability', id),
  );
  const versions = controls.length > 0 ? await frozenApplicability(app.services, state.id) : [];
  const chosen = versions.find(({ version }) => String(version) === query.version);
  if (query.version && !chosen) throw notFound(`Version ${query.version} of the statement of applicability`);
  const entries = chosen?.entries ?? state.applicability;
  return {
    title: 'Statement of applicability',
    program: inProgram(view, 'requirements'),
    wide: true,
    body: (
      <>
        <Back href={`${url}/requirements`}>Requirements</Back>
        <h1>Statement of applicability</h1>
        {controls.length === 0 ? (
          <Empty>No control of this program concerns you now.</Empty>
        ) : (
          <>
            <Lead view={view} chosen={chosen} />
            <Views label="Versions" views={views(view, versions, chosen)} />
            <Controls view={view} controls={controls} entries={entries} />
          </>
        )}
      </>
    ),
  };
}

function Lead({ view, chosen }: { view: ProgramView; chosen: FrozenApplicability | undefined }) {
  const said = chosen
    ? `Version ${chosen.version}, as the ${nameOf(view, chosen)} saw it on ${shortDay(chosen.on, view.today)}. It does not change anymore.`
    : 'Which controls apply, and why, as it is now. Each audit of the certification body freezes a version.';
  return <p class="lead reading-width">{said}</p>;
}

function views({ url, ...view }: ProgramView, versions: FrozenApplicability[], chosen?: FrozenApplicability): View[] {
  const path = `${url}/applicability`;
  return [
    { label: 'As it is now', href: path, current: !chosen },
    ...versions.map((one) => ({
      label: `Version ${one.version}, ${nameOf(view, one)}`,
      href: withQuery(path, { version: String(one.version) }),
      current: one === chosen,
    })),
  ];
}

/** The audit that a version was frozen for: `Stage 2 audit A-3`. */
function nameOf({ state }: Pick<ProgramView, 'state'>, { auditId }: FrozenApplicability): string {
  const kind = own(state.audits, auditId)?.kind;
  return kind ? `${auditLabels[kind]} ${auditId}` : `audit ${auditId}`;
}

interface ControlsProps {
  view: ProgramView;
  controls: readonly Pick<RequirementOutline, 'id' | 'title'>[];
  entries: Readonly<Record<string, ApplicabilityEntry>>;
}

function Controls({ view, controls, entries }: ControlsProps) {
  return (
    <Table
      label="Controls"
      columns={[{ label: 'Control' }, { label: 'Applies' }, { label: 'Implementation' }, { label: 'Why' }]}
      rows={controls.map(({ id, title }) => {
        const entry = own(entries, id);
        return {
          key: id,
          cells: [
            <a key="link" class="row-link" href={`${view.url}/requirements/${encodeURIComponent(id)}`}>
              <span class="code">{id}</span> {title}
            </a>,
            entry ? (entry.applicable ? 'Yes' : 'No') : 'Not said yet',
            entry ? capitalized(implementationLabels[entry.implementation]) : <span class="none">–</span>,
            entry?.justification ?? <span class="none">–</span>,
          ],
        };
      })}
    />
  );
}

import { mustRead } from '../../../api/sights.ts';
import type { KnownAiSystem } from '../../../domain/systems/aiSystem.ts';
import { commandTitle } from '../../../words/forms/index.ts';
import { capitalized } from '../../../words/phrases.ts';
import type { Page } from '../../html/layout.tsx';
import { Day, Empty } from '../../html/parts.tsx';
import { Done } from '../done.tsx';
import { formUrl, Offers } from '../parts/forms.tsx';
import { Table } from '../parts/table.tsx';
import { inProgram, type ProgramView } from '../reading.ts';

/** The AI systems of a program. Throws the 404 problem for who does not read them. */
export function systemsPage(view: ProgramView, query: unknown): Page {
  const { state, sight, url } = view;
  mustRead(sight, 'aiSystem', `The AI systems of ${state.id}`);
  const systems = Object.values(state.aiSystems);
  const inUse = systems.filter(({ retiredOn }) => !retiredOn);
  const retired = systems.filter(({ retiredOn }) => retiredOn);
  const offers = view.offers('program').filter(({ command }) => command === 'putAiSystem');
  return {
    title: 'AI systems',
    program: inProgram(view),
    wide: true,
    body: (
      <>
        <h1>AI systems</h1>
        <Done query={query} />
        <p class="lead reading-width">
          {inUse.length === 1 ? 'One AI system is in scope.' : `${inUse.length} AI systems are in scope.`}
          {' Each has its impact assessed, and again at planned intervals.'}
        </p>
        <Offers url={url} offers={offers} />
        {inUse.length > 0 ? (
          <Systems systems={inUse} view={view} />
        ) : (
          <Empty>No AI system is in scope. What is added is asked for an impact assessment.</Empty>
        )}
        {retired.length > 0 && (
          <>
            <h2>Retired</h2>
            <Systems systems={retired} view={view} />
          </>
        )}
      </>
    ),
  };
}

function Systems({ systems, view }: { systems: KnownAiSystem[]; view: ProgramView }) {
  const { today, url } = view;
  return (
    <Table
      label="AI systems"
      columns={[
        { label: 'System' },
        { label: 'Our part' },
        { label: 'Risk' },
        { label: 'Impact assessed' },
        { label: 'Forms', speaksForItself: true },
      ]}
      rows={systems.map(({ id, name, role, risk, assessedOn, retiredOn }) => ({
        key: id,
        cells: [
          <>
            <strong>{name}</strong> <span class="quiet">{id}</span>
          </>,
          capitalized(role),
          capitalized(risk),
          assessedOn ? <Day key="on" on={assessedOn} today={today} near={false} /> : <span class="quiet">Not yet</span>,
          retiredOn ? (
            <>
              Retired <Day on={retiredOn} today={today} near={false} />
            </>
          ) : (
            view.offers({ systemId: id }).map((offer) => (
              <a key={offer.command} class="inline-action" href={formUrl(url, offer)}>
                {commandTitle(offer.command)}
                <span class="hidden-text"> ({name})</span>
              </a>
            ))
          ),
        ],
      }))}
    />
  );
}

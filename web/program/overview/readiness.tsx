import { readiness } from '../../../domain/assessment/readiness.ts';
import { isEnded } from '../../../domain/program/queries.ts';
import { standardOutline } from '../../../domain/standards/index.ts';
import type { ProgramView } from '../reading.ts';
import { shownOf } from '../requirements/map.tsx';
import { Mark } from '../requirements/mark.tsx';
import { type SeenStanding, seenStandings } from '../requirements/seen.ts';
import { evidenceShape } from '../requirements/words.tsx';

/** How ready the management system is, section by section; each leads to its requirements. */
export function Readiness({ view }: { view: ProgramView }) {
  const { state, sight, url } = view;
  if (isEnded(state) || !sight.all('readiness')) return null;
  const { percent, met, applicable } = readiness(state);
  const standings = seenStandings(view);
  return (
    <section aria-labelledby="readiness">
      <h2 id="readiness">Readiness</h2>
      <p>
        <strong>{percent} %</strong>: {met} of {applicable} requirements that apply are met, as it is declared and where
        a document is asked for also shown. <a href={`${url}/requirements`}>What is declared and what is shown</a>
      </p>
      {sight.all('gapAssessment') && (
        <ul class="sections">
          {standardOutline(state.standard.id).sections.map((section) => (
            <SectionLine
              key={section.id}
              title={`${section.id} ${section.title}`}
              href={`${url}/requirements#section-${section.id}`}
              standings={standings.filter(({ outline }) => outline.section === section.id)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

function SectionLine({ title, href, standings }: { title: string; href: string; standings: SeenStanding[] }) {
  return (
    <li>
      <a href={href}>{title}</a>
      <span class="marks">
        {standings.map((standing) => (
          <Mark key={standing.outline.id} kind="evidenced" shape={evidenceShape(standing)} />
        ))}
      </span>
      <span class="quiet">{shownOf(standings)}</span>
    </li>
  );
}

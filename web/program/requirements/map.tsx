import { standardOutline } from '../../../domain/standards/index.ts';
import type { ProgramView } from '../reading.ts';
import { Mark } from './mark.tsx';
import type { SeenStanding } from './seen.ts';
import { declaredShape, declaredWords, evidenceLabel, evidenceShape } from './words.tsx';

interface MapProps {
  view: ProgramView;
  standings: readonly SeenStanding[];
}

/** Every requirement as a small cell, by clause and group of controls: above what is declared, below what was shown. */
export function RequirementMap({ view, standings }: MapProps) {
  const { sections } = standardOutline(view.state.standard.id);
  return (
    <div class="map">
      <Legend />
      <div class="map-sections">
        {sections.map((section) => {
          const own = standings.filter(({ outline }) => outline.section === section.id);
          if (own.length === 0) return null;
          return (
            <div class="map-section" key={section.id} id={`section-${section.id}`}>
              <p>
                {section.id} {section.title} <span class="quiet">{shownOf(own)}</span>
              </p>
              <ul>
                {own.map((standing) => (
                  <Cell key={standing.outline.id} standing={standing} url={view.url} />
                ))}
              </ul>
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Cell({ standing, url }: { standing: SeenStanding; url: string }) {
  const { id, title } = standing.outline;
  const says = `${id} ${title}. Declared: ${declaredWords(standing).toLowerCase()}. Evidence: ${evidenceLabel(standing)}.`;
  return (
    <li>
      <a href={`${url}/requirements/${encodeURIComponent(id)}`} title={says} aria-label={says}>
        <Mark kind="declared" shape={declaredShape(standing)} />
        <Mark kind="evidenced" shape={evidenceShape(standing)} />
      </a>
    </li>
  );
}

/** `3 of 5 shown`, of those that apply. */
export function shownOf(standings: readonly SeenStanding[]): string {
  const applying = standings.filter(({ applies }) => applies);
  const shown = applying.filter(({ evidenced }) => evidenced === 'accepted');
  return `${shown.length} of ${applying.length} with evidence`;
}

function Legend() {
  return (
    <ul class="legend">
      <li>Above, what is declared:</li>
      <li>
        <Mark kind="declared" shape="full" /> conforms
      </li>
      <li>
        <Mark kind="declared" shape="half" /> in part
      </li>
      <li>
        <Mark kind="declared" shape="empty" /> missing or not rated
      </li>
      <li>Below, what was shown:</li>
      <li>
        <Mark kind="evidenced" shape="full" /> accepted
      </li>
      <li>
        <Mark kind="evidenced" shape="review" /> in review
      </li>
      <li>
        <Mark kind="evidenced" shape="over" /> expired or stale
      </li>
      <li>
        <Mark kind="evidenced" shape="empty" /> none
      </li>
      <li>
        <Mark kind="declared" shape="out" /> does not apply
      </li>
    </ul>
  );
}

import type { ApplicabilityEntry } from '../../../domain/assessment/requirement.ts';
import type { Evidenced } from '../../../domain/assessment/standing.ts';
import { isOverdue } from '../../../domain/tasks/overdue.ts';
import { requirementStatusLabels } from '../../../words/labels.ts';
import { capitalized } from '../../../words/phrases.ts';
import { Day } from '../../html/parts.tsx';
import type { ProgramView } from '../reading.ts';
import type { SeenStanding } from './seen.ts';

/** The shape that stands for what an organization says of itself. */
export type DeclaredShape = 'full' | 'half' | 'empty' | 'out' | 'unknown';
/** The shape that stands for what was shown. */
export type EvidenceShape = 'full' | 'review' | 'over' | 'empty' | 'out' | 'unknown';

/** How far a control is implemented, in words. */
export const implementationLabels: Record<ApplicabilityEntry['implementation'], string> = {
  planned: 'planned',
  partial: 'in part',
  implemented: 'implemented',
  notApplicable: 'not applicable',
};

/** What is declared, in words: `Conforms`, `Applies, implemented`. */
export function declaredWords({ rating, applicability, applies, outline, seesRating }: SeenStanding): string {
  const parts: string[] = [];
  if (rating) parts.push(requirementStatusLabels[rating.status]);
  if (outline.kind === 'control' && applicability) {
    if (!applies) return 'Does not apply';
    if (applicability.implementation !== 'notApplicable')
      parts.push(
        rating
          ? `now ${implementationLabels[applicability.implementation]}`
          : implementationLabels[applicability.implementation],
      );
  }
  if (parts.length > 0) return capitalized(parts.join(', '));
  return seesRating ? 'Not rated yet' : 'Not shown to you';
}

export function declaredShape({ rating, applicability, applies }: SeenStanding): DeclaredShape {
  if (!applies) return 'out';
  if (applicability?.implementation === 'implemented') return 'full';
  if (!rating && !applicability) return 'unknown';
  if (rating?.status === 'conforms') return 'full';
  return rating?.status === 'partial' || applicability?.implementation === 'partial' ? 'half' : 'empty';
}

export function evidenceShape({ applies, evidenced, inReview }: SeenStanding): EvidenceShape {
  if (!applies) return 'out';
  if (evidenced === undefined) return 'unknown';
  if (inReview) return 'review';
  if (evidenced === 'expired' || evidenced === 'stale') return 'over';
  return evidenced === 'accepted' ? 'full' : 'empty';
}

const evidenceLabels: Record<Evidenced, string> = {
  accepted: 'accepted',
  expired: 'expired',
  stale: 'made stale by a change',
  none: 'none',
};

/** What was shown, in words without a date. */
export function evidenceLabel(standing: SeenStanding): string {
  const { applies, evidenced, inReview } = standing;
  if (!applies) return 'not needed';
  if (evidenced === undefined) return 'not yours to see';
  if (inReview) return evidenced === 'none' ? 'in review' : `in review (before: ${evidenceLabels[evidenced]})`;
  return evidenceLabels[evidenced];
}

/** What was shown, with its day, and what is asked for beside it. */
export function EvidenceWords({
  standing,
  view: { state, now, today },
}: {
  standing: SeenStanding;
  view: Pick<ProgramView, 'state' | 'now' | 'today'>;
}) {
  const { evidenced, evidence, applies, inReview, open } = standing;
  if (!applies) return <span class="quiet">Not needed</span>;
  if (evidenced === undefined) return <span class="quiet">Not yours to see</span>;
  const asked = open.find(({ status, kind }) => status === 'open' && kind === 'evidence');
  const late = asked !== undefined && isOverdue(asked, state, now);
  return (
    <>
      {evidence && evidenced === 'accepted' && (
        <>
          Accepted <Day on={evidence.acceptedOn} today={today} near={false} />
          {evidence.validUntil && (
            <>
              , until <Day on={evidence.validUntil} today={today} near={false} />
            </>
          )}
        </>
      )}
      {evidence?.validUntil && evidenced === 'expired' && (
        <span class="late">
          Expired <Day on={evidence.validUntil} today={today} />
        </span>
      )}
      {evidence?.staleSince && evidenced === 'stale' && (
        <span class="soon">
          Stale since a change, <Day on={evidence.staleSince} today={today} near={false} />
        </span>
      )}
      {evidenced === 'none' && !inReview && !asked && <span class="quiet">None</span>}
      {inReview && <span>{evidenced === 'none' ? 'In review' : '; new evidence in review'}</span>}
      {asked && !inReview && (
        <span class={late ? 'late' : undefined}>
          {evidenced === 'none' ? 'Asked for, ' : '; asked for, '}
          {late ? 'was due ' : 'due '}
          <Day on={asked.dueOn} today={today} near={false} />
        </span>
      )}
    </>
  );
}

import { type RequirementStanding, standings } from '../../../domain/assessment/standing.ts';
import type { ProgramView } from '../reading.ts';

/** How a program stands to each requirement, as far as somebody reads it. */
export type SeenStanding = Omit<RequirementStanding, 'evidenced'> & {
  /** Absent where they do not read what was accepted. */
  evidenced?: RequirementStanding['evidenced'];
  seesRating: boolean;
};

const known = new WeakMap<object, { today: string; standings: RequirementStanding[] }>();

/** The requirements that the reader sees something of, each with what they see. */
export function seenStandings({ state, today, sight }: ProgramView): SeenStanding[] {
  return standingsOf(state, today).flatMap((one): SeenStanding[] => {
    const { id } = one.outline;
    const seesRating = sight.requirement('gapAssessment', id);
    const seesApplicability = sight.requirement('applicability', id);
    const seesEvidence = sight.requirement('acceptedEvidence', id);
    if (!seesRating && !seesApplicability && !seesEvidence) return [];
    const { rating, applicability, evidenced, evidence, open, ...rest } = one;
    const seen = open.filter((task) => sight.task(task.id));
    return [
      {
        ...rest,
        rating: seesRating ? rating : undefined,
        applicability: seesApplicability ? applicability : undefined,
        ...(seesEvidence && { evidenced, evidence }),
        open: seen,
        inReview: one.inReview && seen.some(({ status }) => status === 'submitted'),
        seesRating,
      },
    ];
  });
}

/** Counted once for a state: pages ask for it again and again. */
function standingsOf(state: ProgramView['state'], today: ProgramView['today']): RequirementStanding[] {
  const before = known.get(state);
  if (before?.today === today) return before.standings;
  const counted = standings(state, today);
  known.set(state, { today, standings: counted });
  return counted;
}

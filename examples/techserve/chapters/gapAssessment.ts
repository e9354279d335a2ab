import type { IsoDate } from '../../../domain/basics.ts';
import { addDays } from '../../../domain/calendar.ts';
import { cast } from '../cast.ts';
import { monthBegins, tuesdayBefore, tuesdayFrom } from '../days.ts';
import type { Player } from '../player.ts';
import { expectedCounts, ratingOf } from '../ratings.ts';
import { mustEqual } from '../storyError.ts';

interface Line {
  requirementId: string;
  kind: 'clause' | 'control';
  rating?: { status: string };
}

/** Months 1 and 2: the consultant looks at the clauses, then at the controls, and finds what is lacking. */
export async function gapAssessment(player: Player, startsOn: IsoDate): Promise<void> {
  await player.begin();
  const { program } = await player.look();
  mustEqual('the program on its first day', [program.status, program.phase], ['active', 'gapAssessment']);

  const consultant = player.as(cast.consultant);
  const lines = await consultant.all<Line>('/gap-assessment');
  const rate = (kind: Line['kind']) =>
    consultant.put('/gap-assessment', {
      items: lines.filter((line) => line.kind === kind).map(({ requirementId }) => ratingOf(requirementId)),
    });

  await player.advanceTo(tuesdayFrom(addDays(startsOn, 21)));
  await rate('clause');
  await consultant.refused('/gap-assessment/complete', {}, { status: 409, code: 'gapAssessment' });

  await player.advanceTo(tuesdayBefore(monthBegins(startsOn, 3)));
  await rate('control');
  const rated = await consultant.all<Line>('/gap-assessment');
  const count = (status: string) => rated.filter(({ rating }) => rating?.status === status).length;
  const counts = Object.fromEntries(Object.keys(expectedCounts(0)).map((status) => [status, count(status)]));
  mustEqual('the gap assessment', counts, expectedCounts(lines.length));
  await consultant.post('/gap-assessment/complete', {});
  mustEqual('the phase after the gap assessment', (await player.look()).program.phase, 'implementation');
}

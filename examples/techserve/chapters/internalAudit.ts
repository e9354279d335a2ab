import type { IsoDate } from '../../../domain/basics.ts';
import { monthBegins } from '../days.ts';
import { live } from '../live.ts';
import type { Player } from '../player.ts';
import { mustEqual } from '../storyError.ts';

/** Months 7 and 8: the quality team audits; what it finds is corrected, and that is verified. */
export async function internalAudit(player: Player, startsOn: IsoDate): Promise<void> {
  const { findings } = await live(player, {
    by: monthBegins(startsOn, 8),
    what: 'the internal audit to be held',
    reached: ({ audits }) => audits.some(({ kind, status }) => kind === 'internal' && status === 'held'),
  });
  const grades = findings.map(({ grade, requirementId }) => `${grade} ${requirementId}`).sort();
  mustEqual('the findings of the internal audit', grades, [
    'minor 7.2',
    'minor A.5.3',
    'opportunity 7.5.3',
    'opportunity 9.1',
    'opportunity A.6.2.7',
  ]);
  const { program } = await live(player, {
    by: monthBegins(startsOn, 9),
    what: 'both minors to be corrected and verified',
    reached: ({ findings: raised }) =>
      raised.every(({ grade, status }) => grade !== 'minor' || status === 'verified' || status === 'closed'),
  });
  mustEqual('the phase after the internal audit', program.phase, 'certificationAudit');
}

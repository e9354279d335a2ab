import type { Audit } from '../../../domain/audits/audit.ts';
import { addDays } from '../../../domain/calendar.ts';
import type { Certificate } from '../../../domain/certificate/certificate.ts';
import { threeYearsFrom, tuesdayFrom } from '../days.ts';
import { live } from '../live.ts';
import type { Player } from '../player.ts';
import { mustBe, mustEqual } from '../storyError.ts';
import { grant } from './certification.ts';

/** Days after which the body decides, on a Tuesday. */
const decisionDays = 21;

/**
 * Year 3: the whole system is audited again and the certificate renewed before it expires. The story ends when the first
 * cycle would have ended, with the second under way.
 */
export async function recertification(player: Player): Promise<Certificate> {
  const before = (await player.look()).program.certificate as Certificate;
  const { audits } = await live(player, {
    by: before.lastDay,
    what: 'the recertification audit before the certificate expires (R15)',
    reached: (seen) => seen.audits.some(isHeldRecertification),
  });
  await live(player, { by: tuesdayFrom(addDays(player.today, decisionDays)) });
  await grant(player, (audits.find(isHeldRecertification) as Audit).id, before.number);

  const { certificate } = (await player.look()).program;
  mustEqual(
    'the renewed certificate (R15)',
    [certificate?.cycle, certificate?.decidedOn, certificate?.lastDay],
    [2, player.today, threeYearsFrom(addDays(before.lastDay, 1))],
  );
  mustBe(player.today <= before.lastDay, 'the decision before expiry', () => player.today);

  const end = await live(player, { by: addDays(before.lastDay, 14) });
  mustEqual('the certificate in its second cycle', end.program.certificate?.status, 'valid');
  const planned = end.audits.filter(({ cycle, kind }) => cycle === 2 && kind !== 'internal');
  const shown = planned.map(({ kind, targetOn }) => `${kind} ${targetOn.slice(0, 4)}`);
  const year = Number(before.lastDay.slice(0, 4));
  mustEqual('the audits of the second cycle', shown, [
    `surveillance ${year + 1}`,
    `surveillance ${year + 2}`,
    `recertification ${year + 3}`,
  ]);
  return certificate as Certificate;
}

function isHeldRecertification({ kind, status }: Audit): boolean {
  return kind === 'recertification' && status === 'held';
}

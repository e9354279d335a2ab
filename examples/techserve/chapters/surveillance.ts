import { type HeldAudit, isHeld } from '../../../domain/audits/audit.ts';
import { addDays, addMonths } from '../../../domain/calendar.ts';
import type { Certificate } from '../../../domain/certificate/certificate.ts';
import type { Finding } from '../../../domain/findings/finding.ts';
import { live } from '../live.ts';
import type { Player, Situation } from '../player.ts';
import { mustBe, mustEqual } from '../storyError.ts';

/**
 * Years 1 and 2: the body comes back each year and the certificate is maintained. The first time it raises a minor, which
 * is dealt with and closed the second time.
 */
export async function surveillances(player: Player): Promise<void> {
  const { program, audits } = await player.look();
  const certificate = program.certificate as Certificate;
  mustBe(
    audits.filter(({ cycle }) => cycle === 1).length === 3,
    'two surveillances and a recertification to be planned',
    () => audits,
  );

  const firstYear = addMonths(certificate.decidedOn, 12);
  const first = await live(player, {
    by: firstYear,
    what: 'the first surveillance within 12 months of the decision (R10)',
    reached: (seen) => surveillancesHeld(seen).length === 1,
  });
  const minors = first.findings.filter(
    (finding) => isOf(finding, surveillancesHeld(first)[0]) && finding.grade === 'minor',
  );
  mustEqual('how many minors the first surveillance raised', minors.length, 1);

  const second = await live(player, {
    by: addMonths(certificate.decidedOn, 24),
    what: 'the second surveillance',
    reached: (seen) => surveillancesHeld(seen).length === 2,
  });
  const held = surveillancesHeld(second);
  mustEqual(
    'how the surveillances ended',
    held.map(({ result }) => result),
    ['maintained', 'maintained'],
  );
  mustEqual(
    'the years of the surveillances (R11)',
    held.map(yearOf),
    [1, 2].map((year) => decisionYear(certificate) + year),
  );
  const minor = second.findings.find(({ id }) => id === minors[0]?.id);
  const closedOn = minor?.status === 'closed' ? minor.closedOn : undefined;
  mustEqual(
    'the minor of the first surveillance, at the second',
    [minor?.status, closedOn],
    ['closed', held[1]?.endsOn],
  );
  mustEqual('the certificate after the surveillances', second.program.certificate?.status, 'valid');
  await live(player, { by: addDays(player.today, 14) });
}

function surveillancesHeld({ audits }: Situation): HeldAudit[] {
  return audits.filter(isHeld).filter(({ kind }) => kind === 'surveillance');
}

function isOf(finding: Finding, audit: HeldAudit | undefined): boolean {
  return finding.auditId === audit?.id;
}

function yearOf({ startsOn }: HeldAudit): number {
  return Number(startsOn.slice(0, 4));
}

function decisionYear({ decidedOn }: Certificate): number {
  return Number(decidedOn.slice(0, 4));
}

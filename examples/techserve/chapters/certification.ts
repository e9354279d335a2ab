import { type AuditKind, type HeldAudit, isHeld } from '../../../domain/audits/audit.ts';
import type { IsoDate } from '../../../domain/basics.ts';
import { addDays } from '../../../domain/calendar.ts';
import type { Finding } from '../../../domain/findings/finding.ts';
import { cast } from '../cast.ts';
import { monthBegins, threeYearsFrom } from '../days.ts';
import { live } from '../live.ts';
import type { Player, Situation } from '../player.ts';
import { mustBe, mustEqual } from '../storyError.ts';

/** Of the form that bodies give their certificates. */
export const certificateNumber = 'NGA-AIMS-1042';

/**
 * Months 9 and 10: Stage 1 ends ready with a concern, Stage 2 finds a minor, and once that is dealt with the body grants
 * the certificate. On the way, decisions that must not be taken are refused.
 */
export async function certification(player: Player, startsOn: IsoDate): Promise<void> {
  const month10 = monthBegins(startsOn, 10);
  const afterStage1 = await live(player, {
    by: month10,
    what: 'Stage 1',
    reached: (seen) => held(seen, 'stage1') !== undefined,
  });
  mustEqual('Stage 1', held(afterStage1, 'stage1')?.result, 'ready');

  const stage2 = await live(player, {
    by: month10,
    what: 'Stage 2',
    reached: (seen) => held(seen, 'stage2') !== undefined,
  });
  const { id: auditId, startsOn: firstDay, endsOn: lastDay } = held(stage2, 'stage2') as HeldAudit;
  mustBe(lastDay === addDays(firstDay, 1), 'Stage 2 on two days', () => `${firstDay} to ${lastDay}`);
  const concern = stage2.findings.find(({ grade }) => grade === 'concern') as Finding;
  const concernTask = [...stage2.open, ...stage2.submitted].find(({ findingId }) => findingId === concern.id);
  mustBe(concernTask === undefined, 'the concern of Stage 1 to be answered before Stage 2', () => concernTask);

  await mustNotBeDecided(player, auditId);
  await live(player, {
    by: addDays(month10, 21),
    what: 'the minor of Stage 2 to be verified',
    reached: ({ findings }) => minorOf(findings, auditId).status === 'closed',
  });
  await grant(player, auditId, certificateNumber);

  const { program } = await player.look();
  const { certificate } = program;
  const issued = [
    program.phase,
    certificate?.number,
    certificate?.status,
    certificate?.decidedOn,
    certificate?.lastDay,
  ];
  const today = player.today;
  mustBe(today < monthBegins(startsOn, 11), 'the certificate in month 10', () => today);
  mustEqual('the certificate (R12)', issued, [
    'surveillanceCycle',
    certificateNumber,
    'valid',
    today,
    threeYearsFrom(today),
  ]);
}

/** The body decides on what its audit found. */
export async function grant(player: Player, auditId: string, number: string): Promise<void> {
  await player.as(cast.decisionMaker).post('/decision', {
    auditId,
    decision: 'granted',
    certificateNumber: number,
    basis: 'The audit report, the corrective actions and their verification.',
  });
}

async function mustNotBeDecided(player: Player, auditId: string): Promise<void> {
  const { findings } = await player.look();
  mustEqual('the minor of Stage 2', minorOf(findings, auditId).requirementId, '9.1');
  const decision = { auditId, decision: 'granted', certificateNumber, basis: 'The audit report.' };
  await player.as(cast.auditor).refused('/decision', decision, { status: 409, code: 'R8' });
  await player.as(cast.decisionMaker).refused('/decision', decision, { status: 409, code: 'R5' });
}

function minorOf(findings: Finding[], auditId: string): Finding {
  const minors = findings.filter((finding) => finding.auditId === auditId && finding.grade === 'minor');
  mustEqual(`how many minors audit ${auditId} raised`, minors.length, 1);
  return minors[0] as Finding;
}

function held({ audits }: Situation, kind: AuditKind): HeldAudit | undefined {
  return audits.filter(isHeld).find((audit) => audit.kind === kind);
}

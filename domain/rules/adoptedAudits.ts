import type { AdoptedAudit, AdoptedCertificate, Adoption } from '../adoption/adoption.ts';
import type { IsoDate } from '../basics.ts';
import type { BodyProfile } from '../certificate/bodyProfile.ts';
import { say } from '../say.ts';
import { type Contradiction, datesThatAreNone } from './adoption.ts';
import { resultsOf, stage2BeginsUntil } from './audits.ts';

/** R1, R2, R3: what cannot be of the audits that were held, given the phase and the certificate. */
export function* auditContradictions(
  adoption: Adoption,
  profile: BodyProfile,
  today: IsoDate,
): Generator<Contradiction> {
  const { phase, audits = [] } = adoption;
  for (const [index, audit] of audits.entries()) {
    const at = `adopt.audits[${index}]`;
    const { kind, startsOn, endsOn, result } = audit;
    yield* datesThatAreNone(at, { startsOn, endsOn });
    if (endsOn < startsOn)
      yield { code: 'dates', saying: say('endsBeforeItStarts', { startsOn, endsOn }), field: `${at}.endsOn` };
    if (endsOn > today) yield { code: 'dates', saying: say('adoptedAuditAhead', { endsOn }), field: `${at}.endsOn` };
    const results = resultsOf[kind];
    if (!results.includes(result))
      yield { code: 'R2', saying: say('adoptedAuditEndsOtherwise', { kind, results, result }), field: `${at}.result` };
    yield* ofOtherTimes(at, audit, adoption);
  }
  if (phase === 'certificationAudit') yield* stageContradictions(audits, profile);
}

/** R1: an audit of the body in a phase that has none, or one that does not fit the certificate. */
function* ofOtherTimes(field: string, audit: AdoptedAudit, { phase, certificate }: Adoption): Generator<Contradiction> {
  const { kind } = audit;
  if (kind !== 'internal' && phase !== 'certificationAudit' && phase !== 'surveillanceCycle')
    yield { code: 'R1', saying: say('adoptedAuditOfOtherPhase', { kind, phase }), field };
  if (certificate) yield* againstCertificate(field, audit, certificate);
  else if (kind === 'surveillance' || kind === 'recertification' || kind === 'special')
    yield { code: 'R1', saying: say('adoptedAuditWithoutCertificate', { kind }), field };
}

function* againstCertificate(
  field: string,
  { kind, startsOn, endsOn, result }: AdoptedAudit,
  { decidedOn, initialDecisionOn = decidedOn }: AdoptedCertificate,
): Generator<Contradiction> {
  if ((kind === 'stage1' || kind === 'stage2') && endsOn > decidedOn)
    yield { code: 'R1', saying: say('stageAfterDecision', { kind, endsOn, decidedOn }), field };
  if ((kind === 'surveillance' || kind === 'recertification') && startsOn <= initialDecisionOn)
    yield { code: 'R1', saying: say('auditBeforeInitialDecision', { kind, startsOn, initialDecisionOn }), field };
  if (result === 'withdraw' && endsOn > decidedOn) yield { code: 'R18', saying: say('endedWithWithdrawal', {}), field };
}

/** R2, R3: Stage 2 follows a Stage 1 that ended ready, within the months that the body allows. */
function* stageContradictions(audits: AdoptedAudit[], profile: BodyProfile): Generator<Contradiction> {
  const inOrder = [...audits].sort((a, b) => (a.endsOn < b.endsOn ? -1 : 1));
  const stage2 = inOrder.find(({ kind }) => kind === 'stage2');
  if (!stage2) return;
  const { startsOn } = stage2;
  const stage1 = inOrder.filter(({ kind, endsOn }) => kind === 'stage1' && endsOn < startsOn).at(-1);
  const field = `adopt.audits[${audits.indexOf(stage2)}]`;
  const months = profile.stage1ToStage2Months;
  if (stage1?.result !== 'ready') yield { code: 'R2', saying: say('stage2WithoutStage1', {}), field };
  else if (startsOn > stage2BeginsUntil(stage1.endsOn, profile))
    yield { code: 'R3', saying: say('stage2LongAfterStage1', { startsOn, months }), field };
  const later = inOrder.find(({ kind, endsOn }) => kind === 'stage1' && endsOn >= startsOn);
  if (later)
    yield { code: 'R1', saying: say('stage1AfterStage2', {}), field: `adopt.audits[${audits.indexOf(later)}]` };
}

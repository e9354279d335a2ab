import { Type } from 'typebox';
import { StatementOfApplicabilityFrozen } from '../assessment/StatementOfApplicabilityFrozen.ts';
import { requestDecision } from '../certificate/deciding.ts';
import { mustBeResolved } from '../certificate/suspending.ts';
import { changeAudit } from '../changing.ts';
import { mustNotPrecede } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { mustDiffer, withFiles } from '../evidence/showing.ts';
import { FindingRaisedToMajor } from '../findings/FindingRaisedToMajor.ts';
import { refuse, wrong } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { files, id, note } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { actOfBody, told } from '../registry/told.ts';
import { resultsFor } from '../rules/audits.ts';
import { recommendationOf } from '../rules/decision.ts';
import { deadlinesInTime, minorsToRaise, verifiesMinors } from '../rules/findings.ts';
import { notCovered } from '../rules/surveillance.ts';
import { say } from '../say.ts';
import {
  type AuditResult,
  auditResults,
  recommendations,
  type ScheduledAudit,
  type SurveillanceTopic,
  surveillanceTopics,
} from './audit.ts';
import { planYearLeft, takeBackMissed } from './missing.ts';
import { mustHaveStage1, planRecertificationStage1 } from './recertification.ts';
import { mustNotHaveWorked } from './scheduling.ts';
import { mustBeUnderWay } from './underWay.ts';

export const recordOutcome = command('recordOutcome', {
  summary: 'Record its outcome',
  payload: {
    auditId: id,
    result: Type.Enum(auditResults),
    note,
    covered: Type.Optional(
      Type.Array(Type.Enum(surveillanceTopics), {
        maxItems: 50,
        description: 'Of a surveillance only: what it covered (R13). What is left out is recorded as a warning.',
      }),
    ),
    files: Type.Optional(files),
    ...actOfBody,
  },
  roles: ['internalAuditor', 'leadAuditor'],
  address: { does: 'act', path: '/audits/:auditId/outcome', gives: 'audit' },
  example: {
    at: 'stage2UnderWay',
    by: 'leadAuditor',
    payload: { auditId: 'A-3', result: 'completed', note: 'The management system is implemented and effective.' },
  },
  decide(draft, { auditId, result, note: said, covered, files: uploaded }) {
    const audit = mustBeUnderWay(draft, auditId);
    const { endsOn, kind } = audit;
    if (draft.today < endsOn) refuse('dates', 'auditNotEnded', { auditId, endsOn });
    mustNotPrecede(draft, endsOn);
    mustBeResult(audit, result);
    if (kind === 'internal') mustNotHaveWorked(draft, audit);
    if (covered) mustBeTopics(audit, covered);
    mustDiffer(uploaded);
    if (result === 'maintained') mustBeResolved(draft);
    if (kind === 'recertification') mustHaveStage1(draft);
    freezeApplicability(draft, audit);
    const topics = covered && { covered: surveillanceTopics.filter((topic) => covered.includes(topic)) };
    const recommends = recommendationOf(result, draft.state.certificate?.status);
    draft.emit(AuditOutcomeRecorded, {
      auditId,
      result,
      note: said,
      ...topics,
      ...withFiles(uploaded),
      ...(recommends ? { recommends } : {}),
      ...draft.told,
    });
    takeBackMissed(draft, auditId);
    planYearLeft(draft, auditId);
    if (kind === 'surveillance') warnOfNotCovered(draft, auditId, covered);
    draft.complete('auditOutcome', { auditId }, say('auditEnded', { auditId, result }));
    draft.cancelTasks({ auditId }, say('auditWasHeld', { auditId }));
    if (verifiesMinors(kind)) raiseMinorsLeftOpen(draft, audit);
    follow(draft, audit, result, recommends !== undefined);
  },
});

export const AuditOutcomeRecorded = record('AuditOutcomeRecorded', {
  data: {
    auditId: Type.String(),
    result: Type.Enum(auditResults),
    note: Type.String(),
    covered: Type.Optional(Type.Array(Type.Enum(surveillanceTopics))),
    files: Type.Optional(files),
    recommends: Type.Optional(Type.Enum(recommendations)),
    ...told,
  },
  leavesTask: false,
  apply: (state, { auditId, result, covered, recommends, on }, { today }) =>
    changeAudit(state, auditId, (audit) => {
      if (audit.status !== 'scheduled') return audit;
      const { reopened: _, ...held } = audit;
      return {
        ...held,
        status: 'held',
        result,
        outcomeOn: on ?? today,
        ...(covered ? { covered } : {}),
        ...(recommends ? { recommends } : {}),
      };
    }),
});

/** What the outcome of an audit means for the certificate, and for what comes next. */
function follow(draft: Draft, audit: ScheduledAudit, result: AuditResult, recommends: boolean): void {
  if (result === 'notReady') planRecertificationStage1(draft, say('stage1HeldAgain', {}));
  if (audit.occasion === 'scopeExtension' || recommends) requestDecision(draft, audit.id);
}

function mustBeResult({ kind, occasion }: ScheduledAudit, result: AuditResult): void {
  const allowed = resultsFor({ kind, occasion });
  if (allowed.includes(result)) return;
  wrong(kind === 'special' ? 'R19' : 'R2', 'resultNotOfAudit', { kind, occasion, allowed, result }, 'result');
}

/** R13: only a surveillance says what it covered, in topics that there are. */
function mustBeTopics({ id: auditId, kind }: ScheduledAudit, covered: SurveillanceTopic[]): void {
  if (kind !== 'surveillance') wrong('R13', 'onlySurveillanceCovers', { auditId, kind }, 'covered');
  const topic = covered.find((each) => !surveillanceTopics.includes(each));
  if (topic !== undefined) wrong('unknown', 'noSuchTopic', { topic, known: surveillanceTopics }, 'covered');
}

/** R13: what the outcome of a surveillance leaves out is a warning: whether to look at it is the body's to say. */
function warnOfNotCovered(draft: Draft, auditId: string, covered?: SurveillanceTopic[]): void {
  const topics = notCovered(covered);
  if (topics.length > 0) draft.warn('R13', 'topicsNotCovered', { auditId, topics });
}

/** The statement of applicability as each certification audit saw it. */
function freezeApplicability(draft: Draft, { id: auditId, kind }: ScheduledAudit): void {
  if (kind === 'internal' || kind === 'special') return;
  const { soaVersion, applicability: entries } = draft.state;
  draft.emit(StatementOfApplicabilityFrozen, { version: soaVersion + 1, auditId, entries });
}

/** R14: at an audit of the body, minors of earlier ones that are still open become majors. */
function raiseMinorsLeftOpen(draft: Draft, audit: ScheduledAudit): void {
  const { id: auditId, kind, endsOn } = audit;
  const { verifyDueOn } = deadlinesInTime(draft.state, audit, 'major', endsOn, draft.today);
  const reason = draft.say('stillOpenAtAudit', { auditId, kind });
  for (const { id: findingId } of minorsToRaise(draft.state, audit)) {
    const dates = verifyDueOn ? { verifyDueOn } : {};
    draft.emit(FindingRaisedToMajor, { findingId, reason, rule: 'R14', auditId, ...dates });
  }
}

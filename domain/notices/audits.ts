import { nameOf } from '../people.ts';
import { isNonconformity } from '../rules/findings.ts';
import { notCovered } from '../rules/surveillance.ts';
import type { Audit, AuditInMail, Finding, FindingInMail, ProgramRecord, ProgramState } from '../types/index.ts';
import { bodyPeople, steerers, type Telling, withRoles } from './index.ts';
import { atOnce, later } from './tasks.ts';

/** Who hears of audits, findings and decisions. */
export function auditNotices(state: ProgramState, record: ProgramRecord): Telling[] {
  switch (record.type) {
    case 'AuditScheduled': {
      const audit = state.audits[record.data.auditId] as Audit;
      const team = audit.team.map((email) => nameOf(state, email));
      return [later([...managers(state), ...audit.team], { kind: 'auditScheduled', audit: inMail(audit), team })];
    }
    case 'AuditMissed': {
      const { auditId, rule, latestOn } = record.data;
      const audit = inMail(state.audits[auditId] as Audit);
      return [atOnce([...steerers(state), ...bodyPeople(state)], { kind: 'auditMissed', audit, rule, latestOn })];
    }
    case 'AuditOutdated': {
      const { auditId, ...rest } = record.data;
      const audit = inMail(state.audits[auditId] as Audit);
      return [atOnce([...steerers(state), ...bodyPeople(state)], { kind: 'auditOutdated', audit, ...rest })];
    }
    case 'AuditOutcomeRecorded': {
      const { auditId, result, note, covered } = record.data;
      const audit = inMail(state.audits[auditId] as Audit);
      const left = audit.kind === 'surveillance' ? notCovered(covered) : [];
      const item = { kind: 'auditOutcome' as const, audit, result, note };
      return [
        later(
          [...managers(state), ...withRoles(state, ['sponsor'])],
          left.length > 0 ? { ...item, notCovered: left } : item,
        ),
      ];
    }
    case 'FindingRaised': {
      const { finding } = record.data;
      if (!isNonconformity(finding.grade)) return [];
      return [later(managers(state), { kind: 'findingRaised', finding: findingInMail(finding) })];
    }
    case 'FindingRaisedToMajor': {
      const { findingId, reason, rule, together } = record.data;
      const finding = findingInMail(state.findings[findingId] as Finding);
      const item = { kind: 'findingRaisedToMajor' as const, finding, reason, rule, ...(together ? { together } : {}) };
      return [atOnce(managers(state), item)];
    }
    case 'FindingVerified': {
      if (record.data.effective) return [];
      const finding = findingInMail(state.findings[record.data.findingId] as Finding);
      return [later(managers(state), { kind: 'findingReopened', finding, note: record.data.note })];
    }
    case 'DeadlineMissed': {
      const { findingId, deadline, dueOn, to } = record.data;
      const finding = findingInMail(state.findings[findingId] as Finding);
      return [atOnce(to, { kind: 'deadlineMissed', finding, deadline, dueOn })];
    }
    case 'DecisionRecorded': {
      const { auditId, decision, basis } = record.data;
      const auditKind = state.audits[auditId]?.kind;
      const item = { kind: 'decision' as const, decision, basis, ...(auditKind ? { auditKind } : {}) };
      return [atOnce([...steerers(state), ...withRoles(state, ['leadAuditor'])], item)];
    }
    default:
      return [];
  }
}

function managers(state: ProgramState): string[] {
  return withRoles(state, ['programManager']);
}

function inMail({ id, kind, targetOn, startsOn, endsOn }: Audit): AuditInMail {
  return { id, kind, targetOn, startsOn, endsOn };
}

function findingInMail({ id, auditId, requirementId, grade, statement }: Finding): FindingInMail {
  return { id, auditId, requirementId, grade, statement };
}

import { type Audit, surveillanceTopics } from '../../domain/audits/audit.ts';
import { own } from '../../domain/basics.ts';
import type { AuditInMail, NoticeItem } from '../../domain/notices.ts';
import { nameOf } from '../../domain/people/people.ts';
import type { RecordMap } from '../../domain/registry.ts';
import type { ProgramState } from '../../domain/state.ts';
import { auditLabels, resultLabels, topicLabels } from '../labels.ts';
import { because, capitalized, count, list } from '../phrases.ts';
import { atOnce, later, silent, type Telling, type WordsOfRecords } from './entry.ts';
import { withFiles } from './files.ts';
import { managers, steerers, steerersAndBody, withRoles } from './recipients.ts';

/** How the records of audits read, and who hears of them. */
export const auditRecords = {
  AuditPlanned: {
    line: ({ audit: { id, kind, targetOn, latestOn, latestRule } }) => {
      const latest = latestOn ? `, no later than ${latestOn}${latestRule ? ` (${latestRule})` : ''}` : '';
      return `${capitalized(auditLabels[kind])} ${id} planned for ${targetOn}${latest}`;
    },
    tells: silent,
  },
  EarlierAuditRecorded: {
    line: ({ audit: { id, kind, endsOn, result } }) =>
      `${capitalized(auditLabels[kind])} ${id} held before the takeover, until ${endsOn}: ${resultLabels[result]}`,
    tells: silent,
  },
  AuditScheduled: {
    line: ({ auditId, startsOn, endsOn, team, reason }) =>
      `${auditId} scheduled from ${startsOn} to ${endsOn} with ${list(team)}${because(reason)}`,
    tells: (state, { auditId }) =>
      ofAudit(state, auditId, (audit) => {
        const team = audit.team.map((email) => nameOf(state, email));
        return [later([...managers(state), ...audit.team], { kind: 'auditScheduled', audit: inMail(audit), team })];
      }),
  },
  AuditCalledOff: {
    line: ({ auditId, reason, forGood }) =>
      `${auditId} called off${forGood ? ' for good' : ', other days are to be agreed'}: ${reason}`,
    tells: (state, { auditId, reason, team, forGood = false }) =>
      ofAudit(state, auditId, (audit) => [
        atOnce([...steerers(state), ...team], { kind: 'auditCalledOff', audit: inMail(audit), reason, forGood }),
      ]),
  },
  AuditPrepared: {
    line: ({ auditId, days }) => `Preparation for ${auditId}, ${count(days, 'day')} before it`,
    tells: silent,
  },
  AuditMissed: {
    line: ({ auditId, rule, latestOn }) => `${auditId} was not held by ${latestOn} (${rule})`,
    tells: (state, { auditId, rule, latestOn }) =>
      ofAudit(state, auditId, (audit) => [
        atOnce(steerersAndBody(state), { kind: 'auditMissed', audit: inMail(audit), rule, latestOn }),
      ]),
  },
  MissedAuditTakenBack: {
    line: ({ auditId, startsOn, endsOn, latestOn, rule }) =>
      `${auditId} was held in time after all, from ${startsOn} to ${endsOn}: it is not missed (${rule}, by ${latestOn})`,
    tells: (state, { auditId, rule, latestOn }) =>
      ofAudit(state, auditId, (audit) => [
        later(steerersAndBody(state), { kind: 'auditNotMissed', audit: inMail(audit), rule, latestOn }),
      ]),
  },
  AuditOutcomeRecorded: {
    line: ({ auditId, result, note, covered = [], files }) => {
      const topics = covered.map((topic) => topicLabels[topic]);
      const scope = topics.length > 0 ? ` (covered: ${topics.join(', ')})` : '';
      return `Outcome of ${auditId} recorded as ${resultLabels[result]}${scope}${withFiles(files)}${because(note)}`;
    },
    tells: outcome,
  },
  OutcomeReopened: {
    line: ({ auditId, result, reason }) => `Outcome of ${auditId}, ${resultLabels[result]}, reopened: ${reason}`,
    tells: (state, { auditId, reason }) =>
      ofAudit(state, auditId, (audit) => [
        atOnce(steerersAndBody(state), { kind: 'outcomeReopened', audit: inMail(audit), reason }),
      ]),
  },
  AuditCancelled: {
    line: ({ auditId, reason }) => `${auditId} cancelled: ${reason}`,
    tells: silent,
  },
  AuditTakenUpAgain: {
    line: ({ auditId, reason }) => `${auditId} taken up again: ${reason}`,
    tells: silent,
  },
  AuditUnscheduled: {
    line: ({ auditId, reason }) => `${auditId} has to be rescheduled: ${reason}`,
    tells: silent,
  },
  OutdatedTakenBack: {
    line: ({ auditId, findings }) =>
      `${auditId} stands after all: ${list(findings)} verified in time, which was told later`,
    tells: (state, { auditId, findings }) =>
      ofAudit(state, auditId, (audit) => [
        atOnce(steerersAndBody(state), { kind: 'auditStands', audit: inMail(audit), findings }),
      ]),
  },
  AuditOutdated: {
    line: ({ auditId, rule, untilOn, findings }) =>
      `${auditId} has to be held again (${rule}): ${list(findings)} not verified by ${untilOn}`,
    tells: (state, { auditId, rule, untilOn, findings }) =>
      ofAudit(state, auditId, (audit) => [
        atOnce(steerersAndBody(state), { kind: 'auditOutdated', audit: inMail(audit), rule, untilOn, findings }),
      ]),
  },
} satisfies Partial<WordsOfRecords>;

/** What people hear about an audit; nothing about one that the program no longer carries. */
function ofAudit(state: ProgramState, auditId: string, tells: (audit: Audit) => Telling[]): Telling[] {
  const audit = own(state.audits, auditId);
  return audit ? tells(audit) : [];
}

function outcome(state: ProgramState, data: RecordMap['AuditOutcomeRecorded']): Telling[] {
  const { auditId, result, note, covered = [] } = data;
  return ofAudit(state, auditId, (audit) => {
    const left = audit.kind === 'surveillance' ? surveillanceTopics.filter((topic) => !covered.includes(topic)) : [];
    const item: NoticeItem = { kind: 'auditOutcome', audit: inMail(audit), result, note };
    const told = left.length > 0 ? { ...item, notCovered: left } : item;
    return [later([...managers(state), ...withRoles(state, 'sponsor')], told)];
  });
}

/** The part of an audit that a mail needs. */
function inMail(audit: Audit): AuditInMail {
  const { id, kind, targetOn } = audit;
  if (audit.status === 'planned') return { id, kind, targetOn };
  return { id, kind, targetOn, startsOn: audit.startsOn, endsOn: audit.endsOn };
}

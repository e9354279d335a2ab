import { type Audit, type AuditKind, type AuditResult, surveillanceTopics } from '../../domain/audits/audit.ts';
import type { Email, IsoDate } from '../../domain/basics.ts';
import { addWorkingDays, workingDayFrom } from '../../domain/calendar.ts';
import type { Finding, Grade } from '../../domain/findings/finding.ts';
import { cast } from './cast.ts';
import { tuesdayBefore } from './days.ts';
import type { Act, Situation } from './player.ts';

type Found = [requirementId: string, grade: Grade, statement: string];

/** How an audit goes: how long it takes, by whom, how it ends, and what it finds, the first of its kind first. */
interface Script {
  days: number;
  /** Days before the day that the program had in mind. */
  earlier: number;
  team: Email[];
  result: AuditResult;
  note: string;
  found: Found[][];
}

const bodyTeam = [cast.leadAuditor, cast.auditor];

const scripts: Record<AuditKind, Script> = {
  internal: {
    days: 3,
    earlier: 14,
    team: [cast.quality],
    result: 'completed',
    note: 'All clauses and all controls that apply were looked at.',
    found: [
      [
        ['7.2', 'minor', 'Records of AI training are missing for six of thirty-one developers.'],
        ['A.5.3', 'minor', 'The impact assessment of Insights Analytics has no analysis of its stakeholders.'],
        ['7.5.3', 'opportunity', 'Approval of documents could be told from the repository itself.'],
        ['A.6.2.7', 'opportunity', 'Model cards could name the version of the data they were made with.'],
        ['9.1', 'opportunity', 'Trends of drift could be shown beside their present values.'],
      ],
      [['A.4.2', 'opportunity', 'The inventory of resources could be drawn from the deployment system.']],
      [['10.1', 'opportunity', 'Ideas for improvement could be collected in one place.']],
    ],
  },
  stage1: {
    days: 1,
    earlier: 0,
    team: bodyTeam,
    result: 'ready',
    note: 'The documented system is complete; Stage 2 can be held as planned.',
    found: [[['6.1.3', 'concern', 'Two justifications in the statement of applicability are too short to follow.']]],
  },
  stage2: {
    days: 2,
    earlier: 0,
    team: bodyTeam,
    result: 'completed',
    note: 'On site: leadership, developers and operations were interviewed; impacts, risk treatment and monitoring were sampled.',
    found: [[['9.1', 'minor', 'The monitoring dashboard lacks two of the metrics that the plan names.']]],
  },
  surveillance: {
    days: 1,
    earlier: 0,
    team: bodyTeam,
    result: 'maintained',
    note: 'The system is kept up and improved.',
    found: [
      [['A.8.4', 'minor', 'Two of five notices of incidents reached customers later than the procedure allows.']],
      [['A.9.3', 'observation', 'Objectives for responsible use are reviewed, but not on fixed days.']],
    ],
  },
  recertification: {
    days: 2,
    earlier: 0,
    team: bodyTeam,
    result: 'completed',
    note: 'The whole system was looked at over the three years of the cycle.',
    found: [[['A.6.2.8', 'opportunity', 'Event logs could be kept as long as the systems they tell of.']]],
  },
  special: { days: 1, earlier: 0, team: bodyTeam, result: 'completed', note: 'Nothing was found.', found: [] },
};

/** The days and the team that are agreed for an audit: from a Tuesday before the day that the program had in mind. */
export function agreed(
  { id, kind, targetOn }: Audit,
  { program: { calendar } }: Situation,
): Extract<Act['command'], { type: 'scheduleAudit' }> {
  const { days, earlier, team } = scripts[kind];
  let tuesday = tuesdayBefore(targetOn);
  for (let left = earlier; left > 0; left -= 7) tuesday = tuesdayBefore(tuesday);
  const startsOn = workingDayFrom(tuesday, calendar);
  return { type: 'scheduleAudit', auditId: id, startsOn, endsOn: addWorkingDays(startsOn, days - 1, calendar), team };
}

/** What its lead does on the last day of an audit: verifies what earlier audits left, raises what was found, ends it. */
export function lastDayOf(audit: Audit, situation: Situation): Act[] {
  const { result, note, found } = scripts[audit.kind];
  const before = situation.audits.filter(({ kind, status }) => kind === audit.kind && status === 'held').length;
  const by = audit.team[0] as Email;
  const verified = leftToVerify(audit, situation).map(
    ({ id }): Act => ({
      by,
      command: { type: 'verifyFinding', findingId: id, effective: true, note: 'Seen at this audit; it works.' },
    }),
  );
  const raised = (found[before] ?? []).map(
    ([requirementId, grade, statement]): Act => ({
      by,
      command: { type: 'raiseFinding', auditId: audit.id, requirementId, grade, statement },
    }),
  );
  const covered = audit.kind === 'surveillance' ? { covered: [...surveillanceTopics] } : {};
  const outcome: Act = { by, command: { type: 'recordOutcome', auditId: audit.id, result, note, ...covered } };
  return [...verified, ...raised, outcome];
}

/** The audits whose last day has not come, with that day. */
export function audited({ audits }: Situation): { audit: Audit; on: IsoDate }[] {
  return audits.filter((audit) => audit.status === 'scheduled').map((audit) => ({ audit, on: audit.endsOn }));
}

/** R14: what the body raised earlier and was acted on since is verified at its next audit. */
function leftToVerify({ kind }: Audit, { findings, audits }: Situation): Finding[] {
  if (kind === 'internal') return [];
  const raisedBy = (finding: Finding) => audits.find(({ id }) => id === finding.auditId)?.kind;
  return findings.filter((finding) => finding.status === 'done' && raisedBy(finding) !== 'internal');
}

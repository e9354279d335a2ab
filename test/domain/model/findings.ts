import type { Instant, IsoDate } from '../../../domain/basics.ts';
import type { BodyProfile } from '../../../domain/certificate/bodyProfile.ts';
import type { Finding } from '../../../domain/findings/finding.ts';
import type { ProgramRecord } from '../../../domain/registry.ts';
import type { ProgramState } from '../../../domain/state.ts';
import type { NaiveAudits } from './audits.ts';
import { civilDate, daysFrom, daysLater, later, naive } from './naiveDates.ts';
import { equal, must, mustEndWith, type Page } from './page.ts';

/** What is looked at in a finding, whatever its status. */
export interface KnownFinding extends Pick<Finding, 'id' | 'missed'> {
  planDueOn?: IsoDate;
  verifyDueOn?: IsoDate;
}

interface Mirror {
  auditId: string;
  internal: boolean;
  /** The last day of the audit that raised it. */
  auditEnded: IsoDate;
  grade: Finding['grade'];
  /** Whether it waits for a plan, for an auditor, or for nobody. */
  stands: 'open' | 'answered' | 'verified';
  verifiedOn?: IsoDate;
  raisedOn: IsoDate;
  planUntil?: IsoDate;
  verifyUntil?: IsoDate;
  missed: Set<string>;
}

/** R7, R4, R14: the response times of all nonconformities, counted naively from the records. */
export class NaiveFindings {
  private readonly findings = new Map<string, Mirror>();
  private readonly audits: NaiveAudits;
  private lastHeld: IsoDate | undefined;
  private adoptedAt?: Instant;
  /** R14: the minors that the outcome of an audit raises. */
  private readonly toRaise = new Set<string>();

  constructor(audits: NaiveAudits) {
    this.audits = audits;
  }

  follow(record: ProgramRecord, body: BodyProfile, page: Page): void {
    const { today } = page;
    switch (record.type) {
      case 'AuditOutcomeRecorded':
        this.outcome(record.data.auditId, body);
        return;
      case 'ProgramAdopted':
        this.adoptedAt = record.at;
        return;
      case 'FindingRaised':
        this.raised(record.data.finding, body, page);
        if (record.at === this.adoptedAt) this.missedBefore(record.data.finding.id, today);
        return;
      case 'CorrectiveActionPlanned':
      case 'CorrectiveActionDone':
        this.get(record.data.findingId).stands = 'answered';
        return;
      case 'CorrectiveActionPlanReviewed':
        if (record.data.verdict === 'reject') this.get(record.data.findingId).stands = 'open';
        return;
      case 'FindingVerified':
        this.verified(this.get(record.data.findingId), record.data.effective, body, today);
        return;
      case 'FindingRaisedToMajor': {
        const { findingId, rule, together } = record.data;
        const finding = this.get(findingId);
        const raised = this.toRaise.delete(findingId);
        must(rule !== 'R14' || raised, () => `${findingId} is raised, and R14 does not ask for it`);
        finding.grade = 'major';
        finding.verifyUntil = naive.verifyUntil(rule === 'R14' ? (this.lastHeld as IsoDate) : today, body);
        if (!together) return;
        Object.assign(finding, { stands: 'open', planUntil: naive.planUntil(today, body), missed: new Set() });
        for (const id of together) Object.assign(this.get(id), { stands: 'verified', verifiedOn: today });
        return;
      }
      case 'DeadlineMissed': {
        const { findingId, deadline, dueOn } = record.data;
        const finding = this.get(findingId);
        const until = (deadline === 'plan' ? finding.planUntil : finding.verifyUntil) as IsoDate;
        equal(`the ${deadline} deadline of ${findingId}`, dueOn, until);
        mustEndWith(`the time for the ${deadline} of ${findingId}`, until, daysLater(until, 1), page);
        must(!finding.missed.has(deadline), () => `the ${deadline} deadline of ${findingId} is missed twice`);
        finding.missed.add(deadline);
        return;
      }
      case 'ProgramResumed':
        this.shift(daysLater(today, -record.data.days), today);
    }
  }

  atRest(state: ProgramState, now: Instant): void {
    const today = civilDate(now, state.calendar.timeZone);
    must(this.toRaise.size === 0, () => `${[...this.toRaise]} stayed minor at the next audit (R14)`);
    for (const { id, planDueOn, verifyDueOn, missed } of Object.values<KnownFinding>(state.findings)) {
      const finding = this.get(id);
      equal(`the last day for the plan of ${id}`, planDueOn, finding.planUntil);
      equal(`the last day for the verification of ${id}`, verifyDueOn, finding.verifyUntil);
      equal(`what ${id} missed`, [...missed].sort().join(), [...finding.missed].sort().join());
      if (!isNonconformity(finding) || finding.stands === 'verified') continue;
      if (finding.internal && state.status === 'paused') continue;
      const { planUntil = '9', verifyUntil = '9' } = finding;
      if (finding.stands === 'open' && planUntil < today) this.mustBeMissed(id, finding, 'plan');
      if (finding.grade === 'major' && verifyUntil < today) this.mustBeMissed(id, finding, 'verification');
    }
  }

  /** R6: the body's majors that were not verified until a day, among those that a decision on a Stage 2 looks at. */
  majorsNotVerified(auditId: string, until: IsoDate, state: ProgramState): string[] {
    return [...this.findings].flatMap(([id, finding]) => {
      if (finding.grade !== 'major' || finding.internal) return [];
      const looksAt = state.findings[id]?.auditId === auditId || finding.stands !== 'verified';
      const late = finding.stands !== 'verified' || (finding.verifiedOn as IsoDate) > until;
      return looksAt && late ? [id] : [];
    });
  }

  /** R14: at an audit of the body's cycle, its minors of audits before that are still open become majors, if it says so. */
  private outcome(auditId: string, body: BodyProfile): void {
    const { kind, endsOn } = this.audits.get(auditId);
    this.lastHeld = endsOn as IsoDate;
    if (!body.openMinorIsRaised || !['stage2', 'surveillance', 'recertification'].includes(kind)) return;
    for (const [id, { internal, grade, stands, auditId: raisedIn }] of this.findings) {
      if (!internal && grade === 'minor' && stands !== 'verified' && raisedIn !== auditId) this.toRaise.add(id);
    }
  }

  private raised({ id, auditId, grade, raisedOn, status }: Finding, body: BodyProfile, page: Page): void {
    const audit = this.audits.get(auditId);
    const auditEnded = audit.endsOn as IsoDate;
    must(raisedOn <= page.today, () => `${id} is raised ahead`);
    this.findings.set(id, {
      auditId,
      internal: audit.kind === 'internal',
      auditEnded,
      grade,
      stands: status === 'open' ? 'open' : 'answered',
      raisedOn,
      missed: new Set(),
      ...(grade === 'major' || grade === 'minor' ? { planUntil: naive.planUntil(auditEnded, body) } : {}),
      ...(grade === 'major' ? { verifyUntil: naive.verifyUntil(auditEnded, body) } : {}),
    });
  }

  /** What passed before the takeover is missed already, and nobody is told. */
  private missedBefore(id: string, today: IsoDate): void {
    const { missed, stands, planUntil, verifyUntil } = this.get(id);
    if (stands === 'open' && planUntil && planUntil < today) missed.add('plan');
    if (verifyUntil && verifyUntil < today) missed.add('verification');
  }

  private verified(finding: Mirror, effective: boolean, body: BodyProfile, today: IsoDate): void {
    if (effective) {
      Object.assign(finding, { stands: 'verified', verifiedOn: today });
      return;
    }
    const wasVerified = finding.stands === 'verified';
    finding.stands = 'open';
    finding.planUntil = naive.planUntil(today, body);
    finding.missed.delete('plan');
    if (!wasVerified) return;
    // What had been verified and fails is answered anew: so is the time to verify a major.
    finding.verifiedOn = undefined;
    finding.missed.clear();
    if (finding.grade === 'major') finding.verifyUntil = naive.verifyUntil(today, body);
  }

  private shift(from: IsoDate, until: IsoDate): void {
    for (const finding of this.findings.values()) {
      if (!finding.internal || finding.stands === 'verified') continue;
      const days = daysFrom(later(from, finding.raisedOn), until);
      if (finding.planUntil) finding.planUntil = daysLater(finding.planUntil, days);
      if (finding.verifyUntil) finding.verifyUntil = daysLater(finding.verifyUntil, days);
    }
  }

  private mustBeMissed(id: string, finding: Mirror, deadline: string): void {
    must(finding.missed.has(deadline), () => `the ${deadline} deadline of ${id} passed, and nobody was told`);
  }

  private get(id: string): Mirror {
    const finding = this.findings.get(id);
    if (!finding) throw new Error(`Not what the naive dates say: there is no ${id}.`);
    return finding;
  }
}

function isNonconformity({ grade }: Mirror): boolean {
  return grade === 'major' || grade === 'minor';
}

import type { Instant, IsoDate } from '../../../domain/basics.ts';
import type { BodyProfile } from '../../../domain/certificate/bodyProfile.ts';
import type { Finding } from '../../../domain/findings/finding.ts';
import type { ProgramRecord, RecordMap } from '../../../domain/registry.ts';
import type { ProgramState } from '../../../domain/state.ts';
import type { NaiveAudits } from './audits.ts';
import {
  civilDate,
  daysFrom,
  daysLater,
  endOf,
  type KnownCertificate,
  lastDayToDo,
  later,
  type NaiveCalendar,
  naive,
  sooner,
  workingDaysLater,
} from './naiveDates.ts';
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
  calendar: NaiveCalendar;
  private lastHeld: IsoDate | undefined;
  private lastHeldId = '';
  private adoptedAt?: Instant;
  private phase = 'gapAssessment';
  /** R31: where what the certificate waits for ends. */
  private end: IsoDate | undefined;
  /** R14: the minors that the outcome of an audit raises. */
  private readonly toRaise = new Set<string>();

  constructor(audits: NaiveAudits, calendar: NaiveCalendar) {
    this.audits = audits;
    this.calendar = calendar;
  }

  follow(record: ProgramRecord, body: BodyProfile, page: Page, certificate?: KnownCertificate): void {
    this.end = endOf(certificate, body);
    if (record.type === 'PhaseStarted') this.phase = record.data.phase;
    if (record.type === 'ProgramAdopted') this.phase = record.data.phase;
    const { today } = page;
    switch (record.type) {
      case 'AuditOutcomeRecorded':
        this.outcome(record.data.auditId, body);
        return;
      case 'ProgramAdopted':
        this.adoptedAt = record.at;
        return;
      case 'FindingCorrected':
        this.corrected(record.data, body, today);
        return;
      case 'FindingWithdrawn':
        Object.assign(this.get(record.data.findingId), asksForNothing);
        return;
      case 'FindingRaised':
        this.raised(record.data.finding, body, page);
        if (record.at === this.adoptedAt) this.missedBefore(record.data.finding.id, today);
        return;
      case 'FindingDatesMoved': {
        const finding = this.get(record.data.findingId);
        const ends = this.audits.get(finding.auditId).endsOn as IsoDate;
        equal(`the last day of ${finding.auditId}`, record.data.endsOn, ends);
        finding.auditEnded = ends;
        if (record.data.planDueOn) finding.planUntil = naive.planUntil(ends, body);
        if (record.data.verifyDueOn) finding.verifyUntil = naive.verifyUntil(ends, body);
        if ((finding.planUntil ?? '') >= today && record.data.planDueOn) finding.missed.delete('plan');
        if ((finding.verifyUntil ?? '') >= today && record.data.verifyDueOn) finding.missed.delete('verification');
        return;
      }
      case 'CorrectiveActionPlanned':
      case 'CorrectiveActionDone':
        this.get(record.data.findingId).stands = 'answered';
        return;
      case 'CorrectiveActionPlanReviewed':
        if (record.data.verdict === 'reject') this.rejected(this.get(record.data.findingId), today);
        return;
      case 'DeadlineMet':
        this.met(record.data, page);
        return;
      case 'FindingVerified':
        this.verified(this.get(record.data.findingId), record.data, body, today);
        return;
      case 'FindingRaisedToMajor': {
        const { findingId, rule, together } = record.data;
        const finding = this.get(findingId);
        const raised = this.toRaise.delete(findingId);
        must(rule !== 'R14' || raised, () => `${findingId} is raised, and R14 does not ask for it`);
        finding.grade = 'major';
        const from = rule === 'R14' ? (this.lastHeld as IsoDate) : today;
        // R14: it serves what the audit leads to that found it open.
        const serves = rule === 'R14' ? { ...finding, auditId: this.lastHeldId } : finding;
        finding.verifyUntil = this.inTime(serves, naive.verifyUntil(from, body), body, today);
        if (!together) return;
        Object.assign(finding, {
          stands: 'open',
          planUntil: this.inTime(finding, naive.planUntil(today, body), body, today),
          missed: new Set(),
        });
        for (const id of together) Object.assign(this.get(id), { stands: 'verified', verifiedOn: today });
        return;
      }
      case 'RaiseTakenBack': {
        const finding = this.get(record.data.findingId);
        must(finding.grade === 'major', () => `${record.data.findingId} stays a minor, and was no major`);
        Object.assign(finding, { grade: 'minor', verifyUntil: undefined });
        finding.missed.delete('verification');
        return;
      }
      case 'DeadlineMissed': {
        const { findingId, deadline, dueOn } = record.data;
        const finding = this.get(findingId);
        const until = (deadline === 'plan' ? finding.planUntil : finding.verifyUntil) as IsoDate;
        equal(`the ${deadline} deadline of ${findingId}`, dueOn, until);
        const last = lastDayToDo({ dueOn: until, ofBody: !finding.internal }, this.calendar);
        mustEndWith(`the time for the ${deadline} of ${findingId}`, last, daysLater(last, 1), page);
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
      const { planUntil, verifyUntil } = finding;
      const isOver = (until: IsoDate | undefined) =>
        until !== undefined && lastDayToDo({ dueOn: until, ofBody: !finding.internal }, this.calendar) < today;
      if (finding.stands === 'open' && isOver(planUntil)) this.mustBeMissed(id, finding, 'plan');
      if (finding.grade === 'major' && isOver(verifyUntil)) this.mustBeMissed(id, finding, 'verification');
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
    this.lastHeldId = auditId;
    if (!body.openMinorIsRaised || !['stage2', 'surveillance', 'recertification'].includes(kind)) return;
    for (const [id, { internal, grade, stands, auditId: raisedIn }] of this.findings) {
      const { startsOn, targetOn } = this.audits.get(raisedIn);
      // What was raised at a later audit is none of this one, whose outcome is told after it.
      const isLater = (startsOn ?? targetOn) > (endsOn as IsoDate);
      if (internal || grade !== 'minor' || stands === 'verified' || raisedIn === auditId || isLater) continue;
      this.toRaise.add(id);
    }
  }

  private raised({ id, auditId, grade, raisedOn, status }: Finding, body: BodyProfile, page: Page): void {
    const audit = this.audits.get(auditId);
    // R7, R27: what is told after the outcome has its time from when it was told.
    const isTold = audit.status === 'held' || audit.reopened === true;
    const isAfter = isTold && page.records[0]?.at !== this.adoptedAt;
    const auditEnded = isAfter ? later(audit.endsOn as IsoDate, page.today) : (audit.endsOn as IsoDate);
    must(raisedOn <= page.today, () => `${id} is raised ahead`);
    const finding: Mirror = {
      auditId,
      internal: audit.kind === 'internal',
      auditEnded,
      grade,
      stands: status === 'open' ? 'open' : status === 'noted' ? 'verified' : 'answered',
      raisedOn,
      missed: new Set(),
    };
    const { today } = page;
    if (isNonconformity(finding))
      finding.planUntil = this.inTime(finding, naive.planUntil(auditEnded, body), body, today);
    if (grade === 'major') finding.verifyUntil = this.inTime(finding, naive.verifyUntil(auditEnded, body), body, today);
    this.findings.set(id, finding);
  }

  /** R7, R27: what is asked for anew has the time of R7, from the audit's last day or from the day on which it was told. */
  private corrected(
    { finding: { id, grade, status }, previous }: RecordMap['FindingCorrected'],
    body: BodyProfile,
    today: IsoDate,
  ) {
    const finding = this.get(id);
    const wasAnswered = finding.stands !== 'verified' && isNonconformity(finding);
    finding.grade = grade;
    if (grade !== 'major' && grade !== 'minor') {
      Object.assign(finding, asksForNothing, { missed: new Set() });
      return;
    }
    const since = later(finding.auditEnded, today);
    const verifyUntil = () => this.inTime(finding, naive.verifyUntil(since, body), body, today);
    const isAsked = status === 'open' && (!wasAnswered || previous.grade === grade) && finding.stands !== 'open';
    if (previous.grade === 'observation' || previous.grade === 'opportunity' || isAsked) {
      const planUntil = this.inTime(finding, naive.planUntil(since, body), body, today);
      Object.assign(finding, { stands: 'open', planUntil, verifyUntil: undefined, missed: new Set() });
      if (grade === 'major') finding.verifyUntil = verifyUntil();
      return;
    }
    if (grade === 'minor' && previous.grade === 'major') {
      finding.verifyUntil = undefined;
      finding.missed.delete('verification');
    }
    if (grade === 'major' && previous.grade === 'minor' && finding.stands !== 'verified')
      finding.verifyUntil = verifyUntil();
  }

  /** What passed before the takeover is missed already, and nobody is told. */
  private missedBefore(id: string, today: IsoDate): void {
    const { missed, stands, planUntil, verifyUntil, internal } = this.get(id);
    const isOver = (until: IsoDate) => lastDayToDo({ dueOn: until, ofBody: !internal }, this.calendar) < today;
    if (stands === 'open' && planUntil && isOver(planUntil)) missed.add('plan');
    if (verifyUntil && isOver(verifyUntil)) missed.add('verification');
  }

  /** R7: a plan that was sent back has ten working days, or the time that it had. */
  private rejected(finding: Mirror, today: IsoDate): void {
    finding.stands = 'open';
    const days = workingDaysLater(today, 10, this.calendar);
    const inTime = finding.internal || !this.end || this.end < today ? days : sooner(days, this.end);
    finding.planUntil = later(finding.planUntil ?? today, inTime);
    finding.missed.delete('plan');
  }

  /** R28: a deadline that was recorded as missed was kept, as was told later. */
  private met({ findingId, deadline, metOn }: RecordMap['DeadlineMet'], { today }: Page): void {
    const finding = this.get(findingId);
    const until = deadline === 'plan' ? finding.planUntil : finding.verifyUntil;
    must(finding.missed.delete(deadline), () => `the ${deadline} deadline of ${findingId} was not missed`);
    must(metOn <= today && until !== undefined && metOn <= until, () => `${findingId} came too late on ${metOn}`);
  }

  private verified(
    finding: Mirror,
    { effective, on }: RecordMap['FindingVerified'],
    body: BodyProfile,
    today: IsoDate,
  ): void {
    if (effective) {
      // R6 counts the verification, not a later check of its effectiveness.
      if (finding.stands !== 'verified') finding.verifiedOn = on ?? today;
      finding.stands = 'verified';
      return;
    }
    const wasVerified = finding.stands === 'verified';
    finding.stands = 'open';
    finding.planUntil = this.inTime(finding, naive.planUntil(today, body), body, today);
    finding.missed.delete('plan');
    if (!wasVerified) return;
    // What had been verified and fails is answered anew: so is the time to verify a major.
    finding.verifiedOn = undefined;
    finding.missed.clear();
    if (finding.grade === 'major')
      finding.verifyUntil = this.inTime(finding, naive.verifyUntil(today, body), body, today);
  }

  /** R31: no deadline of the body past the end that it serves, as long as that is ahead. */
  private inTime({ internal, auditId }: Mirror, until: IsoDate, body: BodyProfile, today: IsoDate): IsoDate {
    const { kind, endsOn } = this.audits.get(auditId);
    const ofStage2 = kind === 'stage2' && this.phase === 'certificationAudit';
    const end = ofStage2 ? naive.majorsUntil((endsOn ?? today) as IsoDate, body) : this.end;
    return internal || !end || end < today ? until : sooner(until, end);
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

/** What is no nonconformity, or was withdrawn. */
const asksForNothing = { stands: 'verified', planUntil: undefined, verifyUntil: undefined };

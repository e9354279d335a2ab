import type { Audit, AuditResult } from '../../../domain/audits/audit.ts';
import type { Instant, IsoDate } from '../../../domain/basics.ts';
import type { BodyProfile } from '../../../domain/certificate/bodyProfile.ts';
import type { ProgramRecord } from '../../../domain/registry.ts';
import type { ProgramState } from '../../../domain/state.ts';
import {
  civilDate,
  daysLater,
  type KnownCertificate,
  lastOfYear,
  later,
  naive,
  recertificationMeant,
  sooner,
  wallClock,
  yearOfDate,
  yearsOfSurveillance,
} from './naiveDates.ts';
import { equal, must, mustEndWith, mustHappenAt, type Page } from './page.ts';

/** What is looked at in an audit, whatever its status. */
interface KnownAudit extends Pick<Audit, 'id' | 'kind' | 'cycle' | 'targetOn' | 'latestOn' | 'status' | 'missed'> {
  startsOn?: IsoDate;
  endsOn?: IsoDate;
}

interface Mirror extends KnownAudit {
  prepared: number;
  missed: boolean;
  outdated: boolean;
  reopened?: boolean;
  result?: AuditResult;
}

const stepDays = [90, 60, 30];

/** R1, R3, R6, R10, R11, R15: the days of all audits, counted naively from the records. */
export class NaiveAudits {
  private readonly audits = new Map<string, Mirror>();
  /** R3: the day from which the time for Stage 2 counts. */
  stage2From: IsoDate | undefined;
  private stage2FromBefore: IsoDate | undefined;
  /** R15, R17: whether a significant change was reported since the last decision. */
  private changed = false;
  private phase = 'gapAssessment';
  /** R23: the day of the first evidence of a requirement that was accepted. */
  private firstEvidenceOn: IsoDate | undefined;
  private readonly ofRequirements = new Set<string>();

  get(id: string): Mirror {
    const audit = this.audits.get(id);
    if (!audit) throw new Error(`Not what the naive dates say: there is no ${id}.`);
    return audit;
  }

  follow(record: ProgramRecord, body: BodyProfile, certificate: KnownCertificate | undefined, page: Page): void {
    switch (record.type) {
      case 'ProgramAdopted':
        this.phase = record.data.phase;
        for (const { acceptedOn } of record.data.evidence) this.shown(acceptedOn);
        return;
      case 'TaskOpened': {
        const { id, kind, requirementId } = record.data.task;
        if (kind === 'evidence' && requirementId) this.ofRequirements.add(id);
        return;
      }
      case 'EvidenceAccepted':
        if (this.ofRequirements.has(record.data.taskId)) this.shown(page.today);
        return;
      case 'PhaseStarted':
        this.phase = record.data.phase;
        this.stage2From = undefined;
        return;
      case 'AuditPlanned':
      case 'EarlierAuditRecorded': {
        const { audit } = record.data;
        this.audits.set(audit.id, { ...audit, missed: false, outdated: false });
        if (audit.kind === 'stage1' && this.phase === 'certificationAudit' && record.type === 'AuditPlanned') {
          must(!this.comesAlone(certificate, body), () => `a Stage 1 ${audit.id} is planned, and none is owed (R17)`);
        }
        if (record.type === 'EarlierAuditRecorded') this.held(audit.id);
        return;
      }
      case 'PhasePlanned':
        if (record.data.phase === 'surveillanceCycle') this.planned(certificate as KnownCertificate, body, page);
        return;
      case 'SignificantChangeReported':
        this.changed = true;
        return;
      case 'CycleStarted':
        this.changed = false;
        return;
      case 'AuditScheduled':
        this.scheduled(record.data, body, certificate, page);
        return;
      case 'AuditUnscheduled':
        Object.assign(this.get(record.data.auditId), { startsOn: undefined, endsOn: undefined, status: 'planned' });
        return;
      case 'AuditCalledOff': {
        const audit = this.get(record.data.auditId);
        must(
          audit.status === 'scheduled' || audit.kind === 'special',
          () => `${audit.id} is called off, and not agreed`,
        );
        if (record.data.forGood) audit.status = 'cancelled';
        else Object.assign(audit, { startsOn: undefined, endsOn: undefined, status: 'planned' });
        return;
      }
      case 'AuditTakenUpAgain':
        this.takenUp(this.get(record.data.auditId), record.data.asAgreed);
        return;
      case 'AuditPrepared':
        this.wasPrepared(record.data, body, certificate, page);
        return;
      case 'AuditMissed': {
        const audit = this.get(record.data.auditId);
        const isStage2 = audit.kind === 'stage2';
        const latestOn = isStage2 ? naive.stage2Until(this.stage2From as IsoDate, body) : (audit.latestOn as IsoDate);
        equal(`the last day of ${audit.id}`, record.data.latestOn, latestOn);
        // R3 counts the first day of Stage 2; what began in time is waited for until its own last day.
        const over = isStage2 ? later(latestOn, audit.endsOn as IsoDate) : latestOn;
        mustEndWith(`the time for ${audit.id}`, over, daysLater(over, 1), page);
        must(!audit.missed, () => `${audit.id} is missed twice`);
        Object.assign(audit, { missed: true, latestOn });
        return;
      }
      case 'MissedAuditTakenBack': {
        const audit = this.get(record.data.auditId);
        const counts = (audit.kind === 'stage2' ? audit.startsOn : audit.endsOn) as IsoDate;
        must(audit.missed && audit.status === 'held', () => `${audit.id} was not missed, or is not held`);
        must(later(counts, audit.latestOn as IsoDate) === audit.latestOn, () => `${audit.id} was held too late`);
        audit.missed = false;
        return;
      }
      case 'OutcomeReopened': {
        const audit = this.get(record.data.auditId);
        must(audit.status === 'held', () => `${audit.id} is reopened, and has no outcome`);
        // It was held: whatever is recorded of it anew, it is not missed.
        Object.assign(audit, { status: 'scheduled', result: undefined, reopened: true });
        if (audit.kind === 'stage1' && this.phase === 'certificationAudit') this.stage2From = undefined;
        return;
      }
      case 'AuditOutcomeRecorded':
        this.mustFollowStage1(record.data.auditId, body);
        this.get(record.data.auditId).result = record.data.result;
        this.held(record.data.auditId);
        this.mustTakeBack(record.data.auditId, page);
        return;
      case 'AuditOutdated': {
        const audit = this.get(record.data.auditId);
        const until = naive.majorsUntil(audit.endsOn as IsoDate, body);
        equal(`the last day for the majors of ${audit.id}`, record.data.untilOn, until);
        mustEndWith(`the time for the majors of ${audit.id}`, until, daysLater(until, 1), page);
        audit.outdated = true;
        this.stage2FromBefore = this.stage2From;
        if (this.stage2From) this.stage2From = until;
        return;
      }
      case 'OutdatedTakenBack': {
        const audit = this.get(record.data.auditId);
        must(audit.outdated, () => `${audit.id} was not outdated, and that is taken back`);
        audit.outdated = false;
        this.stage2From = this.stage2FromBefore;
        return;
      }
      case 'AuditCancelled': {
        const audit = this.get(record.data.auditId);
        const tooLate = page.records.some(({ type, data }) => type === 'WarningNoted' && data.code === 'R3');
        if (audit.kind === 'stage2' && tooLate) {
          const until = naive.stage2Until(this.stage2From as IsoDate, body);
          mustEndWith(`the time for Stage 2 ${audit.id}`, until, daysLater(until, 1), page);
        }
        audit.status = 'cancelled';
      }
    }
  }

  atRest(state: ProgramState, certificate: KnownCertificate | undefined, body: BodyProfile, now: Instant): void {
    const today = civilDate(now, state.calendar.timeZone);
    const clock = wallClock(now, state.calendar.timeZone);
    for (const { id, status, startsOn, endsOn, missed } of Object.values<KnownAudit>(state.audits)) {
      const audit = this.get(id);
      equal(`${id}`, `${status} ${startsOn} ${endsOn}`, `${audit.status} ${audit.startsOn} ${audit.endsOn}`);
      equal(`whether ${id} is missed`, missed ?? false, audit.missed);
      if (status !== 'planned' && status !== 'scheduled') continue;
      if (missed && status === 'planned') {
        const asks = Object.values(state.tasks).filter((task) => task.auditId === id && !('closedOn' in task));
        must(asks.length > 0, () => `${id} was missed, and nobody is asked to make it good`);
      }
      if (audit.kind === 'surveillance' && audit.latestOn && audit.latestOn < today && !audit.reopened)
        must(audit.missed, () => `${id} was owed until ${audit.latestOn}, and nobody was told`);
      if (audit.kind === 'stage2' && status === 'scheduled' && this.stage2From && !audit.missed && !audit.reopened) {
        const until = later(naive.stage2Until(this.stage2From, body), endsOn as IsoDate);
        must(today <= until, () => `Stage 2 ${id} had its time until ${until} (R3), and nobody was told on ${today}`);
      }
      if (audit.kind === 'stage2' && status === 'planned' && this.stage2From) {
        const until = naive.stage2Until(this.stage2From, body);
        must(today <= until, () => `Stage 2 ${id} could begin until ${until} (R3), and is still planned on ${today}`);
      }
      if (audit.kind === 'recertification' && body.stage1AtRecertification) {
        const stage1 = [...this.audits.values()].some((one) => this.isBefore(one, audit) && one.status !== 'cancelled');
        must(stage1, () => `the body begins with a Stage 1, and none is planned for ${audit.id} (R15)`);
      }
      const step = this.nextStep(audit, body, certificate);
      must(!step || step > clock, () => `${id}: the step of ${step} was not taken`);
    }
  }

  /** R15: where the body begins every recertification with a Stage 1, it ended ready before. */
  private mustFollowStage1(auditId: string, body: BodyProfile): void {
    const audit = this.get(auditId);
    if (audit.kind !== 'recertification' || !body.stage1AtRecertification) return;
    const ready = [...this.audits.values()].some((one) => this.isBefore(one, audit) && one.result === 'ready');
    must(ready, () => `${auditId} has its outcome without a Stage 1 that ended ready (R15)`);
  }

  private isBefore({ kind, cycle }: Mirror, recertification: Mirror): boolean {
    return kind === 'stage1' && cycle === recertification.cycle;
  }

  /** R3, R10, R11: what was held in time and told late is taken back with its outcome. */
  private mustTakeBack(auditId: string, { records }: Page): void {
    const { kind, missed, latestOn, startsOn, endsOn } = this.get(auditId);
    const counts = kind === 'stage2' ? startsOn : endsOn;
    const wasInTime = missed && latestOn !== undefined && later(counts as IsoDate, latestOn) === latestOn;
    const takenBack = records.some(({ type, data }) => type === 'MissedAuditTakenBack' && data.auditId === auditId);
    equal(`whether it is taken back that ${auditId} was missed`, takenBack, wasInTime);
  }

  /** What is taken up as it was agreed has its days again. */
  private takenUp(audit: Mirror, asAgreed?: boolean): void {
    must(audit.status === 'cancelled', () => `${audit.id} is taken up, and was not cancelled`);
    audit.status = asAgreed && audit.startsOn ? 'scheduled' : 'planned';
  }

  private shown(acceptedOn: IsoDate): void {
    if (!this.firstEvidenceOn || acceptedOn < this.firstEvidenceOn) this.firstEvidenceOn = acceptedOn;
  }

  /** R6: a Stage 2 that waits for its decision. */
  stage2Held(state: ProgramState): Mirror | undefined {
    if (this.phase !== 'certificationAudit') return undefined;
    return [...this.audits.values()]
      .filter(
        ({ id, kind, status, outdated }) => kind === 'stage2' && status === 'held' && !outdated && state.audits[id],
      )
      .filter(({ id }) => Number(id.slice(2)) > state.auditsFrom)
      .at(-1);
  }

  /** R1, R10, R11, R15: what a cycle plans on its first day. */
  private planned(certificate: KnownCertificate, body: BodyProfile, { today, before, records }: Page): void {
    const isAdopted = before?.unasked !== undefined;
    const planned = records.flatMap((record) => (record.type === 'AuditPlanned' ? [record.data.audit] : []));
    const isInitial = certificate.decidedOn === certificate.initialDecisionOn;
    const surveillances = planned.filter(({ kind }) => kind === 'surveillance');
    for (const { id, targetOn, latestOn, latestRule } of surveillances) {
      const r10 = isInitial && latestRule === 'R10';
      const until = r10 ? naive.firstSurveillanceUntil(certificate.decidedOn, body) : lastOfYear(targetOn);
      equal(`the last day for ${id} (${latestRule})`, latestOn, until);
      const { decidedOn } = certificate;
      // A year that is owed and of which nothing is left after its decision.
      const atOnce = targetOn === decidedOn && lastOfYear(decidedOn) === decidedOn;
      must(targetOn <= until && (targetOn > decidedOn || atOnce), () => `${id} is meant for ${targetOn}`);
    }
    if (!isAdopted) {
      const until = naive.firstSurveillanceUntil(certificate.decidedOn, body);
      // Where the recertification is as near, it comes in place of a surveillance.
      if (isInitial && until < recertificationMeant(certificate, body)) {
        const [first] = surveillances.map(({ latestOn }) => latestOn).sort();
        must(first !== undefined && first <= until, () => `the first surveillance is at most on ${until} (R10)`);
      }
      const years = yearsOfSurveillance(certificate, body);
      // R11: a cycle that was renewed has one in each year that has no recertification.
      const byYear = !isInitial && years.length >= body.validityYears - 1;
      if (byYear) equal('the surveillances of the cycle', surveillances.length, years.length);
      for (let year = 1; !byYear && year < body.validityYears; year++) {
        const on = later(naive.surveillanceOn(certificate, year, body), today);
        must(
          surveillances.some(({ targetOn }) => targetOn === on),
          () => `no surveillance is meant for ${on}, in year ${year} (R1)`,
        );
      }
      for (const year of years) {
        const owed = surveillances.some(({ targetOn }) => yearOfDate(targetOn) === year);
        must(owed, () => `no surveillance is planned in ${year}; decided on ${certificate.decidedOn} (R11)`);
      }
    }
    for (const { id, targetOn, latestOn } of planned.filter(({ kind }) => kind === 'recertification')) {
      equal(`the target of ${id}`, targetOn, later(recertificationMeant(certificate, body), today));
      equal(`the last day for ${id}`, latestOn, certificate.lastDay);
    }
  }

  private scheduled(
    data: { auditId: string; startsOn: IsoDate; endsOn: IsoDate },
    body: BodyProfile,
    certificate: KnownCertificate | undefined,
    page: Page,
  ): void {
    const audit = this.get(data.auditId);
    Object.assign(audit, { startsOn: data.startsOn, endsOn: data.endsOn, status: 'scheduled' });
    if (audit.kind === 'stage2') {
      const since = this.firstEvidenceOn && naive.operatedSince(this.firstEvidenceOn, body);
      const warned = page.records.some(({ type, data }) => type === 'WarningNoted' && data.code === 'R23');
      equal(`whether little evidence is warned of on ${data.startsOn}`, warned, !since || since > data.startsOn);
    }
    if (audit.kind === 'stage2' && this.stage2From) {
      const until = naive.stage2Until(this.stage2From, body);
      must(data.startsOn <= until, () => `Stage 2 ${audit.id} begins on ${data.startsOn}, after ${until} (R3)`);
    } else if (audit.kind === 'stage2') {
      must(this.comesAlone(certificate, body), () => `Stage 2 ${audit.id} is scheduled without a Stage 1 (R1, R17)`);
    }
    const { latestOn } = audit;
    const late = latestOn !== undefined && page.today <= latestOn && data.endsOn > latestOn;
    must(!late, () => `${audit.id} is scheduled to end on ${data.endsOn}, after ${latestOn}`);
  }

  /** R17: a Stage 2 is enough after a lapse that was not made good in time, unless the body or a change asks for more. */
  private comesAlone(certificate: KnownCertificate | undefined, body: BodyProfile): boolean {
    return certificate?.restorationEndedOn !== undefined && !body.stage1AfterLapse && !this.changed;
  }

  private wasPrepared(
    { auditId, step, days }: { auditId: string; step: number; days: number },
    body: BodyProfile,
    certificate: KnownCertificate | undefined,
    page: Page,
  ): void {
    const audit = this.get(auditId);
    equal(`the step of ${auditId}`, `${step} ${days}`, `${audit.prepared} ${stepDays[audit.prepared]}`);
    mustHappenAt(`step ${step} of ${auditId}`, this.nextStep(audit, body, certificate) as string, page);
    audit.prepared++;
  }

  private nextStep(audit: Mirror, body: BodyProfile, certificate: KnownCertificate | undefined): string | undefined {
    const days = stepDays[audit.prepared];
    if (days === undefined || (audit.kind !== 'surveillance' && audit.kind !== 'recertification')) return undefined;
    let on = daysLater(audit.startsOn ?? audit.targetOn, -days);
    if (audit.kind === 'recertification' && audit.prepared === 0)
      on = sooner(on, naive.preparationOn((certificate as KnownCertificate).lastDay, body));
    return `${on} 08:00:00.000`;
  }

  private held(auditId: string): void {
    const audit = this.get(auditId);
    audit.status = 'held';
    audit.reopened = false;
    if (audit.kind === 'stage1' && this.phase === 'certificationAudit') this.stage2From = audit.endsOn;
  }
}

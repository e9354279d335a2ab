import type {
  Audit,
  BodyProfile,
  Certificate,
  IsoDate,
  ProgramRecord,
  ProgramState,
} from '../../../domain/types/index.ts';
import {
  civilDate,
  daysLater,
  lastOfYear,
  later,
  naive,
  sooner,
  wallClock,
  yearOfDate,
  yearsOfSurveillance,
} from './naiveDates.ts';
import { equal, must, mustEndWith, mustHappenAt, type Page } from './page.ts';

type Mirror = Pick<Audit, 'id' | 'kind' | 'cycle' | 'targetOn' | 'latestOn' | 'startsOn' | 'endsOn' | 'status'> & {
  prepared: number;
  missed: boolean;
  outdated: boolean;
};

const stepDays = [90, 60, 30];

/** R1, R3, R6, R10, R11, R15: the days of all audits, counted naively from the records. */
export class NaiveAudits {
  private readonly audits = new Map<string, Mirror>();
  /** R3: the day from which the time for Stage 2 counts. */
  stage2From: IsoDate | undefined;
  /** R15, R17: whether a significant change was reported since the last decision. */
  private changed = false;
  private phase = 'gapAssessment';

  get(id: string): Mirror {
    const audit = this.audits.get(id);
    if (!audit) throw new Error(`Not what the naive dates say: there is no ${id}.`);
    return audit;
  }

  follow(record: ProgramRecord, body: BodyProfile, certificate: Certificate | undefined, page: Page): void {
    switch (record.type) {
      case 'ProgramAdopted':
        this.phase = record.data.phase;
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
        if (record.data.phase === 'surveillanceCycle') this.planned(certificate as Certificate, body, page);
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
      case 'AuditPrepared':
        this.wasPrepared(record.data, body, certificate, page);
        return;
      case 'AuditMissed': {
        const audit = this.get(record.data.auditId);
        const latestOn = audit.latestOn as IsoDate;
        equal(`the last day of ${audit.id}`, record.data.latestOn, latestOn);
        mustEndWith(`the time for ${audit.id}`, latestOn, daysLater(latestOn, 1), page);
        must(!audit.missed, () => `${audit.id} is missed twice`);
        audit.missed = true;
        return;
      }
      case 'AuditOutcomeRecorded':
        this.held(record.data.auditId);
        return;
      case 'AuditOutdated': {
        const audit = this.get(record.data.auditId);
        const until = naive.majorsUntil(audit.endsOn as IsoDate, body);
        equal(`the last day for the majors of ${audit.id}`, record.data.untilOn, until);
        mustEndWith(`the time for the majors of ${audit.id}`, until, daysLater(until, 1), page);
        audit.outdated = true;
        if (this.stage2From) this.stage2From = until;
        return;
      }
      case 'AuditCancelled':
        this.get(record.data.auditId).status = 'cancelled';
    }
  }

  atRest(state: ProgramState, certificate: Certificate | undefined, now: string): void {
    const today = civilDate(now, state.calendar.timeZone);
    const clock = wallClock(now, state.calendar.timeZone);
    const body = state.body.profile;
    for (const { id, status, startsOn, endsOn, missed } of Object.values(state.audits)) {
      const audit = this.get(id);
      equal(`${id}`, `${status} ${startsOn} ${endsOn}`, `${audit.status} ${audit.startsOn} ${audit.endsOn}`);
      equal(`whether ${id} is missed`, missed ?? false, audit.missed);
      if (status !== 'planned' && status !== 'scheduled') continue;
      if (missed && status === 'planned') {
        const asks = Object.values(state.tasks).filter((task) => task.auditId === id && !task.closedOn);
        must(asks.length > 0, () => `${id} was missed, and nobody is asked to make it good`);
      }
      if (audit.kind === 'surveillance' && audit.latestOn && audit.latestOn < today) {
        const inTime = endsOn !== undefined && endsOn <= audit.latestOn;
        must(audit.missed || inTime, () => `${id} was owed until ${audit.latestOn}, and nobody was told`);
      }
      if (audit.kind === 'stage2' && status === 'planned' && this.stage2From) {
        const until = naive.stage2Until(this.stage2From, body);
        must(today <= until, () => `Stage 2 ${id} could begin until ${until} (R3), and is still planned on ${today}`);
      }
      const step = this.nextStep(audit, body, certificate);
      must(!step || step > clock, () => `${id}: the step of ${step} was not taken`);
    }
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
  private planned(certificate: Certificate, body: BodyProfile, { today, before, records }: Page): void {
    const isAdopted = before?.unasked !== undefined;
    const planned = records.flatMap((record) => (record.type === 'AuditPlanned' ? [record.data.audit] : []));
    const isInitial = certificate.decidedOn === certificate.initialDecisionOn;
    const surveillances = planned.filter(({ kind }) => kind === 'surveillance');
    for (const { id, targetOn, latestOn, latestRule } of surveillances) {
      const r10 = isInitial && latestRule === 'R10';
      const until = r10 ? naive.firstSurveillanceUntil(certificate.decidedOn, body) : lastOfYear(targetOn);
      equal(`the last day for ${id} (${latestRule})`, latestOn, until);
      must(targetOn <= until && targetOn > certificate.decidedOn, () => `${id} is meant for ${targetOn}`);
    }
    if (!isAdopted) {
      if (isInitial) {
        const [first] = surveillances.map(({ latestOn = '' }) => latestOn).sort();
        const until = naive.firstSurveillanceUntil(certificate.decidedOn, body);
        must(first !== undefined && first <= until, () => `the first surveillance is at most on ${until} (R10)`);
      }
      for (const year of yearsOfSurveillance(certificate, body)) {
        const owed = surveillances.some(({ targetOn }) => yearOfDate(targetOn) === year);
        must(owed, () => `no surveillance is planned in ${year}; decided on ${certificate.decidedOn} (R11)`);
      }
    }
    for (const { id, targetOn, latestOn } of planned.filter(({ kind }) => kind === 'recertification')) {
      equal(`the target of ${id}`, targetOn, later(naive.recertificationOn(certificate.lastDay, body), today));
      equal(`the last day for ${id}`, latestOn, certificate.lastDay);
    }
  }

  private scheduled(
    data: { auditId: string; startsOn: IsoDate; endsOn: IsoDate },
    body: BodyProfile,
    certificate: Certificate | undefined,
    page: Page,
  ): void {
    const audit = this.get(data.auditId);
    Object.assign(audit, { startsOn: data.startsOn, endsOn: data.endsOn, status: 'scheduled' });
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
  private comesAlone(certificate: Certificate | undefined, body: BodyProfile): boolean {
    return certificate?.restorationEndedOn !== undefined && !body.stage1AfterLapse && !this.changed;
  }

  private wasPrepared(
    { auditId, step, days }: { auditId: string; step: number; days: number },
    body: BodyProfile,
    certificate: Certificate | undefined,
    page: Page,
  ): void {
    const audit = this.get(auditId);
    equal(`the step of ${auditId}`, `${step} ${days}`, `${audit.prepared} ${stepDays[audit.prepared]}`);
    mustHappenAt(`step ${step} of ${auditId}`, this.nextStep(audit, body, certificate) as string, page);
    audit.prepared++;
  }

  private nextStep(audit: Mirror, body: BodyProfile, certificate: Certificate | undefined): string | undefined {
    const days = stepDays[audit.prepared];
    if (days === undefined || (audit.kind !== 'surveillance' && audit.kind !== 'recertification')) return undefined;
    let on = daysLater(audit.startsOn ?? audit.targetOn, -days);
    if (audit.kind === 'recertification' && audit.prepared === 0)
      on = sooner(on, naive.preparationOn((certificate as Certificate).lastDay, body));
    return `${on} 08:00:00.000`;
  }

  private held(auditId: string): void {
    const audit = this.get(auditId);
    audit.status = 'held';
    if (audit.kind === 'stage1' && this.phase === 'certificationAudit') this.stage2From = audit.endsOn;
  }
}

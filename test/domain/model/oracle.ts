import type { Instant, IsoDate } from '../../../domain/basics.ts';
import type { BodyProfile } from '../../../domain/certificate/bodyProfile.ts';
import { defaultProfile } from '../../../domain/profile.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import type { Command, ProgramRecord, RecordMap } from '../../../domain/registry.ts';
import type { ProgramState } from '../../../domain/state.ts';
import type { Driver, Written } from '../support.ts';
import { NaiveAudits } from './audits.ts';
import { type KnownFinding, NaiveFindings } from './findings.ts';
import {
  civilDate,
  daysFrom,
  daysLater,
  type KnownCertificate,
  type NaiveCalendar,
  naive,
  orNextWorking,
} from './naiveDates.ts';
import { equal, must, mustEndWith, mustHappenAt, type Page, pageOf } from './page.ts';
import { mustBeLate } from './refusals.ts';
import { NaiveTasks } from './tasks.ts';

/**
 * Follows the records of a program with the naive dates, and throws when a date that the program carries, or the moment at
 * which it acts, is another; and when something is due and was not done.
 */
export class Oracle {
  private readonly timeZone: string;
  /** What the bodies said of themselves; one that said nothing has the default. */
  private readonly bodies: Record<string, BodyProfile>;
  private body: BodyProfile;
  private certificate: KnownCertificate | undefined;
  private adoptedAt?: Instant;
  private pausedOn: IsoDate | undefined;
  private startsOn: IsoDate;
  private readonly tasks: NaiveTasks;
  private readonly audits = new NaiveAudits();
  private readonly findings: NaiveFindings;
  private calendar: NaiveCalendar;

  /** Follows a program from its start on. `first` is what the start wrote. */
  constructor({ state }: Driver, bodies: Record<string, BodyProfile>, first: Written) {
    this.timeZone = state.calendar.timeZone;
    this.bodies = bodies;
    this.body = this.bodyCalled(state.body.name);
    this.startsOn = state.plan.startsOn;
    const { weekend, holidays, workingDays } = state.calendar;
    this.calendar = { weekend, holidays: [...holidays], workingDays };
    this.findings = new NaiveFindings(this.audits, this.calendar);
    this.tasks = new NaiveTasks(this.calendar, state.ladder);
    this.written(first);
  }

  written(written: Written): void {
    for (const [index, record] of written.records.entries()) {
      if (record.type === 'ProgramAdopted') this.adoptedAt = record.at;
      this.follow(record, pageOf(written, index, this.timeZone, this.adoptedAt));
    }
  }

  /** What holds whenever everything due is done. */
  atRest(state: ProgramState, now: Instant): void {
    if (state.status === 'cancelled' || state.status === 'closed') return;
    this.tasks.atRest(state, now);
    this.findings.atRest(state, now);
    this.audits.atRest(state, this.certificate, this.body, now);
    this.certificateAtRest(state, civilDate(now, this.timeZone));
    this.stage2AtRest(state, civilDate(now, this.timeZone));
  }

  /** Nobody is told that the time is over before it is. */
  refused(command: Command, refusal: Refusal, now: Instant): void {
    const { audits, certificate, body } = this;
    mustBeLate(command, refusal, { audits, certificate, body, today: civilDate(now, this.timeZone) });
  }

  /** The days around which rules change: the last days of what runs now. */
  criticalDays(state: ProgramState): IsoDate[] {
    const { certificate, body } = this;
    const days: IsoDate[] = [];
    if (certificate?.status === 'valid') days.push(certificate.lastDay);
    if (certificate?.status === 'lapsed') days.push(naive.restorableUntil(certificate.lastDay, body));
    if (certificate?.suspendedOn) days.push(naive.suspendedUntil(certificate.suspendedOn, body));
    const stage2 = this.audits.stage2Held(state);
    if (stage2) days.push(naive.majorsUntil(stage2.endsOn as IsoDate, body));
    for (const { planDueOn, verifyDueOn } of Object.values<KnownFinding>(state.findings)) {
      if (planDueOn) days.push(planDueOn);
      if (verifyDueOn) days.push(verifyDueOn);
    }
    for (const { latestOn } of Object.values(state.audits)) if (latestOn) days.push(latestOn);
    return days;
  }

  /** A day is off or worked as it was said last. */
  private calendarChanged({
    weekend,
    daysOff = [],
    workingDays = [],
    noLonger = [],
  }: RecordMap['CalendarChanged']): void {
    const { holidays, workingDays: worked = [] } = this.calendar;
    this.counted({
      weekend: weekend ?? this.calendar.weekend,
      holidays: [...holidays.filter((day) => !noLonger.includes(day)), ...daysOff],
      workingDays: [...worked.filter((day) => !daysOff.includes(day)), ...workingDays],
    });
  }

  private counted(calendar: NaiveCalendar): void {
    this.calendar = calendar;
    this.findings.calendar = calendar;
    this.tasks.counted(calendar);
  }

  private follow(record: ProgramRecord, page: Page): void {
    this.ofProgram(record, page);
    this.tasks.follow(record, page);
    this.audits.follow(record, this.body, this.certificate, page);
    this.findings.follow(record, this.body, page, this.certificate);
    this.ofCertificate(record, page);
  }

  private ofProgram(record: ProgramRecord, page: Page): void {
    const { today } = page;
    switch (record.type) {
      case 'ProgramBegan':
        mustHappenAt('the beginning', `${this.startsOn} 08:00:00.000`, page);
        return;
      case 'PlanChanged':
        this.startsOn = record.data.plan.startsOn;
        return;
      case 'HolidaysRecorded':
        this.counted({ ...this.calendar, holidays: [...this.calendar.holidays, ...record.data.holidays] });
        return;
      case 'CalendarChanged':
        this.calendarChanged(record.data);
        return;
      case 'ProgressReported': {
        const first = `${civilDate(page.at, this.timeZone).slice(0, 7)}-01` as IsoDate;
        const on = orNextWorking(first, this.calendar);
        mustHappenAt('the progress report', `${on} 08:00:00.000`, page);
        return;
      }
      case 'ProgramPaused':
        this.pausedOn = today;
        return;
      case 'ProgramResumed':
        equal('the length of the pause', record.data.days, daysFrom(this.pausedOn as IsoDate, today));
        this.pausedOn = undefined;
        return;
      case 'CertificateTransferred':
        this.body = this.bodyCalled(record.data.to.name);
    }
  }

  /** R28: the day of the last decision, whenever it was told. */
  private decidedOn: IsoDate | undefined;

  private bodyCalled(name: string): BodyProfile {
    return this.bodies[name] ?? defaultProfile;
  }

  private ofCertificate(record: ProgramRecord, page: Page): void {
    const { today } = page;
    const { certificate: old, body } = this;
    switch (record.type) {
      case 'ProgramAdopted':
        this.certificate = record.data.certificate;
        return;
      case 'DecisionRecorded':
        this.decidedOn = record.data.on ?? today;
        return;
      case 'LapseTakenBack':
        equal('the last day of what did not lapse', record.data.lastDay, old?.lastDay);
        must(record.data.decidedOn <= record.data.lastDay, () => `taken back for ${record.data.decidedOn} (R16)`);
        this.certificate = { ...(old as KnownCertificate), status: old?.suspendedOn ? 'suspended' : 'valid' };
        return;
      case 'CertificateIssued': {
        const decidedOn = this.decidedOn as IsoDate;
        this.becomes(record.data.certificate, decidedOn, decidedOn, naive.lastDay(decidedOn, body));
        equal('the day of the initial decision', record.data.certificate.initialDecisionOn, decidedOn);
        this.mustRestOnVerifiedMajors(page);
        return;
      }
      case 'CertificateRenewed': {
        const { lastDay } = old as KnownCertificate;
        const decidedOn = this.decidedOn as IsoDate;
        must(decidedOn <= lastDay, () => `renewed on ${decidedOn}, after the last day ${lastDay} (R16)`);
        if (decidedOn >= naive.followsFrom(lastDay, body))
          this.becomes(record.data.certificate, decidedOn, daysLater(lastDay, 1), naive.nextLastDay(lastDay, body));
        else this.becomes(record.data.certificate, decidedOn, decidedOn, naive.lastDay(decidedOn, body));
        return;
      }
      case 'CertificateRestored': {
        const { lastDay, status } = old as KnownCertificate;
        // By a decision, or by a command of its own.
        const ofDecision = page.records.some(({ type }) => type === 'DecisionRecorded');
        const on = ofDecision ? (this.decidedOn as IsoDate) : (record.data.on ?? today);
        const until = naive.restorableUntil(lastDay, body);
        must(on > lastDay && on <= until && status === 'lapsed', () => `restored on ${on}, after ${until} (R17)`);
        this.becomes(record.data.certificate, on, on, naive.nextLastDay(lastDay, body));
        return;
      }
      case 'CertificateSuspended':
        equal('the end of the suspension', record.data.untilOn, naive.suspendedUntil(record.data.on ?? today, body));
        this.certificate = { ...(old as KnownCertificate), status: 'suspended', suspendedOn: record.data.on ?? today };
        return;
      case 'SuspensionTakenBack': {
        // It was valid all along; one that lapsed meanwhile stays lapsed.
        const status = old?.status === 'lapsed' ? 'lapsed' : 'valid';
        this.certificate = { ...(old as KnownCertificate), status, suspendedOn: undefined };
        return;
      }
      case 'CertificateReinstated': {
        const until = naive.suspendedUntil(old?.suspendedOn as IsoDate, body);
        const on = record.data.on ?? today;
        must(on <= until, () => `reinstated on ${on}, after ${until} (R18)`);
        // One that lapsed while it was suspended stays lapsed.
        const status = old?.status === 'lapsed' ? 'lapsed' : 'valid';
        this.certificate = { ...(old as KnownCertificate), status, suspendedOn: undefined };
        return;
      }
      case 'CertificateLapsed': {
        const { lastDay } = old as KnownCertificate;
        equal('the last day of what lapses', record.data.lastDay, lastDay);
        mustEndWith('the certificate', lastDay, daysLater(lastDay, 1), page);
        this.certificate = { ...(old as KnownCertificate), status: 'lapsed' };
        return;
      }
      case 'CertificateWithdrawn': {
        if (record.actor === 'system') {
          const until = naive.suspendedUntil(old?.suspendedOn as IsoDate, body);
          mustEndWith('the suspension', until, daysLater(until, 1), page);
          must(
            until <= (old?.lastDay as IsoDate),
            () => `withdrawn after ${until}, and it had lapsed on ${old?.lastDay}`,
          );
        }
        this.certificate = { ...(old as KnownCertificate), status: 'withdrawn' };
        return;
      }
      case 'WithdrawalTakenBack': {
        const until = naive.suspendedUntil(old?.suspendedOn as IsoDate, body);
        must(old?.status === 'withdrawn', () => 'a withdrawal is taken back, and there was none');
        must(record.data.resolvedOn <= until, () => `resolved on ${record.data.resolvedOn}, after ${until} (R18)`);
        this.certificate = { ...(old as KnownCertificate), status: 'suspended' };
        return;
      }
      case 'WithdrawalStands': {
        const until = naive.resolutionToldUntil(old?.suspendedOn as IsoDate, body);
        mustEndWith('the time to tell of a resolution', until, daysLater(until, 1), page);
        return;
      }
      case 'RestorationEnded': {
        const until = naive.restorableUntil(old?.lastDay as IsoDate, body);
        mustEndWith('the time for restoration', until, daysLater(until, 1), page);
        this.certificate = { ...(old as KnownCertificate), restorationEndedOn: today };
      }
    }
  }

  private becomes(given: KnownCertificate, decidedOn: IsoDate, validFrom: IsoDate, lastDay: IsoDate): void {
    equal('the day of the decision', given.decidedOn, decidedOn);
    equal('the first day of the certificate', given.validFrom, validFrom);
    equal('the last day of the certificate', given.lastDay, lastDay);
    this.certificate = given;
  }

  private mustRestOnVerifiedMajors({ before, today }: Page): void {
    const stage2 = this.audits.stage2Held(before as ProgramState);
    if (!stage2) throw new Error('Not what the naive dates say: a certificate without a Stage 2 that stands.');
    const until = naive.majorsUntil(stage2.endsOn as IsoDate, this.body);
    const late = this.findings.majorsNotVerified(stage2.id, until, before as ProgramState);
    must(late.length === 0, () => `granted on ${today}, with ${late} not verified until ${until} (R6)`);
  }

  private certificateAtRest(state: ProgramState, today: IsoDate): void {
    const certificate: KnownCertificate | undefined = state.certificate;
    const mine = this.certificate;
    equal('the certificate', certificate?.status, mine?.status);
    if (!certificate || !mine) return;
    equal('its last day', certificate.lastDay, mine.lastDay);
    equal('the day of its suspension', certificate.suspendedOn, mine.suspendedOn);
    const { status, lastDay, suspendedOn, restorationEndedOn } = mine;
    const lives = status === 'valid' || status === 'suspended';
    must(!lives || today <= lastDay, () => `${status} on ${today}, after ${lastDay} (R16)`);
    if (status === 'suspended') {
      const until = naive.suspendedUntil(suspendedOn as IsoDate, this.body);
      must(today <= until, () => `suspended on ${today}, and it ends after ${until} (R18)`);
    }
    const until = naive.restorableUntil(lastDay, this.body);
    const restorable = status === 'lapsed' && !restorationEndedOn;
    must(!restorable || today <= until, () => `it can be restored on ${today}, after ${until} (R17)`);
  }

  /** R6: once the time for the majors is over, a Stage 2 without a decision does not stand. */
  private stage2AtRest(state: ProgramState, today: IsoDate): void {
    const stage2 = this.audits.stage2Held(state);
    const taken = state.decision && state.decision.auditId === stage2?.id && state.decision.decision !== 'delayed';
    if (!stage2 || taken) return;
    const until = naive.majorsUntil(stage2.endsOn as IsoDate, this.body);
    if (today <= until) return;
    const late = this.findings.majorsNotVerified(stage2.id, until, state);
    must(late.length === 0, () => `${stage2.id} stands on ${today}, with ${late} not verified until ${until} (R6)`);
  }
}

import { describe, expect, it } from 'vitest';
import { requirementState, withRequirements } from '../../domain/assessment/requirements.ts';
import type { PlannedAudit } from '../../domain/audits/audit.ts';
import { type CadenceName, cadenceNames, type IsoDate } from '../../domain/basics.ts';
import type { BodyProfile } from '../../domain/certificate/bodyProfile.ts';
import type { Certificate } from '../../domain/certificate/certificate.ts';
import { decide } from '../../domain/decide.ts';
import { fold } from '../../domain/fold.ts';
import { defaultProfile } from '../../domain/profile.ts';
import {
  auditDays,
  firstSurveillanceLatestOn,
  planCycleAudits,
  recertificationDates,
  recertificationPreparedFrom,
} from '../../domain/rules/cycle.ts';
import { nextStep } from '../../domain/story.ts';
import { isUnended } from '../../domain/tasks/task.ts';
import { speak } from '../../words/sayings/index.ts';
import { answered, certified, held, kept, recertified, reviewed, scheduled, scheduling } from './journey.ts';
import { plus, who } from './support.ts';

const profile = (overrides: Partial<BodyProfile> = {}): BodyProfile => ({ ...defaultProfile, ...overrides });

/** The certificate of an initial decision; its last day was looked up in a calendar. */
function initial(decidedOn: IsoDate, lastDay: IsoDate): Certificate {
  return {
    number: 'C',
    scope: { statement: 'All.' },
    status: 'valid',
    initialDecisionOn: decidedOn,
    decidedOn,
    validFrom: decidedOn,
    lastDay,
    cycle: 1,
  };
}

const yearOf = (on: IsoDate) => Number(on.slice(0, 4));
const planOf = (certificate: Certificate, rules: Partial<BodyProfile> = {}) => {
  const { surveillances, recertification } = planCycleAudits(certificate, profile(rules));
  return { on: surveillances.map((audit) => audit.targetOn), surveillances, recertification };
};

describe('R10: the first surveillance after initial certification', () => {
  it.each<[IsoDate, IsoDate]>([
    ['2030-01-15', '2031-01-15'],
    ['2030-02-28', '2031-02-28'],
    ['2031-03-01', '2032-03-01'],
    ['2032-02-29', '2033-02-28'],
    ['2030-12-31', '2031-12-31'],
  ])('after a decision on %s is held until %s', (decidedOn, latestOn) => {
    expect(firstSurveillanceLatestOn(decidedOn, profile())).toBe(latestOn);
  });

  it('is planned a month before and refused later', () => {
    const driver = certified('2030-06-05');
    const { targetOn, latestOn, latestRule } = driver.audit('surveillance');
    expect([targetOn, latestOn, latestRule]).toEqual(['2031-05-05', '2031-06-05', 'R10']);
    driver.until('2031-06-01').as(who.manager);
    expect(driver.refuses(scheduling(driver, 'surveillance', '2031-06-04', '2031-06-06'))).toMatchObject({
      code: 'R10',
      status: 409,
    });
    driver.does(scheduling(driver, 'surveillance', '2031-06-04', '2031-06-05'));
  });

  it('sooner than in a year, is planned as long before that', () => {
    const [first] = planOf(initial('2030-01-15', '2033-01-14'), { firstSurveillanceMonths: 6 }).surveillances;
    expect(first).toEqual({ targetOn: '2030-06-15', latestOn: '2030-07-15', latestRule: 'R10' });
    const later = planOf(initial('2030-01-15', '2033-01-14'), { firstSurveillanceMonths: 15 }).surveillances[0];
    expect(later).toEqual({ targetOn: '2030-12-15', latestOn: '2031-04-15', latestRule: 'R10' });
  });

  it('is owed by a certificate of one year, unless the recertification is as near', () => {
    const of = (firstSurveillanceMonths: number) =>
      planOf(initial('2030-01-15', '2031-01-14'), { firstSurveillanceMonths, validityYears: 1 }).on;
    expect(of(6)).toEqual(['2030-06-15']);
    expect(of(12)).toEqual([]);
  });

  it('not held until then is missed the moment after, told to both sides, and can still be held', () => {
    const driver = certified('2030-06-05');
    driver.until('2031-06-05T23:59:59.999Z');
    expect(driver.recordsOf('AuditMissed')).toEqual([]);
    driver.until('2031-06-06T00:00:00.000Z');
    expect(driver.recordsOf('AuditMissed').map(({ data }) => [data.auditId, data.rule, data.latestOn])).toEqual([
      ['A-4', 'R10', '2031-06-05'],
    ]);
    expect(driver.told('auditMissed').map(({ to }) => to)).toEqual([
      who.manager,
      who.sponsor,
      who.top,
      who.lead,
      who.auditor,
      who.decider,
    ]);
    held(driver, 'surveillance', '2031-06-20');
    expect(driver.warnings()).toContain('R10');
    expect(driver.state.audits['A-4']?.status).toBe('held');
  });

  it('held on the last day is not missed any more when its outcome is recorded later, and whoever was told hears of it', () => {
    const driver = certified('2030-06-05');
    scheduled(driver, 'surveillance', '2031-06-05');
    driver.until('2031-06-12').as(who.lead);
    expect(driver.recordsOf('AuditMissed').map(({ at }) => at)).toEqual(['2031-06-06T00:00:00.000Z']);
    driver.does({ type: 'recordOutcome', auditId: 'A-4', result: 'maintained', note: '' });
    expect(driver.recordsOf('MissedAuditTakenBack').map(({ data }) => data.endsOn)).toEqual(['2031-06-05']);
    expect(driver.state.audits['A-4']?.missed).toBeUndefined();
    expect(driver.told('auditNotMissed').map(({ to }) => to)).toEqual(
      driver.told('auditMissed').flatMap(({ to }) => (to === who.lead ? [] : [to])),
    );
  });
});

describe('R11: a surveillance in each calendar year but that of the recertification', () => {
  const decisions: [IsoDate, IsoDate][] = Array.from({ length: 12 }, (_, month) => {
    const number = String(month + 1).padStart(2, '0');
    return [`2030-${number}-15` as IsoDate, `2033-${number}-14` as IsoDate];
  });

  it.each(decisions)('after a decision on %s', (decidedOn, lastDay) => {
    for (const initialYearOwesSurveillance of [false, true]) {
      const { on, surveillances, recertification } = planOf(initial(decidedOn, lastDay), {
        initialYearOwesSurveillance,
      });
      // The recertification is planned three months before the last day: the decisions of January to March have it in 2032.
      const recertificationYear = decidedOn < '2030-04' ? 2032 : 2033;
      expect(yearOf(recertification.targetOn)).toBe(recertificationYear);
      const owed = [2030, 2031, 2032].filter(
        (year) => year < recertificationYear && (year > 2030 || initialYearOwesSurveillance),
      );
      for (const year of owed)
        expect(
          on.filter((day) => yearOf(day) === year),
          `${year}`,
        ).toHaveLength(1);
      // Those of the first and second year, and one more where the year of the initial decision owes it and has none.
      const extra = initialYearOwesSurveillance && decidedOn > '2030-02' ? 1 : 0;
      expect(on).toHaveLength(2 + extra);
      expect([...on].sort()).toEqual(on);
      for (const { targetOn, latestOn, latestRule } of surveillances) {
        expect(targetOn > decidedOn && targetOn <= latestOn, targetOn).toBe(true);
        expect(latestOn).toBe(latestRule === 'R10' ? decidedOn.replace('2030', '2031') : `${yearOf(targetOn)}-12-31`);
      }
      expect(surveillances.filter((audit) => audit.latestRule === 'R10')).toHaveLength(1);
    }
  });

  it('in January leaves the first surveillance in the year of the decision', () => {
    expect(planOf(initial('2030-01-15', '2033-01-14')).on).toEqual(['2030-12-15', '2031-12-15']);
    expect(planOf(initial('2030-05-31', '2033-05-30')).on).toEqual(['2031-04-30', '2032-04-30']);
  });

  it('owed by the year of the initial decision, is held in it even when little of it is left', () => {
    const owed = (decidedOn: IsoDate, lastDay: IsoDate) =>
      planOf(initial(decidedOn, lastDay), { initialYearOwesSurveillance: true }).on[0];
    expect(owed('2030-05-15', '2033-05-14')).toBe('2030-11-15');
    expect(owed('2030-11-20', '2033-11-19')).toBe('2030-11-21');
    expect(owed('2030-12-30', '2033-12-29')).toBe('2030-12-31');
    expect(owed('2030-12-31', '2033-12-30')).toBe('2030-12-31');
  });

  it('of 29 February is planned by the 28th', () => {
    const { surveillances } = planOf(initial('2032-02-29', '2035-02-28'));
    expect(surveillances.map((audit) => [audit.targetOn, audit.latestOn])).toEqual([
      ['2033-01-28', '2033-02-28'],
      ['2034-01-28', '2034-12-31'],
    ]);
  });

  it('owed by the year of a decision is owed also when nothing could be planned before that year was over', () => {
    const owing = { name: 'Body', rules: { initialYearOwesSurveillance: true } };
    const { records } = certified('2030-12-31', { certificationBody: owing });
    const commit = records.find(({ type }) => type === 'CertificateIssued')?.commandId;
    let state = fold(records.slice(0, records.findLastIndex(({ commandId }) => commandId === commit) + 1));
    const planned: PlannedAudit[] = [];
    for (let step = nextStep(state); step; step = nextStep(state)) {
      const decision = decide(state, step, { email: 'system' }, '2031-01-02T09:00:00.000Z', speak);
      if (!decision.ok) throw new Error(decision.refusal.code);
      for (const record of decision.records) if (record.type === 'AuditPlanned') planned.push(record.data.audit);
      state = decision.state;
    }
    const dates = planned.map(({ kind, targetOn, latestOn }) => [kind, targetOn, latestOn]);
    expect(dates).toContainEqual(['surveillance', '2030-12-31', '2030-12-31']);
    expect(dates).toHaveLength(4);
  });

  it('missed in its year is missed at the turn of the year', () => {
    const driver = certified('2030-06-05');
    held(driver, 'surveillance', '2031-05-05');
    driver.until('2032-12-31T23:59:59.999Z');
    expect(driver.recordsOf('AuditMissed')).toEqual([]);
    driver.until('2033-01-01T00:00:00.000Z');
    expect(driver.recordsOf('AuditMissed').map(({ data }) => data.rule)).toEqual(['R11']);
  });

  describe('in later cycles', () => {
    const renewed = (validFrom: IsoDate, lastDay: IsoDate, decidedOn: IsoDate): Certificate => ({
      ...initial('2027-06-05', lastDay),
      decidedOn,
      validFrom,
      cycle: 2,
    });

    it('is owed by the first and second year, not by that in which the recertification was', () => {
      const plan = planOf(renewed('2030-06-05', '2033-06-04', '2030-05-01'));
      expect(plan.on).toEqual(['2031-05-05', '2032-05-05']);
      expect(plan.surveillances.map((audit) => audit.latestRule)).toEqual(['R11', 'R11']);
      expect(plan.surveillances[0]?.latestOn).toBe('2031-12-31');
    });

    it('renewed early, is owed once by each year without a recertification: two, not three', () => {
      const early = planOf(renewed('2030-02-10', '2033-02-09', '2029-11-05'));
      expect([...early.on, early.recertification.targetOn]).toEqual(['2030-11-15', '2031-11-15', '2032-11-09']);
      // Three months before expiry would be in the next year, and the one before it would have no audit at all.
      const earlier = planOf(renewed('2030-04-15', '2033-04-14', '2029-11-05'));
      expect([...earlier.on, earlier.recertification.targetOn]).toEqual(['2030-11-15', '2031-11-15', '2032-12-01']);
      const earliest = planOf(renewed('2030-06-30', '2033-06-29', '2029-12-31'));
      expect([...earliest.on, earliest.recertification.targetOn]).toEqual(['2030-11-15', '2031-11-15', '2032-12-29']);
    });

    it('is planned again at each recertification; what was left of the old cycle is cancelled', () => {
      const driver = certified('2030-06-05');
      held(driver, 'surveillance', '2031-05-05');
      recertified(driver, '2033-03-04', '2033-05-01');
      const audits = Object.values(driver.state.audits).filter((audit) => audit.kind === 'surveillance');
      expect(audits.filter((audit) => audit.status === 'cancelled').map((audit) => audit.id)).toEqual(['A-5']);
      const planned = audits
        .filter((audit) => audit.status === 'planned')
        .map((audit) => [audit.cycle, audit.targetOn]);
      expect(planned).toEqual([
        [2, '2034-05-05'],
        [2, '2035-05-05'],
      ]);
    });
  });
});

describe('R15: recertification', () => {
  it('is planned three months before the last day and prepared from six months before', () => {
    expect(recertificationDates({ lastDay: '2033-06-04' }, profile())).toEqual({
      targetOn: '2033-03-04',
      latestOn: '2033-06-04',
      latestRule: 'R15',
    });
    expect(recertificationPreparedFrom({ lastDay: '2033-06-04' }, profile())).toBe('2032-12-04');
    expect(recertificationDates({ lastDay: '2033-05-31' }, profile()).targetOn).toBe('2033-02-28');
    expect(recertificationPreparedFrom({ lastDay: '2033-05-31' }, profile())).toBe('2032-11-30');
  });

  it('is prepared earlier when its audit is agreed for earlier, so that its record names no day for that', () => {
    const driver = certified('2030-06-05');
    const planned = driver.recordsOf('AuditPlanned').find(({ data }) => data.audit.kind === 'recertification');
    const known = ['id', 'kind', 'cycle', 'targetOn', 'latestOn', 'latestRule', 'team', 'status', 'prepared'];
    expect(Object.keys(planned?.data.audit ?? {})).toEqual(known);
    kept(driver, '2032-06-01');
    scheduled(driver, 'recertification', '2032-12-06');
    driver.until('2032-09-07');
    const prepared = driver.recordsOf('AuditPrepared').filter(({ data }) => data.auditId === planned?.data.audit.id);
    expect(prepared.map(({ at, data }) => [at.slice(0, 10), data.step])).toEqual([['2032-09-07', 0]]);
  });

  it('is not scheduled beyond the last day while the certificate lives', () => {
    const driver = kept(certified('2030-06-05'), '2033-05-01').as(who.manager);
    expect(driver.refuses(scheduling(driver, 'recertification', '2033-06-03', '2033-06-05')).code).toBe('R15');
    driver.does(scheduling(driver, 'recertification', '2033-06-03', '2033-06-04'));
  });
});

describe('the preparation of a surveillance', () => {
  it('asks at 90 days for evidence that ends, an internal audit, a review and dates; at 30 days for the checklist', () => {
    const driver = certified('2030-06-05');
    const seldom = Object.fromEntries(cadenceNames.map((name) => [name, 36])) as Record<CadenceName, number>;
    const plan = { ...driver.state.plan, cadences: { ...seldom, managementReview: 3 } };
    driver.state = withRequirements(
      { ...driver.state, plan },
      {
        '7.2': {
          ...requirementState(driver.state, '7.2'),
          evidence: { taskId: 'T-9', acceptedOn: '2030-01-10', validUntil: '2031-05-04' },
        },
        '8.1': {
          ...requirementState(driver.state, '8.1'),
          evidence: { taskId: 'T-8', acceptedOn: '2030-01-10', validUntil: '2031-05-05' },
        },
      },
    );
    driver.until('2031-02-04T07:59:59.999Z');
    expect([driver.open('evidence'), driver.open('auditSchedule')]).toEqual([[], []]);
    driver.until('2031-02-04T08:00:00.000Z');
    expect(driver.open('evidence')).toMatchObject([{ requirementId: '7.2', dueOn: '2031-04-05' }]);
    expect(driver.audit('internal')).toMatchObject({ status: 'planned', targetOn: '2031-03-06' });
    expect(driver.open('managementReview')).toHaveLength(1);
    const schedules = driver.open('auditSchedule').map((task) => [task.auditId, task.dueOn]);
    expect(schedules).toContainEqual(['A-4', '2031-03-06']);
    driver.until('2031-04-05T07:59:59.999Z');
    expect(driver.open('readinessChecklist')).toEqual([]);
    driver.until('2031-04-05T08:00:00.000Z');
    expect(driver.open('readinessChecklist')).toMatchObject([{ dueOn: '2031-04-28', auditId: 'A-4' }]);
    expect(driver.recordsOf('AuditPrepared').map(({ at, data }) => [at.slice(0, 10), data.days])).toEqual([
      ['2031-02-04', 90],
      ['2031-03-06', 60],
      ['2031-04-05', 30],
    ]);
  });

  it('keeps the checklist when the audit is scheduled after it was asked for', () => {
    const driver = certified('2030-06-05').until('2031-04-10');
    expect(driver.open('readinessChecklist')).toHaveLength(1);
    scheduled(driver, 'surveillance', '2031-05-12');
    expect(driver.open('readinessChecklist')).toHaveLength(1);
    expect(driver.open('auditSchedule').filter((task) => task.auditId === 'A-4')).toEqual([]);
    scheduled(driver, 'surveillance', '2031-05-19');
    expect(driver.open('auditOutcome').map((task) => task.dueOn)).toEqual(['2031-06-02']);
  });

  it('does without what was done in time: dates agreed, an internal audit of the year', () => {
    const driver = certified('2030-06-05');
    scheduled(driver, 'surveillance', '2031-05-05');
    driver.until('2030-12-01').as(who.manager).does({ type: 'planAudit', kind: 'internal', targetOn: '2030-12-10' });
    held(driver, 'internal', '2030-12-10');
    driver.until('2031-02-05');
    expect(driver.open('auditSchedule')).toEqual([]);
    expect(
      Object.values(driver.state.audits).filter((audit) => audit.kind === 'internal' && audit.status === 'planned'),
    ).toEqual([]);
  });
});

describe('the management review once certified', () => {
  it('is asked for a month before three months have passed, and after a waived one in its turn', () => {
    const driver = certified('2030-06-05');
    const heldOn = driver.state.reviews.at(-1)?.heldOn;
    expect(heldOn).toBe(plus('2030-06-05', -100));
    const [first] = driver.open('managementReview');
    expect(first).toMatchObject({ openedOn: '2030-04-25', dueOn: '2030-05-25' });
    reviewed(driver.until('2030-07-01'));
    expect(driver.open('managementReview')).toEqual([]);
    driver.until('2030-09-01T08:00:00.000Z');
    const [second] = driver.open('managementReview');
    expect(second).toMatchObject({ openedOn: '2030-09-01', dueOn: '2030-10-01' });
    driver.as(who.manager).does({ type: 'waiveTask', taskId: second!.id, reason: 'Joined with the next.' });
    driver.until('2030-11-01');
    expect(driver.open('managementReview')).toEqual([]);
    driver.until('2030-12-02T08:00:00.000Z');
    expect(driver.open('managementReview')).toMatchObject([{ dueOn: '2031-01-01' }]);
  });
});

describe('R22: audit time', () => {
  it('is a third for a surveillance and two thirds for a recertification, rounded up to days', () => {
    expect([1, 2, 3, 7, 9, 10].map((days) => auditDays(days, 'surveillance'))).toEqual([1, 1, 1, 3, 3, 4]);
    expect([1, 2, 3, 7, 9, 10].map((days) => auditDays(days, 'recertification'))).toEqual([1, 2, 2, 5, 6, 7]);
  });
});

describe('findings across cycles', () => {
  it('that are open go along into the next cycle, those that are closed do not', () => {
    const driver = certified('2030-06-05');
    held(driver, 'surveillance', '2031-05-05', { findings: [{ grade: 'minor' }, { grade: 'observation' }] });
    answered(driver, 'F-1', '2031-06-05');
    driver
      .as(who.manager)
      .does({ type: 'reportCorrectiveActionDone', findingId: 'F-1', evidence: { links: [], note: 'Done.' } });
    held(driver, 'recertification', '2031-12-01');
    driver.as(who.lead).does({ type: 'verifyFinding', findingId: 'F-1', effective: true, note: '' });
    driver.as(who.decider).does({ type: 'recordDecision', auditId: 'A-6', decision: 'granted', basis: 'Report.' });
    expect(driver.state.findings).toEqual({});
    expect(Object.values(driver.state.tasks).every(isUnended)).toBe(true);
    const { code, detail } = driver.as(who.lead).refuses({ type: 'raiseToMajor', findingId: 'F-1', reason: 'Hm.' });
    expect([code, detail]).toEqual([
      'state',
      'The finding F-1 was closed long ago; it can be read, and is not changed anymore.',
    ]);
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Installation, startAll } from '../../cli/run/startAll.ts';
import { loadSettings } from '../../config/settings.ts';
import type { Instant, IsoDate } from '../../domain/basics.ts';
import type { ProgramRecord } from '../../domain/registry.ts';
import { firstMondayOfNextJanuary } from '../../examples/techserve/days.ts';
import { ofType } from '../../examples/techserve/ending.ts';
import { climbedAsForetold, type PreviewedTask } from '../../examples/techserve/escalations.ts';
import { type RehearsalResult, rehearse } from '../../examples/techserve/rehearse.ts';
import { reportOf } from '../../examples/techserve/report.ts';
import { StoryError } from '../../examples/techserve/storyError.ts';
import { quietRuntime } from '../support/quietRuntime.ts';

const startsOn: IsoDate = '2030-01-07';
const chapters: string[] = [];
const progress: number[] = [];
let dataDir: string;
let installation: Installation;
let result: RehearsalResult;

beforeAll(async () => {
  quietRuntime();
  dataDir = await mkdtemp(join(tmpdir(), 'certloop-rehearse-test-'));
  const free = { port: 0, metricsPort: 0, temporalPort: 0, smtpPort: 0 };
  const settings = loadSettings({ HOME: process.env.HOME }, { dataDir, ...free });
  installation = await startAll(settings, pino({ level: 'silent' }), () => undefined);
  result = await rehearse({
    url: installation.url,
    administratorToken: installation.administratorToken as string,
    startsOn,
    log: (line) => chapters.push(line),
    progress: (done) => progress.push(done),
  });
}, 600_000);

// Calls of the failed rehearsal may still be answered then: the service must not wait for their connections to time out.
afterAll(async () => {
  await installation?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const types = () => new Set(result.records.map(({ type }) => type));
const found = (kind: string) => {
  const audits = ofType(result.records, 'AuditPlanned').filter(({ data }) => data.audit.kind === kind);
  const ids = audits.map(({ data }) => data.audit.id);
  return ofType(result.records, 'FindingRaised')
    .map(({ data }) => data.finding)
    .filter(({ auditId }) => ids.includes(auditId))
    .map(({ grade, requirementId }) => `${grade} ${requirementId}`);
};

describe('TechServe, from its first day to its second certificate', () => {
  it('gets its certificate in month 10, for three years, and the next one in time', () => {
    const [issued] = ofType(result.records, 'CertificateIssued');
    expect(issued?.data.certificate).toMatchObject({ decidedOn: '2030-10-22', lastDay: '2033-10-21', cycle: 1 });
    expect(result.certificate).toMatchObject({
      status: 'valid',
      cycle: 2,
      validFrom: '2033-10-22',
      lastDay: '2036-10-21',
    });
    expect(result.certificate.decidedOn < '2033-10-21').toBe(true);
  });

  it('closes the gaps that its consultant found, the policy in month 3', () => {
    const [assessed] = ofType(result.records, 'GapAssessmentCompleted');
    expect(assessed?.data.counts).toEqual({ conforms: 42, partial: 17, missing: 9, notApplicable: 2 });
    const policy = ofType(result.records, 'TaskOpened').find(({ data }) => data.task.requirementId === '5.2');
    const submitted = ofType(result.records, 'EvidenceSubmitted').find(
      ({ data }) => data.taskId === policy?.data.task.id,
    );
    expect(result.dateOf(submitted?.at as Instant)).toMatch(/^2030-03-/);
  });

  it('is found wanting where the story says so, and nowhere else', () => {
    expect(found('internal').filter((finding) => finding.startsWith('minor'))).toEqual(['minor 7.2', 'minor A.5.3']);
    expect(found('stage1')).toEqual(['concern 6.1.3']);
    expect(found('stage2')).toEqual(['minor 9.1']);
    expect(found('surveillance')).toEqual(['minor A.8.4', 'observation A.9.3']);
    expect(found('recertification')).toEqual(['opportunity A.6.2.8']);
    expect(types()).not.toContain('DeadlineMissed');
  });

  it('has a surveillance in each year between, and reviews and audits itself all the while', () => {
    const held = ofType(result.records, 'AuditScheduled').map(({ data }) => data.startsOn.slice(0, 4));
    expect(held).toEqual(['2030', '2030', '2030', '2031', '2031', '2032', '2032', '2033', '2033']);
    expect(ofType(result.records, 'ManagementReviewHeld').length).toBeGreaterThanOrEqual(13);
    const renewed = ofType(result.records, 'TaskOpened').filter(({ data }) => data.task.title.includes('renew'));
    expect(renewed.length).toBeGreaterThanOrEqual(10);
  });

  it('hears of the late owner step by step, until the evidence is there', () => {
    const { dueOn, rungs, answeredOn } = result.lateTask;
    expect(rungs.map(({ to }) => to[0]?.split('.')[0])).toEqual(['grace', 'grace', 'grace', 'grace', 'priya', 'maria']);
    expect(rungs.slice(2, 5).map(({ on }) => on)).toEqual(['2030-05-30', dueOn, '2030-06-05']);
    expect(dueOn).toBe('2030-05-31');
    expect(answeredOn).toBe('2030-06-12');
  });

  it('ends its report with all of it in one line', () => {
    const lines = reportOf(result);
    expect(lines.at(-1)).toMatch(
      /^TechServe: \d{3,} records, \d{3,} mails, certificate NGA-AIMS-1042 valid until 2036-10-21, recertified on 2033-\d\d-\d\d, [\d.]+ s$/,
    );
    expect(lines.join('\n')).toMatch(/Subject: Overdue by 7 working days: A\.6\.2\.3 /);
    expect(lines.filter((line) => line.startsWith('  |')).join('\n')).not.toMatch(/undefined|\[object/);
  });

  it('tells how far it has come', () => {
    expect(chapters).toHaveLength(7);
    expect(progress).toEqual([...progress].sort((one, other) => one - other));
    expect(progress.at(-1)).toBeGreaterThan(0.97);
  });
});

describe('a rehearsal that does not go as told', () => {
  it('says what was expected and what was found', async () => {
    const asked = { url: installation.url, administratorToken: 'wrong', startsOn, log: () => undefined };
    const failed = rehearse({ ...asked, progress: () => undefined });
    await expect(failed).rejects.toThrow(StoryError);
    await expect(failed).rejects.toThrow(/Expected: POST \/v1\/programs to be answered\. Found: 401/);
  });

  it('fails when a rung is sent twice, to somebody else, or after the evidence came', () => {
    const people = ['grace.lin', 'grace.lin', 'grace.lin', 'grace.lin', 'priya.nair', 'maria.alvarez'];
    const at = (day: number) => `2030-05-0${day}T21:00:00.000Z` as Instant;
    const rungs: PreviewedTask['rungs'] = people.map((name, rung) => ({
      rung,
      at: at(rung + 1),
      to: [`${name}@example.com`],
      what: `rung ${rung}`,
      passed: false,
    }));
    const task: PreviewedTask = {
      taskId: 'T-1',
      title: '',
      assignee: 'grace.lin@example.com',
      dueOn: '2030-05-04',
      rungs,
    };
    const sent = rungs.map(({ rung, at: sentAt, to }) => ({
      type: 'TaskReminded',
      at: sentAt,
      data: { taskId: 'T-1', rung, to },
    }));
    const came = { type: 'EvidenceSubmitted', at: at(7), data: { taskId: 'T-1' } };
    const ladder = (records: object[]) =>
      climbedAsForetold(
        task,
        records.map((record, index) => ({ ...record, seq: index + 1 }) as ProgramRecord),
        (on) => on.slice(0, 10) as IsoDate,
      );
    expect(ladder([...sent, came]).answeredOn).toBe('2030-05-07');
    expect(() => ladder([...sent, sent[5]!, came])).toThrow(StoryError);
    expect(() => ladder([...sent.slice(0, 5), came, sent[5]!])).toThrow(StoryError);
    expect(() => ladder([...sent.slice(0, 5), { ...sent[5], data: { ...sent[5]!.data, to: [] } }, came])).toThrow(
      StoryError,
    );
  });
});

it('begins on the first Monday of January that lies ahead', () => {
  const days: IsoDate[] = ['2026-11-22', '2027-01-01', '2027-01-04', '2028-12-31'];
  expect(days.map(firstMondayOfNextJanuary)).toEqual(['2027-01-04', '2027-01-04', '2028-01-03', '2029-01-01']);
});

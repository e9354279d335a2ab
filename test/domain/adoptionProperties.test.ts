import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type AdoptedAudit,
  type AdoptedCertificate,
  type AdoptedFinding,
  type Adoption,
  type AgreedAudit,
  adoptablePhases,
} from '../../domain/adoption/adoption.ts';
import { auditKinds } from '../../domain/audits/audit.ts';
import { decideStart } from '../../domain/decide.ts';
import { defineProgram } from '../../domain/program/define.ts';
import { standardOutline } from '../../domain/standards/outline.ts';
import { speak } from '../../words/sayings/index.ts';
import { Invariants } from './invariants.ts';
import { plan } from './journey.ts';
import { asAnswered, Driver, definitionInput, local, people, plus, standard, who } from './support.ts';
import { step, take } from './walk.ts';

const today = '2032-03-01';
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const usually = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 9 });
const seldom = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
/** Days from a while ago to a little ahead, around the edges that rules have. */
const day = (from: number, to: number) => fc.integer({ min: from, max: to }).map((days) => plus(today, days));

const certificate: fc.Arbitrary<AdoptedCertificate> = fc
  .record({
    lapsed: fc.boolean(),
    decidedOn: fc.oneof(
      { weight: 4, arbitrary: day(-1090, 0) },
      { weight: 2, arbitrary: day(-1300, -1080) },
      day(1, 2),
    ),
    years: fc.constantFrom(700, 1094, 1094, 1094, 1094, 1095, 1097),
    off: fc.integer({ min: -40, max: 40 }),
    cycle: fc.constantFrom(1, 1, 2),
    initial: usually(fc.integer({ min: 900, max: 1200 })),
    suspendedOn: seldom(day(-200, 0)),
    validFrom: seldom(day(-1300, 1)),
  })
  .map(({ years, off, initial, lapsed, ...given }) => ({
    ...given,
    status: lapsed && given.decidedOn < plus(today, -1080) ? 'lapsed' : given.suspendedOn ? 'suspended' : 'valid',
    number: 'C-7',
    lastDay: plus(given.decidedOn, years + (given.cycle === 1 ? Math.min(3, off) : 6 * off)),
    initialDecisionOn: initial === undefined || given.cycle === 1 ? undefined : plus(given.decidedOn, -initial),
  }));

const usual = {
  internal: 'completed',
  stage1: 'ready',
  stage2: 'completed',
  surveillance: 'maintained',
  recertification: 'completed',
  special: 'completed',
} as const;

const audit: fc.Arbitrary<AdoptedAudit> = fc
  .record({
    kind: fc.constantFrom(...auditKinds, 'surveillance' as const, 'stage1' as const, 'internal' as const),
    startsOn: day(-900, 0),
    days: fc.nat(3),
    result: maybe(fc.constantFrom('notReady' as const, 'suspend' as const, 'withdraw' as const)),
    team: fc.constantFrom([who.lead], [who.auditor, 'gone@body.example']),
  })
  .map(({ kind, startsOn, days, result, team }) => ({
    kind,
    startsOn,
    endsOn: plus(startsOn, days),
    result: result && Math.abs(days) === 3 ? result : usual[kind],
    team: [...team],
  }));

const agreed: fc.Arbitrary<AgreedAudit> = fc
  .record({
    kind: fc.constantFrom(...auditKinds, 'surveillance' as const, 'internal' as const),
    startsOn: fc.oneof(day(-1, 60), day(0, 900)),
    days: fc.integer({ min: 0, max: 3 }),
    stranger: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ kind, startsOn, days, stranger }) => ({
    kind,
    startsOn,
    endsOn: plus(startsOn, days),
    team: [stranger === 0 ? who.stranger : kind === 'internal' ? who.internal : who.lead],
  }));

const finding: fc.Arbitrary<AdoptedFinding> = fc
  .record({
    raisedIn: fc.constantFrom(...auditKinds),
    raisedOn: day(-700, 0),
    grade: fc.constantFrom('minor' as const, 'minor' as const, 'major' as const, 'concern' as const),
    status: fc.constantFrom('open' as const, 'planned' as const, 'planAccepted' as const, 'done' as const),
    dueOn: day(-100, 200),
    planDueOn: maybe(day(-100, 100)),
    verifyDueOn: maybe(day(0, 200)),
    effectiveness: maybe(fc.nat(300)),
  })
  .map(({ dueOn, effectiveness, ...given }) => ({
    ...given,
    requirementId: '7.2',
    statement: 'It is lacking.',
    plan: {
      ...plan,
      dueOn,
      ...(effectiveness === undefined ? {} : { effectivenessOn: plus(dueOn, effectiveness) }),
    },
  }));

const { requirements } = standardOutline(standard);
const rated = (count: number): Adoption['ratings'] =>
  requirements.slice(0, count).map(({ id: requirementId }, index) => ({
    requirementId,
    status: index % 7 === 0 ? 'missing' : 'conforms',
    priority: 'medium',
    gap: 'Something.',
    effortDays: 2,
    owner: who.owner,
  }));

const adoption: fc.Arbitrary<Adoption> = fc.record({
  phase: fc.oneof(fc.constantFrom(...adoptablePhases), {
    weight: 2,
    arbitrary: fc.constant('surveillanceCycle' as const),
  }),
  certificate,
  audits: fc.array(audit, { maxLength: 4 }),
  openFindings: fc.array(finding, { maxLength: 2 }),
  agreedAudits: maybe(fc.array(agreed, { maxLength: 2 })),
  internalAuditOn: maybe(day(-500, 0)),
  managementReviewOn: maybe(day(-500, 0)),
  ratings: fc.constantFrom(rated(0), rated(30), rated(requirements.length), rated(requirements.length)),
  impactAssessments: fc.constantFrom([], [{ systemId: 'assistant', assessedOn: '2031-05-05' }]),
});

/** Most of what is drawn at random contradicts itself at once; what does not belong to the phase is mostly left out. */
const likely = fc.record({ adopt: adoption, raw: fc.integer({ min: 0, max: 9 }) }).map(({ adopt, raw }): Adoption => {
  if (raw === 0) return adopt;
  const cycle = adopt.phase === 'surveillanceCycle';
  const kinds: string[] = cycle
    ? ['internal', 'surveillance', 'recertification']
    : adopt.phase === 'certificationAudit'
      ? ['internal', 'stage1']
      : ['internal'];
  const { decidedOn = '', initialDecisionOn = decidedOn } = (cycle && adopt.certificate) || {};
  const fits = ({ kind, startsOn }: AdoptedAudit) =>
    kinds.includes(kind) && (kind === 'internal' || startsOn > initialDecisionOn);
  const audits = adopt.audits?.filter(fits) ?? [];
  const openFindings = adopt.openFindings?.flatMap((found, index) => {
    const of = audits[index];
    const grade = found.grade === 'concern' && of?.kind !== 'stage1' ? 'minor' : found.grade;
    return of ? [{ ...found, grade, raisedIn: of.kind, raisedOn: of.endsOn }] : [];
  });
  const agreedAudits = adopt.agreedAudits?.filter(({ kind }) => kinds.includes(kind));
  return { ...adopt, audits, openFindings, agreedAudits, ...(cycle ? {} : { certificate: undefined }) };
});

it('whatever is taken over is refused with a reason, or goes on like any other program', () => {
  const taken: Record<string, number> = {};
  const refused: Record<string, number> = {};
  fc.assert(
    fc.property(likely, fc.array(step, { maxLength: 12 }), (adopt, steps) => {
      const input = definitionInput({ plan: { startsOn: '2028-01-03' }, adopt });
      const now = local(today, '09:00', 'Etc/UTC');
      const decision = decideStart(defineProgram(input), who.manager, now, speak);
      if (!decision.ok) {
        const { status, code, detail } = asAnswered(decision.refusal);
        expect(status).toBe(422);
        expect(detail).not.toMatch(/undefined|\[object|NaN/);
        expect(detail).toMatch(/^adopt\./);
        refused[code] = (refused[code] ?? 0) + 1;
        return;
      }
      taken[adopt.phase] = (taken[adopt.phase] ?? 0) + 1;
      if (adopt.agreedAudits?.length) taken.agreed = (taken.agreed ?? 0) + 1;
      const driver = new Driver(input, now);
      nothingIsInvented(driver, adopt);
      const invariants = new Invariants(driver);
      driver.settle();
      invariants.atRest();
      whatIsAskedHasAPersonAndADay(driver);
      for (const next of steps) {
        take(driver, next);
        invariants.atRest();
      }
      invariants.atEnd();
    }),
    { numRuns: 300 },
  );
  // Draws that are all refused, or none, would show nothing.
  expect(taken.surveillanceCycle).toBeGreaterThan(5);
  expect(taken.agreed).toBeGreaterThan(0);
  expect(Object.keys(taken).length).toBeGreaterThan(2);
  for (const code of ['dates', 'R12', 'R16', 'R17']) expect(refused[code], code).toBeGreaterThan(0);
});

/** What the state holds was given, or follows from it by a rule. */
function nothingIsInvented({ state }: Driver, adopt: Adoption): void {
  const dated = Object.values(state.audits)
    .filter((audit) => audit.status !== 'planned')
    .map(({ kind, endsOn, status }) => `${kind} ${endsOn} ${status}`);
  const given = [
    ...(adopt.audits ?? []).map(({ kind, endsOn }) => `${kind} ${endsOn} held`),
    ...(adopt.agreedAudits ?? []).map(({ kind, endsOn }) => `${kind} ${endsOn} scheduled`),
  ];
  const internal = adopt.internalAuditOn && `internal ${adopt.internalAuditOn} held`;
  expect(new Set(dated)).toEqual(new Set([...given, ...(internal ? [internal] : [])]));
  expect(state.reviews.map(({ heldOn }) => heldOn)).toEqual(adopt.managementReviewOn ? [adopt.managementReviewOn] : []);
  expect(Object.keys(state.findings)).toHaveLength(adopt.openFindings?.length ?? 0);
  if (adopt.certificate) {
    const { number, status, decidedOn, lastDay, cycle } = adopt.certificate;
    expect(state.certificate).toMatchObject({ number, status, decidedOn, lastDay, cycle });
  } else expect(state.certificate).toBeUndefined();
}

function whatIsAskedHasAPersonAndADay({ state }: Driver): void {
  for (const task of Object.values(state.tasks)) {
    expect(people.some(({ email }) => email === task.assignee)).toBe(true);
    expect(task.dueOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  }
}

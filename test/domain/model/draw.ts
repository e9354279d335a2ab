import fc from 'fast-check';
import type { Adoption } from '../../../domain/adoption/adoption.ts';
import type { IsoDate, Weekday } from '../../../domain/basics.ts';
import type { BodyProfile } from '../../../domain/certificate/bodyProfile.ts';
import { defaultProfile } from '../../../domain/profile.ts';
import { ratings } from '../adopted.ts';
import { who } from '../support.ts';
import { daysLater, naive, yearsLater } from './naiveDates.ts';

/** What a life is drawn from; everything that happens in it follows from its seed. */
export interface Life {
  seed: number;
  startsOn: IsoDate;
  timeZone: string;
  weekend: Weekday[] | undefined;
  holidays: IsoDate[];
  adopt?: (typeof adoptions)[number];
  /** The numbers of the bodies: of the one that it begins with, and of one to which its certificate may go. */
  body: BodyProfile;
  otherBody: BodyProfile;
  /** In per cent: how often people answer, how often the worker is away, how often the database is. */
  diligence: number;
  workerOutages: number;
  databaseOutages: number;
}

const adoptions = [
  'gapAssessment',
  'implementation',
  'internalAudit',
  'certificationAudit',
  'cycle',
  'lapsed',
] as const;

/** Zones with offsets of quarters, and with days that do not begin at midnight or have two midnights. */
export const timeZones = [
  'Etc/UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'America/Santiago',
  'Africa/Cairo',
  'America/Havana',
  'Atlantic/Azores',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
];

/** Days around 29 February and the ends of months and years, and any day. */
const startsOn = fc.oneof<fc.Arbitrary<IsoDate>[]>(
  fc.constantFrom('2028-02-28', '2028-02-29', '2028-03-01', '2031-12-31', '2032-02-29', '2031-08-31', '2032-08-29'),
  fc.nat(1460).map((days) => daysLater('2028-01-01', days)),
);

/** Single days off, and weeks in which nobody works. */
export const holidays = fc
  .array(fc.record({ on: fc.nat(5500), length: fc.constantFrom(1, 1, 1, 2, 14, 21) }), { maxLength: 60 })
  .map((spans) =>
    spans.flatMap(({ on, length }) => Array.from({ length }, (_, day) => daysLater('2026-01-01', on + day))),
  );

/** Weekends of one, two and three days, together or apart, and weeks without any; none is that of most countries. */
export const weekend = fc.option(
  fc.constantFrom<Weekday[][]>(
    ['friday', 'saturday'],
    ['saturday'],
    ['friday'],
    ['friday', 'sunday'],
    ['thursday', 'friday'],
    ['friday', 'saturday', 'sunday'],
    [],
  ),
  { nil: undefined, freq: 3 },
);

/** The numbers of a body of some kind: short ones, long ones, and those that are said nowhere. */
const drawn: fc.Arbitrary<BodyProfile> = fc
  .record({
    stage1ToStage2Months: fc.integer({ min: 1, max: 12 }),
    majorVerificationMonths: fc.integer({ min: 1, max: 12 }),
    planDays: fc.integer({ min: 5, max: 90 }),
    majorVerifiedDays: fc.integer({ min: 14, max: 200 }),
    firstSurveillanceMonths: fc.integer({ min: 4, max: 15 }),
    initialYearOwesSurveillance: fc.boolean(),
    surveillanceLeadMonths: fc.integer({ min: 0, max: 3 }),
    validityYears: fc.constantFrom(1, 2, 3, 3, 4, 5),
    openMinorIsRaised: fc.boolean(),
    recertificationPreparationMonths: fc.integer({ min: 3, max: 11 }),
    recertificationAuditMonths: fc.integer({ min: 1, max: 6 }),
    stage1AtRecertification: fc.boolean(),
    stage1AfterLapse: fc.boolean(),
    restorationMonths: fc.integer({ min: 1, max: 12 }),
    suspensionMonths: fc.integer({ min: 1, max: 12 }),
    operatingEvidenceMonths: fc.integer({ min: 0, max: 6 }),
    toldOfChanges: fc.boolean(),
    toldOfIncidents: fc.boolean(),
    toldOfComplaints: fc.boolean(),
  })
  .map((body) => ({
    ...body,
    recertificationPreparationMonths: Math.max(body.recertificationPreparationMonths, body.recertificationAuditMonths),
  }));

/** Mostly a body with numbers of its own. */
const body = fc.oneof({ weight: 3, arbitrary: drawn }, { weight: 1, arbitrary: fc.constant(defaultProfile) });

export const life: fc.Arbitrary<Life> = fc.record({
  seed: fc.nat(2 ** 31 - 1),
  startsOn,
  timeZone: fc.constantFrom(...timeZones),
  weekend,
  holidays,
  adopt: fc.option(fc.constantFrom(...adoptions), { freq: 2, nil: undefined }),
  body,
  otherBody: body,
  diligence: fc.constantFrom(97, 90, 75, 50),
  workerOutages: fc.constantFrom(0, 5, 25),
  databaseOutages: fc.constantFrom(0, 2, 10),
});

/** Random numbers that follow from a seed (mulberry32). */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  /** A whole number from 0, below a bound. */
  below(bound: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  }

  percent(chance: number): boolean {
    return this.below(100) < chance;
  }

  one<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }
}

/** What is known of a program that is taken over on a day, in each of its phases. */
export function adopted(phase: NonNullable<Life['adopt']>, on: IsoDate, dice: Dice, body: BodyProfile): Adoption {
  const audited = { internalAuditOn: daysLater(on, -200), managementReviewOn: daysLater(on, -190) };
  switch (phase) {
    case 'gapAssessment':
      return { phase };
    case 'implementation':
      return { phase, ratings };
    case 'internalAudit':
      return { phase, ratings, ...(dice.percent(50) ? audited : {}) };
    case 'certificationAudit': {
      const startsOn = daysLater(on, -1 - dice.below(180));
      const stage1 = { kind: 'stage1', startsOn, endsOn: startsOn, result: 'ready', team: [who.lead] } as const;
      const audits = dice.percent(50) ? [{ ...stage1, team: [who.lead] }] : [];
      const evidence = [{ requirementId: '5.2', acceptedOn: daysLater(on, -1 - dice.below(300)) }];
      return { phase, ratings, ...audited, audits, ...(dice.percent(70) ? { evidence } : {}) };
    }
    case 'cycle': {
      const decidedOn = daysLater(on, -dice.below(333 * body.validityYears));
      return { phase: 'surveillanceCycle', ratings, ...audited, certificate: certificateOf('valid', decidedOn, body) };
    }
    case 'lapsed': {
      const decidedOn = daysLater(yearsLater(on, -body.validityYears), -1 - dice.below(28 * body.restorationMonths));
      return { phase: 'surveillanceCycle', ratings, ...audited, certificate: certificateOf('lapsed', decidedOn, body) };
    }
  }
}

function certificateOf(status: 'valid' | 'lapsed', decidedOn: IsoDate, body: BodyProfile): Adoption['certificate'] {
  return { number: 'C-7', status, decidedOn, lastDay: naive.lastDay(decidedOn, body), cycle: 1 };
}

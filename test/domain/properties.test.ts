import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DefinitionInput } from '../../domain/program/definition.ts';
import { Invariants } from './invariants.ts';
import { auditedInternally, certified, held, implemented, kept, recertified, staged } from './journey.ts';
import { type Driver, program } from './support.ts';
import { step, take } from './walk.ts';

const places: Partial<DefinitionInput>[] = [
  { calendar: { timeZone: 'Etc/UTC' } },
  { calendar: { timeZone: 'America/New_York', holidays: ['2030-07-04', '2030-12-25', '2033-07-04'] } },
  { calendar: { timeZone: 'Europe/Berlin', country: 'DE', holidays: ['2030-10-03'] } },
];

/** Where a random life begins: each is a program brought so far, of which every run gets its own copy. */
const beginnings: Record<string, (place: number) => Driver> = {
  start: (place) => program(places[place]),
  implemented: (place) => implemented(begin('start', place)),
  atTheGate: (place) => auditedInternally(begin('implemented', place), '2030-01-20'),
  stage2: (place) => staged(begin('atTheGate', place), '2030-02-11', '2030-03-01'),
  certified: (place) => certified('2030-06-05', places[place]),
  thirdYear: (place) => kept(begin('certified', place), '2033-05-10'),
  undecided(place) {
    const driver = begin('thirdYear', place);
    held(driver, 'recertification', '2033-05-12', { findings: [{ grade: 'minor' }] });
    return driver;
  },
  secondCycle: (place) => recertified(begin('thirdYear', place), '2033-05-12', '2033-05-20'),
};

const begun = new Map<string, Driver>();

function begin(name: string, place: number): Driver {
  const key = `${name} ${place}`;
  const driver = begun.get(key) ?? (beginnings[name] as (typeof beginnings)[string])(place);
  begun.set(key, driver);
  return driver.fork();
}

const life = fc.record({
  from: fc.constantFrom(...Object.keys(beginnings)),
  place: fc.nat(places.length - 1),
  steps: fc.array(step, { minLength: 30, maxLength: 60, size: 'max' }),
});

it('whatever people do and whenever, what must hold does hold', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(life, ({ from, place, steps }) => {
      const driver = begin(from, place);
      const before = driver.records.length;
      const invariants = new Invariants(driver);
      driver.settle();
      invariants.atRest();
      for (const next of steps) {
        take(driver, next);
        invariants.atRest();
      }
      invariants.atEnd();
      for (const { type } of driver.records.slice(before)) seen.add(type);
    }),
    { numRuns: 120 },
  );
  // Walks that never get anywhere would prove nothing.
  for (const type of [...usual, ...ofTheCycle]) expect([...seen]).toContain(type);
}, 180_000);

const usual = ['TaskOpened', 'TaskReminded', 'TaskEscalated', 'TaskCompleted', 'EvidenceAccepted', 'AuditScheduled'];
const ofTheCycle = ['FindingRaised', 'DeadlineMissed', 'DecisionRecorded', 'CertificateIssued', 'CertificateRenewed'];

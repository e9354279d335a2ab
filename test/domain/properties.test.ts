import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DefinitionInput } from '../../domain/definition.ts';
import { Invariants } from './invariants.ts';
import { auditedInternally, certified, held, implemented, kept, recertified, staged } from './journey.ts';
import { type Driver, program } from './support.ts';
import { type Step, step, take } from './walk.ts';

const places: Partial<DefinitionInput>[] = [
  { calendar: { timeZone: 'Etc/UTC' } },
  { calendar: { timeZone: 'America/New_York', holidays: ['2030-07-04', '2030-12-25', '2033-07-04'] } },
  { calendar: { timeZone: 'Europe/Berlin', country: 'DE', holidays: ['2030-10-03'] } },
];

/** Where a random life begins: each is a program brought so far, of which every run gets its own copy. */
const beginnings: Record<string, (overrides: Partial<DefinitionInput>) => Driver> = {
  start: (overrides) => program(overrides),
  implemented: (overrides) => implemented(program(overrides)),
  atTheGate: (overrides) => auditedInternally(program(overrides), '2030-01-20'),
  stage2: (overrides) => staged(auditedInternally(program(overrides), '2030-01-20'), '2030-02-11', '2030-03-01'),
  certified: (overrides) => certified('2030-06-05', overrides),
  thirdYear: (overrides) => kept(certified('2030-06-05', overrides), '2033-01-10'),
  undecided(overrides) {
    const driver = kept(certified('2030-06-05', overrides), '2033-03-01');
    held(driver, 'recertification', '2033-03-04', { findings: [{ grade: 'minor' }] });
    return driver;
  },
  secondCycle: (overrides) =>
    recertified(kept(certified('2030-06-05', overrides), '2033-03-01'), '2033-03-04', '2033-05-01'),
};

const begun = new Map<string, Driver>();

function begin(name: string, place: number): Driver {
  const key = `${name} ${place}`;
  const driver =
    begun.get(key) ?? (beginnings[name] as (typeof beginnings)[string])(places[place] as Partial<DefinitionInput>);
  begun.set(key, driver);
  return driver.fork();
}

const life = fc.record({
  from: fc.constantFrom(...Object.keys(beginnings)),
  place: fc.nat(places.length - 1),
  steps: fc.array(step, { minLength: 40, maxLength: 60, size: 'max' }),
});

it('whatever people do and whenever, what must hold does hold', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(life, ({ from, place, steps }) => {
      const driver = begin(from, place);
      const invariants = new Invariants(driver);
      driver.settle();
      invariants.atRest();
      for (const next of steps as Step[]) {
        take(driver, next);
        invariants.atRest();
      }
      invariants.atEnd();
      for (const { type } of driver.records) seen.add(type);
    }),
    { numRuns: 200 },
  );
  // A walk that never gets anywhere would prove nothing.
  const rare = [
    'CertificateLapsed',
    'CertificateRestored',
    'CertificateWithdrawn',
    'FindingRaisedToMajor',
    'ProgramResumed',
  ];
  for (const type of [
    'CertificateIssued',
    'CertificateRenewed',
    'DeadlineMissed',
    'TaskEscalated',
    'AuditMissed',
    ...rare,
  ]) {
    expect([...seen]).toContain(type);
  }
});

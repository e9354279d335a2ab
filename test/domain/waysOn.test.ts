import fc from 'fast-check';
import { expect, it } from 'vitest';
import { auditedInternally, certified, held, implemented, kept, staged } from './journey.ts';
import { type Driver, program } from './support.ts';
import { step, take } from './walk.ts';
import { deadEnd } from './waysOn.ts';

/** Where a random life begins. */
const beginnings: Record<string, () => Driver> = {
  start: () => program(),
  implemented: () => implemented(program()),
  atTheGate: () => auditedInternally(implemented(program()), '2030-01-20'),
  stage2: () => staged(auditedInternally(implemented(program()), '2030-01-20'), '2030-02-11', '2030-03-01'),
  withMajor: () =>
    staged(auditedInternally(program(), '2030-01-20'), '2030-02-11', '2030-03-01', { findings: [{ grade: 'major' }] }),
  certified: () => certified('2030-06-05'),
  thirdYear: () => kept(certified('2030-06-05'), '2033-05-10'),
  undecided() {
    const driver = kept(certified('2030-06-05'), '2033-05-10');
    held(driver, 'recertification', '2033-05-12', { findings: [{ grade: 'minor' }] });
    return driver;
  },
};

const begun = new Map<string, Driver>();

function begin(name: string): Driver {
  const driver = begun.get(name) ?? (beginnings[name] as () => Driver)();
  begun.set(name, driver);
  return driver.fork();
}

const life = fc.record({
  from: fc.constantFrom(...Object.keys(beginnings)),
  steps: fc.array(step, { minLength: 30, maxLength: 60, size: 'max' }),
  looks: fc.nat(5),
});

it('whatever people do, and whoever leaves, a program that has not ended has a way on that its page names', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(life, ({ from, steps, looks }) => {
      const driver = begin(from);
      driver.settle();
      for (const [index, next] of steps.entries()) {
        take(driver, next);
        // Asking what everybody is offered takes long: not after every step.
        if (index % 6 === looks % 6) expect(deadEnd(driver)).toBeUndefined();
        seen.add(driver.state.phase);
      }
    }),
    { numRuns: Number(process.env.WAYS_RUNS ?? 40), endOnFailure: true },
  );
  expect([...seen].sort()).toContain('surveillanceCycle');
}, 300_000);

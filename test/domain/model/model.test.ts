import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seed as standard } from '../../support/seed.ts';
import { life } from './draw.ts';
import { live } from './life.ts';

/**
 * `npm run model` plays many; `MODEL_RUNS` and `MODEL_SEED` say how many and which, `MODEL_SECONDS` when to stop before
 * that, and `MODEL_PATH` (the `path` of a failure) plays the one that failed alone.
 */
const { MODEL_RUNS, MODEL_SEED, MODEL_SECONDS, MODEL_PATH: path, npm_lifecycle_event } = process.env;
const isSearch = npm_lifecycle_event === 'model';
const runs = path ? 1 : Number(MODEL_RUNS ?? (isSearch ? 400 : 24));
const seed = Number(MODEL_SEED ?? (isSearch ? Date.now() % 2 ** 31 : standard));

it('R1 R3 R6 R7 R10 R11 R12 R15 R16 R17 R18: ten years of random programs keep to naively counted dates', () => {
  const seen = new Map<string, number>();
  let steps = 0;
  let lives = 0;
  console.info(`MODEL_SEED=${seed} MODEL_RUNS=${runs}`);
  fc.assert(
    fc.property(life, (one) => {
      const lived = live(one);
      steps += lived.steps;
      lives++;
      for (const type of lived.types) seen.set(type, (seen.get(type) ?? 0) + 1);
    }),
    {
      seed,
      numRuns: runs,
      endOnFailure: true,
      ...(path ? { path } : {}),
      ...(MODEL_SECONDS ? { interruptAfterTimeLimit: Number(MODEL_SECONDS) * 1000 } : {}),
    },
  );
  const often = [...seen].sort(([, a], [, b]) => a - b).map(([type, count]) => `${type} in ${count}`);
  console.info(`${lives} programs of ten years, ${steps} steps looked at. Rarest: ${often.slice(0, 16).join(', ')}.`);
  if (lives >= 24) for (const type of happens) expect([...seen.keys()]).toContain(type);
}, 3_600_000);

/** Programs that never get anywhere would prove nothing. */
const happens = [
  'CalendarChanged',
  'GapAssessmentCompleted',
  'TaskReminded',
  'TaskEscalated',
  'DeadlineMissed',
  'ProgramResumed',
  'AuditMissed',
  'CertificateIssued',
  'CertificateRenewed',
  'CertificateSuspended',
  'CertificateLapsed',
];

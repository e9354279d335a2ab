import fc from 'fast-check';
import { expect, it } from 'vitest';
import { life, live } from './life.ts';

/**
 * `npm run model` plays many; `MODEL_RUNS` and `MODEL_SEED` say how many and which, and `MODEL_PATH` (the `path` of a
 * failure) plays the one that failed alone.
 */
const many = process.env.npm_lifecycle_event === 'model' ? 400 : 40;
const path = process.env.MODEL_PATH;
const runs = path ? 1 : Number(process.env.MODEL_RUNS ?? many);
const seed = Number(process.env.MODEL_SEED ?? Date.now() % 2 ** 31);

it('R1 R3 R6 R7 R10 R11 R12 R15 R16 R17 R18: ten years of random programs keep to naively counted dates', () => {
  const seen = new Set<string>();
  let steps = 0;
  console.info(`MODEL_SEED=${seed} MODEL_RUNS=${runs}`);
  fc.assert(
    fc.property(life, (one) => {
      const lived = live(one);
      steps += lived.steps;
      for (const type of lived.types) seen.add(type);
    }),
    { seed, numRuns: runs, endOnFailure: true, ...(path ? { path } : {}) },
  );
  console.info(`${steps} steps were looked at; ${seen.size} types of records.`);
  if (runs >= 40) for (const type of happens) expect([...seen]).toContain(type);
}, 3_600_000);

/** Programs that never get anywhere would prove nothing. */
const happens = [
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

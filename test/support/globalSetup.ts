import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { writeBundle } from '../../worker/bundle.ts';
import { startTestService } from './service.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** `host:port` of the Temporal service that all tests of a run share: `inject('temporalAddress')`. */
    temporalAddress: string;
    /** Path of the bundle of the workflows as they are now, for workers: `inject('workflowBundle')`. */
    workflowBundle: string;
  }
}

/** What is made once for a whole run of tests, and handed to them with `provide`; gives the function that ends it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'certloop-tests-'));
  const [service, bundle] = await Promise.all([startTestService(), writeBundle(join(folder, 'workflows.bundle.js'))]);
  project.provide('temporalAddress', service.address);
  project.provide('workflowBundle', bundle);
  return async () => {
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

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
  const [service, bundle] = await Promise.allSettled([
    startTestService(),
    writeBundle(join(folder, 'workflows.bundle.js')),
  ]);
  const end = async () => {
    if (service.status === 'fulfilled') await service.value.stop();
    await rm(folder, { recursive: true, force: true });
  };
  if (service.status === 'rejected' || bundle.status === 'rejected') {
    await end();
    throw service.status === 'rejected' ? service.reason : (bundle as PromiseRejectedResult).reason;
  }
  project.provide('temporalAddress', service.value.address);
  project.provide('workflowBundle', bundle.value);
  return end;
}

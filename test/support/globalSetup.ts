import type { TestProject } from 'vitest/node';
import { startTestService } from './service.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** `host:port` of the Temporal service that all tests of a run share: `inject('temporalAddress')`. */
    temporalAddress: string;
  }
}

/** What is made once for a whole run of tests, and handed to them with `provide`; gives the function that ends it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const service = await startTestService();
  project.provide('temporalAddress', service.address);
  return () => service.stop();
}

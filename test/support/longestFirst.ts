import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take a minute or more: begun last, one of them would go on while no other process has anything to do. */
const long = [
  'scenarios/scenarios',
  'browser/everyPage',
  'domain/model/model',
  'workflows/outages',
  'workflows/replaced',
  'browser/example',
  'cli/restore',
];

/** The order of files in a run: those that take long first, the others as Vitest has them (the largest first where it knows no times). */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => long.some((name) => moduleId.endsWith(`/test/${name}.test.ts`));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

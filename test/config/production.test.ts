import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../config/packageRoot.ts';
import { serverArguments } from '../../worker/service/arguments.ts';

const read = (file: string) => readFileSync(join(packageRoot(), file), 'utf8');

test('the dynamic configuration for a cluster is that of the embedded service', () => {
  const given = serverArguments({ dataDir: null, port: 1, uiPort: null, rehearsals: true, namespace: 'default' });
  const embedded = given.flatMap((argument, index) =>
    given[index - 1] === '--dynamic-config-value' ? [argument.replaceAll('"', '')] : [],
  );
  const file = [...read('docker/dynamic-config.yaml').matchAll(/^(\S+):\n {2}- value: (\S+)$/gm)];
  expect(embedded.length).toBeGreaterThan(3);
  expect(file.map(([, name, value]) => `${name}=${value}`).sort()).toEqual(embedded.sort());
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../config/packageRoot.ts';
import { describeSettings } from '../../config/settings.ts';
import { serverArguments } from '../../worker/service/arguments.ts';

const read = (file: string) => readFileSync(join(packageRoot(), file), 'utf8');

test('the dynamic configuration for a cluster is that of the embedded service', () => {
  const given = serverArguments({ dataDir: null, port: 1, uiPort: 2, rehearsals: true, namespace: 'default' });
  const embedded = given.flatMap((argument, index) =>
    given[index - 1] === '--dynamic-config-value' ? [argument.replaceAll('"', '')] : [],
  );
  const file = [...read('docker/dynamic-config.yaml').matchAll(/^(\S+):\n {2}- value: (\S+)$/gm)];
  expect(embedded.length).toBeGreaterThan(3);
  expect(file.map(([, name, value]) => `${name}=${value}`).sort()).toEqual(embedded.sort());
});

test.each(['docker-compose.yml', 'Dockerfile'])('%s sets only settings that there are', (file) => {
  const set = [...read(file).matchAll(/\b(CERTLOOP_[A-Z_]+)(?=[:=] ?)/g)].map(([, name]) => name);
  const known = [...describeSettings().map(({ name }) => name), 'CERTLOOP_DB_PASSWORD'];
  expect(set.length).toBeGreaterThan(1);
  expect(known).toEqual(expect.arrayContaining(set));
});

test('the compose file runs commands that there are', () => {
  const commands = [...read('docker-compose.yml').matchAll(/^ {4}command: \[(\w+)\]$/gm)].map(([, name]) => name);
  const known = [...read('cli/main.ts').matchAll(/\.command\('(\w+)'\)/g)].map(([, name]) => name);
  expect(commands).toEqual(['migrate', 'api', 'worker']);
  expect(known).toEqual(expect.arrayContaining(commands));
});

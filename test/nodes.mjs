// The parts that a new Node.js can break, on each that is supported: `npm run test:nodes`, or `node test/nodes.mjs 24` on one, with other
// tests `node test/nodes.mjs 24 test/db/connect.test.ts`. Node.js comes from the npm package `node`. Run `npm run build` before.
import { spawnSync } from 'node:child_process';

/** The driver of SQLite and the locks of files, settings, time zones, a worker with its native part, a whole program over HTTP. */
const subset = [
  'test/config/settings.test.ts',
  'test/config/timeZoneData.test.ts',
  'test/db/connect.test.ts',
  'test/worker/runtime.test.ts',
  'test/domain/ladder.test.ts',
  'test/workflows/replay.test.ts',
  'test/cli/backup.test.ts',
];
const given = process.argv.slice(2);
const isVersion = (argument) => /^\d+(\.\d+)*$/.test(argument);
const versions = given.some(isVersion) ? given.filter(isVersion) : ['20', '22', '24'];
const tests = given.every(isVersion) ? subset : given.filter((argument) => !isVersion(argument));

for (const version of versions) {
  const node = ['-y', '--prefer-offline', `node@${version}`];
  const found = spawnSync('npx', [...node, '-e', 'console.log(process.version)'], { encoding: 'utf8' });
  if (found.status !== 0) throw new Error(`There is no Node.js ${version}: ${found.stderr}`);
  console.log(`\nNode.js ${found.stdout.trim()}`);
  const { status } = spawnSync('npx', [...node, 'node_modules/vitest/vitest.mjs', 'run', ...tests], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`Tests failed on Node.js ${version}.`);
}
console.log(`\nPassed on Node.js ${versions.join(', ')}.`);

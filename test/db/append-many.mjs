// A process of its own for connect.test.ts: prints "ready", waits for a word, appends `count` commands to the program
// "shared" and prints each one's id when it is acknowledged. It runs from the sources, so that the test needs no build.
import { once } from 'node:events';
import { createViteServer } from 'vitest/node';

const [url, name, count] = process.argv.slice(2);
const vite = await createViteServer({
  configFile: false,
  logLevel: 'error',
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
});
const { openDatabase } = await vite.ssrLoadModule('/db/connect.ts');
const { aCommit } = await vite.ssrLoadModule('/test/support/builders.ts');

const db = await openDatabase(url);
console.log('ready');
await once(process.stdin, 'data');
let head = 0;
for (let n = 1; n <= Number(count); n++) {
  const commandId = `${name}-${n}`;
  for (;;) {
    const answer = await db.register.append(aCommit('shared', head, { commandId }));
    head = answer.appended ? head + 1 : answer.records.at(-1).seq;
    if (answer.appended) break;
  }
  console.log(commandId);
}
await db.close();
await vite.close();

// Runs a TypeScript source in a plain process of Node, which does not read TypeScript yet: no build is needed.
import { createViteServer } from 'vitest/node';

/** Loads a module by its path from the root of the project, such as `/db/connect.ts`. */
export async function load(path) {
  const server = await started;
  return server.ssrLoadModule(path);
}

/** To be called when nothing is loaded any more. */
export async function close() {
  await (await started).close();
}

const started = createViteServer({
  configFile: false,
  logLevel: 'error',
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
});

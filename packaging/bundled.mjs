// `npm pack` and `npm publish` put all of our dependencies into the package, as the lock file has them: `bundled.mjs on` before,
// `bundled.mjs off` after. What a lock file and overrides say does not travel with a package otherwise: whoever installs it would get
// versions that nobody tested, some of which are not for their Node.js. It is not in package.json all the time, for then npm would treat
// the folder of this project as such a package too. sqlite3 is left out: it has a part that is built or fetched for the system on which it
// is installed.
//
// npm calls `off` only when all went well: `bundled.mjs watch` stays beside it and puts package.json back when npm ends in any other way.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const file = join(root, 'package.json');
const kept = join(root, 'package.json.unpacked');

const [, script, mode, pid] = process.argv;
if (mode === 'on') on();
else if (mode === 'watch') await watch(Number(pid));
else off();

function on() {
  if (existsSync(kept)) off();
  const text = readFileSync(file, 'utf8');
  const { devDependencies, overrides, allowScripts, scripts, dependencies, ...rest } = JSON.parse(text);
  const bundleDependencies = Object.keys(dependencies).filter((name) => name !== 'sqlite3');
  const packed = { ...rest, dependencies, bundleDependencies };
  const npm = caller();
  writeFileSync(kept, text);
  if (npm) spawn(process.execPath, [script, 'watch', npm], { detached: true, stdio: 'ignore' }).unref();
  // In one step, for others may read it meanwhile.
  writeFileSync(`${file}.packed`, `${JSON.stringify(packed, null, 2)}\n`);
  renameSync(`${file}.packed`, file);
}

function off() {
  if (existsSync(kept)) renameSync(kept, file);
}

/** Waits until `off` was called, or whoever packs is no more. */
async function watch(packing) {
  while (existsSync(kept) && isAlive(packing)) await setTimeout(200);
  off();
}

function isAlive(process_) {
  try {
    process.kill(process_, 0);
    return true;
  } catch {
    return false;
  }
}

/** The process that packs: npm starts us through a shell. Undefined where `ps` cannot tell. */
function caller() {
  let process_ = String(process.ppid);
  try {
    for (;;) {
      const found = execFileSync('ps', ['-o', 'ppid=,comm=', '-p', process_], { encoding: 'utf8' }).trim();
      const [, parent, name] = /^(\d+)\s+(.*)$/.exec(found);
      if (!/(^|[/-])(ba|da|z|k|a)?sh$/.test(name)) return process_;
      process_ = parent;
    }
  } catch {
    return undefined;
  }
}

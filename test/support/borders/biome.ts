import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packageRoot } from '../../../config/packageRoot.ts';
import { allowedIn, type Room, roomOf, rooms } from './rooms.ts';

interface Override {
  includes: string[];
  linter: { rules: { style?: Record<string, unknown> } };
}

/** What biome.json must say: as it is, with the borders of the list. */
export function biomeConfiguration(): string {
  const present = JSON.parse(readFileSync(join(packageRoot(), 'biome.json'), 'utf8'));
  const others = (present.overrides as Override[]).filter(({ linter }) => !linter.rules.style?.noRestrictedImports);
  const overrides = [...others, ...Object.keys(rooms).flatMap(overrideOf)];
  const input = JSON.stringify({ ...present, overrides });
  return runBiome(packageRoot(), ['format', '--stdin-file-path=biome.json'], input);
}

/** Runs Biome in a folder, and gives what it prints; what it finds wrong in the files is no error. */
export function runBiome(folder: string, options: string[], input = ''): string {
  const program = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  const { stdout, stderr } = spawnSync(process.execPath, [program, ...options], {
    cwd: folder,
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (!stdout) throw new Error(`biome ${options.join(' ')} printed nothing in ${folder}: ${stderr}`);
  return stdout;
}

/** A room that may import everything needs none. */
function overrideOf(name: string): Override[] {
  const room = rooms[name]!;
  const group = [...forbiddenRooms(name, room), ...(room.never ?? [])];
  if (group.length === 0) return [];
  const options = { patterns: [{ group, message: messageOf(name, room) }] };
  return [
    {
      includes: [`${name}/**`],
      linter: { rules: { style: { noRestrictedImports: { level: 'error', options } } } },
    },
  ];
}

/** A room is told from a folder of the same name elsewhere by the `..` before it. */
function forbiddenRooms(name: string, { imports }: Room): string[] {
  const forbidden = Object.keys(rooms).filter((other) => other !== name && !imports.includes(other));
  const exceptions = imports.filter((allowed) => forbidden.includes(roomOf(allowed)) && !forbidden.includes(allowed));
  return [...forbidden.map((other) => `**/../${other}/**`), ...exceptions.map((file) => `!**/../${file}`)];
}

function messageOf(name: string, { never = [] }: Room): string {
  const allowed = allowedIn(name);
  const ours = allowed.length > 0 ? `only ${allowed.join(', ')}` : 'nothing';
  const packages = never.length > 0 ? `, and no package ${never.join(' or ')}` : '';
  return `Of our own code ${name}/ may import ${ours}${packages}.`;
}

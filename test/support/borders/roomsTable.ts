import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../config/packageRoot.ts';
import { allowedIn, rooms } from './rooms.ts';

/** A line of the table: the folders, what lives there, and what they import. */
const line = /^\| (`\w+\/`(?:, `\w+\/`)*) \| (.*) \| (.*) ?\|$/gm;

/** What ARCHITECTURE.md must say: as it is, with the column of imports of the list. */
export function architecture(): string {
  const present = readFileSync(join(packageRoot(), 'ARCHITECTURE.md'), 'utf8');
  return present.replace(line, (_, folders: string, lives: string) => {
    const imports = new Set(roomsIn(folders).map(importsColumn));
    return `| ${folders} | ${lives} | ${[...imports].join('; ')} |`;
  });
}

/** The rooms that have a line in the table of ARCHITECTURE.md, in its order. */
export function roomsInTable(): string[] {
  return [...architecture().matchAll(line)].flatMap(([, folders]) => roomsIn(folders!));
}

/** Folders without code, such as `docs/`, are no rooms. */
function roomsIn(folders: string): string[] {
  return [...folders.matchAll(/\w+/g)].map(([folder]) => folder).filter((folder) => folder in rooms);
}

function importsColumn(room: string): string {
  const allowed = allowedIn(room);
  const others = Object.keys(rooms).filter((other) => other !== room && !allowed.includes(`${other}/`));
  if (allowed.length === 0) return 'none';
  if (others.length === 0) return 'all';
  if (others.length < allowed.length / 2) return `all but ${quoted(others.map((other) => `${other}/`))}`;
  return quoted(allowed);
}

function quoted(names: string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

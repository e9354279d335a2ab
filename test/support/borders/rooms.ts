/** A folder of the project and what may be imported in it; a file in it may always import the others in it. */
export interface Room {
  /** Other rooms (`db`), or single files of them (`activities/contract.ts`). */
  imports: readonly string[];
  /** Packages that are not for this room, as globs. */
  never?: readonly string[];
}

const shipped = [
  'domain',
  'words',
  'db',
  'files',
  'identity',
  'proof',
  'operations',
  'activities',
  'workflows',
  'api',
  'web',
  'config',
  'worker',
  'embedding',
  'signing',
];

/**
 * The borders between the rooms. `biome.json` and the table in `ARCHITECTURE.md` follow from this list:
 * `npm run borders` writes them.
 */
export const rooms: Readonly<Record<string, Room>> = {
  domain: { imports: [], never: ['@temporalio/**', 'node:*'] },
  words: { imports: ['domain'], never: ['@temporalio/**', 'node:*'] },
  workflows: {
    imports: ['domain', 'words', 'activities/contract.ts', 'signing/flaws.ts'],
    never: ['node:*'],
  },
  activities: { imports: ['domain', 'words', 'db', 'signing'] },
  signing: { imports: ['workflows/messages.ts'], never: ['@temporalio/**'] },
  db: { imports: ['domain'] },
  files: { imports: ['domain'] },
  identity: { imports: ['domain', 'db'] },
  operations: { imports: ['domain', 'db'] },
  proof: { imports: ['domain', 'db'] },
  api: {
    imports: [
      'domain',
      'words',
      'db',
      'files',
      'identity',
      'operations',
      'signing',
      'workflows/messages.ts',
      'activities/holidayCalendars.ts',
    ],
  },
  web: { imports: ['domain', 'words', 'db', 'files', 'identity', 'api', 'config/packageRoot.ts'] },
  worker: { imports: ['workflows', 'activities', 'db', 'operations', 'config', 'signing'] },
  config: { imports: ['signing', 'workflows/searchAttributes.ts'] },
  cli: { imports: [...shipped, 'examples'] },
  embedding: { imports: ['domain', 'db', 'activities', 'workflows', 'api', 'config', 'worker', 'signing'] },
  examples: { imports: ['domain', 'words'] },
  bench: { imports: [...shipped, 'cli', 'examples', 'test'] },
  test: { imports: [...shipped, 'cli', 'examples', 'bench'] },
};

/** What a room may import, as people write it: `domain/`, `activities/contract.ts`. */
export function allowedIn(room: string): string[] {
  return rooms[room]!.imports.map((allowed) => (allowed in rooms ? `${allowed}/` : allowed));
}

/** The room of a file, such as `db` of `db/rows.ts`. */
export function roomOf(file: string): string {
  return file.split('/')[0]!;
}

/** Whether a file of a room may import a file, such as `db/rows.ts`. */
export function mayImport(room: string, file: string): boolean {
  return [room, ...rooms[room]!.imports].some((allowed) => file === allowed || file.startsWith(`${allowed}/`));
}

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { packageRoot } from '../../../config/packageRoot.ts';

const run = promisify(execFile);
const read = (file: string) => readFileSync(join(packageRoot(), file), 'utf8');

/** The headings of the runbook. */
export function headings(): string[] {
  return [...read('docs/runbook.md').matchAll(/^## (.+)$/gm)].map(([, heading]) => heading!);
}

/** The commands that a page of the runbook gives, in its order. Throws when there is no such page. */
export function commandsOf(heading: string): string[] {
  const page = read('docs/runbook.md')
    .split(/^#{1,2} /m)
    .find((text) => text.startsWith(`${heading}\n`));
  if (page === undefined) throw new Error(`docs/runbook.md has no page "${heading}".`);
  return [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block!);
}

/** An alert of `ops/alerts.yaml`. */
export interface Alert {
  name: string;
  expression: string;
  summary: string;
  runbook: string;
}

export function alerts(): Alert[] {
  interface Rule {
    alert: string;
    expr: string;
    annotations: { summary: string; runbook: string };
  }
  const { groups } = parse(read('ops/alerts.yaml')) as { groups: { rules: Rule[] }[] };
  return groups.flatMap(({ rules }) =>
    rules.map(({ alert, expr, annotations }) => ({ name: alert, expression: expr, ...annotations })),
  );
}

/** What the dashboard draws: each expression with the legend of its lines. */
export function dashboardLines(): { expression: string; legend: string }[] {
  interface Panel {
    targets: { expr: string; legendFormat: string }[];
  }
  const { panels } = JSON.parse(read('ops/dashboard.json')) as { panels: Panel[] };
  return panels.flatMap(({ targets }) =>
    targets.map(({ expr, legendFormat: legend }) => ({ expression: expr, legend })),
  );
}

/** The folder of PostgreSQL's tools where they are not on the path, as of Debian. */
export async function postgresTools(): Promise<string> {
  const debian = '/usr/lib/postgresql';
  const versions = await readdir(debian).catch(() => []);
  const [newest] = versions.sort((a, b) => Number(b) - Number(a));
  return newest ? join(debian, newest, 'bin') : '';
}

/** Runs commands as they stand on a page, and gives what they said; rejects with it when one of them fails. */
export async function follow(
  commands: string,
  env: NodeJS.ProcessEnv,
  owner: { uid?: number; gid?: number; cwd?: string } = {},
): Promise<string> {
  const { stdout, stderr } = await run('bash', ['-euo', 'pipefail', '-c', commands], { env, ...owner });
  return stdout + stderr;
}

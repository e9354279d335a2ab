import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../../config/packageRoot.ts';

export const read = (file: string) => readFileSync(join(packageRoot(), file), 'utf8');

/** A service of the compose file, as far as tests look at it. */
export interface Service {
  image: string;
  build?: string;
  command?: string[];
  entrypoint?: string[];
  restart: string;
  profiles?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  networks: string[];
  volumes?: string[];
  secrets?: string[];
  user?: string;
  read_only: boolean;
  cap_drop: string[];
  security_opt: string[];
  logging: { options: Record<string, string> };
  healthcheck?: { test: string[] };
  stop_grace_period?: string;
  deploy: { replicas?: number; resources: { limits: { cpus: string; memory: string; pids: number } } };
}

export interface Compose {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean } | null>;
  secrets: Record<string, { file: string }>;
}

/** The compose file with what it merges in its places, and its variables as they are written. */
export const compose = (): Compose => parse(read('docker-compose.yml'), { merge: true, maxAliasCount: -1 }) as Compose;

/** The commands of a block in docs/operations.md that begin with a program, in their order and without it. */
export const commandsOf = (program: string, marker: string): string[] => {
  const blocks = read('docs/operations.md')
    .split('```')
    .filter((block) => block.startsWith('sh\n'));
  const lines = blocks.find((block) => block.includes(marker))?.split('\n') ?? [];
  return lines.filter((line) => line.startsWith(`${program} `)).map((line) => line.slice(program.length + 1));
};

/** A variable as the compose file writes it. */
export const variable = (name: string): string => `\${${name}}`;

import type { Database, TokenInfo } from '../db/types.ts';
import type { InstallationRole, Role } from '../domain/basics.ts';
import type { Files } from '../files/receive.ts';
import type { ExecutionWatch } from './executions/watch.ts';
import type { Gateway } from './gateway.ts';
import type { ProgramStates } from './programStates.ts';

export interface Settings {
  /** Where people reach the service, without a slash at the end: `https://certloop.example.org`. */
  publicUrl: string;
  /** Proxies whose word is taken for who asks, with commas between them; none when absent. */
  trustedProxies?: string | null;
  /** Days for which the answer to an `Idempotency-Key` is kept; 30 when absent. */
  answerDays?: number;
  /** Programs that one person may start a day, and addresses new to the installation that they may bring in. */
  programsPerDay?: number;
  addressesPerDay?: number;
  /** How slowly a body may come; the usual pace when absent. */
  pace?: Pace;
}

/** So many bytes come in each so many milliseconds, or all that is left. */
export interface Pace {
  bytes: number;
  ms: number;
}

/** What routes work with. */
export interface Services {
  database: Database;
  gateway: Gateway;
  states: ProgramStates;
  /** Where evidence files are kept. */
  files: Files;
  settings: Settings;
  /** Compares executions with the register, where this process does. */
  executions?: ExecutionWatch | undefined;
}

/** Who asks: by a token, or signed in on the pages, and then without one. */
export interface RequestCaller extends Omit<TokenInfo, 'id'> {
  tokenId?: string;
}

/** The program that a request is about, as its caller stands to it. */
export interface ProgramAccess {
  id: string;
  roles: Role[];
  installationRole?: InstallationRole;
}

declare module 'fastify' {
  interface FastifyInstance {
    services: Services;
  }
  interface FastifyRequest {
    /** Set for everything under `/v1`, and for pages of who is signed in. */
    caller: RequestCaller;
    /** Set for everything under `/v1/programs/:programId`. */
    program: ProgramAccess;
  }
}

import type { Database, TokenInfo } from '../db/types.ts';
import type { InstallationRole, Role } from '../domain/basics.ts';
import type { Gateway } from './gateway.ts';
import type { ProgramStates } from './programStates.ts';

export interface Settings {
  /** Where people reach the service, without a slash at the end: `https://certloop.example.org`. */
  publicUrl: string;
  /** Days for which the answer to an `Idempotency-Key` is kept; 30 when absent. */
  answerDays?: number;
}

/** What routes work with. */
export interface Services {
  database: Database;
  gateway: Gateway;
  states: ProgramStates;
  settings: Settings;
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
    /** The person of the token. Set for everything under `/v1`. */
    caller: TokenInfo;
    /** Set for everything under `/v1/programs/:programId`. */
    program: ProgramAccess;
  }
}

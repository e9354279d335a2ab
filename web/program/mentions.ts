import type { FastifyInstance } from 'fastify';
import type { ProgramRecord } from '../../domain/registry.ts';
import type { ProgramView } from './reading.ts';

/** Every record that names one of some things by its id, as far as the reader sees it, oldest first. */
export async function recordsNaming(
  app: FastifyInstance,
  { state, sight }: ProgramView,
  ids: readonly string[],
): Promise<ProgramRecord[]> {
  const { register } = app.services.database;
  return (await register.naming(state.id, [ids])).filter(sight.record);
}

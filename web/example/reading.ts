import type { Services } from '../../api/services.ts';
import { clockNow } from '../../api/views/program.ts';
import type { Instant, Phase } from '../../domain/basics.ts';
import { plainPages } from '../../identity/mailPages.ts';
import { renderMail } from '../../words/mail/render.ts';
import type { Played } from './play.ts';

/** What the example's program has come to so far. */
export interface ExampleProgram {
  id: string;
  name: string;
  phase: Phase;
  records: number;
  /** The newest of its mails. */
  mail?: { id: string; to: string; subject: string };
}

export interface ExampleReading {
  played?: Played;
  program?: ExampleProgram;
  /** Of the service, for how long it took. */
  now: Instant;
}

/** Reads how far the example has come. */
export async function readExample(
  { database, settings }: Pick<Services, 'database' | 'settings'>,
  played: Played | undefined,
  now: Instant,
): Promise<ExampleReading> {
  const summary = played?.programId === undefined ? undefined : await database.read.program(played.programId);
  if (!summary) return { played, now };
  const { id, name, phase, seq } = summary;
  const [newest] = (await database.outbox.list(id, clockNow(summary), { limit: 1 })).items;
  const words = { pages: plainPages(settings.publicUrl), standardId: summary.standardId };
  const mail = newest && { id: newest.id, to: newest.to, subject: renderMail(newest, words).subject };
  return { played, now, program: { id, name, phase, records: seq, ...(mail && { mail }) } };
}

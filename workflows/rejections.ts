import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import type { Answer, BulkAnswer, Rejection } from '../domain/answers.ts';
import { failureOf, refusedByRegister } from './commit.ts';
import { NotAnEnvelope } from './envelope.ts';
import type { BulkEnvelope, Envelope } from './messages.ts';
import { isNotSigned, unsignedCode } from './signatures.ts';

/** Why something was refused; what the domain could not even read was malformed. */
export function rejectionOf(error: unknown): Rejection {
  if (error instanceof NotAnEnvelope) return error.rejection;
  if (error instanceof ApplicationFailure && error.type === 'Rejected') return error.details?.[0] as Rejection;
  const refused = refusedByRegister(error);
  if (refused) return refused;
  const failure = failureOf(error);
  if (isNotSigned(failure)) return { kind: 'forbidden', code: unsignedCode, detail: failure.message };
  return { kind: 'invalid', code: 'malformed', detail: `The command cannot be read: ${error}` };
}

/** The commands of an envelope of many that were refused each by itself. */
export function refusedIn(envelope: Envelope | BulkEnvelope, answer: Answer | BulkAnswer) {
  if (!('commands' in envelope) || !('results' in answer)) return [];
  return answer.results.flatMap((result, index) =>
    result.ok ? [] : [{ command: envelope.commands[index], rejection: result.rejection }],
  );
}

/** Whether the history itself says that it failed. */
export function isOfActivity(error: unknown): boolean {
  return error instanceof ActivityFailure || failureOf(error) !== undefined;
}

/** What an error says. */
export function messageOf(error: unknown): string {
  return failureOf(error)?.message ?? (error instanceof Error ? error.message : String(error));
}

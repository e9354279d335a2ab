import { wrong } from '../domain/rejection.ts';
import { brokenTextIn } from '../domain/text.ts';
import { unreadable } from './payloads.ts';

/** The longest command id, in characters. */
const longestId = 200;

/** What came in, as far as it can be read: for the record of a refusal. */
export interface ReadableEnvelope {
  commandId: string;
  commandType: string;
  sentBy: string;
}

/**
 * Refuses what is no envelope of a command, or no envelope that somebody may send: whoever has access to Temporal can
 * send anything. A commit with a command id that is none would be tried again for ever.
 */
export function mustBeEnvelope(envelope: unknown): void {
  if (envelope === unreadable)
    wrong('malformed', 'The command cannot be read: send it as JSON, in a payload whose encoding is json/plain.');
  const { commandId, actor, command, commands } = fieldsOf(envelope);
  const broken = brokenTextIn(envelope);
  if (broken) wrong('text', `${broken.pointer || 'The envelope'} ${broken.detail}`);
  if (typeof commandId !== 'string' || commandId === '' || commandId.length > longestId)
    wrong('malformed', `commandId: a text of 1 to ${longestId} characters, always the same for the same command.`);
  if (commandId.includes('@')) wrong('malformed', `commandId: ${commandId} has an @, which marks the program's own.`);
  const { email } = fieldsOf(actor);
  if (typeof email !== 'string' || !email.includes('@'))
    wrong('malformed', 'actor.email: the e-mail address of the person who sends the command.');
  const sent: unknown[] = Array.isArray(commands) ? commands : [command];
  if (sent.some((one) => typeof fieldsOf(one).type !== 'string'))
    wrong('malformed', 'command: an object with its type, such as { "type": "pause", "reason": "…" }.');
}

/** What can be read of an envelope that was refused; empty texts for what cannot. */
export function readable(envelope: unknown): ReadableEnvelope {
  const { commandId, actor, command } = fieldsOf(envelope);
  return {
    commandId: textOf(commandId),
    commandType: textOf(fieldsOf(command).type),
    sentBy: textOf(fieldsOf(actor).email),
  };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, longestId).toWellFormed() : '';
}

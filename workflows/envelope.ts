import { type TSchema, Type } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import type { Rejection } from '../domain/answers.ts';
import { mostBytesOfBulk } from '../domain/carried/bounds.ts';
import { sizeOf } from '../domain/carried/size.ts';
import { mostParts, partElsewhere } from '../domain/people/elsewhere.ts';
import { Refused, wrong } from '../domain/refusal.ts';
import { email, id, name } from '../domain/registry/fields.ts';
import { mixedCaseIn } from '../domain/registry/walk.ts';
import { commands, isCommandType } from '../domain/registry.ts';
import { brokenTextIn } from '../domain/text.ts';
import { areImpossibleDates, areTooLong, fieldErrors } from '../words/fieldErrors.ts';
import { rejectionOf, speak } from '../words/sayings/index.ts';
import { unreadable } from './payloads.ts';

/** The longest command id, and the longest name of a command, in characters. */
const longestId = 200;

/** The most commands in one envelope. */
const mostCommands = 200;

/** The longest explanation of a refusal: what it quotes can be as long as a message of Temporal. */
const longestDetail = 1_000;

/** What an envelope of many commands says of them. */
const manner = Type.Object({ atomic: Type.Optional(Type.Boolean()), list: Type.Optional(name) });

/** What an envelope says of other programs. */
const parts = Type.Array(partElsewhere, { maxItems: mostParts });

/** What came in, as far as it can be read: for the record of a refusal. */
export interface ReadableEnvelope {
  commandId: string;
  commandType: string;
  sentBy: string;
}

/** Why an envelope is refused before it is decided. */
export class NotAnEnvelope extends Error {
  readonly rejection: Rejection;

  constructor(rejection: Rejection) {
    super(rejection.detail);
    this.rejection = shortRejection(rejection);
    this.message = this.rejection.detail;
  }
}

/**
 * Refuses what is no envelope of a command, or no envelope that somebody may send: whoever has access to Temporal can
 * send anything, and what HTTP would refuse is refused here alike. A commit with a command id that is none would be tried
 * again for ever.
 *
 * @throws NotAnEnvelope
 */
export function mustBeEnvelope(envelope: unknown): void {
  try {
    if (envelope === unreadable) wrong('malformed', 'unreadableCommand', {});
    const { commandId, actor, command, commands: many, atomic, list, elsewhere } = fieldsOf(envelope);
    mustBeCommandId(commandId);
    mustBeSender(fieldsOf(actor));
    if (elsewhere !== undefined) mustMatch(parts, elsewhere, '/elsewhere');
    if (many === undefined) mustBeCommand(command, 'command', '');
    else mustBeCommands(many, { atomic, list });
  } catch (error) {
    if (error instanceof Refused) throw new NotAnEnvelope(rejectionOf(error.refusal));
    throw error;
  }
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

function mustBeCommandId(commandId: unknown): void {
  if (typeof commandId !== 'string' || commandId === '' || commandId.length > longestId)
    wrong('malformed', 'noCommandId', { longest: longestId }, 'commandId');
  const broken = brokenTextIn(commandId);
  if (broken) wrong('text', 'brokenText', broken, 'commandId');
  if (commandId.includes('@')) wrong('malformed', 'reservedCommandId', { commandId }, 'commandId');
}

function mustBeSender({ email: sender, tokenId }: Record<string, unknown>): void {
  if (tokenId !== undefined) mustMatch(id, tokenId, '/actor/tokenId');
  if (typeof sender !== 'string' || brokenTextIn(sender) || !checkOf(email).Check(sender))
    wrong('malformed', 'noSender', {}, 'actor.email');
  if (sender !== sender.toLowerCase()) wrong('validation', 'lowerCaseEmail', {}, 'actor.email');
}

function mustBeCommands(many: unknown, said: object): void {
  if (!Array.isArray(many) || many.length === 0 || many.length > mostCommands)
    wrong('malformed', 'noCommands', { most: mostCommands }, 'commands');
  const bytes = sizeOf(many);
  if (bytes > mostBytesOfBulk) wrong('tooLarge', 'bulkTooLarge', { bytes, most: mostBytesOfBulk });
  mustMatch(manner, said, '');
  for (const [index, one] of many.entries()) mustBeCommand(one, `commands[${index}]`, `/commands/${index}`);
}

/** One that people cannot send is refused when it is decided, as their roles are. `at` comes before the pointers into it. */
function mustBeCommand(command: unknown, field: string, at: string): void {
  const { type } = fieldsOf(command);
  if (typeof type !== 'string' || type.length > longestId || brokenTextIn(type))
    wrong('malformed', 'noCommand', {}, field);
  if (!isCommandType(type)) return;
  // No rest of a destructuring: in the bundle it would take a field __proto__ for the prototype, and not refuse it.
  const payload = Object.fromEntries(Object.entries(fieldsOf(command)).filter(([key]) => key !== 'type'));
  mustMatch(commands[type].payload, payload, at);
}

/** Refuses what the API's validator would: with the same code, and the same words. */
function mustMatch(schema: TSchema, value: unknown, at: string): void {
  const check = checkOf(schema);
  if (!check.Check(value)) {
    const errors = check.Errors(value);
    const code = areImpossibleDates(errors) ? 'dates' : areTooLong(errors) ? 'text' : 'validation';
    const told = fieldErrors(errors, at).map(({ pointer, detail }) => `${pointer || 'command'}: ${detail}`);
    throw invalid(code, told.join(' '));
  }
  const broken = brokenTextIn(value);
  if (broken) throw invalid('text', speak({ say: 'brokenText', with: { ...broken, pointer: at + broken.pointer } }));
  const mixed = mixedCaseIn(schema, value);
  if (mixed) throw invalid('validation', `${at}${mixed.pointer}: ${speak({ say: 'lowerCaseEmail', with: {} })}`);
}

/** Compiled when first needed, and for all programs of a worker: to interpret a schema takes ten times as long. */
const checks = new Map<TSchema, Validator>();

function checkOf(schema: TSchema): Validator {
  const known = checks.get(schema) ?? Compile(schema);
  checks.set(schema, known);
  return known;
}

function invalid(code: string, detail: string): NotAnEnvelope {
  return new NotAnEnvelope({ kind: 'invalid', code, detail });
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, longestId).toWellFormed() : '';
}

/** A refusal of which a caller is told, with an explanation that is no longer than one may be. */
export function shortRejection(rejection: Rejection): Rejection {
  return { ...rejection, detail: shortened(rejection.detail, longestDetail) };
}

function shortened(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text;
}

import { createHash } from 'node:crypto';
import type { Known } from '../../../domain/offers/asked.ts';
import type { CommandType } from '../../../domain/registry.ts';
import { fieldLabel, optionLabel } from '../../../words/forms/index.ts';
import { list } from '../../../words/phrases.ts';
import type { Form } from '../../forms/form.ts';
import type { ProgramView } from '../reading.ts';
import { soNow } from './begin.ts';

/** The hidden field in which a form carries what was so when its page was opened. */
export const stampField = '_was';

/** The most that is told of how it is now; of more, the page itself tells. */
const mostTold = 8;

/** What stands for what is so now, of a form that begins with it; undefined of others. */
export function stampOf(view: ProgramView, command: CommandType, given: Known): string | undefined {
  const now = soNow(view, command, given);
  return now && createHash('sha256').update(JSON.stringify(now.typed())).digest('base64url').slice(0, 16);
}

/**
 * Why a form is not sent as it is: it began with what was so when its page was opened, and would write that over what others
 * changed since. Sent again from the page that says so, it is meant.
 */
export function changedMeanwhile(
  view: ProgramView,
  command: CommandType,
  given: Known,
  form: Form,
): string | undefined {
  const was = form.get(stampField);
  if (!was || was === stampOf(view, command, given)) return undefined;
  const now = soNow(view, command, given);
  const entries = Object.entries(now?.typed() ?? {}).filter(([name]) => !(name in given));
  const told = entries.length > mostTold ? [] : entries.map(([name, values]) => toldOf(command, name, values));
  return [
    'This was changed while the page was open.',
    told.length > 0 ? `It is now: ${told.join('; ')}.` : 'Open the page anew to see how it is now.',
    'What you typed is still here, and nothing is saved: change it, or send it again to put it in the place of that.',
  ].join(' ');
}

function toldOf(command: CommandType, name: string, values: readonly string[]): string {
  const shown = values.map((value) => optionLabel(command, name, value));
  return `${fieldLabel(command, name)}: ${list(shown) || '–'}`;
}

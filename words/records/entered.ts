import { nameOf } from '../../domain/people/people.ts';
import type { Told } from '../../domain/registry/told.ts';
import { type ProgramRecord, type RecordType, records } from '../../domain/registry.ts';
import type { ProgramState } from '../../domain/state.ts';
import { atOnce, type Telling } from './entry.ts';
import { recordTitles } from './titles.ts';

/** What follows the line of a record that was told later, or was entered for somebody of the certification body. */
export function toldWords(type: RecordType, data: object): string {
  const { on, onBehalfOf, document } = toldIn(type, data);
  const day = on ? `; this happened on ${on}` : '';
  const whose = onBehalfOf ? `; entered for ${onBehalfOf} from "${document?.title ?? ''}"` : '';
  return `${day}${whose}`;
}

/** R30: whoever's act was entered by the organization is told at once, and can object. */
export function tellsWhoseAct(
  state: ProgramState,
  { type, data, actor, seq }: Pick<ProgramRecord, 'type' | 'data' | 'actor' | 'seq'>,
): Telling[] {
  const { onBehalfOf, document } = toldIn(type, data);
  if (!onBehalfOf || !document) return [];
  const what = recordTitles[type] ?? 'An act of the certification body';
  const item = { kind: 'enteredForYou' as const, what, by: nameOf(state, actor), document: document.title, seq };
  return [atOnce([onBehalfOf], item)];
}

/** What a record says of when, whose and from what; nothing where its own words say on which day it was. */
function toldIn(type: RecordType, data: object): Told {
  const properties: object = records[type].data.properties;
  return Object.hasOwn(properties, 'onBehalfOf') ? data : {};
}

import type { CommandType } from '../../../domain/registry.ts';
import type { ProgramState } from '../../../domain/state.ts';
import { personTopic } from '../../../identity/reading/topics.ts';
import { choicesIn } from '../../forms/choices.ts';
import type { ProgramView } from '../reading.ts';

/** What can be chosen in a form: of what its reader sees. */
export function choicesFor({ state, sight, reader }: ProgramView, command: CommandType): ReturnType<typeof choicesIn> {
  const seen: ProgramState = {
    ...state,
    people: state.people.filter((person) => sight.sees(personTopic(person))),
    tasks: those(state.tasks, sight.task),
    audits: those(state.audits, sight.audit),
    findings: those(state.findings, sight.finding),
  };
  return choicesIn(seen, { by: reader, command });
}

function those<T>(entries: Record<string, T>, sees: (id: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).filter(([id]) => sees(id)));
}

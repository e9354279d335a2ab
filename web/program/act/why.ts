import type { Rejection } from '../../../domain/answers.ts';
import { decide } from '../../../domain/decide.ts';
import type { Known } from '../../../domain/offers/asked.ts';
import { waysOf } from '../../../domain/offers/offers.ts';
import { trialsOf } from '../../../domain/offers/trials.ts';
import type { CommandType, UserCommand } from '../../../domain/registry.ts';
import { rejectionOf, speak } from '../../../words/sayings/index.ts';
import { inPageWords } from '../../forms/act.ts';
import type { ProgramView } from '../reading.ts';

/**
 * Why somebody cannot send a command now: what the program answers to one that is filled in well. Of several answers the one
 * about the sender's roles or the state of the program counts.
 */
export function whyNot({ state, actor, now, today }: ProgramView, command: CommandType, known: Known): Rejection {
  let last: Rejection | undefined;
  const [entered] = waysOf(state, command, actor);
  for (const trial of trialsOf(command, { state, today, known, ...(entered && { entered }) })) {
    // The payload was made for this command, which the union cannot see.
    const decision = decide(state, { type: command, ...trial } as UserCommand, actor, now, speak);
    if (decision.ok) continue;
    last = rejectionOf(decision.refusal);
    if (last.kind === 'forbidden' || last.kind === 'conflict')
      return { ...last, detail: inPageWords(command, last.detail) };
  }
  const detail = 'There is nothing in the program now that this could be done with.';
  return last?.kind === 'unknown' ? last : { kind: 'conflict', code: 'state', detail };
}

import type { FastifyInstance } from 'fastify';
import type { Unreached } from '../../../db/types.ts';
import { dateAt } from '../../../domain/calendar.ts';
import { person } from '../../../domain/people/people.ts';
import { count } from '../../../words/phrases.ts';
import { Day, Notice } from '../../html/parts.tsx';
import type { ProgramView } from '../reading.ts';

/** The people of a program to whom no mail gets through, for who reads its mails. */
export async function readUnreached(app: FastifyInstance, { state, sight }: ProgramView): Promise<Unreached[]> {
  if (!sight.all('mail')) return [];
  const all = await app.services.database.outbox.unreached(state.id);
  return all.filter(({ to }) => person(state, to));
}

export function UnreachedNotice({ unreached, view }: { unreached: Unreached[]; view: ProgramView }) {
  const { nameOf, url, today, timeZone } = view;
  if (unreached.length === 0) return null;
  return (
    <Notice tone="bad" title={`Mails do not reach ${count(unreached.length, 'person', 'people')}`}>
      <ul class="lines">
        {unreached.map(({ to, mails, dueAt, lastError }) => (
          <li key={to}>
            <a href={`${url}/mails?to=${encodeURIComponent(to)}`}>{nameOf(to)}</a>, {to}: {count(mails, 'mail')} given
            up, the last of <Day on={dateAt(dueAt, timeZone)} today={today} />
            <span class="meta">{lastError}</span>
          </li>
        ))}
      </ul>
      <p>
        Ask them for an address that works, and put it in the place of this one: add them under{' '}
        <a href={`${url}/people`}>People</a> with it, and remove the old one, handing over what was theirs. Until then,
        tell them yourself.
      </p>
    </Notice>
  );
}

import type { Email, IsoDate, Phase } from '../../../domain/basics.ts';
import { addDays, dateAt } from '../../../domain/calendar.ts';
import { Caller } from '../caller.ts';
import { aiSystems, cast, people } from '../cast.ts';
import { Player } from '../player.ts';
import { mustEqual } from '../storyError.ts';

const timeZone = 'America/New_York';

/** The scope as it is thought of before anybody has looked closely. */
const firstScope = { statement: 'AI in the products of TechServe Solutions.' };

/** Everybody gets a token, and the program manager starts the program; its first day lies ahead. */
export async function opening(
  { url, administratorToken }: { url: string; administratorToken: string },
  startsOn: IsoDate,
  moved: (today: IsoDate) => void,
): Promise<Player> {
  const tokens = await tokensFor(new Caller(url, administratorToken));
  const manager = new Caller(url, tokens.get(cast.manager) as string);
  const { program } = await manager.post<{ program: { id: string; status: string; phase: Phase } }>('/v1/programs', {
    name: 'TechServe AI management system',
    organization: 'TechServe Solutions',
    standard: 'iso-42001-2023',
    scope: firstScope,
    aiSystems,
    people,
    plan: { startsOn },
    calendar: { timeZone, country: 'US' },
    certificationBody: { name: 'Northgate Assurance' },
    rehearsal: true,
  });
  mustEqual('the program before its first day', [program.status, program.phase], ['planned', 'gapAssessment']);
  return new Player({ url, programId: program.id, tokens, timeZone, moved });
}

/** Tokens that are of no use a day later: invented people do not keep a way in. */
async function tokensFor(administrator: Caller): Promise<ReadonlyMap<Email, string>> {
  const expiresOn = addDays(dateAt(new Date().toISOString(), 'utc'), 1);
  const made = people.map(async ({ email, name }) => {
    const { token } = await administrator.post<{ token: string }>('/v1/tokens', { email, name, expiresOn });
    return [email, token] as const;
  });
  return new Map(await Promise.all(made));
}

import type { Email, IsoDate, Phase } from '../../../domain/basics.ts';
import { addDays, dateAt } from '../../../domain/calendar.ts';
import { Caller } from '../caller.ts';
import { aiSystems, people } from '../cast.ts';
import { Player } from '../player.ts';
import { mustEqual } from '../storyError.ts';

const timeZone = 'America/New_York';

/** The scope as it is thought of before anybody has looked closely. */
const firstScope = { statement: 'AI in the products of TechServe Solutions.' };

/** The administrator starts the rehearsal, and makes a token for each of its people; its first day lies ahead. */
export async function opening(
  { url, administratorToken }: { url: string; administratorToken: string },
  startsOn: IsoDate,
  moved: (today: IsoDate) => void,
): Promise<Player> {
  const administrator = new Caller(url, administratorToken);
  const { program } = await administrator.post<{ program: { id: string; status: string; phase: Phase } }>(
    '/v1/programs',
    {
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
    },
  );
  mustEqual('the program before its first day', [program.status, program.phase], ['planned', 'gapAssessment']);
  const tokens = await tokensFor(administrator, program.id);
  return new Player({ url, programId: program.id, tokens, timeZone, moved });
}

/** Tokens for the rehearsal alone, of no use a day later: invented people do not keep a way in. */
async function tokensFor(administrator: Caller, programId: string): Promise<ReadonlyMap<Email, string>> {
  const expiresOn = addDays(dateAt(new Date().toISOString(), 'utc'), 1);
  const scope = { programId, access: 'write' };
  const made = people.map(async ({ email, name }) => {
    const { token } = await administrator.post<{ token: string }>('/v1/tokens', { email, name, scope, expiresOn });
    return [email, token] as const;
  });
  return new Map(await Promise.all(made));
}

import { today } from '../../api/clock.ts';
import { atMachine } from '../../db/installation.ts';
import type { Database } from '../../db/types.ts';
import type { Email } from '../../domain/basics.ts';
import { addDays } from '../../domain/calendar.ts';
import { people } from '../../examples/techserve/cast.ts';
import { rehearse } from '../../examples/techserve/rehearse.ts';
import type { Example } from '../../web/example/play.ts';

/**
 * TechServe, played in a running installation as its people would play it: through the API, each with a token of their own.
 * The tokens are taken away afterwards.
 *
 * @param url - of the API on this machine
 */
export function techServe({ tokens }: Pick<Database, 'tokens'>, url: string): Example {
  return {
    async play({ email, name }, tell) {
      const expiresOn = addDays(today(), 1);
      const { token, info } = await tokens.create(
        { email, name, installationRole: 'administrator', expiresOn },
        atMachine,
      );
      let programId = '';
      try {
        await rehearse({
          url,
          administratorToken: token,
          started: (id) => {
            programId = id;
            tell({ programId });
          },
          log: (chapter) => tell({ chapter }),
          progress: (done, date) => tell({ done, today: date }),
        });
      } finally {
        await tokens.revoke(info.id, today(), { by: atMachine });
        for (const person of people) await revokeFor(tokens, person.email, programId);
      }
    },
  };
}

async function revokeFor(tokens: Database['tokens'], email: Email, programId: string): Promise<void> {
  const { items } = await tokens.list({ limit: 200 }, email);
  for (const { id, scope } of items)
    if (scope?.programId === programId) await tokens.revoke(id, today(), { by: atMachine });
}

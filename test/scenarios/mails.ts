import { manager, owner, topManagement } from '../workflows/support/people.ts';
import { does, on, opens } from './support/acts.ts';
import { happens, mailed, never, notMailed } from './support/expectations.ts';
import { implementing } from './support/givens.ts';
import type { Act, Group } from './support/scenario.ts';

/** Somebody asks for many pieces of work by one day. */
const opensMany = (count: number, dueOn: `${number}-${number}-${number}`): Act => ({
  says: `${count} tasks are opened for Olu, all due ${dueOn}`,
  does: async (play) => {
    for (let n = 1; n <= count; n++)
      await play.send(manager, { type: 'openTask', title: `Work ${n}`, assignee: owner, dueOn });
  },
});

/** Who hears of what, when, and by how many mails. */
export const mails: Group = {
  name: 'Mails that people bear',
  scenarios: [
    {
      rules: [],
      title: 'twelve tasks due on one day are one mail to whoever has them, and one to whoever hears of them next',
      given: implementing({ ladder: true }),
      when: [on('2030-02-04', opensMany(12, '2030-02-20')), on('2030-02-27')],
      follows: [
        mailed('2030-02-20', owner, 'escalation', 12),
        mailed('2030-02-25', manager, 'escalation', 12),
        notMailed('2030-02-20', owner, 'urgent'),
      ],
    },
    {
      rules: [],
      title: 'what is due today or tomorrow is asked for at once, what is due later in the next digest',
      given: implementing(),
      when: [
        on(
          '2030-02-04',
          opens('Due today', owner, '2030-02-04'),
          opens('Due tomorrow', owner, '2030-02-05'),
          opens('Due later', owner, '2030-02-06'),
        ),
        on('2030-02-05'),
      ],
      follows: [mailed('2030-02-04', owner, 'asked', 2), mailed('2030-02-05', owner, 'digest', 1)],
    },
    {
      rules: [],
      title: 'a program that everybody has left grows calmer, is proposed to be paused, and says no more',
      given: implementing({ ladder: true }),
      when: [on('2030-02-04', opens('Write the policy', owner, '2030-02-20')), on('2032-06-01')],
      follows: [
        happens('2030-03-12', 'TaskEscalated', 'top management hears of it', { level: 3 }),
        happens('2030-08-09', 'LadderEnded', 'nobody hears of it any more'),
        {
          says: 'it is proposed once to pause or cancel the program',
          fails: ({ records }) => {
            const found = records.filter(({ type }) => type === 'PauseProposed').length;
            return found === 1 ? undefined : `${found} proposals`;
          },
        },
        notMailed('2032-05-04', topManagement, 'escalation'),
      ],
    },
    {
      rules: [],
      title: 'whoever does something ends the proposal to pause, and what is overdue is told again',
      given: implementing({ ladder: true }),
      when: [
        on('2032-06-01', opens('Write the policy', owner, '2032-06-15')),
        on('2032-06-15'),
        on('2032-07-01', does(manager, 'pauses the program', { type: 'pause', reason: 'Later' })),
      ],
      follows: [
        mailed('2032-06-15', owner, 'escalation', 1),
        mailed('2032-06-18', manager, 'escalation', 1),
        happens('2032-07-01', 'ProgramPaused', 'it is paused'),
        never('ProgramCancelled', 'it is cancelled'),
      ],
    },
  ],
};

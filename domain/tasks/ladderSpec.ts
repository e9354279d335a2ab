import { type Static, Type } from 'typebox';
import { role, strict } from '../registry/fields.ts';

/** Who hears of a task that is not done, and when; the default is in `domain/tasks/ladder.ts`. */
export const ladderSpec = Type.Object(
  {
    reminderDays: Type.Array(Type.Integer({ minimum: 1, maximum: 365 }), {
      maxItems: 10,
      description: 'Calendar days before the due date on which the assignee is reminded, most first',
    }),
    escalations: Type.Array(
      Type.Object({ workingDays: Type.Integer({ minimum: 0, maximum: 260 }), to: role }, strict),
      {
        maxItems: 10,
        description: 'Working days after the due date, ascending, and the role that hears of it',
      },
    ),
  },
  strict,
);
export type LadderSpec = Static<typeof ladderSpec>;

import { type Static, Type } from 'typebox';
import { role, strict } from '../registry/fields.ts';

/**
 * Who hears of a task that is not done, and when; the default is in `domain/tasks/ladder.ts`. `repeats`: how often the last of
 * them hears of it again, first each week, then each month; then it is proposed to pause or cancel the program, and
 * nothing more is said. A program that was started without them, by an earlier version, goes on weekly.
 */
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
    repeats: Type.Optional(
      Type.Object(
        { weekly: Type.Integer({ minimum: 0, maximum: 52 }), monthly: Type.Integer({ minimum: 0, maximum: 60 }) },
        strict,
      ),
    ),
  },
  strict,
);
export type LadderSpec = Static<typeof ladderSpec>;

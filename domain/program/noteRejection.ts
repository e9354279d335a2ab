import { type Static, Type } from 'typebox';
import { step } from '../registry/command.ts';
import { record } from '../registry/record.ts';

/** What came in, as far as it could be read: it may be anybody's, and anything. */
const rejected = Type.Object({
  commandId: Type.String(),
  commandType: Type.String(),
  sentBy: Type.String(),
  code: Type.String(),
  detail: Type.String(),
});

/** Notes commands that came in a message to which there is no answer, and were refused. */
export const noteRejection = step<{ rejections: Static<typeof rejected>[] }>()(
  'noteRejection',
  (draft, { rejections }) => {
    for (const { commandId, commandType, sentBy, code, detail } of rejections)
      draft.emit(CommandRejected, { commandId, commandType, sentBy, code, detail });
  },
);

export const CommandRejected = record('CommandRejected', {
  data: rejected.properties,
  leavesTask: false,
  apply: (state) => state,
});

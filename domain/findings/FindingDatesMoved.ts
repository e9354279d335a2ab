import { Type } from 'typebox';
import { changeFinding } from '../changing.ts';
import { date } from '../registry/fields.ts';
import { record } from '../registry/record.ts';

/**
 * R7: the last day of its audit is another, and so are the days that count from it. What was recorded as missed is not, if the
 * new day has not passed.
 */
export const FindingDatesMoved = record('FindingDatesMoved', {
  data: {
    findingId: Type.String(),
    /** The last day of its audit now. */
    endsOn: date,
    planDueOn: Type.Optional(date),
    verifyDueOn: Type.Optional(date),
  },
  leavesTask: false,
  apply: (state, { findingId, planDueOn, verifyDueOn }, { today }) =>
    changeFinding(state, findingId, (finding) => {
      if (finding.status === 'noted') return finding;
      const dates = { ...(planDueOn ? { planDueOn } : {}), ...(verifyDueOn ? { verifyDueOn } : {}) };
      const stillAhead = [
        ...(planDueOn && planDueOn >= today ? ['plan'] : []),
        ...(verifyDueOn && verifyDueOn >= today ? ['verification'] : []),
      ];
      return { ...finding, ...dates, missed: finding.missed.filter((one) => !stillAhead.includes(one)) };
    }),
});

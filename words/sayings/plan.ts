import type { PlanSayings } from '../../domain/plan/sayings.ts';
import { count, list } from '../phrases.ts';
import type { WordsFor } from './words.ts';

/** What there is to say about plans. */
export const planSayings: WordsFor<PlanSayings> = {
  planUnchanged: () => 'The plan already says this; give a start, a phase length or a cadence that is different.',
  startCannotMove: () => 'the program has begun; its start cannot be moved.',
  notADuration: ({ duration }) =>
    `${duration} is not a duration of years, months, weeks or days above zero, such as P2M.`,
  phaseIsOver: () => 'that phase is over; change one that is under way or ahead.',
  phaseWouldHaveEnded: ({ startsOn, endsOn }) =>
    `the phase began on ${startsOn} and would have ended on ${endsOn}; choose a length that ends in the future.`,
  planEndsTooLate: ({ endsOn, last }) => `the plan would end on ${endsOn}, after ${last}; make it shorter.`,
  noSuchCadence: ({ known }) => `there is no such cadence; name ${list(known, 'or')}.`,
  notMonths: ({ months, most }) => `${months} is not a whole number of months from 1 to ${most}.`,
  planUnusuallyShort: ({ stage2On, months }) =>
    `Stage 2 is planned on ${stage2On}, less than ${months} months after the start: implementations rarely take so little time.`,
  planUnusuallyLong: ({ stage2On, months }) =>
    `Stage 2 is planned on ${stage2On}, more than ${months} months after the start: plan it sooner or in steps.`,
  tooLittleOperation: ({ stage2On, months, firstEvidenceOn }) =>
    `${
      firstEvidenceOn
        ? `Operating evidence goes back only to ${firstEvidenceOn}`
        : 'No operating evidence has been accepted yet'
    }; certification bodies expect about ${months} months of it before Stage 2 on ${stage2On}.`,
  tooMuchWork: ({ workingDays, endsOn, overloaded }) => {
    const work = overloaded.map(({ name, effortDays }) => `${name} has ${count(effortDays, 'day')} of work`);
    return `The implementation has ${count(workingDays, 'working day')} left until ${endsOn}, and ${list(work)}: extend it or reassign work.`;
  },
};

import type { Instant, IsoDate } from '../../domain/basics.ts';
import { dateAt } from '../../domain/calendar.ts';
import type { Certificate } from '../../domain/certificate/certificate.ts';
import { certification } from './chapters/certification.ts';
import { gapAssessment } from './chapters/gapAssessment.ts';
import { implementation } from './chapters/implementation.ts';
import { internalAudit } from './chapters/internalAudit.ts';
import { opening } from './chapters/opening.ts';
import { recertification } from './chapters/recertification.ts';
import { surveillances } from './chapters/surveillance.ts';
import { firstMondayOfNextJanuary } from './days.ts';
import { type Legacy, legacyOf, mustHaveEndedWell } from './ending.ts';
import { type ClimbedLadder, climbedAsForetold } from './escalations.ts';

export interface RehearseOptions {
  /** Address of a running service, without a slash at its end. */
  url: string;
  /** Token of an administrator: tokens of the people are made with it. */
  administratorToken: string;
  /** First day of the program; the first Monday of next January when absent. */
  startsOn?: IsoDate;
  /** Told the id of the program once it is started. */
  started?: (programId: string) => void;
  /** Takes the headings of the chapters as they begin. */
  log: (line: string) => void;
  /** Takes how far the story has come, 0 to 1, and the program's date. */
  progress: (done: number, today: IsoDate) => void;
}

/** What a rehearsal came to. */
export interface RehearsalResult extends Legacy {
  programId: string;
  startsOn: IsoDate;
  /** The certificate in its second cycle. */
  certificate: Certificate;
  /** What was heard of the task that was answered late. */
  lateTask: ClimbedLadder;
  /** Gives the program's date at an instant. */
  dateOf: (at: Instant) => IsoDate;
  /** How long it took, by the clock on the wall. */
  seconds: number;
}

/** Days from the first to the last of the story, roughly: nearly four years. */
const storyDays = 1395;

/**
 * Plays the certification of TechServe Solutions on a running service, through its HTTP API only: ten months to the
 * certificate, two surveillances, the recertification. Each person calls with a token of their own, and the clock of
 * the rehearsal is advanced from one thing to the next.
 *
 * @throws StoryError when something is not as the story tells it
 */
export async function rehearse(options: RehearseOptions): Promise<RehearsalResult> {
  const { log, progress } = options;
  const began = performance.now();
  const startsOn = options.startsOn ?? firstMondayOfNextJanuary(dateAt(new Date().toISOString(), 'America/New_York'));
  const moved = (today: IsoDate) => progress(doneBy(today, startsOn), today);

  const player = await opening(options, startsOn, moved);
  options.started?.(player.programId);
  log(`Program ${player.programId} begins on ${startsOn}.`);
  log('Months 1 and 2: gap assessment');
  await gapAssessment(player, startsOn);
  log('Months 3 to 6: implementation');
  const foretold = await implementation(player, startsOn);
  log('Months 7 and 8: internal audit');
  await internalAudit(player, startsOn);
  log('Months 9 and 10: certification');
  await certification(player, startsOn);
  log('Years 1 and 2: surveillance');
  await surveillances(player);
  log('Year 3: recertification');
  const certificate = await recertification(player);

  const legacy = await legacyOf(player);
  await mustHaveEndedWell(player, legacy, foretold.taskId);
  const dateOf = (at: Instant) => player.dateOf(at);
  const lateTask = climbedAsForetold(foretold, legacy.records, dateOf);
  const seconds = (performance.now() - began) / 1000;
  return { programId: player.programId, startsOn, certificate, lateTask, dateOf, seconds, ...legacy };
}

function doneBy(today: IsoDate, startsOn: IsoDate): number {
  const days = (Date.parse(today) - Date.parse(startsOn)) / 86_400_000;
  return Math.min(1, Math.max(0, days / storyDays));
}

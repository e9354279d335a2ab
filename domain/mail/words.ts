import { DateTime } from 'luxon';
import { daysBetween } from '../calendar.ts';
import type { Grade, IsoDate, Phase } from '../types/index.ts';

/** A calendar date as people say it: `Monday, March 3, 2031`. */
export function day(on: IsoDate): string {
  return DateTime.fromISO(on, { zone: 'utc', locale: 'en-US' }).toFormat('cccc, LLLL d, yyyy');
}

/** A month, `2031-03`, as `March 2031`. */
export function month(yearAndMonth: string): string {
  return DateTime.fromISO(yearAndMonth, { zone: 'utc', locale: 'en-US' }).toFormat('LLLL yyyy');
}

/** First and last day of something: one day when they are the same. */
export function days(from: IsoDate, to: IsoDate | undefined): string {
  return to && to !== from ? `${day(from)} to ${day(to)}` : day(from);
}

/** How a due date lies to today: `due tomorrow`, `due in 5 days`, `was due on …`; the date alone without today. */
export function dueState(dueOn: IsoDate, today: IsoDate | undefined): string {
  if (!today) return `due on ${day(dueOn)}`;
  const left = daysBetween(today, dueOn);
  if (left < 0) return `was due on ${day(dueOn)}`;
  if (left === 0) return 'due today';
  if (left === 1) return 'due tomorrow';
  return left <= 14 ? `due in ${left} days` : `due on ${day(dueOn)}`;
}

/** A number with its noun: `1 thing`, `3 things`. */
export function count(many: number, noun: string): string {
  return `${many} ${noun}${many === 1 ? '' : 's'}`;
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const gradeWords: Record<Grade, string> = {
  major: 'major nonconformity',
  minor: 'minor nonconformity',
  concern: 'area of concern',
  observation: 'observation',
  opportunity: 'opportunity for improvement',
};

export const phaseWords: Record<Exclude<Phase, 'closed'>, string> = {
  gapAssessment: 'gap assessment',
  implementation: 'implementation',
  internalAudit: 'internal audit',
  certificationAudit: 'certification audit',
  surveillanceCycle: 'surveillance cycle',
};

/** The rules of the certification cycle that a mail may name, by what they are about. */
const ruleWords: Record<string, string> = {
  R1: 'the order of the audits of a cycle',
  R2: 'what Stage 1 must confirm before Stage 2',
  R3: 'the longest time between Stage 1 and Stage 2',
  R4: 'how nonconformities are graded: related minors can amount to a major',
  R5: 'which open nonconformities a decision allows',
  R6: 'the time within which a major of Stage 2 must be verified',
  R7: 'the response time set by the certification body',
  R8: 'whoever decides was not on the audit team',
  R9: 'an internal auditor does not audit what they own',
  R10: 'when the first surveillance audit after certification is owed',
  R11: 'the surveillance audit that is owed in each calendar year',
  R12: 'how long a certificate is valid',
  R13: 'what a surveillance audit covers',
  R14: 'a minor is verified at the next audit, and one still open then can become a major',
  R15: 'recertification is finished before the certificate expires',
  R16: 'a certificate lapses when recertification is not finished at its expiry',
  R17: 'how long a lapsed certificate can be restored',
  R18: 'suspension, and what follows when it is not resolved',
  R19: 'when a special audit takes place',
  R20: 'when a certificate can be transferred',
};

/** A rule in words, with its name for those who look it up: `the response time set by … (rule R7)`. */
export function rule(name: string): string {
  const words = ruleWords[name];
  return words ? `${words} (rule ${name})` : `rule ${name}`;
}

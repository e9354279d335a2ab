import { DateTime } from 'luxon';
import type { IsoDate, Month } from '../../domain/basics.ts';
import { daysBetween } from '../../domain/calendar.ts';
import { ruleLabels } from '../labels.ts';

/** A calendar date as people say it: `Monday, March 3, 2031`. */
export function day(on: IsoDate): string {
  return DateTime.fromISO(on, { zone: 'utc', locale: 'en-US' }).toFormat('cccc, LLLL d, yyyy');
}

/** A month, `2031-03`, as `March 2031`. */
export function monthOfYear(month: Month): string {
  return DateTime.fromISO(month, { zone: 'utc', locale: 'en-US' }).toFormat('LLLL yyyy');
}

/** How a due date lies to today: `due tomorrow`, `due in 5 days`, `was due on …`; the date alone without today. */
export function dueState(dueOn: IsoDate, today: IsoDate | undefined): string {
  if (!today) return `due on ${day(dueOn)}`;
  const left = daysBetween(today, dueOn);
  if (left < 0) return `was due on ${day(dueOn)}`;
  return left <= 14 ? dueIn(left) : `due on ${day(dueOn)}`;
}

/** `due today`, `due tomorrow`, `due in 5 days`. */
export function dueIn(days: number): string {
  if (days <= 0) return 'due today';
  return days === 1 ? 'due tomorrow' : `due in ${days} days`;
}

/** A rule in words, with its name for those who look it up: `the response time set by … (rule R7)`. */
export function rule(name: string): string {
  const label = Object.hasOwn(ruleLabels, name) ? ruleLabels[name] : undefined;
  return label ? `${label} (rule ${name})` : `rule ${name}`;
}

/** A text as a sentence, with the period that it may lack. */
export function sentence(text: string): string {
  return /[.?…]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}

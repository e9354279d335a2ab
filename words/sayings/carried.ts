import type { CarriedSayings } from '../../domain/carried/sayings.ts';
import { percentOf } from '../phrases.ts';
import type { WordsFor } from './words.ts';

/** What there is to say about how much a program can hold. */
export const carriedSayings: WordsFor<CarriedSayings> = {
  commandTooLarge: ({ bytes, most }) =>
    `The command takes ${bytes} bytes, more than the ${most} that one may: shorten its texts, or send it in parts.`,
  bulkTooLarge: ({ bytes, most }) =>
    `The commands take ${bytes} bytes together, more than the ${most} that one call may: send fewer at once.`,
  tooMuchAtOnce: ({ most, mostBytes, mostTasks }) =>
    `The commands before this one came to more than ${most} records or ${mostBytes} bytes, or counted more than ${mostTasks} tasks anew, which is what one call may come to: send the rest in another.`,
  tooMuchOfOne: ({ bytes, most }) =>
    `The command comes to ${bytes} bytes of records and of what people are told, more than the ${most} that one may. Nothing was recorded. Shorten its texts, or send it in parts.`,
  programFull: ({ bytes, most }) =>
    `The program would hold ${bytes} bytes, more than the ${most} that it can. Nothing was recorded. Shorten the texts, end tasks that nobody needs anymore, retire AI systems, remove people who have left; what closes work is always taken.`,
  nearlyFull: ({ bytes, most }) =>
    `The program holds ${percentOf(bytes, most)} of what it can. When it is full, nothing can be added that its certification can do without. End tasks that nobody needs anymore, and keep long texts in documents that evidence names.`,
};

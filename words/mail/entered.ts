import type { NoticeOf } from '../../domain/notices.ts';
import { openRecord } from './actions.ts';
import type { WordsOfNotices } from './noticeWords.ts';
import type { Context, Entry } from './types.ts';

/** What a mail says of acts of the certification body that the organization entered for its people. */
export const enteredNotices = {
  enteredForYou: { entry: entered },
  objection: { entry: objected },
} satisfies Partial<WordsOfNotices>;

function entered({ what, by, document, seq }: NoticeOf<'enteredForYou'>, context: Context): Entry {
  return {
    group: 'news',
    name: what,
    state: `entered for you by ${by}`,
    lead: [
      { label: 'From the document', quote: document },
      {
        label: 'What to do',
        text: 'Nothing, if it is right. If it is not what you did, object: the program manager is asked to clear it up with you.',
      },
    ],
    action: openRecord('Look at it', seq, context),
    details: [],
  };
}

function objected({ seq, by, statement }: NoticeOf<'objection'>, context: Context): Entry {
  return {
    group: 'news',
    name: 'Objection',
    state: `${by} objects to what was entered for them`,
    lead: [
      { label: 'What they say', quote: statement },
      {
        label: 'What happens next',
        text: 'A task asks the program manager to clear it up, and to put right what is wrong.',
      },
    ],
    action: openRecord('Open the record', seq, context),
    details: [],
  };
}

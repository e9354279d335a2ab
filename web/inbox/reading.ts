import type { FastifyInstance } from 'fastify';
import { now } from '../../api/clock.ts';
import { clockNow } from '../../api/views/program.ts';
import type { InboxCounts, InboxList, InboxTask } from '../../db/inbox.ts';
import { bodyRoles, type Email, type IsoDate, type Role } from '../../domain/basics.ts';
import { dateAt } from '../../domain/calendar.ts';
import { type StandingIn, standingIn } from './standingIn.ts';

/** Which part of an inbox is looked at. */
export interface Asked {
  list: InboxList;
  cursor?: string;
  /** Words that are looked for in titles, requirements, programs and people. */
  filter?: string;
}

/** A task of an inbox with what its row says. */
export interface InboxRow extends InboxTask {
  /** `aims/T-7`: what its check box says. */
  ref: string;
  url: string;
  today: IsoDate;
  /** Whether its reader may do something about it together with others. */
  inBulk: boolean;
}

/** An inbox as one person looks at it. */
export interface InboxReading {
  asked: Asked;
  /** The lists that this person can have something on. */
  lists: InboxList[];
  counts: InboxCounts;
  rows: InboxRow[];
  nextCursor: string | null;
  /** Whether they take part in any program. */
  takesPart: boolean;
  /** Who is away and has this person as deputy: their tasks stay theirs, and are in no list of hers. */
  standsIn: StandingIn[];
  /** The name of somebody in a program, of the program itself too. */
  nameIn(programId: string, email: string): string;
  /** To whom tasks can be given: the people of the programs of the rows that can be given away. */
  people: { email: Email; name: string }[];
}

/** Rows of a page. */
const limit = 50;

/** Reads a part of somebody's inbox. Throws the 400 problem when the cursor is not one of its list. */
export async function readInbox(app: FastifyInstance, email: Email, asked: Asked): Promise<InboxReading> {
  const { inbox, read } = app.services.database;
  const mine = await inbox.of({ email, now: now() });
  const { list, cursor, filter } = asked;
  const [page, counts, standsIn] = await Promise.all([
    mine.list(list, { limit, cursor }, filter ? matching(filter) : undefined),
    mine.counts(),
    list === 'yours' && !cursor && !filter ? standingIn(app, email) : [],
  ]);
  const programIds = [...new Set(page.items.map(({ program }) => program.id))];
  const [roles, names] = await Promise.all([
    list === 'yours' ? read.rolesIn(programIds, email) : undefined,
    inbox.names(namedIn(page.items)),
  ]);
  const rows = page.items.map((item): InboxRow => {
    const { program, task } = item;
    const inBulk = list === 'review' || list === 'team' || manages(roles?.get(program.id) ?? []);
    return {
      ...item,
      ref: `${program.id}/${task.id}`,
      url: `/programs/${encodeURIComponent(program.id)}/tasks/${encodeURIComponent(task.id)}`,
      today: dateAt(clockNow(program), program.timeZone),
      inBulk: inBulk && list !== 'submitted',
    };
  });
  const givable = list === 'review' ? [] : rows.filter(({ inBulk }) => inBulk).map(({ program }) => program.id);
  const people = await inbox.peopleIn([...new Set(givable)]);
  const { reviews, manages: managing, takesPart } = mine.standing;
  return {
    asked,
    lists: (['yours', 'review', 'submitted', 'team'] as const).filter(
      (one) => one === list || (one === 'review' ? reviews > 0 : one === 'team' ? managing > 0 : true),
    ),
    counts,
    rows,
    nextCursor: page.nextCursor,
    takesPart: takesPart > 0,
    standsIn,
    nameIn: (programId, one) => (one === 'system' ? 'Certloop' : (names.get(`${programId} ${one}`) ?? one)),
    people,
  };
}

/** Whoever is of the body acts for the body alone. */
export function manages(roles: readonly Role[]): boolean {
  return roles.includes('programManager') && !roles.some((role) => bodyRoles.includes(role));
}

function namedIn(items: readonly InboxTask[]): { programId: string; email: Email }[] {
  return items.flatMap(({ program, task, askedBy, sentBackBy }) => {
    const submitter = task.status === 'submitted' ? task.evidence.by : undefined;
    return [task.assignee, submitter, askedBy, sentBackBy]
      .filter((one): one is Email => one !== undefined && one !== 'system')
      .map((email) => ({ programId: program.id, email }));
  });
}

/** Looks for each of the words. */
function matching(filter: string): (item: InboxTask) => boolean {
  const words = filter.toLocaleLowerCase('en').split(/\s+/);
  return ({ program, task }) => {
    const parts = [task.title, task.id, task.requirementId, program.name, program.organization, task.assignee];
    const text = parts.join(' ').toLocaleLowerCase('en');
    return words.every((word) => text.includes(word));
  };
}

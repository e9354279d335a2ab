import { randomUUID } from 'node:crypto';
import { count } from '../../words/phrases.ts';
import { ErrorSummary, type FormError } from '../forms/fields.tsx';
import type { Form } from '../forms/form.ts';
import type { Page } from '../html/layout.tsx';
import { Day, Empty, Notice } from '../html/parts.tsx';
import { More, Views, withQuery } from '../program/parts/links.tsx';
import type { BulkAct, Outcome } from './bulk.ts';
import { BulkBar } from './bulkBar.tsx';
import type { TriedTask } from './done.ts';
import type { InboxReading } from './reading.ts';
import { type Checked, Rows } from './rows.tsx';
import { counted, emptyWords, leadOf, listLabels, listUrls } from './words.ts';

interface InboxPageProps {
  reading: InboxReading;
  csrf: string;
  /** What was just done with several tasks. */
  done?: { act: BulkAct; tasks: readonly TriedTask[] };
  /** What was asked for several tasks and did not all work. */
  tried?: Tried;
}

interface Tried {
  act: BulkAct;
  form: Form;
  errors: readonly FormError[];
  /** Those that are still checked, with why they were refused. */
  outcomes: readonly Outcome[];
  /** All of them, as they are now. */
  tasks: readonly TriedTask[];
}

/** An inbox: what somebody is to do over all of their programs, and what they can do with many of it at once. */
export function inboxPage({ reading, csrf, done, tried }: InboxPageProps): Page {
  const { asked, counts, lists, rows } = reading;
  const { list, filter, cursor } = asked;
  const checked: Checked = new Map(tried?.outcomes.map(({ ref, refusal }) => [ref, refusal]));
  return {
    title: list === 'yours' ? 'Inbox' : `${listLabels[list]} – Inbox`,
    at: 'inbox',
    wide: true,
    body: (
      <div class="inbox">
        <h1>Inbox</h1>
        {done && <DoneNotice act={done.act} tasks={done.tasks} />}
        {tried && <TriedNotice tried={tried} />}
        <Views
          label="Parts of the inbox"
          views={lists.map((one) => ({
            label: listLabels[one],
            href: listUrls[one],
            current: one === list,
            count: counted(counts[one]),
          }))}
        />
        <Lead reading={reading} />
        <StandsIn reading={reading} />
        {(rows.length > 0 || filter || cursor) && <Filter list={listUrls[list]} filter={filter} />}
        <List reading={reading} csrf={csrf} tried={tried} checked={checked} />
      </div>
    ),
  };
}

function Lead({ reading: { asked, counts, rows, takesPart } }: { reading: InboxReading }) {
  const { list, filter, cursor } = asked;
  if (filter) {
    const none = rows.length === 0 && !cursor;
    return (
      <p class="lead">
        {none ? `Nothing here has “${filter}” in it.` : `What has “${filter}” in it.`}{' '}
        <a href={listUrls[list]}>Show all</a>
      </p>
    );
  }
  const lead = leadOf(list, counts);
  if (lead) return <p class="lead">{lead}</p>;
  if (!takesPart)
    return (
      <Empty>
        You take part in no program yet. When somebody adds you to one, what it asks of you comes here, and a mail tells
        you.
      </Empty>
    );
  return <Empty>{emptyWords[list]}</Empty>;
}

/** Whose tasks are the reader's to answer as a deputy. */
function StandsIn({ reading: { standsIn } }: Pick<InboxPageProps, 'reading'>) {
  if (standsIn.length === 0) return null;
  return (
    <section aria-labelledby="stands-in">
      <h2 id="stands-in">You stand in</h2>
      <ul class="lines">
        {standsIn.map(({ name, program, url, open, today, endsOn }) => (
          <li key={url}>
            <a href={url}>
              For {name}: {open === 0 ? 'no open task' : count(open, 'open task')}
            </a>
            <span class="meta">
              {program}, through <Day on={endsOn} today={today} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Filter({ list, filter }: { list: string; filter: string | undefined }) {
  return (
    <form method="get" action={list} class="inbox-filter">
      <label class="hidden-text" for="filter">
        Filter by title, requirement, program or person
      </label>
      <input id="filter" name="filter" type="search" value={filter} placeholder="Filter" maxLength={100} data-filter />
      <button type="submit">Filter</button>
    </form>
  );
}

function List({
  reading,
  csrf,
  tried,
  checked,
}: Pick<InboxPageProps, 'reading' | 'csrf' | 'tried'> & { checked: Checked }) {
  const { asked, rows, nextCursor } = reading;
  const { list, cursor, filter } = asked;
  const here = withQuery(listUrls[list], { cursor, filter });
  const more = (
    <More href={nextCursor ? withQuery(listUrls[list], { cursor: nextCursor, filter }) : undefined}>Show the next</More>
  );
  if (!rows.some(({ inBulk }) => inBulk)) {
    return (
      <>
        <Rows reading={reading} checked={checked} />
        {more}
      </>
    );
  }
  return (
    <form method="post" action={here} class="inbox-form">
      <input type="hidden" name="_csrf" value={csrf} />
      <input type="hidden" name="_key" value={randomUUID()} />
      <Rows reading={reading} checked={checked} />
      {more}
      <BulkBar reading={reading} form={tried?.form} act={tried?.act} errors={tried?.errors ?? []} />
    </form>
  );
}

const doneTitles: Record<BulkAct, (many: number) => string> = {
  accept: (many) => `${count(many, 'submission')} accepted`,
  reassign: (many) => `${count(many, 'task')} reassigned`,
  extend: (many) => `${count(many, 'task')} extended`,
};

function DoneNotice({ act, tasks }: { act: BulkAct; tasks: readonly TriedTask[] }) {
  const done = tasks.filter(({ what }) => what !== undefined);
  if (done.length === 0) return null;
  return (
    <Notice tone="good" title={doneTitles[act](done.length)}>
      <ul>
        {done.map((task) => (
          <li key={task.ref}>
            <TaskLink task={task} among={tasks} />: {task.what}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** With its program where there are several: tasks of the same title are usual. */
function TaskLink({ task: { url, title, program }, among }: { task: TriedTask; among: readonly TriedTask[] }) {
  const isOneOfSeveral = among.some((other) => other.program !== program);
  return (
    <>
      <a href={url}>{title}</a>
      {isOneOfSeveral && <span class="quiet"> {program}</span>}
    </>
  );
}

const notDone: Record<BulkAct, string> = { accept: 'accepted', reassign: 'reassigned', extend: 'extended' };

function TriedNotice({ tried: { act, errors, outcomes, tasks } }: { tried: Tried }) {
  const refused = outcomes.filter(({ refusal }) => refusal !== undefined);
  const isRefused = (ref: string) => refused.some((outcome) => outcome.ref === ref);
  return (
    <>
      <ErrorSummary errors={errors} />
      {refused.length > 0 && (
        <Notice tone="bad" title={`${count(refused.length, 'task')} could not be ${notDone[act]}`}>
          <ul>
            {refused.map(({ ref, refusal }) => {
              const task = tasks.find((one) => one.ref === ref);
              return (
                <li key={ref}>
                  {task ? <TaskLink task={task} among={tasks} /> : ref.split('/')[1]}: {refusal}
                </li>
              );
            })}
          </ul>
          <p>Those that are still on this list are still checked.</p>
        </Notice>
      )}
      {errors.length === 0 && <DoneNotice act={act} tasks={tasks.filter(({ ref }) => !isRefused(ref))} />}
    </>
  );
}

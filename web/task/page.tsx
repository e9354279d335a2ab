import type { ComponentChildren } from 'preact';
import type { Known } from '../../domain/offers/asked.ts';
import { reviewers } from '../../domain/people/people.ts';
import type { CommandType } from '../../domain/registry.ts';
import { answeredBy } from '../../domain/tasks/answering.ts';
import { lastDayOf } from '../../domain/tasks/due.ts';
import { isWaiting } from '../../domain/tasks/task.ts';
import { commandTitle } from '../../words/forms/index.ts';
import { askOf } from '../../words/mail/asks.ts';
import { list } from '../../words/phrases.ts';
import { CommandForm, type FormsContext } from '../forms/commandForm.tsx';
import type { FormError } from '../forms/fields.tsx';
import type { Page } from '../html/layout.tsx';
import { Day, Moment, Notice, Quote } from '../html/parts.tsx';
import { ToldLine } from '../html/toldLine.tsx';
import { EvidenceShown } from './evidence.tsx';
import { EvidenceForm } from './evidenceForm.tsx';
import type { Looking, TaskReading } from './reading.ts';
import { ReviewForm } from './reviewForm.tsx';
import { TypedWords } from './typed.tsx';
import { UsualEvidence } from './usualEvidence.tsx';

/** What just happened on the page, for its reader to see. */
export interface Happened {
  tone: 'good' | 'soon' | 'bad';
  title: string;
  text?: string;
}

interface TaskPageProps {
  reading: TaskReading;
  looking: Looking;
  forms: FormsContext;
  happened?: Happened;
  /** When a draft of the answer was saved. */
  draftSaved?: boolean;
  /** What is wrong beside a form of the page, such as a command that is no longer possible. */
  errors?: readonly FormError[];
  /** What was typed into a form that is not there anymore. */
  typed?: string;
  /** What its reader saved of an answer that they cannot give anymore. */
  left?: string;
}

/** Commands that are the answer to a task or its review, and stand open; the others are folded. */
const answering: readonly CommandType[] = ['reviewEvidence'];

/** The page of a task: what is asked, why, by when, who hears next, and the forms of what its reader can do about it. */
export function taskPage(props: TaskPageProps): Page {
  const { reading, looking } = props;
  const { task, state } = reading;
  return {
    title: task.title,
    program: { id: state.id, name: state.name, place: 'tasks' },
    body: (
      <>
        {looking.by === 'link' && (
          <p class="kicker">
            {state.name}, {state.organization}
          </p>
        )}
        <h1>{task.title}</h1>
        <Standing {...props} />
        {looking.by === 'link' && <Whose {...props} />}
        {props.happened && (
          <Notice tone={props.happened.tone} title={props.happened.title}>
            {props.happened.text && <p>{props.happened.text}</p>}
          </Notice>
        )}
        {props.errors?.map(({ detail }) => (
          <Notice tone="bad" title="This could not be done" key={detail}>
            <p>{detail}</p>
          </Notice>
        ))}
        <TypedWords words={props.typed} title="What you typed, to be copied" />
        <TypedWords words={props.left} title="Your draft, which was not submitted" />
        {reading.sentBack && (
          <Notice tone="soon" title={`${reading.sentBack.by} sent this back`}>
            <Quote>{reading.sentBack.note}</Quote>
          </Notice>
        )}
        {reading.declined && (
          <Notice tone="soon" title={`${reading.declined.by} says that it is not theirs`}>
            <Quote>{reading.declined.reason}</Quote>
            <p>It stays with them until a program manager reassigns it.</p>
          </Notice>
        )}
        <Submitted {...props} />
        <Ask {...props} />
        <Answers {...props} />
        <Others {...props} />
        <History {...props} />
      </>
    ),
  };
}

/** Whose link it is: a mail may have been forwarded, and whoever opens it speaks as the person to whom it was sent. */
function Whose({ reading, looking }: TaskPageProps) {
  const name = reading.nameOf(looking.email);
  if (!looking.other) {
    return (
      <p class="quiet">
        This page is for {name}, {looking.email}. What is sent from it is recorded as theirs.
      </p>
    );
  }
  const own = `/programs/${encodeURIComponent(looking.programId)}/tasks/${encodeURIComponent(looking.taskId)}`;
  return (
    <Notice tone="soon" title={`This link is ${name}’s, and you are ${looking.other}`}>
      <p>
        What is sent from this page is recorded as {name}’s. If you have a part in this task,{' '}
        <a href={own}>open it as yourself</a>; if not, tell {name} that their mail reached you.
      </p>
    </Notice>
  );
}

/** In a sentence: whose turn it is, and until when. */
function Standing({ reading, looking }: TaskPageProps) {
  const { task, today, overdue, nameOf } = reading;
  const yours = task.assignee === looking.email;
  if (task.status === 'submitted') {
    const able = reviewers(reading.state).filter((email) => email !== task.evidence.by);
    return (
      <p class="lead">
        {task.evidence.by === looking.email ? 'You submitted' : `${nameOf(task.evidence.by)} submitted`} this{' '}
        <Moment at={task.evidence.at} timeZone={reading.timeZone} today={today} />. It waits for a review
        {able.length > 0 && ` by ${list(able.slice(0, 3).map(nameOf), 'or')}`}.
      </p>
    );
  }
  if (task.status !== 'open') {
    return (
      <p class="lead">
        {endWords[task.status]} <Day on={task.closedOn} today={today} />. Nothing is left to do here.
      </p>
    );
  }
  const counts = lastDayOf(task, reading.state.calendar);
  return (
    <p class="lead">
      {yours ? 'Yours' : `With ${nameOf(task.assignee)}`},{' '}
      <span class={overdue ? 'late' : undefined}>
        {overdue ? 'was due' : 'due'} <Day on={task.dueOn} today={today} />
      </span>
      {counts !== task.dueOn && (
        <>
          {'; that is a day off, so '}
          <Day on={counts} today={today} /> counts
        </>
      )}
      {task.bodyDeadline && ', a deadline of the certification body that nothing moves'}.
      {isWaiting(task) && task.waitsFor.length > 0 && (
        <> It waits for {list(task.waitsFor.map((id) => reading.state.tasks[id]?.title ?? id))}.</>
      )}
    </p>
  );
}

const endWords = { accepted: 'Accepted', waived: 'Waived', cancelled: 'Cancelled' } as const;

/** What was submitted, for who reviews it and for who submitted it; after acceptance, for who may read it. */
function Submitted({ reading, looking }: TaskPageProps) {
  const { evidence, task, accepted } = reading;
  if (!evidence) return null;
  const title = { submitted: 'What was submitted', accepted: 'What was accepted' }[task.status as string];
  return (
    <section>
      <h2>{title ?? 'What was submitted before'}</h2>
      <EvidenceShown
        evidence={evidence}
        by={reading.nameOf(evidence.by)}
        today={reading.today}
        filesUrl={looking.by === 'link' ? `${looking.url}/files` : `/programs/${reading.state.id}/files`}
      />
      {accepted?.note && (
        <>
          <h3>The review</h3>
          <Quote by={accepted.by}>{accepted.note}</Quote>
        </>
      )}
    </section>
  );
}

function Ask({ reading }: TaskPageProps) {
  const { task, requirement, opened, next, today } = reading;
  return (
    <section>
      <h2>What is asked</h2>
      <p>{askOf(task, { requirement: () => requirement }).text}</p>
      {requirement && (
        <>
          <p>{requirement.why}</p>
          <UsualEvidence requirement={requirement} />
          {task.kind === 'manual' && (
            <p class="quiet">
              This was asked for by hand: what is accepted here does not count as evidence of {requirement.id}.
            </p>
          )}
        </>
      )}
      <p class="quiet">
        {opened && (
          <>
            Asked for by {opened.by} <Day on={opened.on} today={today} />.{' '}
          </>
        )}
        {next && (
          <>
            If nothing happens, {list(next.who)} {next.who.length === 1 && next.who[0] !== 'you' ? 'hears' : 'hear'} of
            it next: <Day on={next.on} today={today} />.
          </>
        )}
      </p>
    </section>
  );
}

/** The forms that answer it. */
function Answers({ reading, forms, draftSaved }: TaskPageProps) {
  const offers = reading.offers.filter(({ command }) => isAnswer(reading, command));
  return (
    <>
      {offers.map(({ command, known }, index) => (
        <section key={`${command}`} id={command}>
          <h2>{commandTitle(command)}</h2>
          {formOf(command, known, forms, index === 0, draftSaved)}
        </section>
      ))}
    </>
  );
}

function formOf(
  command: CommandType,
  known: Known,
  context: FormsContext,
  primary: boolean,
  draftSaved?: boolean,
): ComponentChildren {
  if (command === 'submitEvidence') return <EvidenceForm known={known} context={context} draftSaved={draftSaved} />;
  if (command === 'reviewEvidence' || command === 'reviewCorrectiveActionPlan')
    return <ReviewForm type={command} known={known} context={context} />;
  return <CommandForm type={command} known={known} context={context} primary={primary} apart={!primary} />;
}

/** What else can be done about it, folded. */
function Others({ reading, forms }: TaskPageProps) {
  const offers = reading.offers.filter(({ command }) => !isAnswer(reading, command));
  if (offers.length === 0) return null;
  return (
    <section class="others">
      <h2>Something else?</h2>
      {offers.map(({ command, known }) => (
        <details key={command} id={command} open={forms.failed?.type === command}>
          <summary>{otherWords[command] ?? commandTitle(command)}</summary>
          <CommandForm type={command} known={known} context={forms} apart />
        </details>
      ))}
    </section>
  );
}

/** How an assignee would say it. */
const otherWords: Partial<Record<CommandType, string>> = {
  acknowledgeTask: 'I will be late',
  declineTask: 'This is not mine',
};

function isAnswer({ task }: TaskReading, command: CommandType): boolean {
  const answers: readonly CommandType[] = answeredBy[task.kind];
  return answers.includes(command) || answering.includes(command);
}

function History({ reading }: TaskPageProps) {
  const { records, timeZone, today, nameOf } = reading;
  return (
    <section>
      <details>
        <summary>What happened so far</summary>
        <ol class="history">
          {records.map((record) => (
            <li key={record.seq}>
              <Moment at={record.at} timeZone={timeZone} today={today} /> <ToldLine record={record} reader={reading} />{' '}
              <span class="quiet">{nameOf(record.actor)}</span>
            </li>
          ))}
        </ol>
      </details>
    </section>
  );
}

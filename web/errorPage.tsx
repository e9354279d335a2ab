import { forPeople, type Problem } from '../api/problem.ts';
import { UnreadableProgram } from '../api/unreadable.ts';
import { type Fault, faultOf, isOutage } from '../db/faults.ts';
import { unreadablePage, unreadableWords } from '../words/unreadable.ts';
import type { Page } from './html/layout.tsx';

/** What a page about a problem can lead to. */
interface Ways {
  /** The address that was asked for, where asking again does nothing twice. */
  again: string | undefined;
  isSignedIn: boolean;
}

/** A page that says what is so, what comes next, and, where it is for operations, what they do. */
export function problemPage(problem: Problem, ways: Ways): Page {
  const { title, says, aside } = wordsOf(problem);
  const { errors = [] } = problem;
  return {
    title,
    body: (
      <>
        <h1>{title}</h1>
        {says.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {errors.length > 0 && (
          <ul>
            {errors.map(({ pointer, detail }) => (
              <li key={pointer}>{detail}</li>
            ))}
          </ul>
        )}
        {ways.again === undefined && mayPass(problem) && (
          <p>Go back in your browser: what you typed is there, and can be sent again.</p>
        )}
        <WaysOn problem={problem} ways={ways} />
        {problem instanceof UnreadableProgram && <ForOperators problem={problem} />}
        {aside && <p class="aside">{aside}</p>}
      </>
    ),
  };
}

/** Whether it may be otherwise in a while. */
function mayPass({ status }: Problem): boolean {
  return status >= 500 || status === 429;
}

function WaysOn({ problem, ways: { again, isSignedIn } }: { problem: Problem; ways: Ways }) {
  const mayHelp = again !== undefined && mayPass(problem);
  return (
    <p class="row">
      {mayHelp && (
        <a class="button primary" href={again}>
          Try again
        </a>
      )}
      <a class={mayHelp ? undefined : 'button'} href={isSignedIn ? '/' : '/sign-in'}>
        {isSignedIn ? 'Go to your start page' : 'Sign in'}
      </a>
    </p>
  );
}

/** What brings a program back, for whoever can do it or knows whom to send it to. */
function ForOperators({ problem: { by, programId, reason } }: { problem: UnreadableProgram }) {
  const { what, steps } = unreadableWords(by, programId, reason);
  return (
    <>
      <h2>For those who run Certloop</h2>
      <p>{what}</p>
      <ol class="steps">
        {steps.map(({ text, run }) => (
          <li key={text}>
            {text}
            {run && <code class="run">{run}</code>}
          </li>
        ))}
      </ol>
      <p class="aside">The runbook (docs/runbook.md of the installation) has more under “{unreadablePage}”.</p>
    </>
  );
}

interface Words {
  title: string;
  says: string[];
  /** What operations want to know, and nobody else. */
  aside?: string;
}

function wordsOf(problem: Problem): Words {
  const { status, cause } = problem;
  if (problem instanceof UnreadableProgram) return unreadable;
  const fault = status === 503 ? faultOf(cause) : undefined;
  if (fault && isOutage(fault)) return ofFault(fault);
  return { title: titles[status] ?? otherTitle(status), says: [forPeople(problem)] };
}

const titles: Partial<Record<number, string>> = {
  403: 'You cannot do this',
  404: 'Not found',
  413: 'This is too large',
  414: 'This address is too long',
  429: 'Too many requests',
  503: 'Not reachable just now',
};

function otherTitle(status: number): string {
  return status >= 500 ? 'Something went wrong' : 'This is not possible';
}

const unreadable: Words = {
  title: 'This program cannot be read',
  says: [
    'Something is wrong with what is stored of it. You did nothing wrong, and other programs go on.',
    'Send the address of this page to those who run Certloop: it tells them what to do. Until then nothing of this program can be shown.',
  ],
};

const faultWords: Record<Exclude<Fault['kind'], 'refused'>, Omit<Words, 'aside'>> = {
  away: {
    title: 'Not reachable just now',
    says: ['The database does not answer. Nothing that was recorded is lost. Try again in a minute.'],
  },
  readOnly: {
    title: 'Nothing can be saved just now',
    says: [
      'The database takes no changes for the moment, as while it moves to another server. Nothing that was recorded is lost. Try again in a minute.',
    ],
  },
  full: {
    title: 'Nothing can be saved just now',
    says: [
      'The storage of the database is full. Nothing that was recorded is lost; an administrator has to make room before anything can be saved.',
    ],
  },
  busy: {
    title: 'Too busy just now',
    says: ['The database has more to do than it can. Nothing that was recorded is lost. Try again in a minute.'],
  },
};

function ofFault({ kind, reason }: Fault): Words {
  return { ...faultWords[kind === 'refused' ? 'away' : kind], aside: `For those who run Certloop: ${reason}.` };
}

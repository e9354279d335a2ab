import { phaseLabels } from '../../words/labels.ts';
import { capitalized, count } from '../../words/phrases.ts';
import { longDay } from '../../words/when.ts';
import type { Page } from '../html/layout.tsx';
import { Facts, Notice } from '../html/parts.tsx';
import type { Played } from './play.ts';
import type { ExampleProgram, ExampleReading } from './reading.ts';

/** Seconds after which the page looks again while the example is played. */
const lookAgain = 2;

/** How far the worked example has come; whoever looks can leave, and come back. */
export function examplePage({ played, program, now }: ExampleReading, csrf: string): Page {
  const isPlaying = played?.state === 'playing';
  const title = isPlaying ? 'TechServe is being certified' : 'TechServe';
  return {
    title,
    at: 'programs',
    ...(isPlaying && { refresh: lookAgain }),
    body: (
      <div data-live={isPlaying ? lookAgain : 0}>
        <h1>{title}</h1>
        {played ? <Progress played={played} now={now} /> : <NotYet />}
        {program && <Program program={program} />}
        {!isPlaying && <Begin csrf={csrf} again={played !== undefined} />}
      </div>
    ),
  };
}

function Progress({ played, now }: { played: Played; now: string }) {
  const { state, chapter, today, done = 0, reason } = played;
  const seconds = Math.round((Date.parse(played.endedAt ?? now) - Date.parse(played.beganAt)) / 1000);
  if (state === 'brokenOff') {
    return (
      <Notice tone="bad" title="It broke off">
        <p>{reason}</p>
        <p>What was played until then is there. You can play it again.</p>
      </Notice>
    );
  }
  return (
    <>
      <p class="lead" role="status">
        {state === 'played'
          ? `All four years were played in ${count(seconds, 'second')}. Look around: everything is as it would be in a program of your own.`
          : `${chapter ?? 'It begins'}. You can leave this page; it goes on.`}
      </p>
      <p>
        <label for="played">{today ? `The program's date is ${longDay(today)}` : 'Nothing has happened yet'}</label>
        <progress id="played" max={100} value={Math.round(done * 100)} class="whole" />
      </p>
    </>
  );
}

function NotYet() {
  return (
    <p class="lead">
      An invented company, four AI products, thirteen people: from the gap assessment to the second certificate, with
      what goes wrong on the way. It is a rehearsal: its clock runs fast, and its mails are kept here.
    </p>
  );
}

function Program({ program: { id, name, phase, records, mail } }: { program: ExampleProgram }) {
  const base = `/programs/${encodeURIComponent(id)}`;
  return (
    <>
      <Facts
        facts={[
          ['Phase', capitalized(phaseLabels[phase])],
          ['Records', `${records} so far`],
          mail && [
            'Newest mail',
            <>
              <a href={`${base}/mails/${encodeURIComponent(mail.id)}`}>{mail.subject}</a>, to {mail.to}
            </>,
          ],
        ]}
      />
      <p class="row">
        <a class="button primary" href={base}>
          Look at {name}
        </a>
        <a href={`${base}/mails`}>All its mails</a>
        <a href={`${base}/records`}>Everything that happened</a>
      </p>
    </>
  );
}

function Begin({ csrf, again }: { csrf: string; again: boolean }) {
  return (
    <form method="post" action="/example" class="row">
      <input type="hidden" name="_csrf" value={csrf} />
      <button class={again ? undefined : 'primary'} type="submit">
        {again ? 'Play it again, as another program' : 'Play TechServe'}
      </button>
    </form>
  );
}

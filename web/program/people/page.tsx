import { bodyRoles, type Role } from '../../../domain/basics.ts';
import type { Person } from '../../../domain/people/person.ts';
import { standingOf } from '../../../domain/people/standing.ts';
import type { CommandType } from '../../../domain/registry.ts';
import { personTopic } from '../../../identity/reading/topics.ts';
import { commandTitle } from '../../../words/forms/index.ts';
import { roleLabels } from '../../../words/labels.ts';
import { capitalized, list } from '../../../words/phrases.ts';
import type { Page } from '../../html/layout.tsx';
import { Day } from '../../html/parts.tsx';
import { Done } from '../done.tsx';
import { formUrl, Offers } from '../parts/forms.tsx';
import { Table } from '../parts/table.tsx';
import { inProgram, type ProgramView } from '../reading.ts';

/** The people of a program: those of the organization, and the guests of the certification body. */
export function peoplePage(view: ProgramView, query: unknown): Page {
  const { state, sight, url } = view;
  const seen = state.people.filter((person) => sight.sees(personTopic(person)));
  const [own, guests] = [seen.filter((one) => !isGuest(one)), seen.filter(isGuest)];
  const offers = view.offers('program').filter(({ command }) => ofPeople.includes(command));
  return {
    title: 'People',
    program: inProgram(view),
    wide: true,
    body: (
      <>
        <h1>People</h1>
        <Done query={query} />
        <p class="lead reading-width">
          {own.length > 0 &&
            seen.length === state.people.length &&
            `${state.organization} works on this with ${own.length} ${own.length === 1 ? 'person' : 'people'}. `}
          {guestWords(guests.length)}
        </p>
        <Offers url={url} offers={offers} />
        {own.length > 0 && (
          <>
            <h2>{state.organization}</h2>
            <People people={own} view={view} />
          </>
        )}
        <h2>{state.body.name}</h2>
        <p class="reading-width">
          Auditors and decision makers come in as guests: they see the scope, the statement of applicability, accepted
          evidence and their own audits, and neither drafts nor internal incidents. When nothing is left for them to do,
          they do not get in anymore.
        </p>
        {guests.length > 0 && <People people={guests} view={view} />}
        <Before view={view} />
      </>
    ),
  };
}

/** Who took part and does not anymore, and who was away: what they did stays to be read. */
function Before({ view: { state, sight, names, url } }: { view: ProgramView }) {
  if (!sight.all('people')) return null;
  const left = [...names].filter(([email]) => !state.people.some((one) => one.email === email));
  return (
    <>
      {left.length > 0 && (
        <>
          <h2>Took part before</h2>
          <ul class="lines">
            {left.map(([email, name]) => (
              <li key={email}>
                <a href={`${url}/records?person=${encodeURIComponent(email)}`}>{name}</a>
                <span class="meta">{email}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {sight.all('absence') && (
        <p>
          <a href={`${url}/records?type=DutiesDelegated,DelegationEnded`}>Who was away, and with whom as deputy</a>
        </p>
      )}
    </>
  );
}

/** What can be done about one person, in a word. */
const verbs: Partial<Record<CommandType, string>> = {
  changePerson: 'Change',
  removePerson: 'Remove',
  delegate: 'Name a deputy',
  endDelegation: 'End the absence',
};

/** All people at once is not among them: a page that was opened earlier would take out whoever came meanwhile. */
const ofPeople: readonly string[] = ['addPerson', 'putInCharge', 'delegate', 'endDelegation'];

function isGuest({ roles }: Person): boolean {
  return roles.some((role) => bodyRoles.includes(role));
}

function guestWords(count: number): string {
  if (count === 0) return 'Nobody of the certification body is named yet.';
  return `${count === 1 ? 'One person is' : `${count} people are`} named for the certification body.`;
}

function People({ people, view }: { people: Person[]; view: ProgramView }) {
  const { url, reader } = view;
  return (
    <Table
      label="People and their roles"
      columns={[
        { label: 'Name' },
        { label: 'Roles' },
        { label: 'Address' },
        { label: 'Open tasks' },
        { label: 'Forms', speaksForItself: true },
      ]}
      rows={people.map((person) => ({
        key: person.email,
        cells: [
          <strong key="name">
            {person.name}
            {person.email === reader && ' (you)'}
          </strong>,
          <>
            {capitalized(list(person.roles.map((role: Role) => roleLabels[role])))}
            <Standing person={person} view={view} />
          </>,
          person.email,
          tasksOf(person, view),
          view.offers({ email: person.email }).map((offer) => (
            <a key={offer.command} class="inline-action" href={formUrl(url, offer)}>
              {verbs[offer.command] ?? commandTitle(offer.command)}
              <span class="hidden-text"> ({person.name})</span>
            </a>
          )),
        ],
      }))}
    />
  );
}

/** Of a guest, whether there is something for them to do, and until when they get in when there is not. */
function Standing({ person: { email }, view }: { person: Person; view: ProgramView }) {
  const { state, today } = view;
  const standing = standingOf(state, email, today);
  if (standing?.is !== 'over') return null;
  return (
    <span class="under quiet">
      {standing.lastDay < today ? 'Their part is over since ' : 'Their part is over; they can look until '}
      <Day on={standing.lastDay < today ? standing.since : standing.lastDay} today={today} near={false} />
    </span>
  );
}

function tasksOf({ email }: Person, { state, sight, url, reader }: ProgramView) {
  const open = Object.values(state.tasks).filter(
    (task) => task.status === 'open' && task.assignee === email && sight.task(task.id),
  );
  if (open.length === 0) return <span class="none">{sight.all('task') || email === reader ? '–' : ''}</span>;
  return (
    <a class="count" href={`${url}/tasks?assignee=${encodeURIComponent(email)}`}>
      {open.length}
    </a>
  );
}

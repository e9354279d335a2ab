import type { RecordFilter } from '../../../api/recordFilter.ts';
import { asKnown } from '../../../domain/registry/address.ts';
import { recordTypes } from '../../../domain/registry.ts';
import { standardOutline } from '../../../domain/standards/outline.ts';
import { personTopic } from '../../../identity/reading/topics.ts';
import { recordTypeWords } from '../../../words/records/index.ts';
import { DateField, ErrorSummary, type FormError, Select, TextField } from '../../forms/fields.tsx';
import type { ProgramView } from '../reading.ts';
import { seenStandings } from '../requirements/seen.ts';

/** What is asked for, as it was typed. */
export type Asked = Record<string, string | undefined>;

/** The fields of the filter; a link to a page of the list keeps them. */
export const fields = ['requirement', 'about', 'task', 'audit', 'finding', 'system', 'person', 'type', 'from', 'to'];

/** The filter that was typed. In one field stands the id of a task, an audit or a finding: the first letter tells which. */
export function filterIn(asked: Asked): RecordFilter {
  const { about = '' } = asked;
  const given = fields.flatMap((field) => (asked[field] && field !== 'about' ? [[field, asked[field]]] : []));
  const kind = { T: 'task', A: 'audit', F: 'finding' }[about.trim().charAt(0).toUpperCase()] ?? 'task';
  return {
    ...Object.fromEntries(given),
    ...(about && { [kind]: about.trim().toUpperCase() }),
    ...(asked.person && { person: asKnown(asked.person.trim()) }),
  };
}

/** Looking for records: what they are about, who is in them, what happened, and when. */
export function RecordsFilter({ view, asked, errors }: { view: ProgramView; asked: Asked; errors: FormError[] }) {
  const isAsked = fields.some((field) => asked[field]);
  const { requirement, task, audit, finding, about = task ?? audit ?? finding, person, type, from, to } = asked;
  return (
    <details class="reading-width" open={isAsked}>
      <summary>Look for something</summary>
      <ErrorSummary errors={errors} />
      <form method="get" action={`${view.url}/records`}>
        <Select
          name="requirement"
          label="Requirement"
          value={requirement}
          options={requirements(view)}
          hint="With its tasks and its findings, open and closed."
        />
        <TextField
          name="about"
          label="Task, audit or finding"
          value={about}
          hint="By its id, such as T-12, A-3 or F-2."
          errors={errors}
        />
        <Select
          name="person"
          label="Person"
          value={person}
          options={people(view)}
          hint="What they did, and what names them."
        />
        <Select
          name="type"
          label="What happened"
          value={type}
          options={recordTypes.map((value) => ({ value, label: recordTypeWords(value) }))}
          errors={errors}
        />
        <DateField name="from" label="Recorded from" value={from} errors={errors} />
        <DateField name="to" label="Recorded until" value={to} errors={errors} />
        <p class="row">
          <button type="submit">Show these records</button>
          {isAsked && <a href={`${view.url}/records`}>Show all</a>}
        </p>
      </form>
    </details>
  );
}

function requirements(view: ProgramView) {
  const seen = new Set(seenStandings(view).map(({ outline }) => outline.id));
  return standardOutline(view.state.standard.id)
    .requirements.filter(({ id }) => seen.has(id))
    .map(({ id, title }) => ({ value: id, label: `${id} ${title}` }));
}

/** Who takes part, and after them who did. */
function people({ state, sight, names }: ProgramView) {
  const here = state.people.filter((one) => sight.sees(personTopic(one)));
  const left = [...names].filter(([email]) => !state.people.some((one) => one.email === email));
  return [
    ...here.map(({ email, name }) => ({ value: email, label: name })),
    ...(sight.all('people') ? left.map(([email, name]) => ({ value: email, label: `${name} (before)` })) : []),
  ];
}

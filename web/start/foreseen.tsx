import { plannedPhases } from '../../domain/basics.ts';
import { planned, plannedStages } from '../../domain/rules/plan.ts';
import { weekendWords } from '../../words/calendar.ts';
import { phaseLabels, roleLabels } from '../../words/labels.ts';
import { capitalized, count, list } from '../../words/phrases.ts';
import { longDay } from '../../words/when.ts';
import type { Form } from '../forms/form.ts';
import type { Page } from '../html/layout.tsx';
import { Facts, Notice } from '../html/parts.tsx';
import type { Foreseen } from './check.ts';
import { Keys } from './page.tsx';

/** What a start will come to, before it is done. */
export function foreseenPage({ definition, warnings }: Foreseen, form: Form, csrf: string): Page {
  const { name, organization, people, aiSystems, calendar, certificationBody, rehearsal, adopt } = definition;
  const title = 'This is what will happen';
  return {
    title,
    at: 'programs',
    body: (
      <>
        <h1>{title}</h1>
        <p class="lead">{leadOf({ definition, warnings })}</p>
        {warnings.length > 0 && (
          <Notice tone="soon" title="Unusual, and allowed">
            <ul>
              {warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          </Notice>
        )}
        {!adopt && <Dates definition={definition} />}
        <h2>What was said</h2>
        <Facts
          facts={[
            ['Program', `${name}, of ${organization}`],
            ['Kind', rehearsal ? 'A rehearsal: its clock is moved by hand, and no mail leaves' : 'A program'],
            ['People', <People key="people" people={people} />],
            ['AI systems', list(aiSystems.map((system) => system.name)) || 'None yet'],
            ['Time zone', calendar.timeZone.replaceAll('_', ' ')],
            ['Weekend', weekendWords(calendar.weekend)],
            ['Certification body', certificationBody.name],
          ]}
        />
        <form method="post" action="/programs/new" class="row">
          <Keys csrf={csrf} form={form} />
          {Object.entries(form.typed()).flatMap(([field, values]) =>
            values.map((value, index) => <input type="hidden" name={field} value={value} key={`${field}${index}`} />),
          )}
          <button class="primary" type="submit" name="_do" value="start">
            {adopt ? 'Take over the program' : rehearsal ? 'Start the rehearsal' : 'Start the program'}
          </button>
          <button type="submit" name="_do" value="change">
            Change something
          </button>
        </form>
      </>
    ),
  };
}

/** With their addresses, for a mistyped one is found here or not before its mail comes back. */
function People({ people }: Pick<Foreseen['definition'], 'people'>) {
  return (
    <ul>
      {people.map(({ email, name, roles }) => (
        <li key={email}>
          {name}, {email} ({list(roles.map((role) => roleLabels[role]))})
        </li>
      ))}
    </ul>
  );
}

function leadOf({ definition }: Foreseen): string {
  const { people, plan, rehearsal, adopt, organization } = definition;
  const many = count(people.length, 'person', 'people');
  if (adopt) {
    return `${organization}'s program goes on from the ${phaseLabels[adopt.phase]}. What is missing is asked for at once, by mail.`;
  }
  if (rehearsal)
    return `The rehearsal begins when its clock is moved to ${longDay(plan.startsOn)}. Its ${many} get no mail.`;
  return `On ${longDay(plan.startsOn)} at 08:00 the gap assessment begins, and ${many} can be asked by mail from then on.`;
}

function Dates({ definition: { plan } }: Pick<Foreseen, 'definition'>) {
  const spans = planned(plan);
  const { stage1On, stage2On } = plannedStages(plan);
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Phase</th>
          <th scope="col">From</th>
          <th scope="col">To</th>
        </tr>
      </thead>
      <tbody>
        {plannedPhases.map((phase) => (
          <tr key={phase}>
            <th scope="row">{capitalized(phaseLabels[phase])}</th>
            <td>{longDay(spans[phase].startsOn)}</td>
            <td>{longDay(spans[phase].endsOn)}</td>
          </tr>
        ))}
      </tbody>
      <caption>
        Stage 1 is planned for {longDay(stage1On)}, Stage 2 for {longDay(stage2On)}; their days are agreed with the
        body.
      </caption>
    </table>
  );
}

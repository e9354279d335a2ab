import Value from 'typebox/value';
import {
  digestChoices,
  type MailPreferences,
  mailPreferences,
  wrongWithPreferences,
} from '../../domain/people/mailPreferences.ts';
import {
  alwaysComes,
  digestHints,
  digestLabels,
  preferenceProblems,
  weekdayLabels,
} from '../../words/mail/preferences.ts';
import { Choices, Field, type FormError, Select } from '../forms/fields.tsx';
import { Form } from '../forms/form.ts';

/** The choice of how often digests come. */
export function DigestChoice({ value, errors = [] }: { value: string; errors?: readonly FormError[] }) {
  return (
    <Choices
      label="How often a digest comes"
      name="digest"
      hint={alwaysComes}
      options={digestChoices.map((choice) => ({
        value: choice,
        label: `${digestLabels[choice]}: ${digestHints[choice].charAt(0).toLowerCase()}${digestHints[choice].slice(1)}`,
      }))}
      values={[value]}
      errors={errors}
      required
    />
  );
}

/** All that can be chosen of how mails come. */
export function MailFields({ chosen, errors }: { chosen: Form; errors: readonly FormError[] }) {
  return (
    <>
      <DigestChoice value={chosen.get('digest')} errors={errors} />
      <Select
        label="Day of the weekly digest"
        name="weekday"
        value={chosen.get('weekday') || '1'}
        options={weekdayLabels.map((label, index) => ({ value: `${index + 1}`, label }))}
        errors={errors}
        required
      />
      <fieldset class="group">
        <legend>Quiet hours</legend>
        <p class="hint">
          Mails that would come between these times come when they are over. Leave them empty for none.
        </p>
        <div class="pair">
          <TimeField name="quietFrom" label="From" value={chosen.get('quietFrom')} errors={errors} />
          <TimeField name="quietUntil" label="Until" value={chosen.get('quietUntil')} errors={errors} />
        </div>
      </fieldset>
      <Select
        label="Your time zone"
        name="timeZone"
        hint="Digests come at 08:00 there, and quiet hours are counted there. Left empty, it is where most of your programs are."
        value={chosen.get('timeZone')}
        options={Intl.supportedValuesOf('timeZone').map((zone) => ({
          value: zone,
          label: zone.replaceAll('_', ' '),
        }))}
        errors={errors}
      />
    </>
  );
}

function TimeField(field: { name: string; label: string; value: string; errors: readonly FormError[] }) {
  return <Field {...field}>{(control) => <input {...control} type="time" value={field.value} />}</Field>;
}

/** What somebody chose, or what is wrong with it. */
export function readMailChoice(form: Form): { preferences: MailPreferences } | { errors: FormError[] } {
  const digest = form.get('digest');
  const typed = {
    digest,
    ...(digest === 'weekly' && { weekday: Number(form.get('weekday') || 1) }),
    ...timesIn(form),
  };
  if (!Value.Check(mailPreferences, typed)) {
    return { errors: [{ field: 'digest', detail: 'Choose one of these, and write times as 20:00.' }] };
  }
  const wrong = wrongWithPreferences(typed);
  return wrong
    ? { errors: [{ field: wrong.field, detail: preferenceProblems[wrong.problem] }] }
    : { preferences: typed };
}

/** What somebody chose before, as the form begins with it. */
export function formOf(preferences: MailPreferences): Form {
  return new Form(Object.entries(preferences).map(([name, value]) => [name, [String(value)]]));
}

function timesIn(form: Form): object {
  const entries = ['quietFrom', 'quietUntil', 'timeZone'].map((name) => [name, form.get(name)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

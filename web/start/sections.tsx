import { countries } from '../../api/countries.ts';
import { cadenceNames, plannedPhases, weekdays } from '../../domain/basics.ts';
import { defaultCadences } from '../../domain/profile.ts';
import { defaultPhases } from '../../domain/program/define.ts';
import { programStart } from '../../domain/program/definition.ts';
import { aiRoles, systemRisks } from '../../domain/systems/aiSystem.ts';
import { defaultLadder } from '../../domain/tasks/ladder.ts';
import { startFields as words } from '../../words/forms/start.ts';
import { roleLabels, weekdayLabels } from '../../words/labels.ts';
import { capitalized, duration } from '../../words/phrases.ts';
import { AnyField } from '../forms/commandFields.tsx';
import { Choices, DateField, Select, TextArea, TextField } from '../forms/fields.tsx';
import type { FieldSchema } from '../forms/schema.ts';
import { Section, type StartForm } from './frame.tsx';
import { placesIn } from './read.ts';

/** What the whole is about. */
export function Organization({ form, errors }: StartForm) {
  const { name, organization, scope } = words;
  return (
    <Section title="The organization">
      <TextField {...organization} name="organization" value={form.get('organization')} errors={errors} required />
      <TextField {...name} name="name" value={form.get('name')} errors={errors} required />
      <TextArea
        {...scope.fields.statement}
        name="scope.statement"
        value={form.get('scope.statement')}
        errors={errors}
        rows={3}
        required
      />
      <TextArea
        {...scope.fields.exclusions}
        name="scope.exclusions"
        value={form.get('scope.exclusions')}
        errors={errors}
        rows={2}
      />
    </Section>
  );
}

/** The AI systems in scope; more can be added later. */
export function Systems({ form, errors }: StartForm) {
  const { name, role, risk } = words.aiSystems.fields;
  const options = (values: readonly string[], labels: Record<string, string>) =>
    values.map((value) => ({ value, label: labels[value] ?? value }));
  return (
    <Section title="AI systems" text="Those in scope, as people call them. More can be added at any time.">
      {Array.from({ length: Math.max(2, placesIn(form, 'aiSystems')) }, (_, place) => {
        const at = `aiSystems[${place}]`;
        const isNamed = form.get(`${at}.name`) !== '';
        return (
          <fieldset class="group" key={at}>
            <legend>AI system {place + 1}</legend>
            <div class="pair three">
              <TextField {...name} name={`${at}.name`} value={form.get(`${at}.name`)} errors={errors} />
              <Select
                {...role}
                hint={undefined}
                name={`${at}.role`}
                value={form.get(`${at}.role`) || (isNamed ? '' : 'provider')}
                options={options(aiRoles, role.options)}
                errors={errors}
                required
              />
              <Select
                {...risk}
                name={`${at}.risk`}
                value={form.get(`${at}.risk`) || (isNamed ? '' : 'medium')}
                options={options(systemRisks, risk.options)}
                errors={errors}
                required
              />
            </div>
          </fieldset>
        );
      })}
      <MoreOf list="aiSystems" label="Add another AI system" />
    </Section>
  );
}

/** A button that gives a list one more place; it works without scripts. */
export function MoreOf({ list, label }: { list: string; label: string }) {
  return (
    <button class="plain" type="submit" name="_do" value={`more:${list}`} formNoValidate>
      {label}
    </button>
  );
}

/** Whose days and hours the program keeps. */
export function Calendar({ form, errors }: StartForm) {
  const { country, timeZone, weekend } = words.calendar.fields;
  return (
    <Section title="Where it is">
      <Select
        {...country}
        name="calendar.country"
        value={form.get('calendar.country')}
        options={countries().map(([value, label]) => ({ value, label }))}
        errors={errors}
        required
      />
      <Select
        {...timeZone}
        name="calendar.timeZone"
        value={form.get('calendar.timeZone')}
        options={Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
        errors={errors}
      />
      <Folded title="Its weekend, if it is not the one of the country" errors={errors} at="calendar.weekend">
        <Choices
          {...weekend}
          name="calendar.weekend"
          options={weekdays.map((day) => ({ value: day, label: weekdayLabels[day] }))}
          values={form.all('calendar.weekend')}
          errors={errors}
          several
        />
      </Folded>
    </Section>
  );
}

/** Who certifies, and by which numbers. */
export function Body({ form, errors }: StartForm) {
  const { name, rules } = words.certificationBody.fields;
  const path = 'certificationBody.rules';
  return (
    <Section title="The certification body">
      <TextField
        {...name}
        name="certificationBody.name"
        value={form.get('certificationBody.name')}
        errors={errors}
        required
      />
      <Folded title="Its rules, if they are not the usual ones" errors={errors} at={path}>
        <p class="hint">{rules.hint}</p>
        {fieldsAt(path).map(([field, schema]) => (
          <AnyField
            key={field}
            path={`${path}.${field}`}
            schema={schema}
            required={false}
            context={{ type: 'changePlan', words, form, errors, known: {} }}
          />
        ))}
      </Folded>
    </Section>
  );
}

/** The first day, and how long each phase is planned to take. */
export function Lengths({ form, errors }: StartForm) {
  const { startsOn, phases } = words.plan.fields;
  return (
    <Section title="The plan" text="About ten months to the certificate are usual. The plan can change at any time.">
      <DateField {...startsOn} name="plan.startsOn" value={form.get('plan.startsOn')} errors={errors} required />
      <fieldset class="group">
        <legend>{phases.label}</legend>
        <div class="pair">
          {plannedPhases.map((phase) => (
            <TextField
              key={phase}
              label={phases.fields[phase].label}
              name={`plan.phases.${phase}`}
              value={form.get(`plan.phases.${phase}`) || duration(defaultPhases[phase])}
              errors={errors}
              required
            />
          ))}
        </div>
      </fieldset>
    </Section>
  );
}

/** Of a program under way: when it began. */
export function Beginning({ form, errors }: StartForm) {
  const { startsOn } = words.plan.fields;
  return (
    <Section title="When it began">
      <DateField
        {...startsOn}
        hint="Of the program as it was, a day that has passed."
        name="plan.startsOn"
        value={form.get('plan.startsOn')}
        errors={errors}
        required
      />
    </Section>
  );
}

/** What most leave as it is. */
export function More({ form, errors }: StartForm) {
  const { cadences } = words.plan.fields;
  const { reminderDays } = words.escalation.fields;
  return (
    <Section title="Is it for real?">
      <Choices
        label="What it is"
        name="rehearsal"
        options={[
          { value: 'false', label: 'A program: its clock is the real one, and its people get mail' },
          { value: 'true', label: 'A rehearsal: its clock is moved by hand, and its mails are kept here' },
        ]}
        values={[form.get('rehearsal') || 'false']}
        errors={errors}
        required
      />
      <Folded title="How often things come around" errors={errors} at="plan.cadences">
        <p class="hint">{cadences.hint}</p>
        <div class="pair">
          {cadenceNames.map((name) => (
            <TextField
              key={name}
              label={cadences.fields[name].label}
              name={`plan.cadences.${name}`}
              type="number"
              value={form.get(`plan.cadences.${name}`) || `${defaultCadences[name]}`}
              errors={errors}
              required
            />
          ))}
        </div>
      </Folded>
      <Folded title="Who hears of what is late" errors={errors} at="escalation">
        <TextField
          {...reminderDays}
          name="escalation.reminderDays"
          value={form.get('escalation.reminderDays') || defaultLadder.reminderDays.join(', ')}
          errors={errors}
          required
        />
        <div class="pair">
          {defaultLadder.escalations.map(({ to, workingDays }) => (
            <TextField
              key={to}
              label={`${capitalized(roleLabels[to])} hears after so many working days`}
              name={`escalation.${to}`}
              type="number"
              value={form.get(`escalation.${to}`) || `${workingDays}`}
              errors={errors}
              required
            />
          ))}
        </div>
      </Folded>
    </Section>
  );
}

/** What most need not look at; open when something in it has to be changed. */
export function Folded({
  title,
  errors,
  at,
  children,
}: Pick<StartForm, 'errors'> & { title: string; at: string; children: preact.ComponentChildren }) {
  return (
    <details open={errors.some(({ field }) => field?.startsWith(at))}>
      <summary>{title}</summary>
      <div class="stack">{children}</div>
    </details>
  );
}

/** The fields of an object within what a start takes. */
export function fieldsAt(path: string): [string, FieldSchema][] {
  const start = programStart as unknown as FieldSchema;
  const found = path.split('.').reduce<FieldSchema | undefined>((within, name) => within?.properties?.[name], start);
  return Object.entries(found?.properties ?? {});
}

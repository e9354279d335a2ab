import { roles } from '../../domain/basics.ts';
import { startFields } from '../../words/forms/start.ts';
import { roleLabels } from '../../words/labels.ts';
import { capitalized } from '../../words/phrases.ts';
import { Select, TextField } from '../forms/fields.tsx';
import { Section, type StartForm } from './frame.tsx';
import { parts } from './parts.ts';
import { placesIn } from './read.ts';
import { MoreOf } from './sections.tsx';

const options = roles.map((role) => ({ value: role, label: capitalized(roleLabels[role]) }));

/** Who takes part: a place for each part, and more below. */
export function People({ form, errors }: StartForm) {
  const { name, email, roles: role } = startFields.people.fields;
  const places = Math.max(parts.length, placesIn(form, 'people'));
  return (
    <Section
      title="The people"
      text="Each is asked by mail for what is theirs, and needs no account. Somebody who plays two parts is named twice, with the same address. Leave empty whom you do not know yet; three parts must be named."
    >
      {Array.from({ length: places }, (_, place) => {
        const at = `people[${place}]`;
        const part = parts[place];
        const required = part?.needed ?? false;
        return (
          <fieldset class="group" key={at}>
            <legend>{part ? capitalized(roleLabels[part.role]) : `Another person`}</legend>
            {part && <p class="hint">{part.hint}</p>}
            <div class="pair">
              {part ? (
                <input type="hidden" name={`${at}.roles`} value={part.role} />
              ) : (
                <Select
                  {...role}
                  name={`${at}.roles`}
                  value={form.get(`${at}.roles`) || 'owner'}
                  options={options}
                  errors={errors}
                  required
                />
              )}
              <TextField
                label={name.label}
                name={`${at}.name`}
                value={form.get(`${at}.name`)}
                errors={errors}
                required={required}
              />
              <TextField
                {...email}
                type="email"
                name={`${at}.email`}
                value={form.get(`${at}.email`)}
                errors={errors}
                required={required}
              />
            </div>
          </fieldset>
        );
      })}
      <MoreOf list="people" label="Add another person" />
    </Section>
  );
}

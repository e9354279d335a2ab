import type { AdoptablePhase } from '../../domain/adoption/adoption.ts';
import { requirementStatuses } from '../../domain/assessment/requirement.ts';
import { standardOutline } from '../../domain/standards/index.ts';
import { startFields as words } from '../../words/forms/start.ts';
import { AnyField } from '../forms/commandFields.tsx';
import { type Option, Select, TextField } from '../forms/fields.tsx';
import { Section, type StartForm } from './frame.tsx';
import { knownIn } from './parts.ts';
import { standardId } from './read.ts';
import { Folded, fieldsAt } from './sections.tsx';

const statusOptions = requirementStatuses.map((value) => ({
  value,
  label: words.adopt.fields.ratings.fields.status.options[value],
}));

/** What is known of a program under way; what is left out is asked for once it is taken over. */
export function Known(given: StartForm & { phase: AdoptablePhase }) {
  const { form, errors, phase } = given;
  const { needed, fields } = knownIn[phase];
  const all = new Map(fieldsAt('adopt'));
  const context = { type: 'changePlan' as const, words, form, errors, known: {}, choicesOf };
  return (
    <Section title="What is known" text="Leave out what nobody knows for certain.">
      {needed === 'certificate' && (
        <AnyField path="adopt.certificate" schema={all.get('certificate') ?? {}} required context={context} />
      )}
      {needed === 'ratings' && <Ratings {...given} />}
      {fields.map((name) => {
        const schema = all.get(name) ?? {};
        const field = <AnyField path={`adopt.${name}`} schema={schema} required={false} context={context} />;
        if (schema.type !== 'array') return field;
        const label = words.adopt.fields[name as keyof typeof words.adopt.fields].label;
        return (
          <Folded key={name} title={label} errors={errors} at={`adopt.${name}`}>
            {field}
          </Folded>
        );
      })}
    </Section>
  );
}

function choicesOf(path: string): Option[] | undefined {
  if (!path.endsWith('.requirementId')) return undefined;
  return standardOutline(standardId).requirements.map(({ id, title }) => ({ value: id, label: `${id} ${title}` }));
}

/** How each requirement stands, for a program whose gap assessment is over. */
function Ratings({ form, errors }: StartForm) {
  const { gap } = words.adopt.fields.ratings.fields;
  return (
    <>
      <Select
        label="Requirements that are not chosen below are"
        name="adopt.others"
        value={form.get('adopt.others') || 'missing'}
        options={statusOptions.filter(({ value }) => value !== 'notApplicable')}
        errors={errors}
        required
      />
      <TextField
        label="Who owns them, to begin with"
        hint="The e-mail address of somebody above; owners can be changed afterwards."
        name="adopt.owner"
        type="email"
        value={form.get('adopt.owner')}
        errors={errors}
        required
      />
      <details>
        <summary>How each requirement stands</summary>
        <ul class="rows">
          {standardOutline(standardId).requirements.map(({ id, title }) => (
            <li key={id}>
              <p>
                {id} {title}
              </p>
              <div class="pair">
                <select name={`rated:${id}`} aria-label={`How ${id} stands`}>
                  <option value="">as the others</option>
                  {statusOptions.map(({ value, label }) => (
                    <option key={value} value={value} selected={form.get(`rated:${id}`) === value}>
                      {label}
                    </option>
                  ))}
                </select>
                <input
                  name={`gap:${id}`}
                  aria-label={`What is lacking of ${id}`}
                  placeholder={gap.label}
                  value={form.get(`gap:${id}`)}
                />
              </div>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

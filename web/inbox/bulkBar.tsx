import { fieldHint, fieldLabel } from '../../words/forms/index.ts';
import { DateField, type FormError, TextArea } from '../forms/fields.tsx';
import type { Form } from '../forms/form.ts';
import { type BulkAct, commandOfAct } from './bulk.ts';
import type { InboxReading } from './reading.ts';

interface BulkBarProps {
  reading: InboxReading;
  /** What was typed into it, when it has to be changed. */
  form: Form | undefined;
  act: BulkAct | undefined;
  errors: readonly FormError[];
}

/** What can be done with everything that is checked, below the list; within sight while something is. */
export function BulkBar({ reading, form, act, errors }: BulkBarProps) {
  const { list } = reading.asked;
  return (
    <section class="bulk" data-bulk aria-label="With what is checked">
      <p class="bulk-count" data-bulk-count>
        With what is checked
      </p>
      {list === 'review' ? <Accept form={form} errors={errors} /> : null}
      {list !== 'review' && (
        <Reassign reading={reading} form={form} errors={act === 'reassign' ? errors : []} open={act === 'reassign'} />
      )}
      {list !== 'review' && <Extend form={form} errors={act === 'extend' ? errors : []} open={act === 'extend'} />}
    </section>
  );
}

function Accept({ form, errors }: { form: Form | undefined; errors: readonly FormError[] }) {
  const type = commandOfAct.accept;
  const note = form?.get('note') ?? '';
  return (
    <>
      <details open={note !== '' || errors.length > 0}>
        <summary>Add a note</summary>
        <TextArea name="note" label={fieldLabel(type, 'note')} value={note} rows={2} errors={errors} />
      </details>
      <button class="primary" type="submit" name="_do" value="accept">
        Accept
      </button>
    </>
  );
}

function Reassign({
  reading,
  form,
  errors,
  open,
}: {
  reading: InboxReading;
  form: Form | undefined;
  errors: readonly FormError[];
  open: boolean;
}) {
  const type = commandOfAct.reassign;
  const own = errors.filter(({ field }) => field === 'to');
  return (
    <details open={open}>
      <summary>Reassign</summary>
      <div class={own.length > 0 ? 'field wrong' : 'field'}>
        <label for="f-to">{fieldLabel(type, 'to')}</label>
        <p class="hint" id="f-to-hint">
          {fieldHint(type, 'to')}
        </p>
        {own.length > 0 && (
          <p class="error" id="f-to-error">
            {own.map(({ detail }) => detail).join(' ')}
          </p>
        )}
        <input
          id="f-to"
          name="to"
          type="text"
          inputMode="email"
          autocomplete="off"
          list="people"
          value={form?.get('to')}
          aria-describedby={own.length > 0 ? 'f-to-hint f-to-error' : 'f-to-hint'}
          aria-invalid={own.length > 0 ? 'true' : undefined}
        />
        <datalist id="people">
          {reading.people.map(({ email, name }) => (
            <option key={email} value={email}>
              {name}
            </option>
          ))}
        </datalist>
      </div>
      <button type="submit" name="_do" value="reassign">
        Reassign
      </button>
    </details>
  );
}

function Extend({ form, errors, open }: { form: Form | undefined; errors: readonly FormError[]; open: boolean }) {
  const type = commandOfAct.extend;
  const field = (name: string) => ({
    name,
    label: fieldLabel(type, name),
    value: form?.get(name),
    errors,
    required: true,
  });
  return (
    <details open={open}>
      <summary>Extend</summary>
      <DateField {...field('dueOn')} />
      <TextArea {...field('reason')} rows={2} />
      <button type="submit" name="_do" value="extend">
        Extend
      </button>
    </details>
  );
}

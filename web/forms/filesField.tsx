import { fileSize } from '../../words/phrases.ts';
import { Icon } from '../html/icons.tsx';
import { Field, type FieldProps } from './fields.tsx';
import { refsOf, refText } from './fileRefs.ts';
import type { Form } from './form.ts';

/** Files to choose, or to drop and paste where scripts run; those that are stored already stand above. */
export function FilesField({ field, form }: { field: FieldProps; form: Form }) {
  const stored = refsOf(form, field.name);
  return (
    <div data-island="files" data-field={field.name}>
      <Field {...field} required={field.required ?? false}>
        {(control) => <input {...control} name={`_upload:${field.name}`} type="file" multiple />}
      </Field>
      {stored.length > 0 && (
        <ul class="files">
          {stored.map((ref) => (
            <li key={ref.sha256}>
              <input type="hidden" name={field.name} value={refText(ref)} />
              <Icon name="file" />
              <span>
                {ref.name} <span class="quiet">{fileSize(ref.bytes)}</span>
              </span>
              <label class="choice">
                <input type="checkbox" name={`_remove:${field.name}`} value={ref.sha256} />
                <span>Leave out</span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

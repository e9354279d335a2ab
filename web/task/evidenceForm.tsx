import type { Known } from '../../domain/offers/asked.ts';
import { fieldHint, fieldLabel } from '../../words/forms/index.ts';
import { CommandForm, type FormsContext } from '../forms/commandForm.tsx';
import { DateField, TextArea } from '../forms/fields.tsx';
import { FilesField } from '../forms/filesField.tsx';

const type = 'submitEvidence';

interface EvidenceFormProps {
  known: Known;
  context: FormsContext;
  draftSaved?: boolean;
}

/** Files, links and a sentence: any of them is enough. What is seldom needed is folded. */
export function EvidenceForm({ known, context, draftSaved }: EvidenceFormProps) {
  return (
    <CommandForm
      type={type}
      known={known}
      context={context}
      buttons={
        <div class="row">
          <button class="primary" type="submit">
            Submit
          </button>
          <button type="submit" name="_do" value="saveDraft" formNoValidate>
            Save as a draft
          </button>
          {draftSaved && <span class="quiet">A draft is saved; only you see it.</span>}
        </div>
      }
    >
      {(form, errors) => {
        const field = (name: string) => ({
          name,
          label: fieldLabel(type, name),
          hint: fieldHint(type, name),
          value: form.get(name),
          errors,
        });
        const hasDates = ['effectiveOn', 'validUntil'].some((name) => form.get(name) !== '');
        const wrongDates = errors.some(({ field: at }) => at === 'effectiveOn' || at === 'validUntil');
        return (
          <>
            <FilesField field={field('files')} form={form} />
            <TextArea {...field('note')} />
            <TextArea {...field('links')} value={form.all('links').join('\n')} rows={2} />
            <details open={hasDates || wrongDates}>
              <summary>From when it is in effect, and until when it is valid</summary>
              <DateField {...field('effectiveOn')} />
              <DateField {...field('validUntil')} />
            </details>
          </>
        );
      }}
    </CommandForm>
  );
}

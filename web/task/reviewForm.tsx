import type { Known } from '../../domain/offers/asked.ts';
import { commandVerb, fieldHint, fieldLabel, optionLabel } from '../../words/forms/index.ts';
import { CommandForm, type FormsContext } from '../forms/commandForm.tsx';
import { Choices, TextArea } from '../forms/fields.tsx';
import { Reasons } from './reasons.tsx';

interface ReviewFormProps {
  type: 'reviewEvidence' | 'reviewCorrectiveActionPlan';
  known: Known;
  context: FormsContext;
}

/**
 * A note and two buttons; behind a link of a mail a choice and one button, for a scanner that presses what it finds must not
 * accept anything.
 */
export function ReviewForm({ type, known, context }: ReviewFormProps) {
  return (
    <CommandForm
      type={type}
      known={known}
      context={context}
      buttons={
        context.byLink ? (
          <button class="primary" type="submit">
            {commandVerb(type)}
          </button>
        ) : (
          <div class="row">
            <button class="primary" type="submit" name="verdict" value="accept" data-key="a">
              {optionLabel(type, 'verdict', 'accept')}
            </button>
            <button type="submit" name="verdict" value="reject" data-key="r">
              Send back
            </button>
          </div>
        )
      }
    >
      {(form, errors) => (
        <>
          {context.byLink && (
            <Choices
              name="verdict"
              label={fieldLabel(type, 'verdict')}
              options={(['accept', 'reject'] as const).map((value) => ({
                value,
                label: optionLabel(type, 'verdict', value),
              }))}
              values={form.all('verdict')}
              errors={errors}
              required
            />
          )}
          <TextArea
            name="note"
            label={fieldLabel(type, 'note')}
            hint={fieldHint(type, 'note')}
            value={form.get('note')}
            errors={errors}
            rows={3}
          />
          <Reasons type={type} />
        </>
      )}
    </CommandForm>
  );
}

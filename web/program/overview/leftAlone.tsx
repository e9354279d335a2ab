import { Day, Notice } from '../../html/parts.tsx';
import { formUrl } from '../parts/forms.tsx';
import type { ProgramView } from '../reading.ts';

/** Says that a program was left alone, with the ways on that its reader has. */
export function LeftAlone({ view }: { view: ProgramView }) {
  const { state, today, url } = view;
  if (state.pauseProposedOn === undefined || !view.sight.all('readiness')) return null;
  const ends = view.offers('program').filter(({ command }) => command === 'pause' || command === 'cancel');
  return (
    <Notice tone="soon" title="This program has been left alone">
      <p>
        Since <Day on={state.pauseProposedOn} today={today} /> nobody is told of what is overdue any more. It goes on
        once somebody does something.
      </p>
      {ends.length > 0 && (
        <p class="row">
          {ends.map((offer) => (
            <a key={offer.command} href={formUrl(url, offer)}>
              {offer.command === 'pause' ? 'Pause it' : 'Cancel it'}
            </a>
          ))}
        </p>
      )}
    </Notice>
  );
}

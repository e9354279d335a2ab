import { reviewReasons } from '../../words/reviewReasons.ts';

/** Frequent reasons for sending something back, that fill the note; for who has scripts. */
export function Reasons({ type }: { type: keyof typeof reviewReasons }) {
  return (
    <div class="reasons" data-island="reasons" hidden>
      <p class="hint">Frequent reasons:</p>
      {reviewReasons[type].map((reason) => (
        <button key={reason} type="button" aria-pressed="false">
          {reason}
        </button>
      ))}
    </div>
  );
}

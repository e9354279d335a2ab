import type { Known } from '../../../domain/offers/asked.ts';
import type { Offer } from '../../../domain/offers/offers.ts';
import { commandTitle } from '../../../words/forms/index.ts';
import { withQuery } from './links.tsx';

/** The page of a form. */
export function formUrl(programUrl: string, { command, known }: { command: string; known: Known }): string {
  return withQuery(`${programUrl}/do/${command}`, known);
}

interface OffersProps {
  url: string;
  offers: readonly Offer[];
  /** The first is the one thing to do next of its page. */
  primary?: boolean;
}

/** What can be done about the thing of a page: each a link to its form. */
export function Offers({ url, offers, primary = false }: OffersProps) {
  if (offers.length === 0) return null;
  return (
    <p class="row">
      {offers.map((offer, index) => (
        <a
          key={JSON.stringify(offer)}
          class={primary && index === 0 ? 'button primary' : 'button'}
          href={formUrl(url, offer)}
        >
          {commandTitle(offer.command)}
        </a>
      ))}
    </p>
  );
}

import { oneLine, shortened } from './clean.ts';
import { headline } from './subject.ts';
import type { Entry } from './types.ts';

const longestPreview = 200;

/** What an inbox shows beside the subject: of one thing what it asks for, of several which they are. */
export function previewOf(entries: readonly Entry[]): string {
  const [first, ...others] = entries;
  if (!first) return '';
  const words = others.length === 0 ? (inWords(first) ?? headline(first)) : entries.map(headline).join(' · ');
  return shortened(oneLine(words), longestPreview);
}

function inWords({ lead }: Entry): string | undefined {
  return lead.map(({ text, quote }) => text ?? quote).find((said) => said !== undefined && said !== '');
}

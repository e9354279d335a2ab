/**
 * The most bytes of a summary as JSON. The service takes 400 bytes of a payload, and what tells its encoding is among
 * them.
 */
const mostBytes = 370;

const cutMark = '…';

/** How the Temporal UI names a program in its lists: by name and organization, cut to what the service takes. */
export function staticSummaryOf({ name, organization }: { name: string; organization: string }): string {
  const whole = `${name} (${organization})`;
  if (fits(whole)) return whole;
  let cut = '';
  for (const { segment } of new Intl.Segmenter('en').segment(whole)) {
    if (!fits(cut + segment + cutMark)) break;
    cut += segment;
  }
  return cut + cutMark;
}

function fits(text: string): boolean {
  return Buffer.byteLength(JSON.stringify(text)) <= mostBytes;
}

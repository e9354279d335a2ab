/** One part of a name before the `@`, and one of a domain: letters of every script, nothing that cannot be seen. */
const letter = '[a-z0-9]|[^\\x00-\\x7f\\p{C}\\p{Z}]';
const atom = `(?:${letter}|[!#$%&'*+/=?^_\`{|}~-])+`;
const quoted = '"(?:[^"\\\\\\p{C}]|\\\\[\\x20-\\x7e])*"';
const label = `(?:${letter})(?:(?:${letter}|-){0,61}(?:${letter}))?`;
const address = new RegExp(
  `^(?:${atom}(?:\\.${atom})*|${quoted})@(?:${label}(?:\\.${label})*|\\[[0-9a-f.:]+\\]|\\[ipv6:[0-9a-f:]+\\])$`,
  'iu',
);

/** Whether a text is an e-mail address, of any script (RFC 5322, RFC 6531); none with a control character is. */
export function isEmail(text: string): boolean {
  return address.test(text);
}

/**
 * An address in the form in which people are known, however it was written: in lower case, composed, and with the letters of
 * its domain rather than their ASCII form, which browsers send (`kim@xn--mnchen-3ya.example` is `kim@münchen.example`).
 */
export function asKnown(text: string): string {
  const at = text.lastIndexOf('@');
  const [name, domain] = [text.slice(0, at + 1), text.slice(at + 1)];
  return `${name}${domain.split('.').map(readable).join('.')}`.normalize('NFC').toLowerCase();
}

/** A label of a domain in letters; as it is where it is not the ASCII form of any. */
function readable(written: string): string {
  if (!/^xn--/i.test(written)) return written;
  const letters = fromPunycode(written.slice('xn--'.length).toLowerCase());
  return letters !== undefined && isEmail(`a@${letters}`) ? letters : written;
}

const [base, least, most, skew, damp, firstBias, firstCode] = [36, 1, 26, 38, 700, 72, 128];

/** RFC 3492, 6.2; undefined where it is not well formed. */
function fromPunycode(text: string): string | undefined {
  const split = text.lastIndexOf('-');
  const codes = Array.from(text.slice(0, Math.max(0, split)), (each) => each.codePointAt(0)!);
  let [place, code, bias, at] = [0, firstCode, firstBias, split + 1];
  while (at < text.length) {
    const before = place;
    for (let weight = 1, k = base; ; k += base) {
      const digit = at < text.length ? parseInt(text[at++]!, base) : Number.NaN;
      // Letters stand for 0 to 25, digits for 26 to 35: the other way round than in numbers.
      if (Number.isNaN(digit)) return undefined;
      const value = digit < 10 ? digit + 26 : digit - 10;
      place += value * weight;
      const threshold = Math.min(Math.max(k - bias, least), most);
      if (value < threshold) break;
      weight *= base - threshold;
    }
    const count = codes.length + 1;
    bias = adapted(place - before, count, before === 0);
    code += Math.floor(place / count);
    if (code > 0x10ffff) return undefined;
    place %= count;
    codes.splice(place++, 0, code);
  }
  return String.fromCodePoint(...codes);
}

function adapted(delta: number, count: number, isFirst: boolean): number {
  let left = Math.floor(isFirst ? delta / damp : delta / 2);
  left += Math.floor(left / count);
  let k = 0;
  for (; left > ((base - least) * most) / 2; k += base) left = Math.floor(left / (base - least));
  return k + Math.floor(((base - least + 1) * left) / (left + skew));
}
